"""Documents: each triple has one home, and what is borrowed makes them readable alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.publish.documents import Document, Kind, documents, near, owned, turtle, view
from buendnis_graph.publish.documents.survey import survey
from buendnis_graph.store import consolidate
from buendnis_graph.store.shards import line_of
from tests.mini import MiniProject
from tests.publish.places import places


def _named(published: list[Document], path: str) -> Document:
    return next(document for document in published if document.path == path)


def test_every_triple_has_exactly_one_home(graph: Graph, published: list[Document]) -> None:
    view = Counter(quad.triple for quad in consolidate(graph.store))
    assert Counter(triple for document in published for triple in document.own) == view


def _own(found: Iterable[Document]) -> list[tuple[str, list[ox.Triple]]]:
    return [(document.iri, [*document.own]) for document in found]


def test_what_is_at_home_in_documents_is_found_all_at_once_too(graph: Graph, published: list[Document]) -> None:
    assert [*owned(graph.store)] == [*owned(graph.store, graph.view_lines())] == _own(published)


def test_no_value_is_at_another_place_when_all_are_sorted_at_once() -> None:
    texts = ["", "a", "a ", "a\0", "a\x01", 'a"', "a\\", "a\n", "a\r", "a\t.", "ä", "\U0001f600", "\uffff", " ."]
    values = [ox.Literal(text, language=language) for text in texts for language in (None, "de", "de-at", "en")]
    texts += ["1", "007", "true", "2024-01-01", "1.50"]
    kinds = [expand(f"xsd:{name}") for name in ("date", "integer", "boolean", "decimal")]
    values += [ox.Literal(text, datatype=kind) for text in texts for kind in kinds]
    subjects = [ox.NamedNode(f"{BASE}{path}") for path in ("id/a", "id/a-b", "id/ab", "id/a#part", "id/ä")]
    store = ox.Store()
    store.extend(ox.Quad(subject, expand("rdfs:label"), value) for subject in subjects for value in values)
    lines = sorted(line_of(quad.triple) for quad in consolidate(store))
    assert [*owned(store)] == [*owned(store, lines)] == _own(documents(store))


def test_documents_are_sorted_and_what_is_borrowed_is_not_own(graph: Graph, published: list[Document]) -> None:
    view = {quad.triple for quad in consolidate(graph.store)}
    paths = [document.path for document in published]
    assert paths == sorted(set(paths))
    for document in published:
        assert set(document.borrowed) <= view - set(document.own)
        assert list(document.triples) == sorted(document.triples, key=str)
        assert document.iri == BASE + document.path
        assert set(document.title) == {"de", "en"}
        assert all(document.title.values())


def test_the_order_of_the_input_does_not_matter(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", publisher="x", issued="2024")
    mini.attest("two", "b", "x")
    store = mini.derived()
    lines = [line_of(quad.triple) for quad in consolidate(store)]
    lines.sort()  # those of a subject together
    surveys = [survey(store, order) for order in (None, lines, lines[::-1])]
    assert all(one == surveys[0] for one in surveys)
    other = ox.Store()
    other.extend([*store][::-1])
    assert list(documents(store)) == list(documents(other)) == list(documents(store, lines))
    assert [*owned(store)] == [*owned(store, lines[::-1])] == _own(documents(store))


def test_documents_are_the_same_from_the_store_and_from_its_lines(graph: Graph, published: list[Document]) -> None:
    assert list(documents(graph.store, graph.view_lines(), graph.lines_of)) == published


@pytest.mark.parametrize("few", [0, 1, 3])
def test_how_many_are_read_at_once_does_not_matter(
    few: int, mini: MiniProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    mini.attest("one", "a", "x", publisher="x", issued="2024")
    mini.attest("two", "b", "x")
    store = mini.derived()
    held = list(documents(store))
    monkeypatch.setattr(view, "_FEW", few)
    assert list(documents(store)) == held


def test_what_was_let_go_is_read_again(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.attest("one", "a", "x")
    mini.attest("two", "b", "x")
    store = mini.derived()
    held = list(documents(store))
    lines = sorted(line_of(quad.triple) for quad in consolidate(store))
    monkeypatch.setattr(near, "_MUCH", 0)
    assert list(documents(store)) == held
    assert (
        list(documents(store, lines, lambda iri: b"".join(x for x in lines if x.startswith(f"<{iri}> ".encode()))))
        == held
    )


def test_a_survey_tells_where_everything_is(graph: Graph, published: list[Document]) -> None:
    found = survey(graph.store, graph.view_lines())
    assert list(found.documents) == [document.iri for document in published]
    where = places(published)
    elsewhere = {iri for iri, place in where.items() if iri.startswith(BASE) and "#" not in iri and "#" in place}
    assert found.elsewhere.keys() == elsewhere
    assert {iri: where[iri].partition("#")[0] for iri in elsewhere} == {
        iri: home.removeprefix(BASE) for iri, home in found.elsewhere.items()
    }
    uses: dict[str, str] = {}
    for subject, predicate, value in (triple for document in published for triple in document.own):
        for term in (predicate.value, *([value.value] if predicate == RDF_TYPE else [])):
            uses[term] = min(uses.get(term, subject.value), subject.value)
    assert found.uses == uses


def test_a_body_s_document_tells_its_memberships_with_their_sources(published: list[Document]) -> None:
    alliance = _named(published, "id/netzwerk-tolerantes-sachsen")
    assert alliance.kind is Kind.ALLIANCE
    triples = set(alliance.triples)
    subjects = {t.subject for t in triples}
    memberships = {t.subject for t in triples if t.predicate == expand("org:organization")}
    assert len(memberships) > 40
    attested = {t.object for t in triples if t.predicate == expand("bg:attestation")}
    assert attested <= subjects
    sources = {t.object for t in triples if t.subject in attested and t.predicate == expand("dcterms:source")}
    addressed = {t.subject for t in triples if t.predicate == expand("schema:url")}
    assert sources <= addressed
    named = {t.subject for t in triples if t.predicate == expand("skos:prefLabel")}
    assert {t.object for t in triples if t.predicate in (expand("org:member"), expand("org:role"))} <= named


def test_kinds_follow_classes(published: list[Document]) -> None:
    kinds = Counter(document.kind for document in published)
    assert set(kinds) == set(Kind)
    assert _named(published, "topic/integration").kind is Kind.TOPIC
    assert _named(published, "role/member").kind is Kind.CODE
    assert _named(published, "ontology").kind is Kind.ONTOLOGY


def test_nodes_without_a_document_are_found_on_the_page_of_what_they_are_about(published: list[Document]) -> None:
    where = places(published)
    paths = {*where.values()}
    assert len(paths) == len(where)
    assert {"ontology#Alliance", "ontology#org:Membership", "judgement/same"} <= paths
    codings = [iri for iri in where if iri.startswith(f"{BASE}coding/topic/")]
    assert codings
    assert all(where[iri].startswith("id/") for iri in codings)


def test_a_circle_of_nodes_about_each_other_is_at_home_somewhere() -> None:
    one, two = (ox.NamedNode(f"{BASE}statement/{n}") for n in "ab")
    circle = [ox.Quad(one, expand("rdf:subject"), two), ox.Quad(two, expand("rdf:subject"), one)]
    store = ox.Store()
    store.extend(circle)
    found = list(documents(store))
    assert {t for d in found for t in d.own} == {q.triple for q in circle}
    assert [*owned(store)] == _own(found)


def test_what_is_said_in_odd_places_has_a_home(mini: MiniProject) -> None:
    mini.attest("one", "a", "x")
    store = mini.derived()
    source = next(one.iri for one in documents(store) if one.kind is Kind.SOURCE)
    label, thing = expand("rdfs:label"), ox.NamedNode(f"{BASE}id/a#part")
    odd = [
        ox.Quad(ox.NamedNode(BASE), label, ox.Literal("the base")),
        ox.Quad(thing, label, ox.Literal("a part")),
        ox.Quad(ox.NamedNode(f"{source}#elsewhere"), label, ox.Literal("said in no graph of its source")),
        ox.Quad(ox.NamedNode(f"{BASE}statement/odd"), expand("rdf:subject"), ox.NamedNode(f"{BASE}id/a#not-there")),
        ox.Quad(ox.NamedNode("https://example.org/"), label, ox.Literal("of somebody else")),
    ]
    store.extend(odd)
    found = list(documents(store))
    view = Counter(quad.triple for quad in consolidate(store))
    assert Counter(triple for document in found for triple in document.own) == view
    assert [*owned(store)] == _own(found)
    assert {odd[1].triple, odd[3].triple} <= {*next(one.own for one in found if one.iri == f"{BASE}id/a")}


def test_turtle_says_the_same_and_begins_with_the_thing(published: list[Document]) -> None:
    for document in published:
        text = turtle(document)
        read = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
        assert len(read) == len(document.triples)
        assert {quad.triple for quad in read} == set(document.triples)
        assert read[0].subject == ox.NamedNode(document.iri)
