"""What becomes of a claim's mutants: refuted, left open, or proved; and what those are that are proved.

A proved mutant is put to a search that shares nothing with the provers. Where that finds a violation, something false
was proved. Otherwise the claim has slack: a hypothesis that is not needed, a constant that can be better.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from proofcheck.kernel.check import Rejected, check_written
from proofcheck.kernel.statements import Statement, encode_statement
from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, Scalar, VectorEquation, number, same
from proofcheck.language.flows import Flow
from proofcheck.rules.argue import argue
from proofcheck.rules.obligations import Argument
from proofcheck.rules.reduction import obligation_of
from proofcheck.running.outcomes import Outcome, verified
from proofcheck.running.pool import Pool

from .falsifying import falsify
from .mutating import KINDS, LEFT_OUT, Mutant, mutants
from .recording import Called, recorded

#: How far a constant is moved, one after the other, before what lies between is bisected.
_UP = tuple(map(Fraction, ("1.001", "1.01", "1.1", "1.5", "2", "4", "16")))
_DOWN = tuple(map(Fraction, ("0.999", "0.99", "0.9", "0.5", "0.25", "0.0625", "0")))
_BISECTIONS = 6
#: A false mutant is looked for by so many draws, and no longer than so many seconds.
_EXAMPLES, _SECONDS = 60, 3.0
#: Of these there are few, and each says whether the author assumed too much.
_ALWAYS = ("hypothesis", "condition", "premise")
_MOST_LEFT_OUT = 8
REFUSED, REFUTED, OPEN, PROVED = "refused", "refuted", "open", "proved"


@dataclass(frozen=True)
class Reach:
    """How far a constant can be moved: proved with one factor, no longer with the other, which is None if all are."""

    value: str
    proved: Fraction
    not_proved: Fraction | None


@dataclass(frozen=True)
class Judged:
    """A mutant of a claim and what became of it.

    For a proved one `direction` is "sharper" where it says more than the claim, "weaker" where it says less, "the
    same", "unclear", or "needless" where it changes a hypothesis that is not needed at all. `violation` shows that it
    is false; `checked` says how that was looked for, and `tested` whether numbers were tried at all.
    """

    claim: Claim
    mutant: Mutant
    outcome: str
    direction: str = ""
    checked: str = ""
    tested: bool = False
    violation: str = ""
    reach: Reach | None = None

    @property
    def name(self) -> str:
        """The name by which the mutant is made again."""
        return f"{self.claim.name}~{self.mutant.number}"

    @property
    def wrong(self) -> bool:
        """Whether a false mutant was proved."""
        return bool(self.violation)

    @property
    def slack(self) -> bool:
        """Whether something that says more than the claim was proved, and nothing speaks against it."""
        return self.outcome == PROVED and not self.wrong and self.direction in ("sharper", "unclear")


class Judge:
    """Decides claims and mutants with the provers and the kernel, as a run does, under a budget of its own."""

    def __init__(self, pool: Pool, patient: Pool, seed: int, *, reaching: bool = True) -> None:
        """Mutants go to the pool, the claims themselves to the patient one; the seed is for samples and draws.

        With `reaching` it is found out how far constants can be moved.
        """
        self._pool, self._patient, self._seed, self._reaching = pool, patient, seed, reaching
        self._known: dict[str, Outcome] = {}

    def judge(self, claim: Claim, limit: int | None = None, only: int | None = None) -> list[Judged] | None:
        """The mutants of a claim, or so many of each, judged; None when the claim itself takes longer than the budget.

        Hypotheses and conditions are left out one at a time however many there are; the limit is for the rest.
        """
        stated = recorded(claim)
        own = _argument(stated)
        self._settle((part.statement for part in own.obligations), self._patient)
        if not self._is_proved(own):
            return None
        everything = mutants(stated)
        chosen = (
            [each for each in everything if each.number == only] if only else self._chosen(claim, everything, limit)
        )
        return [*self._judged(claim, stated, own, chosen)]

    def _chosen(self, claim: Claim, everything: Sequence[Mutant], limit: int | None) -> list[Mutant]:
        """All that leave something out, and a sample of the others, one of each kind in turn."""
        if limit is None:
            return list(everything)
        choice = random.Random(f"{self._seed} {claim.name}")
        always = [each for each in everything if each.kind in _ALWAYS]
        if len(always) > _MOST_LEFT_OUT:
            always = choice.sample(always, _MOST_LEFT_OUT)
        sampled = [kind for kind in KINDS if kind not in _ALWAYS]
        by_kind = {kind: [each for each in everything if each.kind == kind] for kind in sampled}
        for several in by_kind.values():
            choice.shuffle(several)
        choice.shuffle(sampled)
        rest: list[Mutant] = []
        while len(rest) < limit and any(by_kind.values()):
            rest += [by_kind[kind].pop() for kind in sampled if by_kind[kind]]
        return sorted((*always, *rest[:limit]), key=lambda each: each.number)

    def _judged(self, claim: Claim, stated: Any, own: Argument, chosen: Sequence[Mutant]) -> Iterator[Judged]:
        argued = [(each, _argument_or_refusal(each)) for each in chosen]
        for _, argument in argued:
            if argument is not None:
                self._reuse(own, argument)
        self._settle(part.statement for _, argument in argued if argument for part in argument.obligations)
        self._settle(
            case
            for _, argument in argued
            if argument and not self._is_proved(argument)
            for part in argument.obligations
            for case in part.special_cases
        )
        reached: set[tuple[int, bool]] = set()
        needless: list[object] = []
        for mutant, argument in argued:
            if argument is None:
                yield Judged(claim, mutant, REFUSED)
            elif not self._is_proved(argument):
                yield Judged(claim, mutant, REFUTED if self._is_refuted(argument) else OPEN)
            else:
                found = self._examined(claim, stated, own, mutant, argument)
                if mutant.kind in _ALWAYS and mutant.before is not None:
                    needless.append(mutant.before)
                elif any(mutant.before is each for each in needless):
                    found = replace(found, direction=found.direction and "needless")
                scale = mutant.scale
                if (
                    self._reaching
                    and found.slack
                    and found.direction == "sharper"
                    and scale is not None
                    and (place := (scale.place, scale.factor > 1)) not in reached
                ):
                    reached.add(place)
                    found = self._at_its_reach(found)
                yield found

    # --- deciding --------------------------------------------------------------------------------------------------

    def _settle(self, statements: Iterable[Statement | None], pool: Pool | None = None) -> None:
        """Search for what is not known yet; in a pool of its own also for what was searched for in vain."""
        wanted = {each.digest(): each for each in statements if each is not None}
        for digest, statement in wanted.items():
            if digest not in self._known or (pool is not None and not self._known[digest].settled):
                (pool or self._pool).submit(statement)
        for statement, outcome in (pool or self._pool).answers():
            self._known[statement.digest()] = verified(statement, outcome)

    def _reuse(self, own: Argument, argument: Argument) -> None:
        """Hand the claim's own certificates in for the mutant: the kernel must not take those of a false one."""
        proofs = {
            part.label: self._known[part.statement.digest()].proof
            for part in own.obligations
            if part.statement is not None
        }
        for part in argument.obligations:
            proof = proofs.get(part.label)
            if part.statement is None or proof is None or part.statement.digest() in self._known:
                continue
            try:
                check_written(encode_statement(part.statement), proof)
            except Rejected:
                continue
            self._known[part.statement.digest()] = Outcome(proof, None, "the claim's own certificate")

    def _is_proved(self, argument: Argument) -> bool:
        return all(
            part.settled if part.statement is None else self._known[part.statement.digest()].proof is not None
            for part in argument.obligations
        )

    def _is_refuted(self, argument: Argument) -> bool:
        cases = [case for part in argument.obligations for case in part.special_cases]
        return any(self._known[each.digest()].witness is not None for each in cases)

    def _holds(self, relation: Relation | VectorEquation, hypotheses: Sequence[Any]) -> bool:
        """Whether a relation is proved under hypotheses."""
        if isinstance(relation, VectorEquation):
            return False
        try:
            obligation, _ = obligation_of(replace(relation, hypotheses=()), tuple(hypotheses), "a comparison")
        except (TypeError, ValueError):
            return False
        self._settle([obligation.statement])
        return obligation.statement is not None and self._known[obligation.statement.digest()].proof is not None

    # --- what is proved --------------------------------------------------------------------------------------------

    def _examined(self, claim: Claim, stated: Any, own: Argument, mutant: Mutant, argument: Argument) -> Judged:
        made = _made(mutant.stated())
        tried = _put_to_numbers(claim, made, self._seed)
        direction = self._direction(stated, own, mutant, made, argument)
        return Judged(claim, mutant, PROVED, direction, tried.words, tried.tested, tried.violation)

    def _at_its_reach(self, judged: Judged) -> Judged:
        """With how far the constant can be moved; what is proved there is put to numbers, too."""
        scale, reach = judged.mutant.scale, self._reach(judged.mutant)
        assert scale is not None
        made = _made(scale.stated(reach.proved))
        tried = _put_to_numbers(judged.claim, made, self._seed)
        return replace(judged, reach=reach, violation=tried.violation and f"times {reach.proved}: {tried.violation}")

    def _direction(self, stated: Any, own: Argument, mutant: Mutant, made: Any, argument: Argument) -> str:
        """Whether the mutant says more than the claim, or less."""
        if mutant.kind in LEFT_OUT:
            return "sharper"
        if isinstance(mutant.before, Relation) and isinstance(mutant.after, Relation):
            before, after = mutant.before, mutant.after
            others = [each for one in _conclusions(stated, own) for each in _assumed(one) if each is not before]
            return _stronger(self._holds(after, (*others, before)), self._holds(before, (*others, after)))
        if mutant.assumed:
            return "unclear"
        if isinstance(stated, Called) and isinstance(stated.named.get("energy"), Scalar) and mutant.kind == "factor":
            energy, faster = stated.named["energy"], mutant.scale is not None and mutant.scale.factor > 1
            given = stated.named["along"].constraints
            return _stronger(self._holds(energy >= 0, given) and faster, self._holds(energy >= 0, given) and not faster)
        ours, theirs = _conclusions(stated, own), _conclusions(made, argument)
        changed = [(one, other) for one, other in zip(ours, theirs, strict=False) if not _alike(one, other)]
        if not changed:
            return "the same" if ours else "unclear"
        one, other = changed[0]
        if one.sign != other.sign:
            return "sharper" if (one.sign, other.sign) in _SHARPENED else "unclear"
        if one.sign in ("=", "!=") or any(same(side, number(0)) for side in (one.left, one.right)):
            return "unclear"  # what is compared with 0 may be multiplied by any positive number
        given = _assumed(one)
        upward = one.sign in ("<=", "<")
        low, high = (one, other) if upward else (other, one)
        left, right = (low.left, high.left), (high.right, low.right)
        more = self._in_order(*left, given) and self._in_order(*right, given)
        less = self._in_order(left[1], left[0], given) and self._in_order(right[1], right[0], given)
        return _stronger(more, less)

    def _in_order(self, small: Scalar, large: Scalar, given: Sequence[Any]) -> bool:
        return same(small, large) or self._holds(Relation(small, "<=", large), given)

    def _reach(self, mutant: Mutant) -> Reach:
        """How far the mutant's constant can be moved on in its direction."""
        scale = mutant.scale
        assert scale is not None
        steps = _UP if scale.factor > 1 else _DOWN
        good, bad = scale.factor, None
        for step in steps:
            if (step > good) == (scale.factor > 1) and step != good:
                if not self._proved_with(mutant, step):
                    bad = step
                    break
                good = step
        if bad is None:
            return Reach(scale.value, good, None)
        for _ in range(_BISECTIONS):
            middle = ((good + bad) / 2).limit_denominator(1000)
            if middle in (good, bad):
                break
            if self._proved_with(mutant, middle):
                good = middle
            else:
                bad = middle
        return Reach(scale.value, good, bad)

    def _proved_with(self, mutant: Mutant, factor: Fraction) -> bool:
        assert mutant.scale is not None
        moved = mutant.scale
        argument = _argument_or_refusal(replace(mutant, stated=lambda: moved.stated(factor)))
        if argument is None:
            return False
        self._settle(part.statement for part in argument.obligations)
        return self._is_proved(argument)


