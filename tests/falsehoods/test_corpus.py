"""Statements with known truth, other ones on each run: nothing false is PROVED, nothing true is REFUTED.

`benchmarks/campaign.py` does the same with thousands. What fails is named by its seed and number:
`python benchmarks/campaign.py --seed SEED --only NUMBER` shows it again, and it is kept in `test_once_wrong.py`.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from benchmarks.corpus import FAMILIES, agrees, drawn
from benchmarks.corpus.judging import is_wrong, judged
from proofcheck import Verdict

SEED = int(os.environ.get("PROOFCHECK_SEED", random.SystemRandom().randrange(10**9)))
#: Statements of each family, and seconds for each: most need a tenth of it, and OPEN is not wrong.
EACH, SECONDS = 16, 0.3


@pytest.mark.parametrize("place", range(len(FAMILIES)), ids=[family.FAMILY for family in FAMILIES])
def test_nothing_comes_out_wrong(place: int) -> None:
    decided = 0
    for index in range(place, len(FAMILIES) * EACH, len(FAMILIES)):
        case = drawn(SEED, index)
        where = f"{case.name}: --seed {SEED} --only {index}"
        assert agrees(case), f"the corpus is wrong about {where}"
        found = judged(case, SECONDS)
        assert not is_wrong(case.truth, found.verdict), f"{case.truth} came out {found.verdict.value}: {where}"
        decided += found.verdict is not Verdict.OPEN
    assert decided, f"nothing was decided: --seed {SEED}"


def test_a_statement_is_drawn_by_its_seed_and_number() -> None:
    for index in range(len(FAMILIES)):
        first, again = drawn(SEED, index), drawn(SEED, index)
        assert (first.name, first.truth) == (again.name, again.truth)


def test_a_corpus_that_is_wrong_is_noticed() -> None:
    """The points at which false statements fail, and true ones hold, are looked at."""
    noticed = 0
    for index in range(200):
        case = drawn(1, index)
        noticed += not agrees(replace(case, truth=not case.truth))
    assert noticed > 100
