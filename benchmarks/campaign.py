"""Thousands of statements with known truth through the whole pipeline: how many wrong, how many decided, how fast.

Each statement is drawn by its seed and number, true by construction or false beside a true one (`benchmarks/corpus`).
A true one that is REFUTED, or a false one that is PROVED, is wrong, and named: `--seed S --only INDEX` shows it again.
Exits with 1 if any is wrong.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import FAMILIES, agrees, drawn  # noqa: E402
from benchmarks.corpus.judging import GRACE, is_wrong, judged  # noqa: E402
from proofcheck import Verdict  # noqa: E402
from proofcheck.language.printing import text  # noqa: E402

#: Seconds after which a process is ended that has not even interrupted itself: it is inside compiled code.
PATIENCE = GRACE + 5
COLUMNS = ("true", "proved", "open", "REFUTED", "false", "refuted", "open", "PROVED", "median", "worst")


@dataclass(frozen=True)
class Row:
    """One statement of the campaign and what became of it."""

    index: int
    family: str
    name: str
    truth: bool
    verdict: str
    wrong: bool
    seconds: float
    note: str
    statement: str


def row_of(seed: int, index: int, seconds: float) -> Row:
    """Draw a statement, check by another computation that it is what it is said to be, and judge it."""
    case = drawn(seed, index)
    if not agrees(case):
        raise AssertionError(f"the corpus is wrong about {case.name}: --seed {seed} --only {index}")
    found = judged(case, seconds)
    wrong = is_wrong(case.truth, found.verdict)
    left = wrong or (case.truth and found.verdict is Verdict.OPEN and not found.refused)
    shown = _shown(case.stated()) if left else ""
    return Row(
        index, case.family, case.name, case.truth, found.verdict.value, wrong, found.seconds, found.refused, shown
    )


def _shown(stated: Any) -> str:
    formula = getattr(stated, "formula", None)
    if isinstance(formula, str):
        return formula
    links = getattr(stated, "links", None)
    return "; ".join(map(text, links)) if links else str(stated)


def _serve(seed: int, seconds: float, channel: Connection) -> None:
    while (index := channel.recv()) is not None:
        channel.send(row_of(seed, index, seconds))


class Worker:
    """A process that judges one statement after the other, and is replaced when it hangs."""

    def __init__(self, seed: int, seconds: float) -> None:
        self._seed, self._seconds = seed, seconds
        self.channel, other = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(seed, seconds, other), daemon=True)
        self._process.start()
        self.index = -1
        self.deadline = 0.0

    def take(self, index: int) -> None:
        """Begin with a statement."""
        self.index = index
        self.deadline = time.monotonic() + self._seconds + PATIENCE
        self.channel.send(index)

    def end(self) -> Row:
        """End the process, and what is said of the statement that it hung on."""
        self._process.kill()
        self._process.join()
        case = drawn(self._seed, self.index)
        spent = self._seconds + PATIENCE
        return Row(self.index, case.family, case.name, case.truth, "OPEN", False, spent, "killed", "")


def campaign(seed: int, indices: Iterable[int], jobs: int, seconds: float) -> Iterator[Row]:
    """The rows as they come."""
    waiting = iter(indices)
    workers: list[Worker] = []

    def hand_out(worker: Worker) -> bool:
        index = next(waiting, None)
        if index is not None:
            worker.take(index)
        return index is not None

    for _ in range(jobs):
        worker = Worker(seed, seconds)
        if hand_out(worker):
            workers.append(worker)
    while workers:
        ready = wait([worker.channel for worker in workers], timeout=1)
        for worker in list(workers):
            if worker.channel in ready:
                yield worker.channel.recv()
            elif time.monotonic() > worker.deadline:
                yield worker.end()
                workers.remove(worker)
                worker = Worker(seed, seconds)
                workers.append(worker)
            else:
                continue
            if not hand_out(worker):
                workers.remove(worker)


def table(rows: list[Row]) -> str:
    """A line a family, and the total."""
    names = list(dict.fromkeys([*(family.FAMILY for family in FAMILIES), *(row.family for row in rows)]))
    width = max(map(len, names))
    lines = [f"{'':{width}}" + "".join(f"{column:>9}" for column in COLUMNS)]
    for name in (*names, "all"):
        chosen = [row for row in rows if name in (row.family, "all")]
        if not chosen:
            continue
        cells: list[str] = []
        for truth in (True, False):
            these = [row.verdict for row in chosen if row.truth is truth]
            order = ("PROVED", "OPEN", "REFUTED") if truth else ("REFUTED", "OPEN", "PROVED")
            cells += [str(len(these)), *(str(these.count(verdict)) for verdict in order)]
        times = [row.seconds for row in chosen]
        cells += [f"{median(times):.3f}", f"{max(times):.2f}"]
        lines.append(f"{name:{width}}" + "".join(f"{cell:>9}" for cell in cells))
    return "\n".join(lines)


def main() -> None:
    """Run it and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="number of statements (default: 1000)")
    parser.add_argument("--seed", type=int, default=None, help="seed (default: a new one, printed)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    parser.add_argument("--seconds", type=float, default=2.0, help="budget of a statement (default: 2)")
    parser.add_argument("--only", type=int, action="append", help="only the statement with this number; repeatable")
    parser.add_argument("--json", type=Path, help="write all rows to this file, as they come, one a line")
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else time.time_ns() % 10**9
    indices = chosen.only if chosen.only else range(chosen.count)
    print(f"seed {seed}, {len(indices)} statements, {chosen.seconds} s each, {chosen.jobs} processes", flush=True)
    rows: list[Row] = []
    kept = chosen.json.open("w", encoding="utf-8") if chosen.json else None
    try:
        for row in campaign(seed, indices, chosen.jobs, chosen.seconds):
            rows.append(row)
            if kept is not None:
                print(json.dumps(asdict(row)), file=kept, flush=True)
            if row.wrong or chosen.only:
                print(f"\r{'WRONG ' if row.wrong else ''}--seed {seed} --only {row.index}: {row}", flush=True)
            if sys.stderr.isatty() or len(rows) % 500 == 0:
                print(f"\r{len(rows)} of {len(indices)}", end="", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("\ninterrupted: what is done so far", flush=True)
    finally:
        if kept is not None:
            kept.close()
    print(f"\n{table(rows)}" if rows else "nothing done")
    wrong = sum(row.wrong for row in rows)
    print(f"\n{len(rows)} statements, {wrong} wrong, seed {seed}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
