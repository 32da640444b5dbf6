"""What pages tell search engines: right classes, and nothing that could leave its script element."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.jsonld.schema_org import about, breadcrumbs, in_script
from buendnis_graph.publish.site.view import View
from tests.publish.jsonld.test_values import HOSTILE


def _named(published: list[Document], path: str) -> Document:
    return next(document for document in published if document.path == path)


@pytest.mark.parametrize(
    ("path", "of"),
    [
        ("id/netzwerk-tolerantes-sachsen", "NGO"),
        ("id/adis", "Organization"),
        ("topic/integration", "DefinedTerm"),
        ("topic", "DefinedTermSet"),
        ("id/ags-14", "Place"),
        ("dataset", "Dataset"),
    ],
)
def test_things_have_the_classes_that_search_engines_read(published: list[Document], path: str, of: str) -> None:
    document = _named(published, path)
    for language in ("de", "en"):
        told = about(document, language)
        assert told is not None
        assert (told["@context"], told["@type"], told["@id"]) == ("https://schema.org", of, document.iri)
        assert told["name"] == document.title[language]


def test_an_alliance_tells_its_members_by_name_and_its_founding(published: list[Document]) -> None:
    told = about(_named(published, "id/netzwerk-tolerantes-sachsen"), "de")
    assert told is not None
    assert told["foundingDate"] == "2001"
    assert len(told["member"]) > 40
    assert {"@type": "Organization", "@id": f"{BASE}id/bon-courage", "name": "Bon Courage"} in told["member"]


def test_the_data_set_has_what_a_data_set_search_needs(published: list[Document]) -> None:
    for language in ("de", "en"):
        told = about(_named(published, "dataset"), language)
        assert told is not None
        assert {"name", "description", "license", "version", "datePublished", "keywords"} <= set(told)
        assert 50 <= len(told["description"]) <= 5000


def test_what_search_engines_have_no_class_for_tells_nothing(published: list[Document]) -> None:
    kinds = {document.kind for document in published if about(document, "de") is None}
    assert kinds == set(Kind) - {Kind.ALLIANCE, Kind.ORGANISATION, Kind.TOPIC, Kind.CODE, Kind.PLACE, Kind.DATASET}


def test_the_view_tells_what_the_document_tells(published: list[Document]) -> None:
    view = View(triple for document in published for triple in document.own)
    told = [about(document, "en") for document in published]
    assert [about(document, "en", view.values) for document in published] == told


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_leaves_its_script_element(name: str) -> None:
    thing = ox.NamedNode(f"{BASE}id/x")
    label = ox.Triple(thing, expand("skos:altLabel"), ox.Literal(name, language="de"))
    document = Document(thing.value, "id/x", Kind.ALLIANCE, {"de": name, "en": name}, (label,), ())
    told = about(document, "de")
    assert told is not None
    text = in_script([told, breadcrumbs([("Start", "https://example.org/"), (name, thing.value)])])
    assert not set("<>&\u2028\u2029\u202e\u2066") & set(text)
    first, way = json.loads(text)
    assert first["alternateName"] == name
    assert way["itemListElement"][1] == {"@type": "ListItem", "position": 2, "name": name, "item": thing.value}
