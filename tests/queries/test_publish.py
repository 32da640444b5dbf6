"""The catalogue for others: Turtle that rdflib reads and whose queries answer the same; search; the page in docs."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from buendnis_graph.graph import Graph
from buendnis_graph.queries import answer, read_catalogue
from buendnis_graph.queries.find import near_words, search, theme_of, themes
from buendnis_graph.queries.publish import as_markdown, as_turtle, question_iri
from tests.mini import REAL

QUESTIONS = read_catalogue(REAL)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = rdflib.Namespace("https://schema.org/")


def test_each_query_of_the_turtle_answers_as_its_file(graph: Graph) -> None:
    turtle = rdflib.Graph().parse(data=as_turtle(QUESTIONS), format="turtle")
    assert not any(isinstance(term, rdflib.BNode) for triple in turtle for term in triple)
    assert len(set(turtle.subjects(rdflib.RDF.type, SH.SPARQLSelectExecutable))) == len(QUESTIONS)
    for question in QUESTIONS:
        node = rdflib.URIRef(question_iri(question).value)
        assert (node, rdflib.RDF.type, SH.SPARQLExecutable) in turtle
        text = str(turtle.value(node, SH.select))
        assert answer(graph.store, text) == answer(graph.store, question.sparql), question.name
        comments = {(c.language, str(c)) for c in turtle.objects(node, rdflib.RDFS.comment)}  # type: ignore[attr-defined]
        assert comments == set(question.titles.items())
        assert {str(word) for word in turtle.objects(node, SCHEMA.keywords)} == set(question.keywords)
        assert len(list(turtle.objects(node, SCHEMA.target))) == 1


def test_declared_prefixes_are_those_of_the_queries() -> None:
    turtle = rdflib.Graph().parse(data=as_turtle(QUESTIONS), format="turtle")
    declared = {
        str(turtle.value(d, SH.prefix)): str(turtle.value(d, SH.namespace)) for d in turtle.objects(None, SH.declare)
    }
    assert all(f"PREFIX {p}: <{n}>" in "".join(q.sparql for q in QUESTIONS) for p, n in declared.items())
    assert "bg" in declared


def test_the_turtle_is_canonical() -> None:
    assert as_turtle(QUESTIONS) == as_turtle(reversed(QUESTIONS))
    assert list(ox.parse(as_turtle(QUESTIONS), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("shared members", "shared-members"),
        ("Mitglieder gemeinsam", "pairs-of-alliances"),
        ("Förderprogramm", "programmes"),
        ("Mitglieder am Stichtag", "members-at-date"),
        ("Wikidata xyzzy", "organisations-without-wikidata"),
        ("WIKIDATA", "organisations-without-wikidata"),
    ],
)
def test_search_ranks_in_both_languages(words: str, first: str) -> None:
    assert search(QUESTIONS, words)[0].name == first


def test_search_takes_any_word_but_small_ones_and_suggests_near_ones() -> None:
    assert "shared-members" in [question.name for question in search(QUESTIONS, "gemeinsame Mitglieder")][:6]
    assert search(QUESTIONS, "xyzzy in der") == []
    assert search(QUESTIONS, "in der") != []
    assert search(QUESTIONS, "") == []
    assert "mitglieder" in near_words(QUESTIONS, "mitgleder")


def test_the_page_of_questions_is_in_step() -> None:
    assert (REAL.root / "docs" / "questions.md").read_text(encoding="utf-8") == as_markdown(QUESTIONS)


def test_every_theme_has_a_name_in_both_languages() -> None:
    assert set(themes()) == {question.theme for question in QUESTIONS}
    assert {theme_of(name) for name in ("funding", "Förderung", "Funding")} == {"funding"}
    assert theme_of("nothing") is None
