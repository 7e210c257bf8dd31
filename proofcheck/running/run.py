"""A run: every claim's obligations from the store, from workers, through the kernel, to verdicts."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from proofcheck import kernel
from proofcheck.explaining.explain import explain_proof, explain_witness
from proofcheck.kernel.certificates import decode_proof, decode_witness
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import Statement, canonical, decode_statement, encode_statement
from proofcheck.language.claims import Claim
from proofcheck.language.definitions import definitions
from proofcheck.records.record import write_record
from proofcheck.records.store import FOLDER, Store, key_of, record_of, write_whole
from proofcheck.records.verdicts import Grounds, Judgement, judge
from proofcheck.results import (
    ClaimResult,
    Definition,
    DerivationResult,
    FindingResult,
    ObligationResult,
    RunResult,
    Trouble,
    Verdict,
)
from proofcheck.rules.argue import argument_of
from proofcheck.rules.obligations import Argument, Name, Obligation

from .answering import SECONDS, Answering
from .cluster import Cluster
from .collecting import Derivation, Source, stated
from .guarding import PATIENCE
from .outcomes import Outcome, decode_outcome, encode_outcome, verified
from .pool import WORKER, Pool

Built = list[tuple[Claim, Argument]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: obligations finished, obligations known so far, and the claim that it came from."""

    finished: int
    known: int
    claim: str


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run: where to remember, how many processes, the budget of one search, who is told, the worker.

    With the address of a Dask scheduler its cluster searches, and not this machine. A claim may take `patience`
    seconds to be stated.
    """

    folder: Path = FOLDER
    jobs: int = 1
    seconds: float = SECONDS
    report: Report = lambda progress: None
    worker: Sequence[str] = WORKER
    scheduler: str | None = None
    patience: float = PATIENCE

    def answering(self) -> Answering:
        """Who searches. Raises `ClusterError`."""
        if self.scheduler is None:
            return Pool(self.jobs, self.seconds, self.worker)
        return Cluster(self.scheduler, self.seconds)


def cores() -> int:
    """How many processes the machine runs at once."""
    return os.cpu_count() or 1


def save(result: RunResult, folder: Path = FOLDER) -> None:
    """Write the record of each derivation. Raises `OSError`."""
    for derivation in result.derivations:
        write_whole(record_of(derivation.name, folder), write_record(derivation))


def run(
    derivations: Sequence[Derivation],
    settings: Settings | None = None,
    selected: Callable[[Derivation, Claim], bool] = lambda derivation, claim: True,
) -> RunResult:
    """Settle the selected claims of the derivations, and the claims that they rest on.

    What is found is in the store as soon as it is found, so that an interrupted run loses only what was under way.
    Raises `OSError` where the store cannot be written.
    """
    settings = settings or Settings()
    with settings.answering() as pool:
        searches = _Searches(settings, pool)
        built: list[tuple[Derivation, Built, list[Trouble]]] = []
        for derivation in derivations:
            wanted = [claim for claim in derivation.claims if selected(derivation, claim)]
            arguments, troubles = _build(derivation, wanted, searches)
            built.append((derivation, arguments, troubles))
        searches.finish()
        # Where the obligation itself was not proved, a special case of the claim may still be refuted.
        owed = [(claim, each) for _, arguments, _ in built for claim, about in arguments for each in about.obligations]
        left = [(claim, list(each.special_cases)) for claim, each in owed if not searches.proved(each.statement)]
        while left := [(claim, cases) for claim, cases in left if cases]:
            for claim, cases in left:
                searches.want(cases[0], claim, insist=False, only_refute=True)
            searches.finish()
            left = [(claim, cases[1:]) for claim, cases in left if not searches.refuted(cases[0])]
    return RunResult(
        kernel.VERSION,
        tuple(_result(derivation, arguments, troubles, searches) for derivation, arguments, troubles in built),
    )


def _build(derivation: Derivation, wanted: Sequence[Claim], searches: _Searches) -> tuple[Built, list[Trouble]]:
    """The arguments of the claims and of their premises; each one's searches begin at once."""
    arguments: Built = []
    troubles: list[Trouble] = []
    by_name = {claim.name: claim for claim in derivation.claims}
    pending, seen = list(reversed(wanted)), set[str]()
    while pending:
        claim = pending.pop()
        if claim.name in seen:
            continue
        seen.add(claim.name)
        argument = stated(derivation.source, claim, _readable_argument, searches.patience)
        if isinstance(argument, Trouble):
            troubles.append(argument)
            continue
        arguments.append((claim, argument))
        for obligation in argument.obligations:
            if obligation.statement is not None:
                insist = claim.expect is Verdict.PROVED or argument.refutes
                searches.want(obligation.statement, claim, insist=insist)
        names = [_premise_name(derivation, premise) for premise in reversed(argument.premises)]
        pending += [by_name[name] for name in names if name in by_name]
        searches.receive()
    places = {name: place for place, name in enumerate(by_name)}
    return sorted(arguments, key=lambda pair: places[pair[0].name]), troubles


