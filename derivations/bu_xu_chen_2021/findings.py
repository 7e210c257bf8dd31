"""The findings, as a referee would tell them; the report prints them first, and only where the verdicts bear them out.

A finding has a title, two sentences and its claims; witnesses, repairs and sharper forms are added by the report.
"""

from proofcheck import fails, lacks, loose, survives

from . import (
    deep,
    discussion,
    dynamics,
    gradient_descent,
    heavy_ball,
    higher_momentum,
    infinite_width,
    introduction,
    loss,
    nag_network,
    nesterov,
    nesterov_weights,
    network,
    network_loss,
    newton,
    preliminaries,
    probability,
    resonance,
    second_momentum,
    theorem_2,
    weights,
    width,
)

#: Sections 1 and 2.
PRELIMINARIES = (
    survives(
        "Theorem 1 holds, with the weak sign",
        "From the width 10486 (1/2 + C^2) n^6/(delta^3 lambda_0^4) on, L(t) <= exp(-lambda_0 t) L(0) for all t with "
        "probability 1 - delta, and no neuron ever leaves its ball, whatever flips. The strict sign holds after the "
        "start.",
        gradient_descent.start_of_descent,
        gradient_descent.neurons_of_the_network_stay_near,
        gradient_descent.loss_of_the_descending_network,
        gradient_descent.loss_falls_strictly,
        weight="central",
    ),
    fails(
        "The pseudo-loss is no function of the error",
        "The gradient flow of the error descends L_hat only with the kernel held fixed. "
        "Two states of one network have the same error and different kernels.",
        preliminaries.flow_of_the_moving_pseudo_loss,
        discussion.pseudo_loss_of_the_error_alone,
    ),
    fails(
        "Lazy training holds neuron by neuron, for the weights as a whole only relative to their size",
        "W(t) is said to stay very close to W(0), but its way is at least that of the predictions, which does not "
        "shrink with the width. It is small against the size of W(0).",
        preliminaries.weights_stay_as_a_whole,
        weight="slip",
    ),
    fails(
        "Theorem 1 as printed",
        "The strict sign fails at t = 0 and for L(0) = 0. "
        "With a_r from min{-1, 1}, which stands for unif{-1, 1}, no output is positive.",
        gradient_descent.loss_falls_as_printed,
        gradient_descent.second_layer_as_printed,
        weight="slip",
    ),
    fails(
        "A linear rate needs neither strong convexity nor a positive kernel",
        "The paper has it only for strongly convex losses, and calls an eigenvalue bounded away from 0 essential. Both "
        "suffice, but a degenerate quadratic and two equal samples have a linear rate without them.",
        introduction.linear_rate_needs_strong_convexity,
        preliminaries.bounded_eigenvalue_is_essential,
        weight="slip",
    ),
    fails(
        "Fact 2.2 needs inputs of length 1",
        "The closed form of the kernel is wrong on the diagonal for other lengths. "
        "A single input that is zero has the smallest eigenvalue zero.",
        infinite_width.closed_form_of_any_inputs,
        infinite_width.smallest_eigenvalue_of_one_sample,
        weight="slip",
    ),
)

