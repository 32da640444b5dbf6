"""The service says what it is and what its default graph is, as SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE
from tests.serve.live import Live

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"


def described(live: Live, accept: str = "text/turtle") -> ox.Store:
    got = live.ask(accept=accept)
    assert (got.status, got.type) == (200, accept)
    store = ox.Store()
    store.load(got.body, format=ox.RdfFormat.from_media_type(accept))
    return store


def one(store: ox.Store, subject: ox.NamedNode, predicate: str) -> ox.NamedNode:
    (quad,) = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    assert isinstance(quad.object, ox.NamedNode)
    return quad.object


def test_the_description(live: Live) -> None:
    store = described(live)
    endpoint = ox.NamedNode(f"http://127.0.0.1:{live.port}/sparql")
    assert one(store, endpoint, f"{SD}endpoint") == endpoint
    assert one(store, endpoint, f"{SD}supportedLanguage").value == f"{SD}SPARQL11Query"
    default = one(store, one(store, endpoint, f"{SD}defaultDataset"), f"{SD}defaultGraph")
    says = [
        q.object for q in store.quads_for_pattern(default, ox.NamedNode("http://purl.org/dc/terms/description"), None)
    ]
    assert any("consolidated view" in str(text) for text in says)
    names = {q.object.value for q in store.quads_for_pattern(None, ox.NamedNode(f"{SD}name"), None)}  # type: ignore[union-attr]
    rows = live.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", accept="text/csv").text.split()[1:]
    assert names == set(rows)


def test_the_data_set_is_described_and_its_size_is_right(live: Live) -> None:
    store = described(live)
    (size,) = store.quads_for_pattern(ox.NamedNode(f"{BASE}dataset"), ox.NamedNode(f"{VOID}triples"), None)
    assert isinstance(size.object, ox.Literal)
    got = live.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", accept="text/csv").text.split()
    assert got == ["n", size.object.value]


@pytest.mark.parametrize("accept", ["application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_all_formats_say_the_same(live: Live, accept: str) -> None:
    assert {q.triple for q in described(live, accept)} == {q.triple for q in described(live)}


def test_it_is_not_sent_again(live: Live) -> None:
    tag = live.ask(accept="text/turtle").headers["etag"]
    assert live.ask(accept="text/turtle", if_none_match=tag).status == 304
