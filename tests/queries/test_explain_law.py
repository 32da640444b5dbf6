"""The explanation of a row is that of a plain reference: try all triples for all patterns, keep what fits."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.namespaces import expand
from buendnis_graph.queries import Table, answer
from buendnis_graph.queries.explain import explain

NODES = tuple(f"http://e/n{number}" for number in range(4))
PREDICATES = ("http://e/p", "http://e/q")
TRIPLES = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(NODES)), max_size=8)
ENDS = st.sampled_from(("?a", "?b", "?c", NODES[0]))
PATTERNS = st.lists(st.tuples(ENDS, st.sampled_from(PREDICATES), ENDS), min_size=1, max_size=3).filter(
    lambda patterns: any("?a" in pattern for pattern in patterns)
)
FORMS = (
    "SELECT ?a { %s }",
    "SELECT DISTINCT ?a { %s } ORDER BY ?a",
    "SELECT ?a (COUNT(*) AS ?n) { %s } GROUP BY ?a",
    "SELECT (COUNT(?a) AS ?n) { %s } GROUP BY ?a",
    "SELECT ?a { { SELECT ?a { %s } } }",
    "SELECT ?a { { SELECT ?a (COUNT(*) AS ?n) { %s } GROUP BY ?a } FILTER(?n > 0) }",
)


def _fits(patterns: list[tuple[str, str, str]], triples: tuple[tuple[str, str, str], ...]) -> str | None:
    """Return what ``?a`` is if each triple fits its pattern and all agree, else None."""
    bound: dict[str, str] = {}
    for pattern, triple in zip(patterns, triples, strict=True):
        for wanted, found in zip(pattern, triple, strict=True):
            if (bound.setdefault(wanted, found) if wanted.startswith("?") else wanted) != found:
                return None
    return bound["?a"]


@settings(deadline=None)
@given(triples=TRIPLES, patterns=PATTERNS, form=st.sampled_from(FORMS))
def test_every_derivation_and_no_other_is_behind_a_row(
    triples: set[tuple[str, str, str]], patterns: list[tuple[str, str, str]], form: str
) -> None:
    expected: dict[str, set[str]] = {}
    for chosen in product(triples, repeat=len(patterns)):
        a = _fits(patterns, chosen)
        if a is not None:
            expected.setdefault(a, set()).update(f"{subject}/source" for subject, _, _ in chosen)
    store = ox.Store()
    for subject, predicate, thing in triples:
        store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(thing)))
        store.add(ox.Quad(ox.NamedNode(subject), expand("dcterms:source"), ox.NamedNode(f"{subject}/source")))
    pattern = " ".join(f"{_text(s)} <{p}> {_text(o)} ." for s, p, o in patterns)
    sparql = form % pattern
    table = answer(store, sparql)
    assert isinstance(table, Table)
    found = [{origin.iri for origin in row} for row in explain(store, sparql, table).rows]
    if "?a" in form.partition("{")[0].replace("(COUNT(?a)", ""):
        assert found == [expected[row["a"].value] for row in table if row["a"] is not None]
        assert {row["a"].value for row in table if row["a"] is not None} == set(expected)
    else:
        assert sorted(map(sorted, found)) == sorted(map(sorted, expected.values()))


def _text(end: str) -> str:
    return end if end.startswith("?") else f"<{end}>"
