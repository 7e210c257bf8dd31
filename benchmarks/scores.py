"""What a contest came to: as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from contest import CANNOT_STATE, FALSE, OUT_OF_TIME, TRUE, Reply
from contestants.coordinates import DIMENSION
from textbook import FAMILIES
from textbook.pairs import Case, Growth

from proofcheck.language.printing import text

#: Families about vectors, which some contestants get in coordinates only.
VECTORS = ("quadratic forms", "Lyapunov")
IN_COORDINATES = ("z3", "cvc5", "SymPy")


@dataclass(frozen=True)
class Answered:
    """A case, and the replies to it by contestant."""

    case: Case
    replies: dict[str, Reply]


@dataclass(frozen=True)
class Contest:
    """What was asked of whom, and the replies; `missing` contestants with the reason."""

    seconds: float
    versions: dict[str, str]
    missing: dict[str, str]
    machine: dict[str, str]
    answered: tuple[Answered, ...]

    def families(self) -> list[str]:
        """The families that were asked, in the order of the corpus."""
        asked = {each.case.family for each in self.answered}
        return [family for family in FAMILIES if family in asked]

    def replies(self, contestant: str, family: str | None = None) -> list[tuple[Case, Reply]]:
        """The replies of a contestant, to one family or to all."""
        return [(each.case, each.replies[contestant]) for each in self.answered if family in (None, each.case.family)]


@dataclass(frozen=True)
class Score:
    """How a contestant did on some cases."""

    true: int
    proved: int
    false: int
    refuted: int
    wrong: int
    out_of_time: int
    cannot_state: int
    times: tuple[float, ...]

    @property
    def decided(self) -> int:
        """How many cases were decided rightly."""
        return self.proved + self.refuted

    @property
    def open(self) -> int:
        """How many cases were left open, within the time."""
        return self.true + self.false - self.decided - self.wrong - self.out_of_time - self.cannot_state


def score(replies: Iterable[tuple[Case, Reply]]) -> Score:
    """Count. The times are of all cases that could be stated, whatever became of them."""
    pairs = list(replies)

    def count(holds: Callable[[Case, Reply], bool]) -> int:
        return sum(holds(case, reply) for case, reply in pairs)

    return Score(
        true=count(lambda case, reply: case.truth),
        proved=count(lambda case, reply: case.truth and reply.answer == TRUE),
        false=count(lambda case, reply: not case.truth),
        refuted=count(lambda case, reply: not case.truth and reply.answer == FALSE),
        wrong=count(is_wrong),
        out_of_time=count(lambda case, reply: reply.answer == OUT_OF_TIME),
        cannot_state=count(lambda case, reply: reply.answer == CANNOT_STATE),
        times=tuple(reply.seconds for _, reply in pairs if reply.answer != CANNOT_STATE),
    )


def is_wrong(case: Case, reply: Reply) -> bool:
    """Whether a true case was called false, or a false one true."""
    return reply.answer == (FALSE if case.truth else TRUE)


def is_right(case: Case, reply: Reply) -> bool:
    """Whether a case was decided as it is."""
    return reply.answer == (TRUE if case.truth else FALSE)


def statement_of(case: Case) -> str:
    """The statement in a line of text."""
    stated = case.stated
    if not isinstance(stated, Growth):
        return text(stated)
    shown = f"{text(stated.left)} = O({text(stated.right)})"
    ranges = [f"{symbol.name} >= 1" for symbol in stated.large] + [
        f"{symbol.name} in (0, 1]" for symbol in stated.small
    ]
    given = [f"{text(left)} = O({text(right)})" for left, right in stated.given]
    return shown + "".join(f", {part}" for part in (*ranges, *given))


def as_json(contest: Contest) -> str:
    """Everything, for programs; a case a line."""
    whole = {
        "limit in seconds": contest.seconds,
        "versions": contest.versions,
        "missing": contest.missing,
        "machine": contest.machine,
    }
    cases = (
        {
            "family": each.case.family,
            "name": each.case.name,
            "source": each.case.source,
            "statement": statement_of(each.case),
            "true": each.case.truth,
            "replies": {name: asdict(reply) for name, reply in each.replies.items()},
        }
        for each in contest.answered
    )
    head = json.dumps(whole, indent=1).removesuffix("\n}")
    return head + ',\n "cases": [\n' + ",\n".join(map(json.dumps, cases)) + "\n ]\n}\n"


def as_markdown(contest: Contest) -> str:
    """The tables, and lists of what was answered wrongly and of what proofcheck left open."""
    names = list(contest.versions)
    everything = score(contest.replies(names[0]))
    lines = [
        "# proofcheck and its peers",
        "",
        f"{everything.true + everything.false} cases, {everything.true} true and {everything.false} false; "
        f"{contest.seconds:g} s of the processor for each case and contestant, one thread. "
        + ", ".join(f"{name} {version}" for name, version in contest.versions.items())
        + ".",
        "",
        "; ".join(f"{what}: {value}" for what, value in contest.machine.items()) + ".",
        "",
    ]
    lines += [f"**{name} did not take part**: {reason}.\n" for name, reason in contest.missing.items()]
    lines += [
        "Decided: true ones proved, false ones refuted, each of so many. `-`: cannot state any of them. "
        f"In the families about vectors z3, cvc5 and SymPy get vectors of dimension {DIMENSION} (n = {DIMENSION}): "
        "what they prove there is a special case; proofcheck and PEPit answer for every dimension. "
        "PEPit answers in floats, up to a tolerance.",
        "",
        *_table(
            ["family", *names, *contest.missing],
            [_summary(contest, names, family) for family in [*contest.families(), None]],
        ),
        "",
        "## Every figure",
        "",
        "Seconds of the processor; median and worst are of all cases that the contestant could state.",
        "",
        *_table(
            ["family", "", "proved", "refuted", "wrong", "open", "out of time", "cannot state", "median s", "worst s"],
            [_row(contest, family, name) for family in [*contest.families(), None] for name in names],
        ),
        "",
        "## Wrong answers",
        "",
    ]
    wrong = [
        f"- {name} on {case.family}, {case.name}: "
        f"`{statement_of(case)}` is {str(case.truth).lower()}, not {reply.answer}"
        for name in names
        for case, reply in contest.replies(name)
        if is_wrong(case, reply)
    ]
    lines += wrong or ["None."]
    if "proofcheck" in names:
        lines += ["", "## What proofcheck did not decide", "", *_undecided(contest)]
    return "\n".join(lines) + "\n"


def _summary(contest: Contest, names: Sequence[str], family: str | None) -> list[str]:
    cells = []
    for name in names:
        found = score(contest.replies(name, family))
        if found.cannot_state == found.true + found.false:
            cells.append("-")
            continue
        plane = f"n = {DIMENSION}: " if in_the_plane(family, name) else ""
        wrong = f", **{found.wrong} wrong**" if found.wrong else ""
        cells.append(f"{plane}{found.proved}/{found.true}, {found.refuted}/{found.false}{wrong}")
    return [family or "**all**", *cells, *("missing" for _ in contest.missing)]


def in_the_plane(family: str | None, name: str) -> bool:
    """Whether a contestant gets the vectors of a family in coordinates only."""
    return family in VECTORS and name in IN_COORDINATES


def _row(contest: Contest, family: str | None, name: str) -> list[str]:
    found = score(contest.replies(name, family))
    times = (f"{median(found.times):.2f}", f"{max(found.times):.2f}") if found.times else ("-", "-")
    plane = f", n = {DIMENSION}" if in_the_plane(family, name) else ""
    counts = found.wrong, found.open, found.out_of_time, found.cannot_state
    return [
        family or "**all**",
        name + plane,
        f"{found.proved}/{found.true}",
        f"{found.refuted}/{found.false}",
        *map(str, counts),
        *times,
    ]


def _undecided(contest: Contest) -> list[str]:
    lines = []
    for each in contest.answered:
        ours = each.replies["proofcheck"]
        if is_right(each.case, ours) or is_wrong(each.case, ours):
            continue
        able = [name for name, reply in each.replies.items() if is_right(each.case, reply)]
        others = f"; decided by {', '.join(able)}" if able else "; decided by nobody"
        reason = f", {ours.reason}" if ours.reason else ""
        lines.append(
            f"- {each.case.family}: `{statement_of(each.case)}` ({each.case.name}), "
            f"{str(each.case.truth).lower()}: {ours.answer}{reason}{others}"
        )
    return lines or ["Nothing."]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rule = ["---" if place == 0 else "---:" for place in range(len(head))]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]
