"""Derivations as texts, with arguments made by hand, so that a test chooses each obligation."""

HEAD = '''"""A title."""
from proofcheck import Verdict, chain, claim, scalar
from proofcheck.kernel.certificates import Witness
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import ONE, ZERO, Power, Variable
from proofcheck.rules.obligations import Argument, Obligation
X = Variable("x")
SQUARE = Statement(("x",), (), (), Relation(Power(X, 2), ">=", ZERO))
FALSE = Statement(("x",), (), (), Relation(Power(X, 2), ">=", X))
ABSURD = Statement((), (), (), Relation(ZERO, ">=", ONE))
UNKNOWN = Statement(("x",), (), (), Relation(Power(X, 4), ">=", ZERO))
CRASH = Statement(("crash",), (), (), Relation(Variable("crash"), ">=", ZERO))


def owing(*obligations, **others):
    return Argument("formula", "latex", obligations, **others)


def owed(statement=None, instance=None, **others):
    return Obligation("the claim", "formula", "latex", statement, instance, **others)


'''


def claim_text(name: str, argument: str, expect: str = "PROVED") -> str:
    return f'@claim("Lemma {name}", expect=Verdict.{expect})\ndef {name}():\n    return {argument}\n\n\n'
