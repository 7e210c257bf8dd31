"""A run: from derivations to verdicts, with what is known kept on disk."""

import sys
from pathlib import Path

import pytest

from proofcheck.records.recheck import recheck
from proofcheck.results import ClaimResult, RunResult, Verdict
from proofcheck.running.collecting import Derivation, find, load
from proofcheck.running.run import Progress, Settings, run, save
from proofcheck.running.worker import MEMORY
from tests.run.written import HEAD, claim_text

ROOT = Path(__file__).parents[2]
PROVED, REFUTED, OPEN = Verdict.PROVED, Verdict.REFUTED, Verdict.OPEN
COUNTING = (sys.executable, "-m", "tests.run.stand_in_worker")


def derivation(*claims: str) -> Derivation:
    Path("paper.py").write_text(HEAD + "".join(claims), encoding="utf-8")
    [source] = find([Path("paper.py")])
    return load(source)


def settled(*claims: str, **settings: object) -> dict[str, ClaimResult]:
    result = run([derivation(*claims)], Settings(worker=COUNTING, jobs=2, **settings))  # type: ignore[arg-type]
    return {claim.name: claim for claim in result.derivations[0].claims}


def searched() -> int:
    return Path("count").read_text().count("searched") if Path("count").exists() else 0


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PROOFCHECK_TEST_COUNT", str(tmp_path / "count"))


GOOD = claim_text("good", "owing(owed(SQUARE))")
WRONG = claim_text("wrong", "owing(owed(FALSE, FALSE))", "REFUTED")


def test_verdicts_come_from_the_kernel() -> None:
    found = settled(
        GOOD,
        WRONG,
        claim_text("lied", "owing(owed(ABSURD))"),
        claim_text("unknown", "owing(owed(UNKNOWN))"),
        claim_text("crashed", "owing(owed(CRASH))"),
        claim_text("cited", "owing(citation='A book, page 3')", "CITED"),
    )
    assert [claim.verdict.value for claim in found.values()] == ["PROVED", "REFUTED", "OPEN", "OPEN", "OPEN", "CITED"]
    assert found["good"].obligations[0].explanation == "left - right = x^2 >= 0"
    assert found["wrong"].reason == "the claim: at x = 1/2: left 1/4, right 1/2"
    assert "turned down what a liar found" in found["lied"].obligations[0].attempts[-1].outcome
    assert found["lied"].obligations[0].certificate is None
    assert "SIGSEGV" in found["crashed"].obligations[0].attempts[0].outcome
    assert found["cited"].reason == "A book, page 3"


def test_a_refuted_sufficient_condition_refutes_no_claim() -> None:
    found = settled(
        claim_text("sufficient", "owing(owed(FALSE))"),
        claim_text("special", "owing(owed(UNKNOWN, FALSE))"),
        claim_text("proved_anyway", "owing(owed(SQUARE, FALSE))"),
        claim_text("neither", "owing(owed(FALSE, UNKNOWN))"),
        claim_text("only_special", "owing(owed(None, FALSE, reason='no rule'))"),
    )
    assert {name: claim.verdict for name, claim in found.items()} == {
        "sufficient": OPEN,
        "special": REFUTED,
        "proved_anyway": PROVED,
        "neither": OPEN,
        "only_special": REFUTED,
    }
    [obligation] = found["special"].obligations
    [other] = settled(WRONG)["wrong"].obligations
    assert (obligation.statement, obligation.decisive) == (other.statement, True)
    assert not found["sufficient"].obligations[0].decisive


def test_conditions_of_analysis_are_settled_by_rules_or_left_open() -> None:
    found = settled(
        claim_text("settled", "owing(owed(settled=True))"),
        claim_text("left", "owing(owed(SQUARE), owed(reason='H jumps'))"),
    )
    assert found["settled"].verdict is PROVED
    assert (found["left"].verdict, found["left"].reason) == (OPEN, "the claim: H jumps")
    assert searched() == 1


def test_a_counterexample_refutes_only_when_all_of_it_is_proved() -> None:
    found = settled(
        claim_text("pumped", "owing(owed(SQUARE), refutes=True)", "REFUTED"),
        claim_text("half", "owing(owed(SQUARE), owed(UNKNOWN), refutes=True)", "REFUTED"),
        claim_text("broken", "owing(owed(FALSE, FALSE), refutes=True)", "REFUTED"),
    )
    assert [claim.verdict for claim in found.values()] == [REFUTED, OPEN, OPEN]


