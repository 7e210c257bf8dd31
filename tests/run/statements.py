"""Small statements and certificates that the tests share."""

from fractions import Fraction

from proofcheck.kernel.certificates import Combination, Proof, Summand, Witness
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import ONE, ZERO, Power, Variable

X = Variable("x")

SQUARE = Statement(("x",), (), (), Relation(Power(X, 2), ">=", ZERO))
SQUARE_PROOF = Proof((), Combination((), (Summand(Fraction(1), (), X),), ()))

FALSE = Statement(("x",), (), (), Relation(Power(X, 2), ">=", X))
FALSE_WITNESS = Witness((Fraction(1, 2),), ())

UNKNOWN = Statement(("x",), (), (), Relation(Power(X, 4), ">=", ZERO))
ABSURD = Statement((), (), (), Relation(ZERO, ">=", ONE))