def _readable_argument(claim: Claim) -> Argument:
    """The claim's argument. Raises `Malformed` unless the kernel can read each statement back from a record."""
    argument = argument_of(claim)
    for obligation in argument.obligations:
        for statement in (obligation.statement, *obligation.special_cases):
            if statement is not None:
                decode_statement(encode_statement(statement))
    return argument


def _premise_name(derivation: Derivation, premise: Claim) -> str:
    """The name of a premise, made one that no claim has when it is not this derivation's own."""
    own = any(c is premise for c in derivation.claims)
    return premise.name if own else f"{premise.name} of another derivation"


class _Searches:
    """What is known of each statement, by digest; the rest is under way."""

    def __init__(self, settings: Settings, pool: Answering) -> None:
        self._store = Store(settings.folder / "store")
        self._milliseconds, self._report = round(1000 * settings.seconds), settings.report
        self._provers, self._explaining = _version_of("provers"), _version_of("explaining")
        self._pool, self.patience = pool, settings.patience
        self._known: dict[str, Outcome] = {}
        self._wanted: dict[str, Claim] = {}
        self._only_refute: set[str] = set()

    def want(self, statement: Statement, claim: Claim, *, insist: bool, only_refute: bool = False) -> None:
        """Look the statement up, or put it in line. With `insist`, an earlier search in vain does not count.

        With `only_refute` nobody looks for a proof; no statement is wanted otherwise afterwards.
        """
        digest = statement.digest()
        if digest in self._wanted:
            return
        self._wanted[digest] = claim
        if only_refute:
            self._only_refute.add(digest)
        outcome = self._stored(statement, digest, insist)
        if outcome is None:
            self._pool.submit(statement, only_refute=only_refute)
        else:
            self._known[digest] = outcome
        self._tell(claim)

    def receive(self) -> None:
        """Take in the answers that are there."""
        for statement, outcome in self._pool.ready():
            self._take(statement, outcome)

    def finish(self) -> None:
        """Wait for all answers."""
        for statement, outcome in self._pool.answers():
            self._take(statement, outcome)

    def outcome(self, statement: Statement) -> Outcome:
        """What came of a statement that was wanted; an empty outcome of any other."""
        return self._known.get(statement.digest(), Outcome())

    def explained(self, statement: Statement, proof: object, names: Mapping[str, Name]) -> tuple[str, str]:
        """The proof as mathematics, text and LaTeX; nobody trusts it, so that it is kept as it was written once."""
        shown_names = (f"{name} {shown.text} {shown.latex}" for name, shown in sorted(names.items()))
        key = key_of("explanation", self._explaining, statement.digest(), *shown_names, str(canonical(proof)))
        kept = (self._store.get(key) or b"").decode(errors="replace").split("\0")
        if kept[0] == key and len(kept) == 3:
            return kept[1], kept[2]
        shown = explain_proof(statement, decode_proof(proof), names)
        self._store.put(key, "\0".join((key, shown.text, shown.latex)).encode())
        return shown.text, shown.latex

    def proved(self, statement: Statement | None) -> bool:
        """Whether there is a statement and the kernel accepted a proof of it."""
        return statement is not None and self.outcome(statement).proof is not None

    def refuted(self, statement: Statement) -> bool:
        """Whether the kernel accepted a witness against the statement."""
        return self.outcome(statement).witness is not None

    def _take(self, statement: Statement, outcome: Outcome) -> None:
        digest = statement.digest()
        outcome = verified(statement, outcome)
        if not outcome.failed:
            self._store.put(self._key(digest, settled=outcome.settled), encode_outcome(outcome))
        self._known[digest] = outcome
        self._tell(self._wanted[digest])

    def _stored(self, statement: Statement, digest: str, insist: bool) -> Outcome | None:
        for settled in (True,) if insist else (True, False):
            written = self._store.get(self._key(digest, settled=settled))
            if written is None:
                continue
            try:
                outcome = verified(statement, decode_outcome(written))
            except Malformed:
                continue
            if outcome.settled == settled:
                return replace(outcome, stored=True)
        return None

    def _key(self, digest: str, *, settled: bool) -> str:
        # A search in vain says something of its provers and its budget only.
        circumstances = () if settled else (self._provers, str(self._milliseconds))
        if not settled and digest in self._only_refute:
            circumstances = (*circumstances, "only refute")
        return key_of(kernel.VERSION, digest, *circumstances)

    def _tell(self, claim: Claim) -> None:
        self._report(Progress(len(self._known), len(self._wanted), claim.where))


