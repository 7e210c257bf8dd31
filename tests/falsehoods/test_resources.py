"""Small certificates and witnesses that ask for huge computations are turned down, at once and in little memory.

Each runs in a process of its own with 1 GiB: python-flint ends the process where it cannot have more memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from proofcheck.kernel.certificates import (
    Balls,
    Cell,
    Combination,
    Multiple,
    Proof,
    Root,
    Sturm,
    Summand,
    Witness,
    encode,
)
from proofcheck.kernel.statements import Relation, Statement, encode_statement
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable

ROOT = Path(__file__).parents[2]
MEMORY = 1 << 30
RESIDENT = 200 << 20
SECONDS = 30
#: Seconds of the clock; what counts is a second of computing, which the process itself measures.
#: What runs in the process: `check` or `refute` on the JSON of standard input.
JUDGE = """
import json, sys, time
from proofcheck.kernel.certificates import decode_proof, decode_witness
from proofcheck.kernel.check import Rejected, check, refute
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import decode_statement
statement, kind, evidence = json.load(sys.stdin)
start = time.process_time()
try:
    if kind == "Proof":
        check(decode_statement(statement), decode_proof(evidence))
    else:
        refute(decode_statement(statement), decode_witness(evidence))
except (Malformed, Rejected):
    seconds = time.process_time() - start
    # Not `ru_maxrss`, which knows the process from which this one was forked.
    status = open("/proc/self/status").read()
    peak = int(status.partition("VmHWM:")[2].split()[0]) << 10
    print("turned down", seconds < 1, peak < RESIDENT)