def test_premises_decide_with() -> None:
    found = settled(
        claim_text("lemma", "owing(owed(UNKNOWN))", "OPEN"),
        claim_text("step", "owing(owed(SQUARE), premises=(lemma,))", "OPEN"),
        claim_text("theorem", "owing(owed(SQUARE), premises=(step,))", "OPEN"),
    )
    assert found["theorem"].verdict is OPEN
    assert found["theorem"].reason == "rests on step, which is OPEN"
    assert [premise.claim for premise in found["theorem"].resting_on] == ["step", "lemma"]


FACTORY = """def made(argument):
    @claim("Lemma made", expect=Verdict.OPEN)
    def lemma():
        return argument
    return lemma


"""


@pytest.mark.parametrize("argument", ["owing(owed(FALSE, FALSE))", "owing(owed(UNKNOWN))"])
def test_a_claim_does_not_rest_on_a_proved_one_of_the_same_name(argument: str) -> None:
    twin = f"made({argument})"
    inside = settled(
        FACTORY,
        "good = made(owing(owed(SQUARE)))\n\n\n",
        claim_text("theorem", f"owing(owed(SQUARE), premises=({twin},))"),
    )
    assert (inside["lemma"].verdict, inside["theorem"].verdict) == (PROVED, OPEN)


@pytest.mark.parametrize(
    "order", ["twin = made({bad})\ngood = made({good})", "good = made({good})\ntwin = made({bad})"]
)
def test_a_claim_rests_on_the_one_of_two_of_one_name_that_it_names(order: str) -> None:
    made = order.format(good="owing(owed(SQUARE))", bad="owing(owed(UNKNOWN))")
    found = settled(FACTORY, made + "\n\n\n", claim_text("theorem", "owing(owed(SQUARE), premises=(twin,))"))
    assert found["theorem"].verdict is OPEN


def test_a_selection_brings_its_premises() -> None:
    paper = derivation(
        GOOD, WRONG, claim_text("theorem", "owing(owed(SQUARE), premises=(good,))"), claim_text("other", "owing()")
    )
    result = run([paper], Settings(worker=COUNTING), lambda _, claim: claim.name == "theorem")
    assert [(claim.name, claim.verdict) for claim in result.derivations[0].claims] == [
        ("good", PROVED),
        ("theorem", PROVED),
    ]


def test_an_argument_that_cannot_be_made_is_a_trouble_and_the_rest_goes_on() -> None:
    paper = derivation(
        claim_text("bad", "1 / 0"),
        claim_text("nothing", "None"),
        GOOD,
        claim_text("on_bad", "owing(owed(SQUARE), premises=(bad,))"),
    )
    result = run([paper], Settings(worker=COUNTING))
    [only] = result.derivations
    place = {claim.name: claim.line for claim in paper.claims}
    assert [(trouble.file, trouble.line) for trouble in only.troubles] == [
        ("paper.py", place["bad"] + 2),
        ("paper.py", place["nothing"]),
    ]
    assert "Lemma bad: ZeroDivisionError" in only.troubles[0].message
    assert [(claim.name, claim.verdict) for claim in only.claims] == [("good", PROVED), ("on_bad", OPEN)]
    assert not result.as_expected


def test_a_statement_that_no_record_can_hold_is_a_trouble() -> None:
    deep = "functools.reduce(lambda term, _: Power(term, 2), range({}), X)"
    paper = derivation(
        "import functools\n\n\n",
        claim_text("deep", f"owing(owed(Statement(('x',), (), (), Relation({deep.format(300)}, '>=', ZERO))))"),
        claim_text("deeper", f"owing(owed(Statement(('x',), (), (), Relation({deep.format(9000)}, '>=', ZERO))))"),
        claim_text("undeclared", "owing(owed(Statement((), (), (), Relation(X, '>=', ZERO))))"),
        GOOD,
    )
    [result] = run([paper], Settings(worker=COUNTING)).derivations
    assert [trouble.message.split(": ")[0] for trouble in result.troubles] == [
        "Lemma deep",
        "Lemma deeper",
        "Lemma undeclared",
    ]
    assert [claim.verdict for claim in result.claims] == [PROVED]


def test_what_is_known_is_not_searched_again() -> None:
    open_claim = claim_text("unknown", "owing(owed(UNKNOWN))", "OPEN")
    first = settled(GOOD, WRONG, open_claim)
    assert searched() == 3
    again = settled(GOOD, WRONG, open_claim)
    assert searched() == 3
    assert again == first


