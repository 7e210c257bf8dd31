"""Fuzzing of the kernel: true statements with their certificates, and records, changed at random for as long as told.

It starts from the certificates and witnesses of tests/kernel/examples.py and tests/falsehoods, and, where
`proofcheck run` has left records, from those of the derivations. Each case is judged in a process with 1 GiB. What
is accepted must have no counterexample, what is turned down must be turned down by a reason, and no case may take a
second of computing or 200 MB. A case that breaks this is made as small as Hypothesis can, and printed.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from proofcheck.records.record import content_of, read_record  # noqa: E402
from tests.falsehoods.fuzzing import PAIRS, RECORDS, Judge, Pair, complaint, pairs, records  # noqa: E402
from tests.run.test_records import written_out  # noqa: E402

LONGEST = 20_000
CASES_A_ROUND = 500


def from_records(folder: Path) -> tuple[list[Pair], list[Any]]:
    """The settled obligations of the records, as pairs and as records of one claim without premises."""
    found: list[Pair] = []
    contents = []
    for file in sorted(folder.glob("*.json")):
        derivation = written_out(read_record(file.read_bytes()).derivation)
        for claim in derivation.claims:
            for obligation in claim.obligations:
                evidence = obligation.certificate or obligation.witness
                if evidence and len(json.dumps([obligation.statement, evidence])) < LONGEST:
                    found.append((obligation.statement, evidence))
            if not claim.premises:
                content = content_of(replace(derivation, claims=(claim,), findings=()))
                if len(json.dumps(content)) < LONGEST:
                    contents.append(content)
    return found, contents


def fuzz(kind: str, known: list[Any], number: int, truths: set[str], judge: Judge, tally: Counter[str]) -> bool:
    """One round of cases; whether all went well."""
    strategy = (pairs if kind == "pair" else records)(known)

    # No phase but drawing and shrinking: an explanation would double the counts.
    @seed(number)
    @settings(
        max_examples=CASES_A_ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def one_round(written: str) -> None:
        outcome = judge.ask(kind, written)
        wrong = complaint(kind, written, outcome, truths)
        tally[f"{kind}, {outcome.outcome}"] += 1
        tally["slowest, ms"] = max(tally["slowest, ms"], round(1000 * outcome.seconds))
        tally["largest, MB"] = max(tally["largest, MB"], outcome.peak >> 20)
        assert wrong is None, wrong

    try:
        one_round()
    except Exception as error:
        print(f"seed {number}: {type(error).__name__}: {error}\n  {getattr(error, '__notes__', '')}"[:4000], flush=True)
        return False
    return True


def main() -> int:
    """Fuzz, and print exact counts; 1 when a case went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on (default: 60)")
    parser.add_argument(
        "--seed", type=int, default=0, help="of the first round; each round takes the next (default: 0)"
    )
    parser.add_argument(
        "--records", type=Path, default=ROOT / ".proofcheck/records", help="where `proofcheck run` left records"
    )
    arguments = parser.parse_args()
    found, contents = from_records(arguments.records)
    print(f"{len(PAIRS)} pairs from the tests, {len(found)} from records; {len(RECORDS) + len(contents)} records")
    known: dict[str, list[Any]] = {"pair": [*PAIRS, *found], "record": [*RECORDS, *contents]}
    truths = {json.dumps(statement) for statement, _ in known["pair"]}
    tally: Counter[str] = Counter()
    judge = Judge()
    start = time.monotonic()
    wrong = 0
    try:
        for round_ in count():
            if time.monotonic() - start >= arguments.seconds:
                break
            kind = "record" if round_ % 4 == 3 else "pair"
            wrong += not fuzz(kind, known[kind], arguments.seed + round_, truths, judge, tally)
            print(f"{round_ + 1} rounds", end="\r", file=sys.stderr, flush=True)
    finally:
        judge.end()
    for name, number in sorted(tally.items()):
        print(f"{name:20} {number}")
    print(f"seeds {arguments.seed} to {arguments.seed + round_ - 1}: {wrong} rounds with a fault")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