_SHARPENED = {("<=", "<"), (">=", ">"), ("<=", "="), (">=", "=")}


def _stronger(more: bool, less: bool) -> str:
    return "the same" if more and less else "sharper" if more else "weaker" if less else "unclear"


@dataclass(frozen=True)
class Tried:
    """What numbers say: how they were tried, whether at all, and what they violate."""

    words: str
    tested: bool
    violation: str


def _put_to_numbers(claim: Claim, made: Any, seed: int) -> Tried:
    """Draws against the relations of what is stated in place of a claim, and solutions of its flows."""
    drawn = falsify(replace(claim, function=lambda: made), examples=_EXAMPLES, seed=seed, seconds=_SECONDS)
    return Tried(f"{drawn.draws} draws" if drawn.draws else drawn.reason, drawn.draws > 0, drawn.shown)


def _made(stated: Any) -> Any:
    """What is stated, a rule's answer in place of the question."""
    return stated.result() if isinstance(stated, Called) else stated


def _argument(stated: Any) -> Argument:
    return argue(_made(stated))


def _argument_or_refusal(mutant: Mutant) -> Argument | None:
    """The mutant's argument; none where the language or a rule turns it down."""
    try:
        argument = _argument(mutant.stated())
        for part in argument.obligations:
            if part.statement is not None:
                encode_statement(part.statement)
        return argument
    except (TypeError, ValueError, ArithmeticError):
        return None


def _conclusions(stated: Any, argument: Argument) -> list[Relation]:
    """What is concluded, part by part."""
    match stated:
        case tuple():
            return [each for part in stated for each in _conclusions(part, argument)]
        case Relation():
            return [stated]
        case Chain():
            return [stated.conclusion]
        case _:
            return [] if argument.conclusion is None else [argument.conclusion]


def _assumed(relation: Relation) -> tuple[Relation | VectorEquation, ...]:
    """The hypotheses of a relation and the constraints of its flows."""
    flows = [each for each in relation.flows() if isinstance(each, Flow)]
    return (*relation.hypotheses, *(constraint for flow in flows for constraint in flow.constraints))


def _alike(one: Relation, other: Relation) -> bool:
    return one.sign == other.sign and same(one.left, other.left) and same(one.right, other.right)