def test_an_earlier_search_in_vain_counts_only_where_no_proof_is_expected() -> None:
    settled(claim_text("unknown", "owing(owed(UNKNOWN))", "OPEN"))
    settled(claim_text("unknown", "owing(owed(UNKNOWN))", "OPEN"))
    assert searched() == 1
    settled(claim_text("unknown", "owing(owed(UNKNOWN))", "OPEN"), seconds=11.0)
    assert searched() == 2
    settled(claim_text("unknown", "owing(owed(UNKNOWN))", "PROVED"))
    assert searched() == 3


def test_a_special_case_is_searched_for_a_witness_only_which_says_nothing_of_its_proof() -> None:
    assert settled(claim_text("special", "owing(owed(UNKNOWN, SQUARE))", "OPEN"))["special"].verdict is OPEN
    assert searched() == 2
    assert settled(claim_text("itself", "owing(owed(SQUARE))", "OPEN"))["itself"].verdict is PROVED
    settled(claim_text("special", "owing(owed(UNKNOWN, SQUARE))", "OPEN"))
    assert searched() == 3


@pytest.mark.parametrize("statement", ["CRASH", "ABSURD"])
def test_a_search_that_broke_off_is_not_taken_for_one_in_vain(statement: str) -> None:
    broken = claim_text("broken", f"owing(owed({statement}))", "OPEN")
    settled(GOOD, broken)
    assert searched() == 2
    again = settled(GOOD, broken)
    assert searched() == 3
    assert (again["good"].verdict, again["broken"].verdict) == (PROVED, OPEN)


def test_a_damaged_or_forged_store_costs_time_only() -> None:
    first = settled(GOOD, WRONG)
    files = sorted(path for path in Path(".proofcheck/store").rglob("*") if path.is_file())
    assert len(files) == 3  # two outcomes and an explanation
    contents = [file.read_bytes() for file in files]
    for file, content in zip(files, contents[1:] + contents[:1], strict=True):
        file.write_bytes(content)
    assert settled(GOOD, WRONG) == first
    assert searched() == 4
    for file in files:
        written = bytearray(file.read_bytes())
        written[len(written) // 2] ^= 1
        file.write_bytes(written)
    assert settled(GOOD, WRONG) == first


def test_one_statement_is_searched_once_for_all_claims() -> None:
    reports: list[Progress] = []
    paper = derivation(GOOD, claim_text("same", "owing(owed(SQUARE), owed(SQUARE, SQUARE))"))
    result = run([paper], Settings(worker=COUNTING, report=reports.append))
    assert all(claim.verdict is PROVED for claim in result.derivations[0].claims)
    assert reports[-1] == Progress(1, 1, "Lemma good")


def test_what_was_found_before_an_interruption_is_kept() -> None:
    paper = derivation(GOOD, claim_text("crashed", "owing(owed(CRASH))"), WRONG)

    def interrupt(progress: Progress) -> None:
        if progress.finished:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([paper], Settings(worker=COUNTING, jobs=1, report=interrupt))
    before = searched()  # the next search may have begun when the interruption came
    assert settled(GOOD)["good"].verdict is PROVED
    assert searched() == before


def result_of(*claims: str) -> RunResult:
    return run([derivation(*claims)], Settings(worker=COUNTING))


def test_the_record_of_a_run_holds_and_is_the_same_each_time() -> None:
    claims = [
        GOOD,
        WRONG,
        claim_text("special", "owing(owed(UNKNOWN, FALSE))", "REFUTED"),
        claim_text("pumped", "owing(owed(SQUARE), owed(settled=True), refutes=True)", "REFUTED"),
        claim_text("theorem", "owing(owed(SQUARE), premises=(good,))"),
        claim_text("bad", "None"),
    ]
    save(result_of(*claims))
    written = Path(".proofcheck/records/paper.json").read_bytes()
    found = recheck(written)
    assert [claim.verdict for claim in found.derivation.claims] == [PROVED, REFUTED, REFUTED, REFUTED, PROVED]
    assert len(found.derivation.troubles) == 1
    save(result_of(*claims))
    assert Path(".proofcheck/records/paper.json").read_bytes() == written


def test_the_provers_themselves_settle_a_derivation() -> None:
    paper = derivation(
        '@claim("Lemma 1")\ndef squares():\n    x = scalar("x")\n    return chain(x**2 + 1).gt(x**2).ge(0)\n\n\n'
        '@claim("Lemma 2", expect=Verdict.REFUTED)\ndef too_much():\n    x = scalar("x")\n    return x**2 >= x\n'
    )
    result = run([paper], Settings(seconds=5))
    assert [claim.verdict for claim in result.derivations[0].claims] == [PROVED, REFUTED]
    assert result.as_expected


def test_the_budget_of_memory_leaves_room_for_the_provers() -> None:
    assert MEMORY >= 2**31
