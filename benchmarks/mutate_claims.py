"""Claims of a derivation, changed in one place, and decided as a run decides: what is false must not be proved.

Constants are moved (by a thousandth, and by the factor 2), exponents by one, signs and relations turned, the sides of
chains exchanged; hypotheses, premises, bounds of parameters and operators, constraints of flows are left out one at a
time. Each mutant has a name, `claim~7`, that stays. A proved mutant is put to draws, to Nelder and Mead's search, and
along a flow to integrated solutions. Where it says more than the claim it is slack: a hypothesis that is not needed, or
a constant that can be better, which is moved on as far as it stays proved, and put to numbers there, too. A violation
is WRONG, a hole in a rule, a prover or the kernel; the exit status is 1 then (2 where the command failed on a claim).
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofcheck import Verdict
from proofcheck.language.claims import Claim
from proofcheck.running.answering import SECONDS
from proofcheck.running.collecting import Derivation, find, load
from proofcheck.running.pool import Pool
from proofcheck.running.selecting import selection
from proofcheck.testing.slack import OPEN, PROVED, REFUSED, REFUTED, Judge, Judged

ROOT = Path(__file__).parents[1]
COLUMNS = ("mutants", REFUSED, REFUTED, OPEN, "weaker", "slack", "WRONG")
#: What many claims share: listed once, with the claims that do not need it.
TOGETHER = ("condition", "domain")
#: The order in which slack is listed: the kinds of change whose survival says most come first.
INTEREST = (
    "hypothesis",
    "condition",
    "factor",
    "constant",
    "relation",
    "exponent",
    "sign",
    "chain",
    "premise",
    "domain",
)


@dataclass
class Campaign:
    """What was found so far, by file."""

    tables: dict[str, Counter[str]] = field(default_factory=dict)
    found: list[Judged] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, place: str, claim: Claim, judged: Sequence[Judged] | None) -> None:
        """Count what became of a claim's mutants."""
        table = self.tables.setdefault(place, Counter())
        if judged is None:
            self.undecided.append(claim.name)
            return
        table["claims"] += 1
        for each in judged:
            table["mutants"] += 1
            table[column_of(each)] += 1
            if each.outcome == PROVED:
                self.found.append(each)


def column_of(judged: Judged) -> str:
    """The column in which a mutant is counted."""
    if judged.outcome != PROVED:
        return judged.outcome
    return "WRONG" if judged.wrong else "slack" if judged.slack else "weaker"


def interest(judged: Judged) -> tuple[object, ...]:
    """Sort by what the slack tells: kinds in their order, what is surely sharper first, constants by their reach."""
    reach = 0.0 if judged.reach is None else abs(float(judged.reach.proved) - 1)
    return (judged.direction != "sharper", INTEREST.index(judged.mutant.kind), -reach, judged.name)


def line_of(judged: Judged) -> str:
    """A proved mutant in a line."""
    words = f"{judged.name:<44} {judged.mutant.kind:<10} {judged.mutant.words}"
    if judged.reach is not None:
        words += f"; {reach_of(judged)}"
    if judged.direction == "unclear":
        words += " (not comparable)"
    return f"{words}: {judged.violation}" if judged.wrong else words


def reach_of(judged: Judged) -> str:
    """How far a constant went."""
    reach = judged.reach
    if reach is None:
        return ""
    end = "no end found" if reach.not_proved is None else f"not with {float(reach.not_proved):.6g}"
    return f"{reach.value} proved times {float(reach.proved):.6g}, {end}"


def as_data(campaign: Campaign, seed: int) -> dict[str, Any]:
    """Everything for programs."""
    tables = {name: dict(table) for name, table in sorted(campaign.tables.items())}
    found = [*map(proved_as_data, sorted(campaign.found, key=interest))]
    return {"seed": seed, "tables": tables, "undecided": campaign.undecided, "proved": found}


def proved_as_data(judged: Judged) -> dict[str, Any]:
    """A proved mutant for programs."""
    return {
        "name": judged.name,
        "where": judged.claim.where,
        "kind": judged.mutant.kind,
        "change": judged.mutant.words,
        "direction": judged.direction,
        "checked": judged.checked,
        "tested": judged.tested,
        "violation": judged.violation,
        "reach": None
        if judged.reach is None
        else [judged.reach.value, *map(str, (judged.reach.proved, judged.reach.not_proved))],
    }