HEAVY_BALL = (
    survives(
        "Theorem 2 holds for the network, as printed, though not by the printed proof",
        "With |x_i| = 1 and |y_i| <= C, as in Theorem 1, the bound holds from the width 10486 (1/2 + C^2) "
        "n^6/(delta^3 lambda_0^4) on. "
        "The proof weighs the energy by the inverse of H(0) and differentiates nothing that jumps; a width of order "
        "n^4 log(n/delta)/lambda_0^4 is enough.",
        heavy_ball.theorem_2,
        theorem_2.start_is_good,
        theorem_2.printed_loss_of_the_network,
        weight="central",
    ),
    survives(
        "Lemma 3.4 holds for the network",
        "On the events of Lemmas 3.1 and 3.2, R' < R keeps every neuron within R' for all times, and the kernel above "
        "lambda_0/2. The loss keeps to the printed bound.",
        network.lemma_3_4_weights,
        network.lemma_3_4_eigenvalue,
        network.lemma_3_4_loss,
    ),
    survives(
        "Lemmas 3.1 and 3.2 with constants",
        "The width is 8 n^2/lambda_0^2 log(2 n^2/delta), the radius (5/32) delta lambda_0/n^2. "
        "Hoeffding's inequality in place of Markov's gives a radius of order lambda_0/n.",
        probability.kernel_at_the_start,
        probability.kernel_near_the_start,
    ),
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
    survives(
        "Lemma 3.3 holds for every network with one sample, flips included",
        "No neuron wakes up, so that the kernel only falls, and no flip raises the paper's own energy. "
        "Both halves follow, and so does the first for any number of inputs at right angles.",
        network_loss.loss_of_one_sample,
        network_loss.weights_of_one_sample,
        network_loss.loss_of_samples_at_right_angles,
    ),
    fails(
        "Lemma 3.3 is false as a statement about (3.7) with a kernel that jumps",
        "The proof applies Gronwall's inequality to an energy that jumps whenever a neuron changes its activation. "
        "A kernel that stays above lambda_0/2 can be switched so that the loss exceeds the bound.",
        loss.loss_decays_as_printed,
        weight="central",
    ),
    fails(
        "Lemma 3.3 is false for real networks, too, both halves of it",
        "Neurons that swing over from one input to the other take their velocity along: on two inputs at 120 degrees "
        "the loss exceeds the bound, with lambda_min(H) = lambda_0/2 at all times; on opposite inputs it stays above a "
        "constant for ever, and a weight moves by more than R'. These networks leave the balls of Lemma 3.2, within "
        "which both halves hold.",
        network_loss.loss_of_the_network_decays,
        network_loss.loss_vanishes,
        network_loss.weights_of_the_network,
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
        "n^6/(delta^3 lambda_0^4). A sharper distance of the weights gives the printed order.",
        width.width_as_printed,
    ),
    fails(
        "Lemma 3.2 lacks its hypothesis on the width",
        "As stated it holds for every m, with probability 1 - delta. "
        "A single neuron is asleep half of the time, and then the kernel is zero.",
        probability.smallest_eigenvalue_without_width,
    ),
    fails(
        "Lemma 3.1 for one sample",
        "For n = 1 and delta near 1 the width log(n^2/delta)/lambda_0^2 is 1, whatever the constant. "
        "With one neuron the kernel is 0 or 1 and never near its mean 1/2; log(2 n^2/delta) mends it, and from n = 2 "
        "on the printed order is right.",
        probability.kernel_at_the_start_as_printed,
        weight="slip",
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
        "That Heavy Ball requires the width of gradient descent, and Nesterov's method more, is not shown",
        "The widths that suffice for the first two are of the same order, a factor of 64/27 apart. "
        "For widths that are required lower bounds would be needed.",
        heavy_ball.same_order_of_width,
        introduction.required_widths,
    ),
    lacks(
        "Discrete time with momentum is not worked out",
        "Section 2 believes that it is easy. For a constant kernel it is, but a neuron that flips within a step is not "
        "treated.",
        gradient_descent.discrete_time_with_momentum,
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

#: Section 4, for a constant kernel and for what does not depend on how the kernel moves.
NESTEROV = (
    survives(
        "Lemma 4.1 holds for a constant kernel, with an explicit constant",
        "The loss is below C L(0)/(t^alpha (lambda_0/2)^(alpha/2)) with C = 2 gamma^(alpha+1), for all gamma >= 2 and "
        "2 <= alpha <= gamma. "
        "The printed alpha <= 2 gamma/3 is what [57] has for strongly convex functions; a quadratic allows more. "
        "(4.6) and (4.7) agree in their powers.",
        nesterov.lemma_4_1,
        nesterov.pseudo_loss_decays,
        nesterov.definition_of_A,
        nesterov_weights.weights_for_a_constant_kernel,
        weight="central",
    ),
    survives(
        "That Nesterov's flow is not linear is a theorem",
        "For every network, whatever jumps, t^(2 gamma) times the loss and kinetic energy together never falls. "
        "For a constant kernel the rate t^-gamma is attained from both sides.",
        nesterov.never_linear,
        nesterov.pseudo_loss_late,
    ),
    survives(
        "The width of Theorem 3 follows from the printed R'",
        "With epsilon = R/(2 sqrt(2 L(0))) the powers of n, delta and lambda_0 come out as printed, for alpha > 4. "
        "They increase in alpha, from those of Heavy Ball at alpha = 4.",
        nesterov_weights.printed_powers,
        nesterov_weights.width_for_the_first_term,
        nesterov_weights.width_increases,
    ),
    fails(
        "The iteration (4.1) itself converges linearly",
        "The paper concludes that NAG only converges at a polynomial rate. "
        "On a quadratic, each step of (4.1) shrinks an energy by 1 - eta h for every mode h; the rate is lost in the "
        "limit only.",
        nesterov.iteration_is_polynomial,
    ),
    fails(
        "The Lyapunov function of the proof is not one",
        "For alpha > 2 it is zero at the start and rises. "
        "Less a multiple of t^(alpha-2) |Delta|^2 it falls from the time gamma/sqrt(lambda_0/2) on.",
        nesterov.energy_never_rises,
    ),
    fails(
        "The rate t^(-2 gamma/3) is not that of convex functions",
        "The text quotes it from [57] without strong convexity. "
        "A convex polynomial of degree 6 is minimised at the rate t^-4 only, for gamma = 9.",
        nesterov.rate_for_convex_functions,
    ),
    fails(
        "The error dynamics (4.4) breaks at a flip, as (3.7) does",
        "It is an equation for Delta with a continuous velocity. "
        "A neuron that falls asleep makes the velocity of the error jump.",
        nesterov.nag_error_dynamics_at_a_flip,
    ),
    fails(
        "sqrt(L) stands for |f - y| again, and R' is printed in two ways",
        "|f - y| is sqrt(2 L), so that C becomes 2 C. "
        "What is sqrt(2 L(0) epsilon) in Lemma 4.1 is sqrt(2 L(0)) epsilon in its proof.",
        nesterov_weights.speed_as_printed,
        nesterov_weights.two_forms_of_the_radius,
        weight="slip",
    ),
    fails(
        "Epsilon is not fixed",
        "R' < R bounds it by R/sqrt(2 L(0)), which shrinks with n. That is where the width's high powers come from.",
        nesterov_weights.epsilon_is_fixed,
        weight="slip",
    ),
    loose(
        "Nesterov needs no more width than Heavy Ball, for a constant kernel",
        "Near the start |w_r'| <= sqrt(2 n L(0)/m) t/(gamma + 1) for every network, which shrinks with the width. "
        "With it n^6/(delta^3 lambda_0^4) is enough whatever alpha and gamma are.",
        nesterov_weights.width_above_heavy_ball,
        nesterov_weights.two_forms_of_the_radius,
    ),
    loose(
        "gamma > 6 is not needed for lazy training",
        "While no gradient changes, w_r(t) - w_r(0) is a linear image of Delta(t) - Delta(0). "
        "So the weights stay within 2 sqrt(n/m) |Delta(0)|/mu for every gamma > 0.",
        nesterov.friction_for_lazy_training,
    ),
)

#: Section 4, when the kernel moves.
RESONANCE = (
    survives(
        "Theorem 3 holds for every target, with smaller powers in the width than printed",
        "For every gamma > 0 and theta, a width of order n^4/(delta^3 lambda_0^4), times a constant that grows like "
        "theta^(-2-8/gamma) as theta shrinks, brings the network's loss down like "
        "t^-gamma to theta L(0), and there it stays for all times. The proof compares the network with its linear twin "
        "up to that time; from then on the mechanical energy, which no flip can raise, keeps what was reached.",
        nag_network.theorem_3_on_the_way,
        nag_network.theorem_3_for_every_target,
        nag_network.order_of_the_width_for_a_target,
        weight="central",
    ),
    fails(
        "Lemma 4.1 does not follow from (4.4) when the kernel moves, for any gamma and any constant",
        "The friction gamma/t fades, so that a kernel which stays within lambda_0/4 of H(0) and is switched in time "
        "with a mode makes the loss grow exponentially. Closeness of the kernel to its start is not enough; gradient "
        "descent has no such weakness. These kernels are not those of a network, whose loss cannot exceed L(0); "
        "whether a network can break the lemma is open.",
        resonance.lemma_4_1_for_a_moving_kernel,
        resonance.lemma_4_1_with_numbers,
        weight="central",
    ),
    lacks(
        "Theorem 3 for one width and all times has no proof",
        "Lemma 4.2 closes its argument with Lemma 4.1 for a kernel that moves. What is shown instead needs a larger "
        "width for a smaller target.",
        nag_network.theorem_3_of_the_network,
        nag_network.lemma_4_2_of_the_network,
        weight="central",
    ),
)

#: Sections 5 and 6.
EXTENSIONS = (
    survives(
        "Newton's flow by neuron has the printed rate, as the limit of damped steps",
        "Where the blocks have an inverse and the kernel keeps lambda_0/2, the loss falls at the rate lambda_0 m/n "
        "however the blocks jump. The inequality between projectors and kernel holds as printed.",
        newton.newton_rate_of_section_3,
        newton.limit_of_damped_newton,
        newton.projector_and_kernel,
    ),
    fails(
        "More momenta need an upper bound on the kernel",
        "With two momenta a mode h decays exactly when b_1 b_2 > h, so that strong convexity alone is not enough. "
        "One neuron with b_1 = b_2 = 1/2 diverges while it is awake; a kernel that jumps below it can be pumped, too.",
        higher_momentum.strong_convexity_alone,
        higher_momentum.converges_below_the_threshold,
    ),
    fails(
        "The equation of order J + 1 is not the limit of the printed iteration",
        "For fixed momenta the limit is of first order. The equation is the limit under a scaling of the momenta that "
        "the paper does not state: for J = 2 they tend to 2 and -1, with eta the cube of the time step.",
        higher_momentum.limit_as_printed,
    ),
    fails(
        "A second momentum is not faster than the best first one",
        "On a quadratic whose eigenvalues lie in [mu, M] no two momenta beat the best single one, as the cited source "
        "says itself. The limiting equation is slower already for the eigenvalues 1/4 and 1; what the paper observes "
        "fits a small step size that both share, where the clock of two momenta runs faster.",
        second_momentum.second_momentum_accelerates,
        second_momentum.third_order_is_faster,
    ),
    fails(
        "The inverses in Newton's step need not exist",
        "The Hessian for all weights has rank n at most, and a neuron's block is singular when it is awake on fewer "
        "than p samples. With n < 2 p this has a probability of at least 1/2 at the start, for each neuron.",
        newton.hessian_is_invertible,
        newton.block_is_invertible,
        newton.blocks_are_invertible_at_the_start,
    ),
    fails(
        "The printed Newton step diverges just where its flow is fast",
        "Between flips a step of size 1 multiplies the error by lambda_0 m/n - 1 at least, when this exceeds 1. "
        "With the size 1/m it converges, at the speed per step of gradient descent.",
        newton.flow_of_the_printed_step,
        newton.newton_step_converges,
    ),
    fails(
        "Sections 5.3 and 6 leave out the curvature of deep and of general networks",
        "With two trained layers the prediction is not linear in the weights, even between flips. "
        "With momentum the term f''(w', w') remains; gradient descent has none.",
        deep.deep_error_dynamics,
        discussion.any_network_with_momentum,
    ),
    fails(
        "A kernel that is positive at each moment is not enough",
        "The bound from below has to be one for all times. "
        "With f = 1 - exp(-w) and y = 2 the kernel is positive and the loss stays above 1/2.",
        deep.definite_at_each_moment,
        discussion.positive_kernel_is_enough,
    ),
    fails(
        "The theorem cited at the end of Section 5.3 does not cover ReLU",
        "It asks for an activation with a Lipschitz derivative. The derivative of ReLU jumps.",
        deep.cited_activation_is_relu,
    ),
    fails(
        "Gronwall's inequality does work for equations of second order",
        "The paper itself applies it, to its energy. "
        "What does not work is to apply it to the loss alone, which may rest while the error moves.",
        discussion.gronwall_does_not_work,
        weight="slip",
    ),
    fails(
        "Comparisons of rates and widths hold under conditions that are not stated",
        "Newton's rate exceeds Heavy Ball's for m > n/sqrt(2 lambda_0), not for every large m/n. "
        "The widths n^24 and n^8 are not comparable to each other.",
        newton.newton_rate_is_larger,
        discussion.both_comparable,
        weight="slip",
    ),
)

FINDINGS = (*PRELIMINARIES, *HEAVY_BALL, *NESTEROV, *RESONANCE, *EXTENSIONS)
