"""A dynamical view on optimization algorithms of overparameterized neural networks."""

SOURCE = "Z. Bu, S. Xu, K. Chen, AISTATS 2021 (PMLR 130)"

FIGURES = ("pumped_oscillator", "decay_against_bounds")

ORDER = ("heavy_ball", "dynamics", "loss", "weights", "width", "nesterov", "nesterov_weights")

#: Statements of the paper that are no claims, and why. A section's statements are numbered in the paper's order, 3.01
#: to 3.77 in Section 3; the claims name those that they answer in `covers`.
UNCOVERED = {
    "3.01": "defines the Heavy Ball iteration (3.1); beta = 1 means b = 0, which (3.3) excludes",
    "3.09": "defines the weight dynamics (3.5)",
    "3.23": "an experiment (Figure 1)",
    "3.28": "a distribution in the weight, not to be composed with a path; it hides the jump of Delta' at a flip",
}