def _version_of(room: str) -> str:
    folder = Path(__file__).parent.parent / room
    return key_of(*(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))))


def _result(
    derivation: Derivation, arguments: Built, troubles: Sequence[Trouble], searches: _Searches
) -> DerivationResult:
    obligations = {
        claim.name: tuple(_settle(each, argument, searches) for each in argument.obligations)
        for claim, argument in arguments
    }
    judgements = judge(
        {
            claim.name: Grounds(
                obligations[claim.name],
                tuple(_premise_name(derivation, premise) for premise in argument.premises),
                argument.citation,
                argument.refutes,
            )
            for claim, argument in arguments
        }
    )
    return DerivationResult(
        derivation.name,
        derivation.title,
        derivation.source_text,
        tuple(
            _claim_result(derivation.source, claim, argument, obligations[claim.name], judgements[claim.name])
            for claim, argument in arguments
        ),
        (*derivation.troubles, *troubles),
        derivation.uncovered,
        tuple(_findings(derivation, {claim.name for claim, _ in arguments})),
        derivation.sections,
    )


def _findings(derivation: Derivation, settled: Collection[str]) -> Iterator[FindingResult]:
    """The findings about claims that were settled, with what amends and sharpens them."""
    for finding in derivation.findings:
        names = tuple(claim.name for claim in finding.claims)
        mending = {claim.name for claim in derivation.claims if {claim.amends, claim.sharpens} & set(finding.claims)}
        if mending.union(names) <= set(settled):
            yield FindingResult(finding.kind, finding.weight, finding.title, finding.words, names)


def _claim_result(
    source: Source,
    claim: Claim,
    argument: Argument,
    obligations: tuple[ObligationResult, ...],
    judgement: Judgement,
) -> ClaimResult:
    return ClaimResult(
        name=claim.name,
        where=claim.where,
        summary=claim.summary,
        covers=tuple(claim.covers),
        file=source.shown(claim.file),
        line=claim.line,
        formula=argument.formula,
        latex=argument.latex,
        verdict=judgement.verdict,
        expected=claim.expect,
        reason=judgement.reason,
        obligations=obligations,
        premises=judgement.premises,
        resting_on=judgement.resting_on,
        rules=tuple(argument.rules),
        citation=argument.citation,
        amends=claim.amends.name if claim.amends else None,
        sharpens=claim.sharpens.name if claim.sharpens else None,
        definitions=_definitions(argument),
    )


def _definitions(argument: Argument) -> tuple[Definition, ...]:
    """What the letters of the claim's formula stand for, and of the flow along which it was shown."""
    concluded = () if argument.conclusion is None else (argument.conclusion,)
    return definitions((*concluded, *argument.about))


def _settle(obligation: Obligation, argument: Argument, searches: _Searches) -> ObligationResult:
    """The obligation's result; where a special case is refuted, the result speaks of that case."""
    statement, names = obligation.statement, obligation.names
    decisive = not argument.refutes
    own = searches.outcome(statement) if statement is not None else Outcome()
    if statement is not None and own.proof is not None:
        text, latex = searches.explained(statement, own.proof, names)
        return _obligation(obligation, Verdict.PROVED, False, text, latex, statement, own)
    for case in obligation.special_cases:
        special = searches.outcome(case)
        if special.witness is not None:
            shown = explain_witness(case, decode_witness(special.witness), names)
            return _obligation(obligation, Verdict.REFUTED, decisive, shown.text, shown.latex, case, special)
    if statement is not None and own.witness is not None:
        shown = explain_witness(statement, decode_witness(own.witness), names)
        return _obligation(obligation, Verdict.REFUTED, False, shown.text, shown.latex, statement, own)
    if statement is not None:
        missing = obligation.reason or "neither a proof nor a witness was found"
        return _obligation(obligation, Verdict.OPEN, False, missing, "", statement, own)
    verdict = Verdict.PROVED if obligation.settled else Verdict.OPEN
    return _obligation(obligation, verdict, False, obligation.reason, "", None, Outcome())


def _obligation(
    obligation: Obligation,
    verdict: Verdict,
    decisive: bool,
    text: str,
    latex: str,
    statement: Statement | None,
    outcome: Outcome,
) -> ObligationResult:
    return ObligationResult(
        label=obligation.label,
        formula=obligation.formula,
        latex=obligation.latex,
        verdict=verdict,
        decisive=decisive,
        prover=outcome.prover,
        explanation=text,
        explanation_latex=latex,
        statement=None if statement is None else encode_statement(statement),
        certificate=outcome.proof if verdict is Verdict.PROVED else None,
        witness=outcome.witness if verdict is Verdict.REFUTED else None,
        attempts=outcome.attempts,
        stored=outcome.stored,
    )
