"""Documents: each triple has one home, and what is borrowed makes them readable alone."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.documents import Document, Kind, anchor, documents, turtle, view_of
from buendnis_graph.publish.documents.homes import find_homes
from buendnis_graph.publish.documents.tables import borrowing
from buendnis_graph.publish.documents.view import View
from buendnis_graph.store import consolidate
from tests.mini import MiniProject


def _named(published: list[Document], path: str) -> Document:
    return next(document for document in published if document.path == path)


def test_every_triple_has_exactly_one_home(graph: Graph, published: list[Document]) -> None:
    view = Counter(quad.triple for quad in consolidate(graph.store))
    assert Counter(triple for document in published for triple in document.own) == view


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
    triples = [quad.triple for quad in consolidate(store)]
    views = [View(order, borrowing().inverse_properties) for order in (triples, triples[::-1], triples * 2)]
    assert views[0].triples == views[1].triples == views[2].triples
    assert views[0].ranges == views[1].ranges == views[2].ranges
    assert [turtle(document) for document in documents(store)] == [turtle(document) for document in documents(store)]


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


def test_nodes_without_a_document_are_found_on_the_page_of_what_they_are_about(graph: Graph) -> None:
    where = find_homes(view_of(graph.store))
    paths = {f"{home.removeprefix(BASE)}#{anchor(iri)}" for iri, home in where.items()}
    assert len(paths) == len(where)
    assert {"ontology#Alliance", "ontology#org:Membership", "judgement/same#judgement/same"} <= paths
    codings = [iri for iri in where if iri.startswith(f"{BASE}coding/topic/")]
    assert codings
    assert all(where[iri].startswith(f"{BASE}id/") for iri in codings)


def test_a_circle_of_nodes_about_each_other_is_at_home_somewhere() -> None:
    one, two = (ox.NamedNode(f"{BASE}statement/{n}") for n in "ab")
    circle = [ox.Quad(one, expand("rdf:subject"), two), ox.Quad(two, expand("rdf:subject"), one)]
    store = ox.Store()
    store.extend(circle)
    found = list(documents(store))
    assert {t for d in found for t in d.own} == {q.triple for q in circle}


def test_turtle_says_the_same_and_begins_with_the_thing(published: list[Document]) -> None:
    for document in published:
        text = turtle(document)
        read = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
        assert len(read) == len(document.triples)
        assert {quad.triple for quad in read} == set(document.triples)
        assert read[0].subject == ox.NamedNode(document.iri)
