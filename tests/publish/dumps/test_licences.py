"""What is under CC0: what can be built without the graphs under other licences."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.build import build
from buendnis_graph.derive import Rule, derive_from
from buendnis_graph.errors import LayoutError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.dumps import write_dumps
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.dumps.licences import GRAPHS as GRAPHS_FILE
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.store import consolidate, named_graphs
from buendnis_graph.store.shards import Differences
from tests.mini import MiniProject
from tests.publish.site.conftest import small_project
from tests.publish.small import publishable
from tests.renew.edits import EDITS, Edit, edited

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
DL_DE = "https://www.govdata.de/dl-de/by-2-0"
FREE, BOUND, ABOUT, DERIVED = (f"{BASE}graph/{name}" for name in ("registry", "codings", "dataset", "derived/rule"))
GRAPHS = {FREE: CC0, BOUND: CC_BY, ABOUT: CC0, DERIVED: CC0}
SAYS, FOLLOWS = expand("schema:sameAs"), expand("rdfs:seeAlso")
THINGS = [*(ox.NamedNode(f"{BASE}id/{letter}") for letter in "abcd"), ox.Literal("2020"), ox.Literal("2021")]
FACTS = st.sets(st.tuples(st.sampled_from(THINGS[:4]), st.sampled_from(THINGS), st.sampled_from([FREE, BOUND])))
RULE = Rule("rule", f"CONSTRUCT {{ ?s {FOLLOWS} ?o }} WHERE {{ ?s {SAYS}/{SAYS}? ?o }}", Path("10-rule.rq"))


def _said(facts: set[tuple[ox.NamedNode, ox.NamedNode | ox.Literal, str]], graphs: dict[str, str]) -> list[ox.Quad]:
    licences = [
        ox.Quad(ox.NamedNode(graph), expand("dcterms:license"), ox.NamedNode(licence), ox.NamedNode(ABOUT))
        for graph, licence in graphs.items()
    ]
    return [*licences, *(ox.Quad(subject, SAYS, value, ox.NamedNode(graph)) for subject, value, graph in facts)]


def _licences(facts: set[tuple[ox.NamedNode, ox.NamedNode | ox.Literal, str]], graphs: dict[str, str]) -> Licences:
    return Licences(derive_from(_said(facts, graphs), [RULE]), [RULE])


@given(FACTS)
def test_free_is_what_follows_without_the_bound_graphs(
    facts: set[tuple[ox.NamedNode, ox.NamedNode | ox.Literal, str]],
) -> None:
    licences = _licences(facts, GRAPHS)
    said = {(subject, value) for subject, value, graph in facts if graph == FREE}
    further = {(subject, value) for subject, middle in said for start, value in said if start == middle}
    found = {(q.subject, q.object) for q in named_graphs(licences.free) if q.graph_name.value == DERIVED}  # type: ignore[union-attr]
    assert found == said | further
    assert not any(quad.graph_name.value == BOUND for quad in named_graphs(licences.free))  # type: ignore[union-attr]
    for triple in (quad.triple for quad in consolidate(licences._store)):
        is_free = ox.Quad(*triple) in licences.free
        assert licences.of_triples([triple]) == ((CC0,) if is_free else (CC_BY,))


def test_all_under_cc0_is_left_as_it_is() -> None:
    licences = _licences({(THINGS[0], THINGS[1], FREE)}, {graph: CC0 for graph in GRAPHS if graph != BOUND})  # type: ignore[arg-type]
    assert (licences.strictest, licences.by_graph, licences.bound) == (CC0, {}, frozenset())
    assert licences.free is licences._store


@pytest.mark.parametrize("stated", [[], [CC0, CC_BY], [CC_BY, CC0]])
def test_a_graph_without_exactly_one_licence_is_refused(stated: list[str]) -> None:
    quads = _said({(THINGS[0], THINGS[1], BOUND)}, {FREE: CC0, ABOUT: CC0})  # type: ignore[arg-type]
    quads += [q for licence in stated for q in _said(set(), {BOUND: licence})]
    with pytest.raises(LayoutError, match=f"{BOUND}> has (0|2) licences, not exactly one"):
        _ = Licences(derive_from(quads, []), []).by_graph


def test_several_licences_beside_cc0_need_a_decision() -> None:
    facts = {(THINGS[0], THINGS[1], graph) for graph in (FREE, BOUND)}
    licences = _licences(facts, {FREE: DL_DE, BOUND: CC_BY, ABOUT: CC0, DERIVED: CC0})  # type: ignore[arg-type]
    assert licences.others == (CC_BY, DL_DE)
    with pytest.raises(LayoutError, match=f"several beside CC0: <{BOUND}> under {CC_BY}; <{FREE}> under {DL_DE}"):
        _ = licences.strictest


def test_a_date_and_a_membership_of_a_source_under_cc_by_are_not_under_cc0(mini: MiniProject, tmp_path: Path) -> None:
    """Both are said of bodies that free graphs name too, and in values that these hold as well."""
    publishable(mini)
    for slug in ("one", "three"):  # says who belongs to x since when; says when x was founded
        path = mini.data / "sources" / "example.org" / slug / "2026-11-22.trig"
        path.write_text(path.read_text(encoding="utf-8").replace(CC0, CC_BY), encoding="utf-8")
    mini.source("four", 'id:y schema:foundingDate "2019-05"^^xsd:gYearMonth .')
    build(mini)
    graph = Graph(mini)
    manifest = write_dumps(graph, "0.1.0", tmp_path, ["ntriples", "csv", "network"])
    free = set(consolidate(Licences.of(graph).free))
    x, founded = ox.NamedNode(BASE + "id/x"), expand("schema:foundingDate")
    whole = {quad.triple for quad in consolidate(graph.store)}
    assert any(triple.subject == x and triple.predicate == founded for triple in whole)
    assert not any(quad.subject == x and quad.predicate == founded for quad in free)
    assert not any("membership/x/a" in str(quad) or "statement/x/" in str(quad) for quad in free)
    assert any("membership/x/b" in str(quad) for quad in free)
    by = {dump.path.rpartition("/")[2]: dump.licence for dump in manifest.dumps if dump.complete}
    assert by["incidence.csv"] == by["bodies.csv"] == by["memberships.graphml"] == CC_BY
    assert by["topics.csv"] == CC0
    _is_kept_with_the_build(graph)


def _is_kept_with_the_build(graph: Graph) -> None:
    kept, found = Licences.of(graph, current=True), Licences.of(graph)
    assert kept.bound == found.bound != frozenset()
    assert ("free" in vars(kept), "free" in vars(found)) == (False, True)
    path = graph.folder / "not-cc0.nt"
    whole = path.read_text(encoding="utf-8")
    lines = [*sorted(f"{triple} ." for triple in found.bound), f"# {len(found.bound)} triples"]
    assert whole.splitlines() == lines
    first = whole.index("\n") + 1
    for damaged in ("damaged", "", whole[:first], whole[first:], whole[: whole.rindex("#")], "# 0 triples"):
        path.write_text(damaged, encoding="utf-8")
        assert Licences.of(graph, current=True).bound == found.bound
        assert path.read_text(encoding="utf-8") == whole


def _under(path: str, old: str, new: str) -> Edit:
    """Put a source under another licence."""

    def edit(project: MiniProject) -> None:
        file = project.data / "sources" / "example.org" / path / "2026-11-22.trig"
        if file.is_file():
            file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")

    return edit


@pytest.fixture(scope="module")
def edited_project(tmp_path_factory: pytest.TempPathFactory) -> MiniProject:
    """A small project, to be edited on and on."""
    project = small_project(tmp_path_factory.mktemp("licences"))
    build(project)
    return project


_SOURCES = st.sampled_from(["p1", "p2", "p3", "s1", "s2"])
LICENSED = st.builds(_under, _SOURCES, *(st.sampled_from([CC0, CC_BY]) for _ in range(2)))


@settings(max_examples=3)
@given(edits=st.lists(st.one_of(EDITS, LICENSED), min_size=3, max_size=6))
def test_after_any_edits_renewed_licences_of_graphs_equal_those_found_in_all(
    edits: list[Edit], edited_project: MiniProject
) -> None:
    before = Graph(edited_project).folder
    for edit in edits:
        now = edited(edited_project, edit)
        if now is None:
            continue
        with suppress(NotLocalError):  # the graphs are known even if it is not which triples are bound
            Licences.of(Graph(edited_project), current=True).renew(Differences(before, now))
        assert (now / GRAPHS_FILE).is_file()
        kept, found = (Licences.of(Graph(edited_project), current=current).by_graph for current in (True, False))
        assert kept == found
        before = now


def test_kept_licences_of_graphs_that_are_damaged_are_found_again(mini: MiniProject) -> None:
    publishable(mini)
    _under("one", CC0, CC_BY)(mini)
    build(mini)
    graph = Graph(mini)
    found, path = Licences.of(graph).by_graph, graph.folder / GRAPHS_FILE
    assert not path.exists()
    for damaged in ("damaged", "", "[]", '{"a": 1}'):
        path.write_text(damaged, encoding="utf-8")
        assert Licences.of(graph, current=True).by_graph == found != {}
        assert json.loads(path.read_text("utf-8")) == found
