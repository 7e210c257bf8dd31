"""A record made by hand, as a run over Section 3 would leave it: every verdict, chains, amendments, a citation."""

import pytest

from proofcheck.results import (
    Attempt,
    ClaimResult,
    DerivationResult,
    ObligationResult,
    Premise,
    RunResult,
    Verdict,
)

PROVED, REFUTED, OPEN, CITED, SAMPLED = (
    Verdict.PROVED,
    Verdict.REFUTED,
    Verdict.OPEN,
    Verdict.CITED,
    Verdict.SAMPLED,
)


def obligation(
    label: str,
    formula: str,
    latex: str,
    verdict: Verdict = PROVED,
    explanation: str = "",
    explanation_latex: str = "",
    prover: str | None = "linear",
    decisive: bool = True,
) -> ObligationResult:
    return ObligationResult(
        label=label,
        formula=formula,
        latex=latex,
        verdict=verdict,
        decisive=decisive,
        prover=prover,
        explanation=explanation,
        explanation_latex=explanation_latex,
        statement=None,
        certificate=None,
        witness=None,
        attempts=(Attempt(prover, 0.031, "found"),) if prover else (),
    )


def claim(
    name: str,
    where: str,
    formula: str,
    latex: str,
    verdict: Verdict = PROVED,
    obligations: tuple[ObligationResult, ...] = (),
    *,
    summary: str = "",
    covers: tuple[str, ...] = (),
    expected: Verdict | None = None,
    reason: str = "",
    premises: tuple[Premise, ...] = (),
    resting_on: tuple[Premise, ...] | None = None,
    rules: tuple[str, ...] = (),
    citation: str | None = None,
    amends: str | None = None,
    sharpens: str | None = None,
    line: int = 1,
) -> ClaimResult:
    return ClaimResult(
        name=name,
        where=where,
        summary=summary,
        covers=covers,
        file="derivations/bu_xu_chen_2021/heavy_ball.py",
        line=line,
        formula=formula,
        latex=latex,
        verdict=verdict,
        expected=expected or verdict,
        reason=reason,
        obligations=obligations,
        premises=premises,
        resting_on=premises if resting_on is None else resting_on,
        rules=rules,
        citation=citation,
        amends=amends,
        sharpens=sharpens,
    )


def proved(
    formula: str, latex: str, explanation: str = "", explanation_latex: str = "", prover: str = "linear"
) -> tuple[ObligationResult, ...]:
    return (obligation("claim", formula, latex, PROVED, explanation, explanation_latex, prover),)


GRONWALL = "Gronwall's inequality for absolutely continuous V"
ENERGY_SLOPE = Premise("energy_decays", PROVED)
SPECTRUM = Premise("initial_kernel", CITED)

