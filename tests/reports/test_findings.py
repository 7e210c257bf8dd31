"""Which claims are found to survive, to break, to miss something, to be loose, and in which order."""

from dataclasses import replace

from proofcheck.reports.findings import find, provers, refuting, unproved_support, why
from proofcheck.results import ClaimResult, DerivationResult, RunResult, Verdict


def by_name(run: RunResult) -> dict[str, ClaimResult]:
    return {claim.name: claim for derivation in run.derivations for claim in derivation.claims}


def test_what_rests_on_most_survives_first(run: RunResult) -> None:
    names = [claim.name for claim in find(run.derivations[0]).surviving]
    assert names == ["weights_stay_near", "loss_decays", "two_forms", "small_step_limit", "energy_decays"]


def test_what_takes_most_other_claims_breaks_first(run: RunResult) -> None:
    findings = find(run.derivations[0])
    names = [finding.claim.name for finding in findings.broken]
    assert set(names) == {"width", "energy_slope_as_printed", "loss_decays_as_printed", "velocity_as_printed"}
    assert names[-1] == "width"  # nothing mends it and nothing rests on it
    repairs = {finding.claim.name: [other.name for other in finding.instead] for finding in findings.broken}
    assert repairs["width"] == []
    assert repairs["loss_decays_as_printed"] == ["loss_decays"]


def test_a_step_is_no_finding(run: RunResult) -> None:
    [derivation] = run.derivations
    step = replace(derivation.claims[0], covers=(), amends=None, sharpens=None, verdict=Verdict.PROVED)
    assert step.is_step
    assert step not in find(replace(derivation, claims=(step,))).surviving


def test_what_is_missing_cited_and_loose(run: RunResult) -> None:
    findings = find(run.derivations[0])
    assert [finding.claim.name for finding in findings.missing] == ["error_along_flips", "random_kernels"]
    assert [claim.name for claim in findings.cited] == ["initial_kernel"]
    [loose] = findings.loose
    assert (loose.claim.name, [other.name for other in loose.instead]) == ("loss_decays", ["loss_decays_faster"])


def test_a_sharper_form_counts_only_when_proved(run: RunResult) -> None:
    [derivation] = run.derivations
    claims = tuple(replace(claim, verdict=Verdict.OPEN) if claim.sharpens else claim for claim in derivation.claims)
    assert find(replace(derivation, claims=claims)).loose == ()


def test_every_claim_is_found_once_as_what_it_is(run: RunResult) -> None:
    [derivation] = run.derivations
    findings = find(derivation)
    named = [
        *(claim.name for claim in (*findings.surviving, *findings.cited)),
        *(finding.claim.name for finding in (*findings.broken, *findings.missing)),
        *(other.name for finding in findings.loose for other in finding.instead),
    ]
    assert sorted(named) == sorted(claim.name for claim in derivation.claims)


def test_the_decisive_obligation_refutes(run: RunResult) -> None:
    chain = by_name(run)["energy_slope_as_printed"]
    first, second, *rest = chain.obligations
    assert refuting(chain) is second
    aside = replace(chain, obligations=(replace(first, verdict=Verdict.REFUTED, decisive=False), second, *rest))
    assert refuting(aside) is second
    assert why(chain) == "alpha = 1, H = 2, Delta = 1, Delta' = 0: left -2, right -3/2"


def test_a_verified_counterexample_is_told_by_its_obligations(run: RunResult) -> None:
    claim = replace(by_name(run)["loss_decays"], verdict=Verdict.REFUTED, reason="a counterexample is verified")
    assert refuting(claim) is None
    assert why(claim).startswith(claim.summary)
    assert why(claim).endswith("verified in 3 steps, the last: side condition of Gronwall's inequality")
    told = replace(claim, rules=("explicit counterexample: a kernel that jumps",))
    assert why(told).startswith("a kernel that jumps; verified in 3 steps")


def test_what_is_missing_is_the_reason(run: RunResult) -> None:
    claim = replace(by_name(run)["error_along_flips"], reason="rests on two_forms, which is OPEN")
    assert why(claim) == "rests on two_forms, which is OPEN"


def test_support_that_is_not_proved_is_named(run: RunResult) -> None:
    assert [premise.claim for premise in unproved_support(by_name(run)["weights_stay_near"])] == ["initial_kernel"]


def test_provers_are_named_once(run: RunResult) -> None:
    claims = by_name(run)
    assert provers(claims["energy_slope_as_printed"]) == "identity, witness"
    assert provers(claims["initial_kernel"]) == "cited"
    assert provers(claims["error_along_flips"]) == ""


def test_an_empty_derivation_has_no_findings() -> None:
    findings = find(DerivationResult("empty", "", "", (), (), ()))
    assert not (findings.surviving or findings.broken or findings.missing or findings.cited or findings.loose)
