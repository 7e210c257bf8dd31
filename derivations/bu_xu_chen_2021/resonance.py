"""Section 4 when the kernel moves: what resonance does to Lemma 4.1, and what holds for the network instead.

Here mu = lambda_0/2 is written kappa^2. A vector of weights and one of errors stand side by side in one space; J takes
the first to the second, its adjoint the second to the first, so that it is one self-adjoint operator.
"""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    arccos,
    at,
    chain,
    claim,
    cos,
    counterexample,
    derivative,
    exp,
    flow,
    gronwall,
    inner,
    let,
    log,
    mean_value,
    missing,
    norm,
    norm2,
    operator,
    path,
    pi,
    power,
    scalar,
    scalar_path,
    sin,
    sqrt,
    substitute,
    displacement,
)

REFUTED, OPEN = Verdict.REFUTED, Verdict.OPEN

t = scalar("t", nonnegative=True)
s = scalar("s", nonnegative=True)
gamma = scalar("gamma", positive=True)
alpha = scalar("alpha", nonnegative=True)
kappa = scalar("kappa", positive=True)
n, m = scalar("n", at_least=1), scalar("m", at_least=1)

# --- resonance: a kernel within lambda_0/4 of where it began ----------------------------------------------------

x = scalar_path("x")
omega = scalar("omega", positive=True)
lambda_0 = let("lambda_0", kappa**2)
#: One mode; the kernel is omega^2 but for a term that the friction brings and that fades.
tuned_kernel = let("h", omega**2 + gamma * (gamma - 2) / (4 * t**2))
tuned = flow(x.ddot == -(gamma / t) * x.dot - tuned_kernel * x, time=t)
y = let("y", power(t, gamma / 2) * x)
slow, fast = Rational(9, 10) * kappa, Rational(11, 10) * kappa
t_0 = let("t_0", 5 * (gamma + 1) / (2 * kappa))


@claim("Lemma 4.1, without the friction")
def without_friction():
    """y = t^(gamma/2) x has y' = t^(gamma/2) (x' + gamma x/(2t)), whatever the kernel, and y'' = -omega^2 y."""
    lifted = power(t, gamma / 2)
    return (tuned.d(y) == lifted * (x.dot + gamma / (2 * t) * x)).given(t > 0), (
        tuned.d(lifted * (x.dot + gamma / (2 * t) * x)) == -(omega**2) * y
    ).given(t > 0)


@claim("Lemma 4.1, the tuned kernel")
def tuned_kernel_stays_near():
    """From t_0 on, both tuned kernels are within lambda_0/4 of lambda_0, their value before."""
    later = t >= t_0
    slower, faster = (substitute(tuned_kernel, {omega: value}) for value in (slow, fast))
    return (
        (slower >= Rational(3, 4) * lambda_0).given(later),
        (slower <= Rational(5, 4) * lambda_0).given(later),
        (faster >= Rational(3, 4) * lambda_0).given(later),
        (faster <= Rational(5, 4) * lambda_0).given(later),
    )


resting = flow(x.ddot == -(gamma / t) * x.dot - lambda_0 * x, time=t)
t_1 = scalar("t_1", positive=True)


@claim("Lemma 4.1, the mode is never at rest at zero")
def never_at_rest_at_zero():
    """Before t_0 the kernel is lambda_0, and t^(2 gamma) (x'^2 + lambda_0 x^2) never falls; x(t_1) is near x(0)."""
    return gronwall(resting, -power(t, 2 * gamma) * (x.dot**2 + lambda_0 * x**2), 0, since=t_1)


local = scalar("s")
A, phase = scalar("A", positive=True), scalar("phi", nonnegative=True)


def swinging(frequency):
    """The solutions of y'' + frequency^2 y = 0 from a position and a velocity."""

    def solution(position, velocity):
        return position * cos(frequency * local) + velocity / frequency * sin(frequency * local)

    return solution


def swings(frequency, position, velocity):
    """What it means that such a solution obeys its equation and begins at its position and velocity."""
    moved = swinging(frequency)(position, velocity)
    speed, start = derivative(moved, local), {local: Rational(0)}
    return (
        derivative(speed, local) == -(frequency**2) * moved,
        substitute(moved, start) == position,
        substitute(speed, start) == velocity,
    )


@claim("Lemma 4.1, the first turning point")
def first_turning_point():
    """From any state, written with an amplitude A > 0 and a phase, the slow kernel leads to y = A, y' = 0."""
    moved = swinging(omega)(A * cos(phase), omega * A * sin(phase))
    end = {local: phase / omega}
    return substitute(moved, end) == A, substitute(derivative(moved, local), end) == 0


@claim("Lemma 4.1, one half turn")
def half_turn():
    """Fast from y' = 0 to y = 0, slow from y = 0 to y' = 0: each half turn multiplies y by -11/9, exactly."""
    quarter = arccos(0)
    falling, rising = swinging(fast)(A, 0), swinging(slow)(0, -fast * A)
    at_zero, at_turn = {local: quarter / fast}, {local: quarter / slow}
    return (
        substitute(falling, at_zero) == 0,
        substitute(derivative(falling, local), at_zero) == -fast * A,
        substitute(rising, at_turn) == -Rational(11, 9) * A,
        substitute(derivative(rising, local), at_turn) == 0,
    )


k, C = scalar("k", nonnegative=True), scalar("C", positive=True)
begun, T = scalar("t_begun", positive=True, latex="t_*"), scalar("T", positive=True)
growth = scalar("r", positive=True)
z, a = scalar("z", positive=True), scalar("a", positive=True)
scale = let("a", gamma * T / growth)
late = k * growth > log(C) + gamma * (log(scale) + begun / scale - 1)


@claim("Lemma 4.1, the pumping beats the friction: a logarithm")
def logarithm_below_its_tangent():
    """The logarithm lies below its tangent at a."""
    return chain(log(z)).eq(log(a * (z / a))).eq(log(a) + log(z / a)).le(log(a) + z / a - 1)


@claim("Lemma 4.1, the pumping beats the friction")
def pumping_beats_friction():
    """exp(2 r k) > C (t_* + k T)^gamma for every C, as soon as k is large: exp beats every power."""
    moment = begun + k * T
    return (
        chain(C * power(moment, gamma))
        .eq(exp(log(C) + gamma * log(moment)))
        .le(
            exp(log(C) + gamma * (log(scale) + moment / scale - 1)), logarithm_below_its_tangent.at({z: moment, a: scale})
        )
        .lt(exp(2 * k * growth))
        .given(late)
    )