MOMENTUM = (
    "(w(t + s) - 2 w(t) + w(t - s)) / s^2 + b (w(t) - w(t - s)) / s + g = w'' + b w' + g + s (r+ - r- - b w''/2)"
    " + s^2 b r-",
    r"\frac{w(t+s) - 2\,w(t) + w(t-s)}{s^2} + b\,\frac{w(t) - w(t-s)}{s} + \nabla L(w(t)) "
    r"= \ddot w(t) + b\,\dot w(t) + \nabla L(w(t)) + s\left(r_+ - r_- - \tfrac{b}{2}\,\ddot w(t)\right) + s^2 b\,r_- "
    r"\quad \text{for } s > 0",
)
SLOPE_CHAIN = (
    "dV/dt = -alpha <H Delta, Delta> - ... = ... < -alpha (L_hat + |alpha Delta + Delta'|^2/2) = -alpha V",
    r"\frac{dV}{dt} = -\alpha \langle H\Delta, \Delta\rangle - \alpha^2 \langle \dot\Delta, \Delta\rangle "
    r"- \alpha |\dot\Delta|^2 "
    r"= -\alpha \hat L - \frac{\alpha^3}{2} |\Delta|^2 - \alpha^2 \langle \dot\Delta, \Delta\rangle "
    r"- \alpha |\dot\Delta|^2 < -\alpha\left(\hat L + \frac12 |\alpha\Delta + \dot\Delta|^2\right) = -\alpha V",
)
SLOPE_LINKS = (
    obligation(
        "link 1",
        "dV/dt = ...",
        r"\frac{dV}{dt} = -\alpha \langle H\Delta, \Delta\rangle - \alpha^2 \langle \dot\Delta, \Delta\rangle "
        r"- \alpha |\dot\Delta|^2",
        prover="identity",
    ),
    obligation(
        "link 2",
        "... = -alpha L_hat - ...",
        r"-\alpha \langle H\Delta, \Delta\rangle - \alpha^2 \langle \dot\Delta, \Delta\rangle - \alpha |\dot\Delta|^2 "
        r"= -\alpha \hat L - \frac{\alpha^3}{2} |\Delta|^2 - \alpha^2 \langle \dot\Delta, \Delta\rangle "
        r"- \alpha |\dot\Delta|^2",
        REFUTED,
        "alpha = 1, H = 2, Delta = 1, Delta' = 0: left -2, right -3/2",
        r"n = 1, \alpha = 1, H = 2, \Delta = 1, \dot\Delta = 0, \text{left } {-2}, \text{right } {-\tfrac32}",
        "witness",
    ),
    obligation(
        "link 3",
        "... < ...",
        r"-\alpha \hat L - \frac{\alpha^3}{2} |\Delta|^2 - \alpha^2 \langle \dot\Delta, \Delta\rangle "
        r"- \alpha |\dot\Delta|^2 < -\alpha\left(\hat L + \frac12 |\alpha\Delta + \dot\Delta|^2\right)",
        REFUTED,
        "alpha = 1, H = 1, Delta = 1, Delta' = 0: left -1, right -1",
        r"n = 1, \alpha = 1, H = 1, \Delta = 1, \dot\Delta = 0, \text{left } {-1}, \text{right } {-1}",
        "witness",
    ),
    obligation(
        "link 4",
        "... = -alpha V",
        r"-\alpha\left(\hat L + \frac12 |\alpha\Delta + \dot\Delta|^2\right) = -\alpha V",
        prover="identity",
    ),
)
VELOCITY = (
    "|w_r'| <= ... = sqrt(n/m) int exp(2 alpha (s - t)) sqrt(L(s)) ds <= ...",
    r"\|\dot w_r(t)\| \le \sqrt{\frac nm} \int_0^t e^{2\alpha(s-t)}\,\|f(s) - y\|\,ds "
    r"= \sqrt{\frac nm} \int_0^t e^{2\alpha(s-t)} \sqrt{L(s)}\,ds "
    r"\le \sqrt{\frac{8 n \hat L(0)}{9 m \alpha^4}}\; e^{-\alpha t/2}",
)
BOUND = (
    "L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0)",
    r"L(t) \le \frac{4}{\lambda_0}\, e^{-\alpha t}\, \hat L(0)",
)


