"""Orders between exponentials, powers and logarithms, by their exponents or their exponentials."""

import pytest

from proofcheck.kernel.check import check
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers.portfolio import decide

from .writing import Written, apply, exp, minus, over, plus, power, relation, statement, times

a, b, t, x, y = map(Variable, "abtxy")
positive = [relation(a, ">", 0), relation(b, ">", 0)]


def log(argument: Written) -> Term:
    return apply("log", argument)


TRUE = {
    "a logarithm from below": statement([], relation(log(plus(1, exp(x))), ">=", x)),
    "strictly": statement([], relation(log(plus(1, exp(x))), ">", x)),
    "a power below an exponential": statement(positive, relation(apply("power", plus(1, over(a, b)), b), "<=", exp(a))),
    "powers of one base": statement(
        [relation(a, ">=", 1), relation(x, "<=", y)],
        relation(apply("power", a, x), "<=", apply("power", a, y)),
    ),
    "a polynomial below an exponential": statement(
        [relation(t, ">=", 0)],
        relation(plus(1, t, over(power(t, 2), 2), over(power(t, 3), 6)), "<=", exp(t)),
    ),
}
FALSE = {
    "a logarithm from below": statement([], relation(log(plus(1, exp(x))), ">=", plus(x, "1/1000"))),
    "strictly": statement([], relation(exp(x), ">", plus(1, x))),
    "powers of one base": statement(
        [relation(a, ">", 0), relation(x, "<=", y)],
        relation(apply("power", a, x), "<=", apply("power", a, y)),
    ),
    "a polynomial below an exponential": statement(
        [relation(t, ">=", 0)], relation(plus(1, t, times("51/100", power(t, 2))), "<=", exp(t))
    ),
    "where the logarithm is not defined": statement([], relation(log(x), "<=", minus(x, 1))),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    outcome = decide(TRUE[name], 20)
    assert outcome.prover in ("comparing", "contacts", "exponents", "slopes")
    assert outcome.proof is not None
    check(TRUE[name], outcome.proof)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not(name: str) -> None:
    assert decide(FALSE[name], 10).proof is None
