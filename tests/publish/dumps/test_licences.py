"""What a dump under CC0 leaves out: graphs under another licence, and what is derived from them alone."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import LayoutError
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.store import named_graphs

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
FREE, BOUND, DERIVED = (f"{BASE}graph/{name}" for name in ("free", "bound", "derived/rule"))
SAYS = expand("schema:sameAs")
THINGS = [f"{BASE}id/{letter}" for letter in "abcde"]
FACTS = st.sets(st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS), st.sampled_from([FREE, BOUND, DERIVED])))


def _store(facts: set[tuple[str, str, str]], licences: dict[str, str]) -> ox.Store:
    store = ox.Store()
    for graph, licence in licences.items():
        store.add(ox.Quad(ox.NamedNode(graph), expand("dcterms:license"), ox.NamedNode(licence)))
    for subject, value, graph in facts:
        store.add(ox.Quad(ox.NamedNode(subject), SAYS, ox.NamedNode(value), ox.NamedNode(graph)))
    return store


@given(FACTS)
def test_nothing_that_only_a_bound_graph_names_is_left(facts: set[tuple[str, str, str]]) -> None:
    store = _store(facts, {FREE: CC0, BOUND: CC_BY, DERIVED: CC0})
    free = set(Licences(store).free(named_graphs(store)))
    told = {graph: {term for s, o, g in facts if g == graph for term in (s, o)} for graph in (FREE, BOUND)}
    bound = told[BOUND] - told[FREE]
    for subject, value, graph in facts:
        quad = ox.Quad(ox.NamedNode(subject), SAYS, ox.NamedNode(value), ox.NamedNode(graph))
        assert (quad in free) == (graph != BOUND and not {subject, value} & bound)


def test_all_under_cc0_is_left_as_it_is() -> None:
    store = _store({(THINGS[0], THINGS[1], FREE)}, {FREE: CC0})
    licences = Licences(store)
    assert (licences.strictest, licences.by_graph, licences.bound) == (CC0, {}, frozenset())
    assert set(licences.free(store)) == set(store)


def test_a_table_is_under_the_licence_of_what_it_names() -> None:
    licences = Licences(
        _store({(THINGS[0], THINGS[1], BOUND), (THINGS[0], THINGS[2], FREE)}, {FREE: CC0, BOUND: CC_BY})
    )
    assert licences.of_text(f"x,{THINGS[1]}") == CC_BY
    assert licences.of_text(f"x,{THINGS[0]}") == CC0


def test_several_licences_beside_cc0_need_a_decision() -> None:
    other = "https://creativecommons.org/licenses/by-sa/4.0/"
    store = _store({(THINGS[0], THINGS[1], FREE), (THINGS[0], THINGS[2], BOUND)}, {FREE: other, BOUND: CC_BY})
    with pytest.raises(LayoutError, match="several licences"):
        _ = Licences(store).strictest
