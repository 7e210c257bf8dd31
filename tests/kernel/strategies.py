"""Random terms, statements, certificates and JSON."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Balls,
    Between,
    Cell,
    Combination,
    Contradiction,
    Cover,
    Cut,
    Evidence,
    Excluded,
    Instance,
    Lemma,
    Multiple,
    Proof,
    Range,
    Root,
    Split,
    Sturm,
    Summand,
    Witness,
)
from proofcheck.kernel.statements import NEGATION, Relation, Statement
from proofcheck.kernel.terms import FUNCTIONS, Apply, Inner, Power, Product, Rational, Sum, Term, Variable

fractions = st.builds(Fraction, st.integers(-30, 30), st.integers(1, 12))
positive_fractions = st.builds(Fraction, st.integers(1, 30), st.integers(1, 12))
variables = st.sampled_from("xyz").map(Variable)
inner_products = st.sampled_from([Inner("u", "u"), Inner("u", "v"), Inner("v", "v")])
leaves = st.one_of(fractions.map(Rational), variables)
signs = st.sampled_from(sorted(NEGATION))


def parts(inside: st.SearchStrategy[Term], most: int = 3) -> st.SearchStrategy[tuple[Term, ...]]:
    return st.lists(inside, max_size=most).map(tuple)


def algebra(inside: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(parts(inside).map(Sum), parts(inside).map(Product), st.builds(Power, inside, st.integers(-3, 3)))


def application(inside: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda name: st.tuples(*[inside] * FUNCTIONS[name]).map(lambda given: Apply(name, given))
    )


rational_terms = st.recursive(leaves, algebra, max_leaves=8)
scalar_terms = st.recursive(leaves, lambda inside: algebra(inside) | application(inside), max_leaves=8)
terms = st.recursive(leaves | inner_products, lambda inside: algebra(inside) | application(inside), max_leaves=6)
relations = st.builds(Relation, terms, signs, terms)
scalar_relations = st.builds(Relation, scalar_terms, signs, scalar_terms)
points = st.fixed_dictionaries({Variable(name): fractions for name in "xyz"})
statements = st.builds(
    Statement,
    st.just(("x", "y", "z")),
    st.just(("u", "v")),
    st.lists(relations, max_size=2).map(tuple),
    relations,
)

numbers = st.integers(-3, 9)
tuples_of_numbers = st.lists(numbers, max_size=3).map(tuple)
summands = st.builds(Summand, fractions, tuples_of_numbers, terms)
multiples = st.builds(Multiple, terms, numbers)
combinations = st.builds(
    Combination,
    tuples_of_numbers,
    st.lists(summands, max_size=2).map(tuple),
    st.lists(multiples, max_size=2).map(tuple),
)
names = st.sampled_from(["x", "y", "z"])
sturms = st.builds(Sturm, names, st.none() | numbers, st.none() | numbers)
covers: st.SearchStrategy[Cover] = st.recursive(
    st.one_of(st.just(Cell()), st.builds(Excluded, numbers)),
    lambda inside: st.builds(Cut, names, fractions, inside, inside),
    max_leaves=4,
)
balls = st.builds(Balls, st.lists(st.builds(Range, names, numbers, numbers), max_size=2).map(tuple), covers)


def compound(inside: st.SearchStrategy[Evidence]) -> st.SearchStrategy[Evidence]:
    several = st.lists(inside, max_size=2).map(tuple)
    proofs = st.builds(Proof, several, inside)
    some_terms = st.lists(terms, max_size=2).map(tuple)
    return st.one_of(
        st.builds(Split, terms, several, inside, inside, inside),
        st.builds(Lemma, relations, proofs, inside),
        st.builds(
            Axiom,
            st.sampled_from(["square root", "special values", "square of vector", "none"]),
            some_terms,
            st.lists(st.sampled_from("uv"), max_size=2).map(tuple),
            several,
            inside,
        ),
        st.builds(Instance, statements, proofs, some_terms, several, st.lists(proofs, max_size=1).map(tuple), inside),
        st.builds(Contradiction, inside),
        st.builds(Between, inside, inside),
        st.builds(Apart, signs, inside),
    )


evidence: st.SearchStrategy[Evidence] = st.recursive(st.one_of(combinations, sturms, balls), compound, max_leaves=4)
proofs = st.builds(Proof, st.lists(evidence, max_size=2).map(tuple), evidence)
roots = st.builds(Root, st.lists(fractions, max_size=4).map(tuple), fractions, fractions)
witnesses = st.builds(
    Witness,
    st.lists(fractions | roots, max_size=3).map(tuple),
    st.lists(st.lists(fractions, max_size=2).map(tuple), max_size=2).map(tuple),
)

words = st.sampled_from(
    ["rational", "variable", "sum", "product", "power", "apply", "sqrt", "Combination", "Cell", "1/2", "x", "<="]
)
json_data = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**9), 10**9),
        st.floats(allow_nan=False),
        st.text(max_size=4),
        words,
    ),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(st.text(max_size=3), inside, max_size=2),
    max_leaves=12,
)