def claims() -> tuple[ClaimResult, ...]:
    return (
        claim(
            "two_forms",
            "(3.1) and (3.2)",
            "w(k) - eta g + beta (w(k) - w(k-1)) = w(k) + eta (-g + beta v(k-1))",
            r"w_k - \eta g + \beta (w_k - w_{k-1}) = w_k + \eta\,(-g + \beta v_{k-1})",
            PROVED,
            proved(
                "w(k) - eta g + beta (w(k) - w(k-1)) = w(k) + eta (-g + beta v(k-1))",
                r"w_k - \eta g + \beta (w_k - w_{k-1}) = w_k + \eta\,(-g + \beta v_{k-1})",
                "both sides have one normal form",
                prover="identity",
            ),
            summary="The Heavy Ball iteration and its form with a velocity are one iteration, if "
            "v(k-1) = (w(k) - w(k-1)) / eta.",
            covers=("3.02",),
            line=31,
        ),
        claim(
            "small_step_limit",
            "(3.3), the limit of small steps",
            *MOMENTUM,
            PROVED,
            proved(*MOMENTUM, "Taylor's formula with remainders r+, r-; an identity in s", prover="identity"),
            summary="With t = k sqrt(eta) and beta = 1 - b sqrt(eta), the residual of (3.1) vanishes with the step.",
            covers=("3.03",),
            rules=("Taylor's formula with Lagrange's remainder",),
            line=47,
        ),
        claim(
            "initial_kernel",
            "Lemma 3.1, the kernel at initialisation",
            "m >= C (n^2/lambda_0^2) log(n^2/delta) implies |H(0) - H_inf| <= lambda_0/4 with probability 1 - delta",
            r"\mathbf{P}\left(\|H(0) - H^\infty\| \le \tfrac{\lambda_0}{4}\right) \ge 1 - \delta "
            r"\quad \text{for } m \ge C\,\frac{n^2}{\lambda_0^2} \log\frac{n^2}{\delta}",
            CITED,
            summary="Concentration of the kernel matrix, taken from the source that the paper names.",
            covers=("3.36",),
            citation="Du, Zhai, Poczos and Singh (2019), Lemma 3.1",
            line=60,
        ),
        claim(
            "energy_slope_as_printed",
            "Lemma 3.3, the energy's derivative, the chain as printed",
            *SLOPE_CHAIN,
            REFUTED,
            SLOPE_LINKS,
            summary="The printed chain for dV/dt along (3.7).",
            covers=("3.49", "3.52", "3.53", "3.54"),
            rules=("the derivative along a flow",),
            line=88,
        ),
        claim(
            "energy_decays",
            "Lemma 3.3, the energy's derivative",
            "dV/dt <= -alpha V",
            r"\frac{dV}{dt} \le -\alpha V",
            PROVED,
            proved(
                "dV/dt <= -alpha V",
                r"\frac{dV}{dt} \le -\alpha V",
                "dV/dt + alpha V = -(alpha/2) <(H - alpha^2) Delta, Delta> - (alpha/2) |Delta'|^2 <= 0",
                r"\frac{dV}{dt} + \alpha V = -\frac{\alpha}{2} \langle (H - \alpha^2)\Delta, \Delta\rangle "
                r"- \frac{\alpha}{2} |\dot\Delta|^2 \le 0",
            ),
            summary="The energy falls at rate alpha along the flow, in any dimension.",
            covers=("3.52", "3.53"),
            rules=("the derivative along a flow", "quadratic forms in vectors with one self-adjoint operator"),
            amends="energy_slope_as_printed",
            line=104,
        ),
        claim(
            "loss_decays_as_printed",
            "Lemma 3.3, part 1",
            *BOUND,
            REFUTED,
            (
                obligation(
                    "pumped oscillator",
                    *BOUND,
                    REFUTED,
                    "alpha = 1, x(0) = 1, x'(0) = 0, h = 1 on [0, 1/2), 10 on [1/2, 1), 1 on [1, 3], t = 3: "
                    "left exp(-6) (7c/2 - 26s/3)^2 / 2 > exp(-3)",
                    r"n = 1, \alpha = 1, \Delta(0) = 1, \dot\Delta(0) = 0, h = 1 \text{ on } [0, \tfrac12), "
                    r"h = 10 \text{ on } [\tfrac12, 1), h = 1 \text{ on } [1, 3], t = 3, "
                    r"\text{left } \tfrac12 e^{-6} \left(\tfrac72 \cos\tfrac32 - \tfrac{26}{3} \sin\tfrac32\right)^2 "
                    r"\in [0.0873, 0.0874], \text{right } e^{-3} \in [0.0497, 0.0498]",
                    "balls",
                ),
                obligation(
                    "side condition of Gronwall's inequality",
                    "V is absolutely continuous on [0, t]",
                    r"V \text{ is absolutely continuous on } [0, t]",
                    OPEN,
                    "H is piecewise constant, so V jumps by <[H] Delta, Delta>/2 whenever an activation flips",
                    prover=None,
                    decisive=False,
                ),
            ),
            summary="The loss falls at rate alpha, H(t) being piecewise constant, as after (3.7).",
            covers=("3.41", "3.57"),
            premises=(ENERGY_SLOPE,),
            rules=(GRONWALL,),
            line=120,
        ),
        claim(
            "loss_decays",
            "Lemma 3.3, part 1, for constant H",
            *BOUND,
            PROVED,
            (
                obligation(
                    "V(0)",
                    "V(0) <= 2 L_hat(0)",
                    r"V(0) \le 2\,\hat L(0)",
                    explanation="",
                    explanation_latex=r"2\hat L(0) - V(0) = \tfrac12 \langle (H - \alpha^2)\Delta(0), \Delta(0)\rangle",
                ),
                obligation("V against L", "L <= V / alpha^2", r"L \le \frac{1}{\alpha^2} V"),
                obligation(
                    "side condition of Gronwall's inequality",
                    "V is absolutely continuous on [0, t]",
                    r"V \text{ is absolutely continuous on } [0, t]",
                    explanation="H is constant and Delta, Delta' are continuous",
                    prover=None,
                ),
            ),
            summary="The lemma as stated, if H is constant & at least α² I.",
            covers=("3.41",),
            premises=(ENERGY_SLOPE,),
            rules=(GRONWALL,),
            amends="loss_decays_as_printed",
            line=141,
        ),
        claim(
            "loss_decays_faster",
            "Lemma 3.3, part 1, for constant H",
            "L(t) <= (1 + alpha t)^2 exp(-2 alpha t) L(0)",
            r"L(t) \le (1 + \alpha t)^2\, e^{-2\alpha t}\, L(0)",
            PROVED,
            proved(
                "L(t) <= (1 + alpha t)^2 exp(-2 alpha t) L(0)",
                r"L(t) \le (1 + \alpha t)^2\, e^{-2\alpha t}\, L(0)",
                "mode by mode; equality where h = alpha^2",
                prover="cover",
            ),
            summary="The exact decay, attained by the slowest mode.",
            sharpens="loss_decays",
            line=163,
        ),
        claim(
            "velocity_as_printed",
            "Lemma 3.3, the velocity of the weights",
            *VELOCITY,
            REFUTED,
            (
                obligation(
                    "the loss",
                    "|f - y| = sqrt(L)",
                    r"\|f - y\| = \sqrt{L}",
                    REFUTED,
                    "|f - y| = 1: left 1, right sqrt(1/2)",
                    r"\|f - y\| = 1, L = \tfrac12, \text{left } 1, \text{right } \sqrt{\tfrac12}",
                    "witness",
                ),
            ),
            summary="The printed chain for the velocity; 50% of it rests on f_i & y_i as printed.",
            covers=("3.66", "3.68", "3.70"),
            premises=(Premise("loss_decays", PROVED),),
            resting_on=(Premise("loss_decays", PROVED), ENERGY_SLOPE),
            line=180,
        ),
        claim(
            "weights_stay_near",
            "Lemma 3.3, part 2, for constant H",
            "|w_r(t) - w_r(0)| <= (2/lambda_0) sqrt(2 n L(0) / m) <= R'",
            r"\|w_r(t) - w_r(0)\| \le \frac{2}{\lambda_0} \sqrt{\frac{2 n L(0)}{m}} \le \frac34 R'",
            PROVED,
            (
                obligation(
                    "link 1",
                    "distance",
                    r"\|w_r(t) - w_r(0)\| \le \frac{2}{\lambda_0} \sqrt{\frac{2 n L(0)}{m}}",
                    explanation="by the sharper decay, integrated",
                ),
                obligation("link 2", "constant", r"\frac{2}{\lambda_0} \sqrt{\frac{2 n L(0)}{m}} \le \frac34 R'"),
            ),
            summary="The weights move at most three quarters of the printed radius.",
            covers=("3.42",),
            premises=(Premise("loss_decays_faster", PROVED), SPECTRUM),
            resting_on=(Premise("loss_decays_faster", PROVED), SPECTRUM, ENERGY_SLOPE),
            amends="velocity_as_printed",
            line=201,
        ),
        claim(
            "error_along_flips",
            "(3.7), where an activation flips",
            "Delta'' + 2 alpha Delta' + H Delta = 0 for all t",
            r"\ddot\Delta + 2\alpha\dot\Delta + H(t)\,\Delta = 0 \quad \text{for all } t \ge 0",
            OPEN,
            (
                obligation(
                    "continuity",
                    "Delta' is absolutely continuous",
                    r"\dot\Delta \text{ is absolutely continuous}",
                    OPEN,
                    "Delta' jumps by a_r |<x_i, w_r'>| / sqrt(m) at a flip; a bound on the sum of jumps is missing",
                    prover=None,
                ),
            ),
            summary="The error dynamics as an equation for all times, not only almost all.",
            covers=("3.32", "3.34"),
            line=230,
        ),
        claim(
            "random_kernels",
            "Remark after Lemma 3.3",
            "L(t) <= L(0)",
            r"L(t) \le L(0)",
            SAMPLED,
            (
                obligation(
                    "draws",
                    "L(t) <= L(0)",
                    r"L(t) \le L(0)",
                    SAMPLED,
                    "no violation in 60000 draws, seed 7",
                    prover=None,
                ),
            ),
            line=240,
        ),
        claim(
            "width",
            "Theorem 2, the width",
            "m = Omega(n^6 / (delta^3 lambda_0^4))",
            r"R' < R \iff m = \Omega\left(\frac{n^6}{\delta^3 \lambda_0^4}\right)",
            REFUTED,
            (
                obligation(
                    "order",
                    "n^7/(delta^3 lambda_0^5) = O(n^6/(delta^3 lambda_0^4))",
                    r"\frac{n^7}{\delta^3 \lambda_0^5} = O\left(\frac{n^6}{\delta^3 \lambda_0^4}\right)",
                    REFUTED,
                    "the ratio is n / lambda_0, which is at least 2n",
                    r"\frac{n^7}{\delta^3 \lambda_0^5} \Big/ \frac{n^6}{\delta^3 \lambda_0^4} "
                    r"= \frac{n}{\lambda_0} \ge 2n \to \infty",
                    "orders",
                ),
            ),
            summary="With the paper's R' and the bound L_hat(0) = O(n^2/delta) that is available.",
            covers=("3.77",),
            line=262,
        ),
    )


@pytest.fixture
def run() -> RunResult:
    derivation = DerivationResult(
        name="bu_xu_chen_2021",
        title="A Dynamical View on Optimization Algorithms of Overparameterized Neural Networks",
        source="Bu, Xu and Chen, AISTATS 2021, Section 3",
        claims=claims(),
        troubles=(),
        uncovered=(("3.01", "a definition"), ("3.9", "prose"), ("3.10", "prose about experiments")),
    )
    return RunResult("1", (derivation,))
