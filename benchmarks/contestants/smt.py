"""z3 and cvc5: the negation of a statement as an SMT-LIB script; `unsat` says true, `sat` says false.

Both get the same script. A root is a new variable that is not negative and has the right square, a logarithm a new
variable with the right exponential; the conditions under which the sides are defined are stated beside. An order is
stated with its quantifiers: whatever the constants of the given orders are, there is a constant for the claimed one.
cvc5 knows exp, sin, cos, arccos and pi; z3 does not.
"""

from __future__ import annotations

from collections.abc import Callable

from textbook.pairs import Growth

from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import Term
from proofcheck.language.expressions import Relation as Written
from proofcheck.language.expressions import Scalar
from proofcheck.rules.translation import Translation

from .answers import Answer, CannotState, Undecided
from .coordinates import in_numbers

#: Integer powers up to this one are written as products.
LARGEST_PRODUCT = 12

_OF_A_NEGATION = {"unsat": Answer.TRUE, "sat": Answer.FALSE}
_OF_AN_ORDER = {"sat": Answer.TRUE, "unsat": Answer.FALSE}


class Script:
    """Terms in SMT-LIB, and the variables and facts that roots and logarithms bring with them."""

    def __init__(self, *, transcendental: bool) -> None:
        self._transcendental = transcendental
        self._known: dict[Term, str] = {}
        self.fresh: list[str] = []
        self.facts: list[str] = []
        self.uses_functions = False

    def term(self, term: Term) -> str:
        """The term. Raises `CannotState`."""
        if term not in self._known:
            self._known[term] = self._written(term)
        return self._known[term]

    def relation(self, relation: Relation) -> str:
        """The relation."""
        left, right = self.term(relation.left), self.term(relation.right)
        return f"(not (= {left} {right}))" if relation.sign == "!=" else f"({relation.sign} {left} {right})"

    def _written(self, term: Term) -> str:
        match term:
            case terms.Rational(value):
                size = f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
                return size if value >= 0 else f"(- {size})"
            case terms.Variable(name):
                return name
            case terms.Sum(parts):
                return self._joined("+", parts, "0.0")
            case terms.Product(parts):
                return self._joined("*", parts, "1.0")
            case terms.Power(terms.Rational(value), exponent) if value:
                return self.term(terms.Rational(value**exponent))
            case terms.Power(base, exponent):
                return self._power(self.term(base), exponent)
            case terms.Apply(function, parts):
                return self._applied(function, parts)
            case _:
                raise CannotState("inner products in every dimension")

    def _joined(self, sign: str, parts: tuple[Term, ...], empty: str) -> str:
        written = [self.term(part) for part in parts]
        return empty if not written else written[0] if len(written) == 1 else f"({sign} {' '.join(written)})"

    def _power(self, base: str, exponent: int) -> str:
        if exponent < 0:
            return f"(/ 1.0 {self._power(base, -exponent)})"
        if exponent <= 1:
            return base if exponent else "1.0"
        return f"(* {' '.join([base] * exponent)})" if exponent <= LARGEST_PRODUCT else f"(^ {base} {exponent})"

    def _applied(self, function: str, parts: tuple[Term, ...]) -> str:
        if function == "sqrt":
            (argument,) = map(self.term, parts)
            root = self._new("root")
            self.facts.append(f"(=> (>= {argument} 0.0) (and (>= {root} 0.0) (= (* {root} {root}) {argument})))")
            return root
        if not self._transcendental:
            raise CannotState(function)
        self.uses_functions = True
        match function:
            case "pi":
                return "real.pi"
            case "log":
                return self._logarithm(self.term(parts[0]))
            case "power":
                return f"(exp (* {self.term(parts[1])} {self._logarithm(self.term(parts[0]))}))"
            case _:
                return f"({function} {self.term(parts[0])})"

    def _logarithm(self, argument: str) -> str:
        logarithm = self._new("logarithm")
        self.facts.append(f"(=> (> {argument} 0.0) (= (exp {logarithm}) {argument}))")
        return logarithm

    def _new(self, kind: str) -> str:
        self.fresh.append(f"{kind}!{len(self.fresh)}")
        return self.fresh[-1]


def negation(statement: kernel.Statement, *, transcendental: bool) -> str:
    """A script that is satisfiable exactly when the statement fails. Raises `CannotState`."""
    script = Script(transcendental=transcendental)
    assumed = [script.relation(each) for hypothesis in statement.hypotheses for each in _defined(hypothesis)]
    *defined, goal = [script.relation(each) for each in _defined(statement.goal)]
    violated = f"(not (and {' '.join((*defined, goal))}))" if defined else f"(not {goal})"
    declared = [f"(declare-const {name} Real)" for name in (*statement.variables, *script.fresh)]
    asserted = [f"(assert {fact})" for fact in (*script.facts, *assumed, violated)]
    logic = "QF_NRAT" if script.uses_functions else "QF_NRA"
    return "\n".join((f"(set-logic {logic})", *declared, *asserted, "(check-sat)", ""))


def order(growth: Growth, *, transcendental: bool) -> str:
    """A script that is satisfiable exactly when the order holds. Raises `CannotState`."""
    script, translation = Script(transcendental=transcendental), Translation()

    def at_most(left: Scalar, factor: str, right: Scalar) -> str:
        return f"(<= {script.term(translation.scalar(left))} (* {factor} {script.term(translation.scalar(right))}))"

    constants = [f"bound!{place}" for place in range(len(growth.given))]
    given = [at_most(left, name, right) for name, (left, right) in zip(constants, growth.given, strict=True)]
    claimed = at_most(growth.left, "claimed!", growth.right)
    ranges = [f"(>= {symbol.name} 1.0)" for symbol in growth.large]
    ranges += [f"(<= {symbol.name} 1.0)" for symbol in growth.small]
    positive = [f"(> {name} 0.0)" for name in translation.names.shown]
    bound = " ".join(f"({name} Real)" for name in (*translation.names.shown, *script.fresh))
    inside = f"(=> (and {' '.join((*positive, *ranges, *given, *script.facts))}) {claimed})"
    whole = f"(exists ((claimed! Real)) (and (> claimed! 0.0) (forall ({bound}) {inside})))"
    if constants:
        names = " ".join(f"({name} Real)" for name in constants)
        whole = f"(forall ({names}) (=> (and {' '.join(f'(> {name} 0.0)' for name in constants)}) {whole}))"
    return "\n".join(
        (f"(set-logic {'ALL' if script.uses_functions else 'NRA'})", f"(assert {whole})", "(check-sat)", "")
    )


def _defined(relation: Relation) -> tuple[Relation, ...]:
    return (*conditions(relation), relation)


def decided(stated: Written | Growth, solve: Callable[[str], str], *, transcendental: bool) -> Answer:
    """What a solver says of the statement. Raises `CannotState` and `Undecided`."""
    if isinstance(stated, Growth):
        said, verdicts = solve(order(stated, transcendental=transcendental)), _OF_AN_ORDER
    else:
        said, verdicts = solve(negation(in_numbers(stated), transcendental=transcendental)), _OF_A_NEGATION
    if said not in verdicts:
        raise Undecided(said)
    return verdicts[said]