"""

x = Variable("x")
ZERO, ONE, TWO = (Rational(Fraction(value)) for value in (0, 1, 2))
NOTHING = Proof((), Combination((), (), ()))
MANY = tuple(f"x{number}" for number in range(60))


def wrapped(term: Term, exponent: int, times: int) -> Term:
    for _ in range(times):
        term = Power(term, exponent)
    return term


def claim(term: Term, sign: str = "<=", variables: tuple[str, ...] = ("x",)) -> Statement:
    return Statement(variables, (), (), Relation(term, sign, ZERO))


HUGE = Fraction(10) ** 1999
MIDDLING = [Fraction(7**116 + 2 * k) for k in range(15)]
LONG = [Fraction(7**2360 + 2 * k) for k in range(100)]


def long_sum(names: str) -> Term:
    return Sum(tuple(Product((Rational(value), Variable(name))) for value, name in zip(LONG, names, strict=False)))


def polynomial(coefficients: list[Fraction]) -> Term:
    return Sum(tuple(Product((Rational(value), Power(x, power))) for power, value in enumerate(coefficients)))


def cited(fact: Relation, number: int) -> tuple[Statement, Proof]:
    """A fact multiplied by itself many times."""
    summand = Summand(Fraction(1), (0,) * number, ONE)
    return Statement(("x",), (), (fact,), Relation(x, ">=", ZERO)), Proof((), Combination((), (summand,), ()))


UNDECIDED = Sum((Power(Apply("sin", (x,)), 2), Power(Apply("cos", (x,)), 2), Rational(Fraction(-1))))
BIG_SUM = Sum(tuple(map(Variable, MANY)))
SOMEWHERE = Witness((Fraction(0),), ())

EXAMPLES: dict[str, tuple[Statement, Proof | Witness]] = {
    "a tower of exponents in a normal form": (claim(wrapped(TWO, 10_000, 4)), NOTHING),
    "a tower of exponents with a variable": (claim(wrapped(Product((TWO, x)), 10_000, 4)), NOTHING),
    "a tower of exponents of a variable": (claim(wrapped(x, 10_000, 20), ">="), Proof((), Sturm("x", None, None))),
    "a tower of negative exponents": (
        claim(wrapped(TWO, -10_000, 4)),
        Proof((NOTHING.evidence,) * 4, NOTHING.evidence),
    ),
    "a tower of exponents at a point": (claim(wrapped(TWO, 2000, 5), ">"), SOMEWHERE),
    "a huge real power at a point": (
        claim(Apply("power", (TWO, Rational(Fraction(10**50)))), ">"),
        SOMEWHERE,
    ),
    "a power of a long sum": (claim(Power(BIG_SUM, 64), variables=MANY), NOTHING),
    "a product of long sums": (claim(Product((Power(BIG_SUM, 2),) * 8), variables=MANY), NOTHING),
    "a power of a power of a sum": (claim(Power(Power(Sum((x, ONE)), 64), 64)), NOTHING),
    "a tower of exponentials in a ball": (
        claim(Apply("exp", (Apply("exp", (Apply("exp", (Rational(HUGE),)),)),))),
        Proof((), Balls((), Cell())),
    ),
    "the sine of a huge number": (claim(Apply("sin", (Power(Rational(HUGE), 10_000),))), Proof((), Balls((), Cell()))),
    "a huge power in a factor": (
        Statement(("x",), (), (Relation(x, "=", ZERO),), Relation(ONE, "=", ZERO)),
        Proof((), Combination((), (), (Multiple(wrapped(x, 10_000, 10), 0),))),
    ),
    "a root of high degree": (
        claim(UNDECIDED, "="),
        Witness((Root((Fraction(-2), *[Fraction(0)] * 48, Fraction(1)), Fraction(0), Fraction(2)),), ()),
    ),
    "a root between huge ends": (
        claim(UNDECIDED, "="),
        Witness((Root((Fraction(-2), *[Fraction(0)] * 98, Fraction(1)), Fraction(0), HUGE),), ()),
    ),
    "a root of a polynomial with huge coefficients": (
        claim(UNDECIDED, "="),
        Witness(
            (Root((*(HUGE + k for k in range(50)), *(-HUGE - k for k in range(50))), Fraction(0), Fraction(2)),), ()
        ),
    ),
    "a power of a sum with long coefficients": (claim(Power(long_sum("abcd"), 30), variables=tuple("abcd")), NOTHING),
    "a power of a longer sum with long coefficients": (
        claim(Power(long_sum("abcdefghij"), 8), variables=tuple("abcdefghij")),
        NOTHING,
    ),
    "a product of many powers": (claim(Product((Power(TWO, 10_000),) * 3000)), NOTHING),
    "a product of many powers at a point": (claim(Product((Power(TWO, 10_000),) * 3000)), SOMEWHERE),
    "a sum of many long fractions": (claim(Sum(tuple(Rational(1 / value) for value in LONG))), NOTHING),
    "a fact multiplied by itself very often": cited(Relation(Product((Rational(HUGE), x)), ">=", ZERO), 20_000),
    "a fact of two parts multiplied by itself very often": cited(Relation(Sum((x, ONE)), ">=", ZERO), 20_000),
    "a sum of many variables": (
        claim(Sum(tuple(Variable(f"x{k}") for k in range(3000))), variables=tuple(f"x{k}" for k in range(3000))),
        NOTHING,
    ),
    "many function values": (
        claim(Sum(tuple(Apply("exp", (Rational(Fraction(k)),)) for k in range(1500)))),
        NOTHING,
    ),
    "Sturm's chain of a polynomial of high degree with long coefficients": (
        claim(polynomial([Fraction(value.numerator % 10**75 - 10**74) for value in (*LONG, *LONG)]), ">"),
        Proof((), Sturm("x", None, None)),
    ),
    "Sturm's chain of a polynomial with very long coefficients": (
        claim(polynomial([value * (-1) ** k for k, value in enumerate(LONG[:20])]), ">"),
        Proof((), Sturm("x", None, None)),
    ),
    "long vectors of long fractions": (
        Statement((), ("u", "v"), (), Relation(Inner("u", "v"), "<=", ZERO)),
        Witness((), (tuple(1 / value for value in LONG), tuple(1 / value for value in LONG))),
    ),
    "many vectors": (
        Statement((), tuple(f"v{k}" for k in range(300)), (), Relation(Inner("v0", "v1"), ">=", ZERO)),
        Witness((), ((Fraction(1, 3),) * 50,) * 300),
    ),
    "a root of a polynomial with long coefficients": (
        claim(UNDECIDED, "="),
        Witness((Root((*(-MIDDLING[k] for k in range(15)), *MIDDLING[:15]), Fraction(0), Fraction(2)),), ()),
    ),
    "a rational with huge digits everywhere": (
        claim(Product(tuple(Sum((x, Rational(HUGE + k))) for k in range(50)))),
        NOTHING,
    ),
}


def judged(statement: Statement, evidence: Proof | Witness) -> subprocess.CompletedProcess[str]:
    data: list[Any] = [encode_statement(statement), type(evidence).__name__, encode(evidence)]
    return subprocess.run(
        [sys.executable, "-c", f"RESIDENT = {RESIDENT}\n{JUDGE}"],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=ROOT,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_huge_computation_is_turned_down(name: str) -> None:
    outcome = judged(*EXAMPLES[name])
    assert (outcome.returncode, outcome.stdout) == (0, "turned down True True\n"), outcome.stderr[-500:]
