"""A dynamical view on optimization algorithms of overparameterized neural networks."""

SOURCE = "Z. Bu, S. Xu, K. Chen, AISTATS 2021 (PMLR 130)"

FIGURES = (
    "pumped_oscillator",
    "decay_against_bounds",
    "flows_against_bounds",
    "newton_flow",
    "swinging_neurons",
    "nesterov_resonance",
    "two_momenta",
    "heavy_ball_theorem",
    "heavy_ball_published",
    "nesterov_theorem",
    "nesterov_published",
    "width_theorem",
    "width_published",
    "momenta_theorem",
    "momenta_published",
    "momenta_boundary",
    "lazy_training",
    "kernel_in_training",
    "energy_jumps",
    "certificate_along_a_run",
)

ORDER = (
    "introduction",
    "preliminaries",
    "infinite_width",
    "gradient_descent",
    "heavy_ball",
    "dynamics",
    "probability",
    "loss",
    "weights",
    "network_loss",
    "network",
    "theorem_2",
    "width",
    "nesterov",
    "nesterov_weights",
    "resonance",
    "nag_network",
    "higher_momentum",
    "second_momentum",
    "newton",
    "deep",
    "discussion",
)

#: Statements of the paper that are no claims, and why. A section's statements are numbered in the paper's order, 3.01
#: to 3.77 in Section 3 (0 is the abstract); the claims name those that they answer in `covers`.
UNCOVERED = {
    "2.01": "defines the loss; x_i in R^p, and the second layer a is fixed",
    "2.03": "defines gradient descent, see Remark 2.1",
    "2.20": "defines the two-layer ReLU network",
    "3.01": "defines the Heavy Ball iteration (3.1); beta = 1 means b = 0, which (3.3) excludes",
    "3.09": "defines the weight dynamics (3.5)",
    "3.23": "an experiment (Figure 1)",
    "3.28": "a distribution in the weight, not to be composed with a path; it hides the jump of Delta' at a flip",
    "4.13": "read off an experiment (Figure 3); what gamma does to rate and width is with 4.11, 4.51, 4.52",
    "4.22": "an experiment (Figure 2)",
    "4.53": "an experiment (Figure 3)",
    "5.02": "defines the iteration with J momenta",
    "5.11": "an experiment (Figure 4); what can be said of the rates is with 5.09 and 5.10",
    "5.25": "defines the deep network, but for x^L, which its layers, 1 to L - 1, leave out",
    "6.09": "says how the experiments were done",
    "6.10": "an expectation about algorithms that are not analysed, without a statement of what they do",
}
