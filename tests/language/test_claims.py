"""Claims and chains: collected in order, used as premises with their demands, misuse answered with a remedy."""

import pytest

from proofcheck import Verdict, at, chain, claim, exp, gronwall, let, norm2, path, scalar, vector
from proofcheck.language.claims import Claim, NoConclusion, collecting
from proofcheck.language.expressions import Use
from proofcheck.rules.argue import NotAStatement, argue, argument_of

x, y, z = scalar("x"), scalar("y"), scalar("z")
p = scalar("p", positive=True, at_most=3)
u = vector("u")


def made(stated: object, name: str = "made") -> Claim:
    def function() -> object:
        """In a sentence.

        And more.
        """
        return stated

    function.__name__ = name
    return claim("(1)", covers="3.01")(function)


def test_a_claim_knows_where_it_stands() -> None:
    @claim("Lemma 1", covers=("3.02", "3.03"), expect=Verdict.OPEN, amends=(first := made(x <= y)))
    def second() -> object:
        """Two
        lines."""
        return x <= y

    assert (second.name, second.where, second.summary) == ("second", "Lemma 1", "Two lines.")
    assert second.covers == ("3.02", "3.03") and second.expect is Verdict.OPEN and second.amends is first
    assert second.file == __file__ and second.line == test_a_claim_knows_where_it_stands.__code__.co_firstlineno + 1
    assert first.covers == ("3.01",) and first.summary == "In a sentence."


def test_a_decorator_without_a_place_is_refused_with_the_remedy() -> None:
    with pytest.raises(TypeError, match=r'@claim\("Lemma 3\.3, \(3\.7\)"\)'):

        @claim  # type: ignore[arg-type]
        def nowhere() -> object:
            return x <= y


def test_nothing_is_proved_or_even_built_when_a_claim_is_made() -> None:
    def fails() -> object:
        raise RuntimeError("built")

    lazy = claim("(1)")(fails)
    with pytest.raises(RuntimeError, match="built"):
        argument_of(lazy)


def test_claims_are_collected_in_order_and_only_inside() -> None:
    made(x <= 0, "before")
    with collecting() as claims:
        made(x <= 1, "one")
        with collecting() as others:
            made(x <= 2, "inner")
        made(x <= 3, "two")
    made(x <= 4, "after")
    assert [each.name for each in claims] == ["one", "two"]
    assert [each.name for each in others] == ["inner"]


def test_collecting_ends_with_an_error() -> None:
    with pytest.raises(ZeroDivisionError), collecting() as claims:
        made(x <= 1, "one")
        raise ZeroDivisionError
    made(x <= 2, "after")
    assert [each.name for each in claims] == ["one"]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (None, r"ends with `return <relation>`"),
        (True, "returns a truth value"),
        (x, "not Symbol"),
        (u, "not Fixed"),
        ("x <= y", "not str"),
        ((), "not tuple"),
        ((x <= y, True), "not tuple"),
        ([x <= y], "not list"),
        (1, "not int"),
    ],
)
def test_what_states_nothing_is_refused(stated: object, message: str) -> None:
    with pytest.raises(NotAStatement, match=message):
        argument_of(made(stated))


def test_a_premise_brings_its_relation_and_demands() -> None:
    lemma = made((x * p <= y).given(y >= 1, u == 0))
    assert isinstance(lemma, Use) and lemma.source is lemma
    assert str(lemma.relation) == "x p <= y"
    assert [str(demand) for demand in lemma.demands] == ["y >= 1", "u = 0"]
    instance = lemma.at({p: x + 1, y: 2})
    assert instance.source is lemma and str(instance.relation) == "x (x + 1) <= 2"
    assert [str(demand) for demand in instance.demands] == ["x + 1 > 0", "x + 1 <= 3", "2 >= 1", "u = 0"]


def test_a_claim_may_conclude_nothing() -> None:
    for stated in ((x <= y, y <= z), u == u, None):
        with pytest.raises(NoConclusion, match="made has no conclusion"):
            _ = made(stated).relation
        assert made(stated).demands == ()


def test_the_demands_of_a_premise_become_obligations_unless_given() -> None:
    lemma = made((x <= y).given(y >= 1), "lemma")
    argument = argue((x <= y).by(lemma))
    assert [part.label for part in argument.obligations] == ["the claim: the premise lemma applies", "the claim"]
    assert argument.premises == (lemma,)
    assert all(part.instance is None for part in argument.obligations)
    same_hypothesis = argue((x <= y).given(y >= 1).by(lemma))
    assert [part.label for part in same_hypothesis.obligations] == ["the claim"]
    stronger = argue((x <= y).given(y > 1).by(lemma))
    assert len(stronger.obligations) == 2


def test_claims_are_equal_when_they_are_one() -> None:
    first, second = made(x <= y), made(x <= y)
    assert len({first, first}) == 1 and first != second


# --- chains ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "conclusion"),
    [
        (chain(x).le(y), "x <= y"),
        (chain(x).eq(y), "x = y"),
        (chain(x).eq(y).le(z), "x <= z"),
        (chain(x).lt(y).le(z).eq(1), "x < 1"),
        (chain(x).ge(y).gt(z), "x > z"),
        (chain(1).le(y).given(y >= 1).le(z), "1 <= z  given  y >= 1"),
    ],
)
def test_what_a_chain_shows(written: object, conclusion: str) -> None:
    assert str(written.conclusion) == conclusion  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", [chain(x), chain(x).le(y).ge(z), chain(x).lt(y).eq(z).gt(1)])
def test_a_chain_without_a_direction(written: object) -> None:
    with pytest.raises(ValueError, match="goes in one direction and has at least one link"):
        _ = written.conclusion  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="one direction"):
        argue(written)


def test_each_link_owes_its_own() -> None:
    lemma = made(y <= z, "lemma")
    argument = argue(chain(x).eq(y).le(z, lemma).given(x == y))
    assert [(part.label, part.formula) for part in argument.obligations] == [("link 1", "x = y"), ("link 2", "y <= z")]
    assert argument.formula == "x = y <= z" and argument.latex == r"x = y \le z"
    assert argument.premises == (lemma,)
    assert str(argument.conclusion) == "x <= z  given  x = y"
    assert argument.obligations[0].instance is not None and argument.obligations[1].instance is None


def test_several_statements_are_all_owed() -> None:
    argument = argue((x <= y, chain(y).le(z).lt(1), u == u))
    assert argument.formula == "x <= y; y <= z < 1; u = u"
    assert len(argument.obligations) == 4 and argument.conclusion is None


def test_a_rule_is_a_premise_like_any_other() -> None:
    t, D = scalar("t", nonnegative=True), path("D")
    from proofcheck import flow

    E = let("E", norm2(D))

    @claim("(2)")
    def bound() -> object:
        return gronwall(flow(D.dot == -D, time=t), E, 2)

    assert str(bound.relation) == "E <= exp(-2 t) E(0)"
    argument = argue((E <= exp(-2 * t) * at(E, 0)).by(bound))
    assert argument.premises == (bound,)
