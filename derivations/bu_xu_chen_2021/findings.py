"""The findings, as a referee would tell them; the report prints them first, and only where the verdicts bear them out.

A finding has a title, two sentences and its claims; witnesses, repairs and sharper forms are added by the report.
"""

from proofcheck import fails, lacks, loose, survives

from . import dynamics, heavy_ball, loss, weights, width

FINDINGS = (
    survives(
        "Lemma 3.3 holds for a constant kernel, both halves of it",
        "From rest the loss falls as printed, L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0), by the paper's own energy, "
        "and the weights stay within three quarters of the printed R'. The second half needs another argument than the "
        "printed one, which loses a factor.",
        loss.loss_decays,
        weights.weights_stay,
        weight="central",
    ),
    survives(
        "The limiting equation and its energy are right",
        "With beta = 1 - b sqrt(eta) the iteration (3.1) is consistent with (3.3), at the first order in sqrt(eta). "
        "Along (3.7) with a constant kernel the energy V obeys V' <= -alpha V in every dimension.",
        heavy_ball.limit_of_heavy_ball,
        loss.energy_chain,
    ),
    survives(
        "The decay outlives a kernel that jumps, if it moves little",
        "Near a frozen kernel the loss still falls at the rate (2 - sqrt(1/2)) alpha, however the kernel jumps there. "
        "For a kernel between alpha^2 and 3 alpha^2 it falls at the printed rate.",
        loss.loss_near_a_frozen_kernel,
        loss.loss_for_a_bounded_kernel,
    ),
    fails(
        "Lemma 3.3 is false as a statement about (3.7) with a kernel that jumps",
        "The proof applies Gronwall's inequality to an energy that jumps whenever a neuron changes its activation. "
        "A kernel that stays above lambda_0/2 can be switched so that the loss exceeds the bound.",
        loss.loss_decays_as_printed,
        weight="central",
    ),
    fails(
        "Gronwall's step fails with the weak sign, too",
        "Replacing < by <= does not save V(t) <= exp(-alpha t) V(0) when the kernel jumps upwards. "
        "The energy itself jumps there.",
        loss.energy_bound_as_printed,
        loss.energy_bound_with_weak_sign,
    ),
    fails(
        "An upper bound on the kernel is needed when it jumps",
        "The text after (3.5) says that linear convergence needs no Lipschitz constant of the gradient. "
        "A kernel that alternates between alpha^2 and 26 alpha^2 makes the loss grow without bound.",
        loss.converges_without_upper_bound,
    ),
    fails(
        "'Drop the a.s.' changes the equation",
        "Equation (3.7) is said to hold for all times as an ordinary differential equation. "
        "The velocity of the network's prediction jumps when a neuron falls asleep.",
        dynamics.almost_surely_dropped,
    ),
    fails(
        "The bound on the velocity loses sqrt 2, and then fails",
        "The proof puts sqrt(L) for |f - y|, which is sqrt(2 L). "
        "A real network of four neurons on one sample violates the printed bound.",
        weights.velocity_as_printed,
        weights.velocity_bound_as_printed,
    ),
    fails(
        "The printed width does not come out of the printed bounds",
        "With L_hat(0) <= n L(0) and L(0) of order n/delta the condition R' < R asks for n^7/(delta^3 lambda_0^5), not "
        "n^6/(delta^3 lambda_0^4). For a constant kernel a sharper distance of the weights gives the printed order.",
        width.width_as_printed,
    ),
    fails(
        "Lemma 3.2 lacks its hypothesis on the width",
        "As stated it holds for every m, with probability 1 - delta. "
        "A single neuron is asleep half of the time, and then the kernel is zero.",
        loss.smallest_eigenvalue_without_width,
    ),
    fails(
        "Starting from rest is a restriction",
        "The paper sets w'(0) = 0 without loss of generality. "
        "With an initial velocity the bound fails; the whole energy V(0) takes the place of 2 L_hat(0).",
        heavy_ball.without_loss_of_generality,
    ),
    fails(
        "(3.4) is the error dynamics of networks that are linear in their weights only",
        "For a twice differentiable f a term with its second derivative is missing. "
        "Between flips a ReLU network has none.",
        heavy_ball.error_dynamics_of_any_network,
    ),
    fails(
        "Strict signs do not hold at equality",
        "The energy, the pseudo-loss and the weights are bounded with <, which fails at rest or at the minimum. "
        "With <= the chains hold, for a constant kernel.",
        loss.energy_chain_as_printed,
        loss.energy_always_decreases,
        loss.pseudo_loss_chain_as_printed,
        weights.distance_as_printed,
        weight="slip",
    ),
    fails(
        "Constants of strong convexity are mixed up",
        "The friction sqrt(2 lambda_0) is twice the square root of the strong convexity lambda_0/2 of the pseudo-loss. "
        "The text before (3.5) and footnote 2 say otherwise.",
        heavy_ball.friction_as_printed,
        heavy_ball.strong_convexity_of_the_footnote,
        weight="slip",
    ),
    lacks(
        "Theorem 2 has no proof for the network",
        "Its proof rests on Lemma 3.3, where the velocity of the error and the kernel jump together. "
        "What is shown holds for a constant kernel, or near a frozen one.",
        heavy_ball.theorem_2,
        width.lemma_3_4,
        weight="central",
    ),
    lacks(
        "That Heavy Ball requires the width of gradient descent is not shown",
        "Both proofs give widths that suffice. A lower bound would be needed.",
        heavy_ball.same_order_of_width,
    ),
    loose(
        "The true rate is twice the printed one",
        "For a constant kernel the loss falls like (1 + alpha t)^2 exp(-2 alpha t), and the slowest mode attains it. "
        "So the printed exponent alpha is half of what the equation has.",
        loss.loss_decays_as_printed,
    ),
    loose(
        "The weights move less",
        "For a constant kernel they stay within 2 sqrt(2 n L(0) / m) / lambda_0 of their start. "
        "The printed width follows from this distance.",
        weights.distance_as_printed,
        width.width_as_printed,
    ),
)
