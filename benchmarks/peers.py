"""proofcheck beside z3, cvc5, SymPy and PEPit on the same statements, in one run.

Each statement of `textbook` is known to be true or false and is written once, in proofcheck's language; `contestants`
says it in each contestant's own. They answer it one directly after the other, each in its own process. The peers are
the extra `bench`: pip install -e '.[bench]'. One that is missing is named in the table.

  python benchmarks/peers.py
  python benchmarks/peers.py --family roots --family orders --seconds 5 --peers z3,cvc5
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from contest import CONTESTANTS, Contestant, Missing
from picture import draw
from scores import Answered, Contest, as_json, as_markdown, is_wrong
from textbook import CASES, FAMILIES


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", action="append", choices=list(FAMILIES), help="a family; again for more (all)")
    parser.add_argument("--seconds", type=float, default=10.0, help="limit for a case, of the processor (default: 10)")
    parser.add_argument(
        "--peers",
        default=",".join(name for name in CONTESTANTS if name != "proofcheck"),
        help="whom to ask beside proofcheck (default: %(default)s)",
    )
    folder = Path(__file__).parent / "results"
    parser.add_argument("--folder", type=Path, default=folder, help="where to write (default: benchmarks/results)")
    given = parser.parse_args()
    known = {name.lower(): name for name in CONTESTANTS}
    asked = [part.strip().lower() for part in given.peers.split(",") if part.strip()]
    for part in asked:
        if part not in known:
            parser.error(f"no peer {part!r}; there are {', '.join(CONTESTANTS)}")
    given.names = [name for name in CONTESTANTS if name == "proofcheck" or name.lower() in asked]
    if given.seconds <= 0:
        parser.error("--seconds is positive")
    return given


def load() -> str:
    """How many processes want to run, on average over 1, 5 and 15 minutes."""
    return ", ".join(f"{each:.1f}" for each in os.getloadavg())


def commit() -> str:
    """The commit that is measured, as git names it."""
    asked = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        found = subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def hold(given: argparse.Namespace) -> Contest:
    """Ask everybody everything; an interruption keeps what is there."""
    missing: dict[str, str] = {}
    answered: list[Answered] = []
    machine = {"commit": commit(), "Python": platform.python_version(), "cores": str(os.cpu_count())}
    machine["load at the start"] = load()
    asked = [place for place, case in enumerate(CASES) if case.family in (given.family or FAMILIES)]
    with ExitStack() as stack:
        contestants: list[Contestant] = []
        for name in given.names:
            try:
                contestants.append(stack.enter_context(Contestant(name)))
            except Missing as reason:
                missing[name] = str(reason)
                print(f"{name}: {reason}", file=sys.stderr)
        try:
            for count, place in enumerate(asked, start=1):
                case = CASES[place]
                replies = {each.name: each.ask(place, given.seconds) for each in contestants}
                answered.append(Answered(case, replies))
                shown = ", ".join(
                    f"{name} {reply.answer}{' WRONG' if is_wrong(case, reply) else ''} {reply.seconds:.2f} s"
                    for name, reply in replies.items()
                )
                print(f"[{count}/{len(asked)}] {case.family}, {case.name}: {shown}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            machine["interrupted"] = f"after {len(answered)} of {len(asked)} cases"
        versions = {each.name: each.version for each in contestants}
    machine["load at the end"] = load()
    return Contest(given.seconds, versions, missing, machine, tuple(answered))


def main() -> int:
    """Hold the contest and write what it came to; 1 when proofcheck gave a wrong answer."""
    given = parsed()
    contest = hold(given)
    if not contest.answered or not contest.versions:
        print("nothing was answered", file=sys.stderr)
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "peers.json").write_text(as_json(contest), encoding="utf-8")
    (given.folder / "peers.md").write_text(as_markdown(contest), encoding="utf-8")
    draw(contest, given.folder)
    print(as_markdown(contest))
    ours = [
        is_wrong(each.case, each.replies["proofcheck"]) for each in contest.answered if "proofcheck" in each.replies
    ]
    return int(any(ours))


if __name__ == "__main__":
    sys.exit(main())
