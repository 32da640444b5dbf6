"""The index holds all that is published, with all its names, and is a script that does no harm."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Kind, documents
from buendnis_graph.publish.search import Entry, Found, entries, found_in, index, script
from buendnis_graph.publish.search.entries import QUERY, TERM, Name
from buendnis_graph.publish.search.facets import FACETS, Facets, read
from buendnis_graph.publish.search.index import KINDS
from buendnis_graph.publish.search.words import words
from buendnis_graph.queries.catalogue import read_catalogue
from buendnis_graph.settings import Project
from buendnis_graph.wording import LANGUAGES
from tests.mini import MiniProject, rows


@pytest.fixture(scope="module")
def store(graph: Graph) -> ox.Store:
    return graph.store


@pytest.fixture(scope="module")
def published(store: ox.Store) -> list[Found]:
    return [found for found in map(found_in, documents(store)) if found is not None]


@pytest.fixture(scope="module")
def found(facets: Facets, published: list[Found], copy: Project) -> dict[str, Entry]:
    return {entry.path: entry for entry in entries(facets, published, read_catalogue(copy))}


@pytest.fixture(scope="module")
def facets(store: ox.Store) -> Facets:
    return read(store)


def parsed(script: str) -> dict[str, list[list[object]]]:
    match = re.fullmatch(r"var buendnisIndex=(.*);\n", script, re.DOTALL)
    assert match
    data = json.loads(match[1])
    assert isinstance(data, dict)
    return data


def test_every_thing_that_is_published_can_be_found(
    found: dict[str, Entry], published: list[Found], copy: Project, store: ox.Store
) -> None:
    left_out = {Kind.MEMBERSHIP, Kind.PAGE, Kind.GRAPH, Kind.REGISTER_ENTRY}
    for document in published:
        assert (document.path in found) == (document.kind not in left_out), document.path
    assert {p.partition("/")[2] for p, e in found.items() if e.kind == QUERY} == {q.name for q in read_catalogue(copy)}
    terms = {
        iri
        for (iri,) in rows(
            store, "SELECT ?x WHERE { ?x rdfs:label ?l FILTER(LANG(?l) = 'de' && STRSTARTS(STR(?x), STR(bg:))) }"
        )
    }
    assert {e.path.partition("#")[2] for e in found.values() if e.kind == TERM} == {t.partition("#")[2] for t in terms}


def test_all_names_are_there_as_what_they_are(found: dict[str, Entry], store: ox.Store) -> None:
    def said(kind: Name) -> set[tuple[str, str]]:
        return {(p, n) for p, e in found.items() for what, n in e.names if what is kind}

    for path, name in asked(store, "?x bg:formerName ?name"):
        assert (path, name) in said(Name.FORMER)
    for path, name in asked(store, "?x bg:shortName ?name"):
        assert (path, name) in said(Name.ACRONYM) or name in found[path].title.values()
    every = {(p, n.casefold()) for p, e in found.items() for n in (*e.title.values(), *(name for _, name in e.names))}
    patterns = ("?x a org:Organization ; skos:altLabel ?name", "?a org:member ?x ; bg:listedName ?name")
    for pattern in patterns:
        names = asked(store, pattern)
        assert names
        assert {(path, name.casefold()) for path, name in names} <= every


def asked(store: ox.Store, pattern: str) -> set[tuple[str, str]]:
    table = rows(store, f"SELECT ?x ?name WHERE {{ {pattern} }}")
    return {(iri.partition("/buendnis-graph/")[2], name) for iri, name in table}


def test_acronyms_are_told_from_other_names(found: dict[str, Entry]) -> None:
    adb = found["id/antidiskriminierungsbuero-sachsen"]
    assert (Name.ACRONYM, "ADB") in adb.names
    assert (Name.OTHER, "Antidiskriminierungsbüro (ADB) Sachsen") in adb.names


def test_facets_are_those_of_the_graph(found: dict[str, Entry], store: ox.Store) -> None:
    questions = {
        "form": "?x bg:legalForm ?v",
        "topic": "?x a org:Organization ; bg:topic/skos:broader* ?v",
        "land": "?x a org:Organization ; bg:seat|schema:location|schema:areaServed ?p . ?p schema:containedInPlace* ?l . "
        "?l a schema:State ; bg:ags ?v",
    }
    for facet, pattern in questions.items():
        expected = {(path, value.rpartition("/")[2]) for path, value in asked(store, pattern.replace("?v", "?name"))}
        told = {
            (path, value)
            for path, entry in found.items()
            if entry.kind in (Kind.ALLIANCE, Kind.ORGANISATION, Kind.PROGRAMME)
            for value in entry.facets.get(facet, ())
        }
        assert told == expected, facet
    years = {(path, int(day[:4])) for path, day in asked(store, "?x a bg:Source ; dcterms:issued ?name")}
    assert {(p, e.year) for p, e in found.items() if e.kind == Kind.SOURCE and e.year} == years


def test_the_script_holds_each_entry_once_in_a_fixed_order(
    found: dict[str, Entry], facets: Facets, store: ox.Store, published: list[Found], copy: Project
) -> None:
    whole = script(store, published, read_catalogue(copy))
    assert whole == index(found.values(), facets.labels)
    data = parsed(whole)
    assert [row[0] for row in data["docs"]] == sorted(found)
    assert [row[0] for row in data["kinds"]] == [str(kind) for kind in KINDS]
    assert [row[0] for row in data["facets"]] == list(FACETS)
    for row, entry in zip(data["docs"], found.values(), strict=True):
        assert row[2] == entry.title["de"]
        assert (row[3] or row[2]) == entry.title["en"]
    assert len(whole.encode()) < 400_000


def test_the_script_is_inert_whatever_names_hold(facets: Facets) -> None:
    name = "</script><b>\u202eevil\u2028\u200f\ufeff\\u0041'\"` 💥" + "x" * 500
    entry = Entry("id/a", "organisation", {"de": name, "en": name}, ((Name.FORMER, name),))
    written = index([entry], facets.labels)
    assert not re.search(r"[<\u2028\u202e\u200f\ufeff]", written)
    row = parsed(written)["docs"][0]
    assert (row[2], row[3], row[4]) == (name, 0, [2, name])


def test_a_name_is_said_once_and_as_what_counts_most(mini: MiniProject) -> None:
    mini.write(
        "data/registry/a.ttl",
        'id:a a org:Organization ; skos:prefLabel "Der Bund"@de ; skos:altLabel "ADX" , "Bund"@de .\n',
    )
    mini.source("page", 'id:a bg:formerName "Bund"@de .')
    store = mini.derived()
    entry = next(e for e in entries(read(store), filter(None, map(found_in, documents(store)))) if e.path == "id/a")
    assert entry.names == ((Name.ACRONYM, "ADX"), (Name.FORMER, "Bund"))


def test_all_words_are_there_in_both_languages() -> None:
    german, english = map(words, LANGUAGES)
    assert german.keys() == english.keys()
    assert all(german.values())
    assert all(english.values())
    assert {f"kind-{kind}" for kind in KINDS} <= german.keys()