def show(campaign: Campaign) -> None:
    """Print the table and the list."""
    print(f"{'file':<40} {'claims':>7} " + " ".join(f"{name:>8}" for name in COLUMNS))
    rows = [*sorted(campaign.tables.items()), ("all", sum(campaign.tables.values(), Counter()))]
    for name, table in rows:
        print(f"{name:<40} {table['claims']:>7} " + " ".join(f"{table[column]:>8}" for column in COLUMNS))
    if campaign.undecided:
        print(f"\nnot decided themselves within the budget: {', '.join(campaign.undecided)}")
    tested = sum(each.tested for each in campaign.found)
    print(f"\nof {len(campaign.found)} proved mutants {tested} were put to numbers; the others:")
    untested = Counter(each.checked or "nothing was drawn" for each in campaign.found if not each.tested)
    for reason, count in untested.most_common(8):
        print(f"  {count:>5}  {reason}")
    slack = sorted((each for each in campaign.found if each.slack), key=interest)
    singly = [each for each in slack if each.mutant.kind not in TOGETHER]
    print(f"\nslack ({len(slack)})")
    for each in singly:
        print(f"  {line_of(each)}")
    together: dict[str, list[Judged]] = {}
    for each in slack:
        if each.mutant.kind in TOGETHER:
            together.setdefault(each.mutant.words, []).append(each)
    for words, several in sorted(together.items()):
        print(f"  {words}: {', '.join(each.name for each in several)}")
    wrong = [each for each in campaign.found if each.wrong]
    print(f"\nWRONG ({len(wrong)})")
    for each in wrong:
        print(f"  {line_of(each)}")
    for failure in campaign.failures:
        print(f"\nfailed on {failure}")


def chosen(derivations: Iterable[Derivation], words: str | None, named: str | None) -> list[tuple[str, Claim]]:
    """The claims that are expected to be proved, each with its file."""
    wanted = selection(words) if words else None
    return [
        (f"{derivation.name}/{Path(claim.file).stem}", claim)
        for derivation in derivations
        for claim in derivation.claims
        if claim.expect is Verdict.PROVED
        and (wanted is None or wanted(f"{claim.name} {claim.where}"))
        and (named is None or claim.name == named)
    ]


def main() -> int:
    """Judge the mutants and print what became of them; 1 when one that is false was proved."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("derivation", nargs="*", type=Path, help="derivations or files; all without")
    parser.add_argument("-k", dest="words", help="claims, as for `proofcheck run`")
    parser.add_argument("--mutant", metavar="NAME", help="one mutant again, such as energy_chain~7")
    parser.add_argument("--seed", type=int, help="of the sample and the draws; printed; a new one without")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each search")
    parser.add_argument("--jobs", type=int, default=1, help="processes that search")
    parser.add_argument("--limit", type=int, help="so many mutants of each claim, and all that leave something out")
    parser.add_argument("--minutes", type=float, help="stop after so long; claims come in a random order then")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found for programs, too")
    arguments = parser.parse_args()
    seed = secrets.randbelow(2**32) if arguments.seed is None else arguments.seed
    named, _, number = (arguments.mutant or "").partition("~")
    derivations = [load(source) for source in find(arguments.derivation or [ROOT / "derivations"])]
    claims = chosen(derivations, arguments.words, named or None)
    if not claims:
        parser.error("no claim is selected")
    if arguments.minutes is not None:
        random.Random(seed).shuffle(claims)
    print(f"seed {seed}, {len(claims)} claims", file=sys.stderr)
    campaign, began = Campaign(), time.monotonic()
    with Pool(arguments.jobs, arguments.seconds) as pool, Pool(arguments.jobs, SECONDS) as patient:
        judge = Judge(pool, patient, seed)
        for count, (place, claim) in enumerate(claims, start=1):
            if arguments.minutes is not None and time.monotonic() - began > 60 * arguments.minutes:
                print(f"stopped after {count - 1} claims", file=sys.stderr)
                break
            try:
                campaign.add(place, claim, judge.judge(claim, arguments.limit, int(number) if number else None))
            except KeyboardInterrupt:
                break  # what was found is shown
            except Exception:
                # One claim that this command cannot deal with costs that claim, and the exit status.
                campaign.failures.append(f"{claim.name}: {traceback.format_exc()}")
            print(f"{count}/{len(claims)} {time.monotonic() - began:.0f} s {claim.name}", file=sys.stderr, flush=True)
    show(campaign)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(as_data(campaign, seed), indent=1) + "\n", encoding="utf-8")
    return 1 if any(each.wrong for each in campaign.found) else 2 if campaign.failures else 0


if __name__ == "__main__":
    sys.exit(main())
