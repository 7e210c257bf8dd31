"""Lemma 3.3 on real networks, where Delta' jumps at every flip: what holds for one sample, what fails for two."""

from proofcheck import (
    Rational,
    Verdict,
    arccos,
    at,
    claim,
    counterexample,
    derivative,
    exp,
    pi,
    scalar,
    sqrt,
    substitute,
)

from .notation import t

REFUTED, OPEN = Verdict.REFUTED, Verdict.OPEN

cosine = Rational(-1, 2)
lambda_0 = Rational(1, 2) + cosine * (Rational(1, 2) - arccos(cosine) / (2 * pi))
alpha, m = sqrt(Rational(5, 24)), 24
e = exp(1)
s = alpha * t
unit = sqrt(m) / 5
y = -(Rational(35, 32) * exp(Rational(-9, 8)) + Rational(5, 8) / e + Rational(3, 8) * exp(Rational(-5, 4)))
end_of_second, end_of_third = Rational(9, 8), Rational(3, 2)

first = (
    y + (1 + s) * exp(-s),
    1 / e - (1 + s) * exp(-s) / 2,
)
gap = Rational(5, 8) / e + Rational(3, 8) * exp(1 - 2 * s)
second = (
    y + (1 + 3 * s) * exp(-s) / 4 + gap,
    (1 + 3 * s) * exp(-s) / 4 - gap,
)
r = s - end_of_second
E, D = exp(Rational(-9, 8)), exp(Rational(-5, 4))
v = exp(-r) * (Rational(35, 16) * E + (Rational(59, 32) * E + Rational(3, 4) * D) * r) + y
back = Rational(33, 16) * E + Rational(3, 2) * D
third = (-v / 2 + (Rational(35, 16) * E + y) / 2 - back / 8 * (1 - exp(-2 * r)), v)
phases = ((first, 0, 1, (1, 0)), (second, 1, end_of_second, (1, 1)), (third, end_of_second, end_of_third, (0, 1)))


def facts():
    for (U, V), begin, end, (chi_1, chi_2) in phases:
        u, w = unit * U, unit * V
        f = 5 * (chi_1 * u + chi_2 * w) / sqrt(m)
        error = f - y
        for z, force in ((u, chi_1 + cosine * chi_2), (w, cosine * chi_1 + chi_2)):
            speed = derivative(z, t)
            yield derivative(speed, t) == -2 * alpha * speed - force * error / sqrt(m)
        inside = alpha * t > begin, alpha * t < end
        yield ((u > 0) if chi_1 else (u < 0)).given(*inside)
        yield ((w > 0) if chi_2 else (w < 0)).given(*inside)
    for (before, _, end, _), (after, _, _, _) in zip(phases, phases[1:]):
        moment = {t: end / alpha}
        for z, next_z in zip(before, after):
            yield substitute(z, moment) == substitute(next_z, moment)
            yield substitute(derivative(z, t), moment) == substitute(derivative(next_z, t), moment)


@claim("Lemma 3.3, the loss of the network", expect=REFUTED, covers="3.41")
def loss_of_the_network_decays():
    """The bound of Lemma 3.3 holds for every network."""
    start = first[0] - y
    final = third[1] - y
    return counterexample(
        "the bound",
        lambda_0 == Rational(5, 12),
        alpha**2 == lambda_0 / 2,
        *facts(),
        substitute(derivative(first[0], t), {t: Rational(0)}) == 0,
        substitute(derivative(first[1], t), {t: Rational(0)}) == 0,
        substitute(final, {t: end_of_third / alpha})**2 > 2 * exp(-end_of_third) * substitute(start, {t: Rational(0)})**2,
        because="words",
    )
