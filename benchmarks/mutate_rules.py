"""Mutation testing of the rules: one condition forgotten at a time, and whether some test notices.

Beside the slips of `mutate_kernel.py`, each obligation that a rule adds, each part of a condition and each filter is
deleted, each question is answered the other way round, and each obligation that refutes nothing is made decisive. A
mutant is killed when `tests/rules`, a doctest, `test_once_wrong.py` or `test_false_rules.py` fails on it. One that
survives shows a condition that no test misses: a false claim is to be written that only this condition stops, or the
condition is not needed and goes, or the mutant says the same as the original, and `EQUIVALENT` says why.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from laboratory import Room, main
from mutations import Change, forgotten, possible_changes

FOLDER = Path("proofcheck/rules")
FALSEHOODS = ("test_once_wrong.py", "test_false_rules.py")

#: Mutants (module, the line as written, the change) that no test can tell from the original, and why; "caution" is a
#: condition that the theorem does not ask for, and that costs nothing.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "argue",
        "if isinstance(hypothesis, Relation) and isinstance(demand, Relation):",
        "and becomes or",
    ): "both are of one kind, as was asked before",
    (
        "argue",
        "if isinstance(hypothesis, Relation) and isinstance(demand, Relation):",
        "ignored: isinstance(hypothesis, Relation)",
    ): "both are of one kind, as was asked before",
    (
        "argue",
        "if isinstance(hypothesis, Relation) and isinstance(demand, Relation):",
        "ignored: isinstance(demand, Relation)",
    ): "both are of one kind, as was asked before",
    (
        "argue",
        "return isinstance(hypothesis, Relation) and hypothesis.for_all is not None and same(hypothesis.for_all, over)",
        "ignored: hypothesis.for_all is not None",
    ): "nothing is the same as no letter",
    (
        "argue",
        "if not isinstance(hypothesis, Relation) or hypothesis.for_all is None:",
        "ignored: hypothesis.for_all is None",
    ): "nothing depends on no letter",
    (
        "argue",
        "times = [flow.time for flow in flows_of(relation) if flow.time is not None]",
        "no filter: flow.time is not None",
    ): "nothing is the same as no letter",
    (
        "argue",
        "times = [each.time for each in flows if each.time is not None]",
        "no filter: each.time is not None",
    ): "nothing depends on no letter",
    (
        "argue",
        "if totals and not premises_speak_of_totals:",
        "ignored: totals",
    ): "without sums and integrals both ways owe the relation itself",
    (
        "argue",
        "known = (*known, use.relation)",
        "deleted: *known",
    ): "what is given shows the demand that it would discharge, too",
    (
        "argue",
        "if demand.for_all is not None and not _quantified(hypothesis, demand.for_all):",
        "ignored: not _quantified(hypothesis, demand.for_all)",
    ): "what is given for all values shows the demand that it would discharge",
    (
        "argue",
        "for bound in (bound for operator in operators for bound in (operator.inverse_of or operator).bounds):",
        "ignored: operator.inverse_of",
    ): "the bounds of what has an inverse stand in the relations that are owed of it, which say that they are defined",
    (
        "argue",
        "if operator.inverse_of is not None and operator.inverse_of.at_least is not None:",
        "ignored: operator.inverse_of.at_least is not None",
    ): "only an operator with a lower bound has an inverse; for mypy",
    (
        "argue",
        'until = f" as long as {text(each.inside)}" if each.inside is not None and each.never_leaves else ""',
        "ignored: each.inside is not None",
    ): "a solution never leaves what it is inside of; for mypy",
    (
        "exits",
        "lasting = (*hypotheses, *(each for each in confined.subject_to if not _speaks_of_motion(each, time)))",
        "no filter: not _speaks_of_motion(each, time)",
    ): "caution: at the moment of the exit a constraint still holds, so that one that moves would do as well",
    (
        "growth",
        "if isinstance(quantity, Named) and isinstance(begun, Scalar):",
        "ignored: isinstance(begun, Scalar)",
    ): "what is named is a scalar, also at the beginning; for mypy",
    (
        "growth",
        'case Call("power", (base, exponent)) if same(base, self.time) and not depends(exponent, self.time):',
        "ignored: not depends(exponent, self.time)",
    ): "caution: a power with an exponent that is continuous and positive at 0, which is owed, vanishes there",
    (
        "growth",
        '*defined(quantity, later, "it is defined"),',
        "deleted: *defined(quantity, later, 'it is defined')",
    ): "caution: a continuous function leaves its domain where its derivative, which is owed, has a pole",
    (
        "motions",
        'owe(state[order] == right, (time >= 0, time <= piece.length), f"piece {place} obeys the flow from any state")',
        ">= becomes >",
    ): "a solution obeys its equation at almost every moment",
    (
        "motions",
        'owe(state[order] == right, (time >= 0, time <= piece.length), f"piece {place} obeys the flow from any state")',
        "<= becomes <",
    ): "a solution obeys its equation at almost every moment",
    (
        "motions",
        'owe(piece.length > 0, (), f"piece {place} takes time")',
        "> becomes >=",
    ): "a piece that takes no time changes nothing",
    (
        "motions",
        "found.append(replace(obligation, instance=None))",
        "decisive: obligation",
    ): "what refutes a step of a counterexample refutes no claim, as the verdicts say once more",
    (
        "totals",
        'case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):',
        "ignored: if same(base, over) and (not depends(exponent, over))",
    ): "a proposal, whose derivative the kernel checks",
    (
        "totals",
        'case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):',
        "and becomes or",
    ): "a proposal, whose derivative the kernel checks",
    (
        "totals",
        'case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):',
        "ignored: same(base, over)",
    ): "a proposal, whose derivative the kernel checks",
    (
        "totals",
        'case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):',
        "ignored: not depends(exponent, over)",
    ): "a proposal, whose derivative the kernel checks",
    (
        "totals",
        'itself = Relation(expression, "=", expression)',
        '"=" becomes "!=" (column 34)',
    ): "only its sides are looked at",
    (
        "totals",
        "inside = (lower <= over, over <= upper)",
        "<= becomes <",
    ): "at its ends an antiderivative need only be continuous",
    (
        "totals",
        "seen.append(part)",
        "deleted: seen.append(part)",
    ): "owed twice is owed",
    (
        "totals",
        "if not isinstance(part, Total) or any(same(part, other) for other in seen):",
        "ignored: any((same(part, other) for other in seen))",
    ): "owed twice is owed",
    (
        "totals",
        "return [whole]",
        "deleted: whole",
    ): "of one piece nothing is made",
    (
        "totals",
        'if sign == ">" and bound == 0 and open_below(total):',
        "ignored: sign == '>'",
    ): "a positive letter may be nonnegative as well, as 0 is; another bound 0 would leave it no number",
    (
        "totals",
        'if sign == ">" and bound == 0 and open_below(total):',
        "ignored: bound == 0",
    ): "a letter is said to be above 0, and above no other number",
    (
        "totals",
        'elif isinstance(hypothesis, Relation) and hypothesis.sign != "=":',
        "ignored: isinstance(hypothesis, Relation)",
    ): "an equation between vectors on what is bound was refused; for mypy",
    (
        "totals",
        'elif isinstance(hypothesis, Relation) and hypothesis.sign != "=":',
        "and becomes or",
    ): "caution: an equation for all moments that may refute is kept nearby by paths at rest",
    (
        "totals",
        'elif isinstance(hypothesis, Relation) and hypothesis.sign != "=":',
        "ignored: hypothesis.sign != '='",
    ): "caution: an equation for all moments that may refute is kept nearby by paths at rest",
    (
        "lasting",
        "return isinstance(flow, Flow) and not flow.equations and not flow.constraints",
        "ignored: isinstance(flow, Flow)",
    ): "what governs is a flow, as is asked before; for mypy",
    (
        "lasting",
        "reached = {structure(each) for each in (number(0), *times, *own)}",
        "deleted: *times",
    ): "that t <= t would be owed, and holds",
    (
        "jumps",
        "obligations=(*slopes, replace(step, instance=None), between),",
        "decisive: step",
    ): "what differs before and behind a jump stands at two moments, of which there is no instance",
    (
        "jumps",
        "((isinstance(part, Power) and part.exponent < 0) or (isinstance(part, Call) and "
        "part.function in _OPEN_DOMAIN))",
        "< becomes <=",
    ): "caution: x^0 is 1",
    (
        "variation",
        "assert between.conclusion is not None and along.time is not None",
        "and becomes or",
    ): "a bound is what Gronwall concludes, along a flow with a time; for mypy",
    (
        "variation",
        "assert between.conclusion is not None and along.time is not None",
        "ignored: between.conclusion is not None",
    ): "a bound is what Gronwall concludes, along a flow with a time; for mypy",
    (
        "variation",
        "assert between.conclusion is not None and along.time is not None",
        "ignored: along.time is not None",
    ): "a bound is what Gronwall concludes, along a flow with a time; for mypy",
    (
        "variation",
        "everywhere = [use for use in by if not use.relation.flows()]",
        "no filter: not use.relation.flows()",
    ): "caution: what holds along the flow holds of the limits before a jump, too, at least weakly",
    (
        "improper",
        "inside = (*assumed, closed >= total.lower, closed <= total.upper)",
        "<= becomes <",
    ): "near 0 the upper end does not matter",
    (
        "improper",
        "case Power(_, exponent) if exponent < 0:",
        "< becomes <=",
    ): "caution: x^0 is 1",
    (
        "improper",
        "return tuple(each for each in assumed if not depends(each.left, total.over) and not "
        "depends(each.right, total.over))",
        "and becomes or",
    ): "caution: what is assumed of the variable is so of each of its values, and without one the integral is 0",
    (
        "improper",
        "return tuple(each for each in assumed if not depends(each.left, total.over) and not "
        "depends(each.right, total.over))",
        "no filter: not depends(each.left, total.over) and (not depends(each.right, total.",
    ): "caution: what is assumed of the variable is so of each of its values, and without one the integral is 0",
    (
        "improper",
        "return tuple(each for each in assumed if not depends(each.left, total.over) and not "
        "depends(each.right, total.over))",
        "ignored: not depends(each.left, total.over)",
    ): "caution: what is assumed of the variable is so of each of its values, and without one the integral is 0",
    (
        "improper",
        "return tuple(each for each in assumed if not depends(each.left, total.over) and not "
        "depends(each.right, total.over))",
        "ignored: not depends(each.right, total.over)",
    ): "caution: what is assumed of the variable is so of each of its values, and without one the integral is 0",
    (
        "improper",
        "plain = tuple(each for each in assumed if not _moves(each.left) and not _moves(each.right))",
        "and becomes or",
    ): "what is left out is true, and does not matter to an exponent",
    (
        "improper",
        "plain = tuple(each for each in assumed if not _moves(each.left) and not _moves(each.right))",
        "no filter: not _moves(each.left) and (not _moves(each.right))",
    ): "what is left out is true, and does not matter to an exponent",
    (
        "improper",
        "plain = tuple(each for each in assumed if not _moves(each.left) and not _moves(each.right))",
        "ignored: not _moves(each.left)",
    ): "what is left out is true, and does not matter to an exponent",
    (
        "improper",
        "plain = tuple(each for each in assumed if not _moves(each.left) and not _moves(each.right))",
        "ignored: not _moves(each.right)",
    ): "what is left out is true, and does not matter to an exponent",
    (
        "schemes",
        'side, sign = ("ahead", "+") if point > 0 else ("behind", "-")',
        "> becomes >=",
    ): "at the point 0 there is no remainder",
    (
        "schemes",
        "if isinstance(part, Fixed) and isinstance(rest, Fixed) and part.name == rest.name:",
        "ignored: isinstance(rest, Fixed)",
    ): "a remainder is a vector with a name; for mypy",
    (
        "schemes",
        "if place is not None and depends(place, step):",
        "ignored: place is not None",
    ): "nothing depends on no moment or index",
    (
        "schemes",
        "if isinstance(part, Power) and part.exponent < 0 and depends(part.base, step):",
        "ignored: depends(part.base, step)",
    ): "that a divisor without the step does not vanish is owed anyway, as the residual is defined",
    (
        "schemes",
        "if isinstance(part, Power) and part.exponent < 0 and depends(part.base, step):",
        "< becomes <=",
    ): "caution: x^0 is 1",
    (
        "modes",
        "wanted = z**2 <= factor * start**2",
        "<= becomes <",
    ): "only its sides are looked at",
    (
        "modes",
        "wanted = z**2 <= factor * start**2",
        "<= becomes >",
    ): "only its sides are looked at",
    (
        "modes",
        "or not isinstance(right, Vector)",
        "ignored: not isinstance(right, Vector)",
    ): "what a path of vectors obeys is a vector; for mypy",
    (
        "modes",
        "if mode.time is None or not same(mode.time, along.time):",
        "ignored: mode.time is None",
    ): "nothing is the same as no letter",
    (
        "letters",
        "flows = [flow for each in said if isinstance(each, Relation) for flow in each.flows() if "
        "isinstance(flow, Flow)]",
        "no filter: isinstance(flow, Flow)",
    ): "what governs is a flow, as is asked before; for mypy",
    (
        "letters",
        "times = [flow.time for flow in flows if flow.time is not None]",
        "no filter: flow.time is not None",
    ): "nothing depends on no letter",
    (
        "letters",
        "if frozen and isinstance(part, Named) and any(depends(part.body, time) for time in times):",
        "ignored: isinstance(part, Named)",
    ): "for mypy",
    (
        "orders",
        "signs = [1 if value >= 0 else -1 for value in target]",
        ">= becomes >",
    ): "0 has no sign",
    (
        "orders",
        'raise ValueError("neither a combination nor a divergent curve: the exponents contradict Farkas")',
        "deleted: raise ValueError('neither a combination nor a divergent curve: the exp",
    ): "by Farkas' lemma one of them is found; for mypy",
    (
        "orders",
        "ranges += [symbol >= 1 for symbol in large]",
        ">= becomes >",
    ): "both sides are continuous at 1",
    (
        "orders",
        "ranges += [symbol <= 1 for symbol in small]",
        "<= becomes <",
    ): "both sides are continuous at 1",
    (
        "orders",
        "if single is None or structure(single) not in map(structure, large):",
        "ignored: single is None",
    ): "nothing is the same as no letter",
    (
        "single_orders",
        "return expression if sign > 0 else -expression",
        "> becomes >=",
    ): "where a side has both signs, both are owed, or neither can be shown",
    (
        "single_orders",
        "value = _signed(left, sign or 1)",
        "ignored: 1",
    ): "where a side has both signs, both are owed",
    (
        "single_orders",
        "if constant is None or not signs[1]:",
        "ignored: not signs[1]",
    ): "what is owed of a right side with both signs cannot be shown",
    (
        "single_orders",
        'return tuple(_owed(each, (large >= 1,), f"the constant {constant}") for each in (below, value <= bound))',
        ">= becomes >",
    ): "both sides are defined at 1, where the constant was looked for, and continuous there",
    (
        "reduction",
        "if exact and any(map(_operators, everything)):",
        "ignored: any(map(_operators, everything))",
    ): "without operators the plane refutes no more than Gram's matrix",
    (
        "reduction",
        "if isinstance(where, Path | ScalarPath | Operator) and where.moment is not None:",
        "ignored: where.moment is not None",
    ): "of no moment nothing is owed",
    (
        "reduction",
        "bounds = [b for o in operators for b in (o.at_least, o.at_most, o.norm) if b is not None]",
        "no filter: b is not None",
    ): "there are no vectors in no bound",
    (
        "examples",
        "return replace(obligation_of(relation, given, label)[0], instance=None)",
        "decisive: obligation_of(relation, given, label)[0]",
    ): "what refutes a step of a counterexample refutes no claim, as the verdicts say once more",
    (
        "examples",
        "found += [replace(each, instance=None) for each in decisive]",
        "decisive: each",
    ): "what refutes a step of a counterexample refutes no claim, as the verdicts say once more",
    (
        "examples",
        'found.append(_owed(obeyed, (told.time > 0, told.time <= told.end), f"the equation for {text(unknown)}"))',
        "<= becomes <",
    ): "a solution obeys its equation at almost every moment",
    (
        "modes",
        'raise ValueError("a mode is a scalar flow")',
        "deleted: raise ValueError('a mode is a scalar flow')",
    ): "what a path of numbers obeys is a number; for mypy",
    (
        "modes",
        "or not isinstance(unknown, Path)",
        "ignored: not isinstance(unknown, Path)",
    ): "what a path of numbers obeys is no vector, which is asked, too",
}

#: Functions that guess what is checked: a mutant that lives guesses something else, or less.
_GUESS = "a guess: the constant or the curve is owed, and finding none leaves the claim open"
GUESSES = {
    ("single_orders", name): _GUESS
    for name in (
        "of",
        "values",
        "ratio",
        "grows",
        "places",
        "constant",
        "signs",
        "exceeds_its_variable",
        "_sign",
        "_value",
        "scaled",
        "pair",
        "is_promising",
        "calls",
        "_curve",
        "_curve_of",
        "_plain",
    )
}


def _changes(tree: ast.Module) -> Iterator[Change]:
    yield from possible_changes(tree)
    yield from forgotten(tree)


RULES = Room(
    "rules",
    FOLDER,
    ("tests/rules", str(FOLDER), *(f"tests/falsehoods/{name}" for name in FALSEHOODS)),
    _changes,
    EQUIVALENT,
    GUESSES,
)

if __name__ == "__main__":
    sys.exit(main(RULES, __doc__))
