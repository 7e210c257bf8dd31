"""Claims of all derivations, changed in one place: what numbers show to be false is not proved.

A sample, another one each time; `benchmarks/mutate_claims.py` does them all. `--hypothesis-seed=N` repeats a sample.
"""

from __future__ import annotations

import random
import secrets
import time
from collections import Counter
from pathlib import Path

import pytest

from proofcheck import Verdict
from proofcheck.running.collecting import find, load
from proofcheck.running.pool import Pool
from proofcheck.testing.slack import PROVED, Judge, Judged

ROOT = Path(__file__).parents[2]
SECONDS, PATIENCE, LONGEST, FEWEST = 0.2, 2.0, 6.0, 20


def test_no_changed_claim_that_is_false_is_proved(request: pytest.FixtureRequest) -> None:
    seed = int(request.config.option.hypothesis_seed or secrets.randbits(32))
    print(f"--hypothesis-seed={seed}")
    derivations = [load(source) for source in find([ROOT / "derivations"])]
    claims = [claim for each in derivations for claim in each.claims if claim.expect is Verdict.PROVED]
    random.Random(seed).shuffle(claims)
    judged: list[Judged] = []
    began = time.monotonic()
    with Pool(1, SECONDS) as pool, Pool(1, PATIENCE) as patient:
        judge = Judge(pool, patient, seed, reaching=False)
        while claims and (time.monotonic() - began < LONGEST or len(judged) < FEWEST):
            judged += judge.judge(claims.pop(), limit=2) or []
    assert [f"{each.name} {each.mutant.words}: {each.violation}" for each in judged if each.wrong] == []
    outcomes = Counter(each.outcome for each in judged)
    # Most changes spoil a claim: if most of them were proved, nothing would have been checked.
    assert len(judged) >= FEWEST and outcomes[PROVED] < len(judged), (seed, outcomes)
