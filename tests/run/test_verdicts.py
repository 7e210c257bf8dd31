"""How a verdict follows from obligations and premises."""

import pytest

from proofcheck.records.verdicts import Grounds, judge
from proofcheck.results import ObligationResult, Premise, Verdict

PROVED, REFUTED, CITED, OPEN = Verdict.PROVED, Verdict.REFUTED, Verdict.CITED, Verdict.OPEN


def obligation(verdict: Verdict, *, decisive: bool = False, label: str = "the claim") -> ObligationResult:
    return ObligationResult(label, "", "", verdict, decisive, None, "why", "", None, None, None, None, ())


def grounds(*verdicts: Verdict, on: str = "", counterexample: bool = False, decisive: bool = False) -> Grounds:
    obligations = tuple(obligation(verdict, decisive=decisive) for verdict in verdicts)
    return Grounds(obligations, tuple(on.split()), None, counterexample)


def verdict_of(claim: Grounds, **others: Grounds) -> tuple[Verdict, str]:
    judged = judge({"it": claim, **others})["it"]
    return judged.verdict, judged.reason


def test_all_obligations_proved_is_proved() -> None:
    assert verdict_of(grounds(PROVED, PROVED)) == (PROVED, "")


@pytest.mark.parametrize("verdict", [OPEN, REFUTED, CITED, Verdict.SAMPLED])
def test_any_other_obligation_leaves_it_open(verdict: Verdict) -> None:
    why = "the claim does not follow: why" if verdict is REFUTED else "the claim: why"
    assert verdict_of(grounds(PROVED, verdict)) == (OPEN, why)


def test_a_decisive_refutation_refutes_whatever_the_rest() -> None:
    assert verdict_of(grounds(REFUTED, decisive=True)) == (REFUTED, "the claim: why")
    both = Grounds((obligation(OPEN), obligation(REFUTED, decisive=True, label="link 2")), ("absent",), None, False)
    assert verdict_of(both) == (REFUTED, "link 2: why")


def test_nothing_shown_is_nothing_proved() -> None:
    assert verdict_of(grounds())[0] is OPEN
    assert verdict_of(grounds(counterexample=True))[0] is OPEN
    assert verdict_of(grounds(counterexample=True, on="lemma"), lemma=grounds(PROVED))[0] is OPEN
    assert verdict_of(grounds(on="lemma"), lemma=grounds(PROVED))[0] is OPEN


def test_a_counterexample_refutes_when_all_of_it_is_shown() -> None:
    assert verdict_of(grounds(PROVED, PROVED, counterexample=True))[0] is REFUTED
    assert verdict_of(grounds(PROVED, OPEN, counterexample=True))[0] is OPEN
    assert verdict_of(grounds(REFUTED, counterexample=True, decisive=True))[0] is OPEN
    assert verdict_of(grounds(PROVED, counterexample=True, on="lemma"), lemma=grounds(OPEN))[0] is OPEN


@pytest.mark.parametrize(
    ("premise", "expected"),
    [
        (grounds(PROVED), PROVED),
        (Grounds((), (), "A book, page 3", False), PROVED),
        (grounds(OPEN), OPEN),
        (grounds(REFUTED, decisive=True), OPEN),
    ],
)
def test_a_claim_is_proved_from_proved_or_cited_premises_only(premise: Grounds, expected: Verdict) -> None:
    verdict, reason = verdict_of(grounds(PROVED, on="lemma"), lemma=premise)
    assert verdict is expected
    assert ("lemma" in reason) == (expected is OPEN)


def test_premises_count_transitively() -> None:
    judged = judge(
        {
            "theorem": grounds(PROVED, on="lemma"),
            "lemma": grounds(PROVED, on="step book"),
            "step": grounds(OPEN),
            "book": Grounds((), (), "A book", False),
        }
    )
    assert list(judged) == ["theorem", "lemma", "step", "book"]
    assert judged["theorem"].verdict is OPEN
    assert judged["theorem"].premises == (Premise("lemma", OPEN),)
    assert judged["theorem"].resting_on == (Premise("lemma", OPEN), Premise("step", OPEN), Premise("book", CITED))


def test_an_absent_premise_leaves_it_open() -> None:
    verdict, reason = verdict_of(grounds(PROVED, on="elsewhere"))
    assert verdict is OPEN
    assert "elsewhere" in reason


@pytest.mark.parametrize("circle", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "a", "d": "a"}])
def test_no_claim_is_proved_from_itself(circle: dict[str, str]) -> None:
    judged = judge({name: grounds(PROVED, on=premise) for name, premise in circle.items()})
    assert all(judgement.verdict is OPEN for judgement in judged.values())


def test_a_long_line_of_premises_is_no_trouble() -> None:
    line = {f"c{n}": grounds(PROVED, on=f"c{n + 1}") for n in range(5000)} | {"c5000": grounds(PROVED)}
    assert judge(line)["c0"].verdict is PROVED
