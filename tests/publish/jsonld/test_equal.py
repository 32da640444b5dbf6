"""The JSON-LD of every document says what its Turtle says, whoever reads it; and is what our schemas say."""

from __future__ import annotations

import io
import json

import jsonschema
import pytest
from pyld import jsonld

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import Document, Kind, documents
from buendnis_graph.publish.jsonld import files, of_document, write_whole_graph
from buendnis_graph.publish.jsonld.frames import frame
from buendnis_graph.publish.jsonld.schemas import schema
from buendnis_graph.store import consolidate
from tests.mini import MiniProject
from tests.publish.jsonld.readers import by_pyld, by_pyoxigraph, by_rdflib, load, n_triples


def _framed(document: Document) -> set[str]:
    return by_pyld(jsonld.frame(json.loads(of_document(document)), frame(document.kind), {"documentLoader": load}))


def _some(published: list[Document]) -> list[Document]:
    """Return the first documents of each kind and every fortieth."""
    first = [document for kind in Kind for document in [d for d in published if d.kind is kind][:3]]
    return [*first, *published[::40]]


def test_pyld_reads_every_document_as_its_turtle(published: list[Document]) -> None:
    for document in published:
        assert by_pyld(json.loads(of_document(document))) == n_triples(document.triples), document.path


def test_pyoxigraph_reads_every_document_as_its_turtle(published: list[Document]) -> None:
    for document in published:
        assert by_pyoxigraph(of_document(document)) == n_triples(document.triples), document.path


def test_rdflib_reads_documents_as_their_turtle(published: list[Document]) -> None:
    for document in _some(published):
        assert by_rdflib(of_document(document)) == n_triples(document.triples), document.path


@pytest.mark.system  # minutes
def test_rdflib_reads_every_document_as_its_turtle(published: list[Document]) -> None:
    for document in published:
        assert by_rdflib(of_document(document)) == n_triples(document.triples), document.path


def test_a_frame_keeps_all_that_a_document_says(published: list[Document]) -> None:
    for document in _some(published):
        assert _framed(document) == n_triples(document.triples), document.path


@pytest.mark.system  # minutes
def test_a_frame_keeps_all_that_every_tenth_document_says(published: list[Document]) -> None:
    for document in published[::10]:
        assert _framed(document) == n_triples(document.triples), document.path


def test_documents_are_as_their_schemas_say(published: list[Document]) -> None:
    _are_as_their_schemas_say(_some(published))


@pytest.mark.system  # minutes
def test_every_fourth_document_is_as_its_schema_says(published: list[Document]) -> None:
    _are_as_their_schemas_say(published[::4])


def _are_as_their_schemas_say(some: list[Document]) -> None:
    checks = {kind: jsonschema.Draft202012Validator(schema(kind)) for kind in Kind}
    for document in some:
        error = jsonschema.exceptions.best_match(checks[document.kind].iter_errors(json.loads(of_document(document))))
        assert error is None, f"{document.path}: {error.json_path}: {error.message}"


def test_schemas_are_schemas_and_refuse_what_is_wrong(published: list[Document]) -> None:
    for kind in Kind:
        jsonschema.Draft202012Validator.check_schema(schema(kind) | {"$defs": {}})
    jsonschema.Draft202012Validator.check_schema(schema(Kind.ALLIANCE))  # the definitions are the same in all
    alliance = json.loads(of_document(next(d for d in published if d.path == "id/netzwerk-tolerantes-sachsen")))
    check = jsonschema.Draft202012Validator(schema(Kind.ALLIANCE))
    assert check.is_valid(alliance)
    wrong = [
        {**alliance, "id": 1},
        {**alliance, "type": ["Organization"]},
        {**alliance, "prefLabel": "Netzwerk"},
        {**alliance, "unknownKey": "x"},
        {**alliance, "foundingDate": "2001"},
        {**alliance, "memberships": [{**alliance["memberships"][0], "attestation": []}]},
        {**alliance, "memberships": [{**alliance["memberships"][0], "countsAsMember": "yes"}]},
        {key: value for key, value in alliance.items() if key != "prefLabel"},
    ]
    assert [check.is_valid(document) for document in wrong] == [False] * len(wrong)


def test_an_alliance_is_a_tree_with_sources_inside(published: list[Document]) -> None:
    alliance = json.loads(of_document(next(d for d in published if d.path == "id/netzwerk-tolerantes-sachsen")))
    assert list(alliance)[:4] == ["@context", "id", "type", "prefLabel"]
    assert "included" not in alliance
    attestations = [a for membership in alliance["memberships"] for a in membership["attestation"]]
    assert len(attestations) > 40
    assert all(a["source"][0]["id"] for a in attestations)
    assert any("url" in a["source"][0] for a in attestations)


def test_only_the_ontology_is_no_tree(published: list[Document]) -> None:
    assert {d.kind for d in published if '"included"' in of_document(d)} == {Kind.ONTOLOGY}


def test_the_whole_graph_is_the_consolidated_view(graph: Graph) -> None:
    file = io.StringIO()
    write_whole_graph(graph.store, file)
    view = n_triples(quad.triple for quad in consolidate(graph.store))
    assert by_pyoxigraph(file.getvalue()) == view
    assert by_pyld(json.loads(file.getvalue())) == view


def test_files_beside_the_documents_are_json() -> None:
    published = files()
    assert next(iter(published)) == "context/v1.jsonld"
    assert len(published) == 1 + 2 * len(Kind)
    assert all(json.loads(text) for text in published.values())


def test_judgements_on_names_stand_with_the_body_that_they_are_about(mini: MiniProject) -> None:
    mini.write(
        "data/codings/names/a.ttl",
        f"<{BASE}coding/name/a/verein-a> a bg:NameJudgement ; bg:judgedName 'Verein A' ; bg:judgedBody id:a ; "
        "bg:judgement judgement:same ; bg:basis basis:reader ; dcterms:date '2026-11-25'^^xsd:date .\n",
    )
    (body,) = [document for document in documents(mini.derived()) if document.path == "id/a"]
    text = of_document(body)
    assert json.loads(text)["nameJudgements"][0]["judgedName"] == "Verein A"
    assert by_pyld(json.loads(text)) == _framed(body) == n_triples(body.triples)
    assert jsonschema.Draft202012Validator(schema(body.kind)).is_valid(json.loads(text))
