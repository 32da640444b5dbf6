"""What a user types becomes a term: hostile values are literals, or IRIs that are refused or find nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import QueryError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.queries import Parameter, Question, Table, answer
from buendnis_graph.queries.resolve import resolve

LABELS = {"de": "x", "en": "x"}
HOSTILE = [
    '"',
    "'",
    "}",
    "{",
    "#",
    "\n",
    "\r",
    "\\",
    "\\u0022",
    "\\u007D",
    ">",
    "<",
    "'''",
    '"""',
    "@de",
    "^^",
    " ",
    ".",
    "*",
    "%7D",
    "id:",
    "http://e/",
    "\x00",
    "\u2028",
    "￾",
]
TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(HOSTILE), max_size=8).map("".join))


def _question(kind: str) -> Question:
    sparql = "SELECT ?x ?s { VALUES ?x { 1 } OPTIONAL { ?s <http://e/p> ?x } }"
    return Question("q", "t", LABELS, LABELS, (), (Parameter("x", kind, LABELS),), {}, sparql, Path("q.rq"))


def _store() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("o")))
    return store


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


@settings(deadline=None)
@given(TEXTS.filter(_is_utf8))
@example('o" } { ?s ?p ?o } #')
@example("o\\u0022 } #")
@example('"@de } UNION { ?s ?p ?o }')
def test_any_text_is_the_literal_it_is(text: str) -> None:
    question, store = _question("text"), _store()
    term = resolve(store, question.parameters[0], text)
    assert isinstance(term, ox.Literal)
    assert term.value == text
    table = answer(store, question.bound({"x": term}))
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [ox.Literal(text)]
    assert [row[1] for row in table.rows] == [ox.NamedNode("http://e/s") if text == "o" else None]


@pytest.mark.parametrize("kind", ["iri", "date", "number", "language"])
@settings(deadline=None)
@given(text=TEXTS.filter(_is_utf8))
@example(text="http://e/x> } { ?s ?p ?o } #")
@example(text="id:x> ?p ?o } #")
def test_hostile_values_of_other_kinds_find_nothing_or_are_refused(kind: str, text: str) -> None:
    question, store = _question(kind), _store()
    try:
        term = resolve(store, question.parameters[0], text)
    except QueryError:
        return
    table = answer(store, question.bound({"x": term}))
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [term]


@pytest.mark.parametrize("value", ["01.06.2024", "1.6.2024", "1. 6. 2024"])
def test_a_day_may_be_written_the_german_way(value: str) -> None:
    assert resolve(_store(), _question("date").parameters[0], value) == ox.Literal(
        "2024-06-01", datatype=expand("xsd:date")
    )


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("date", "2023-13", "no such day, month or year: '2023-13'"),
        ("date", "2023-02-30", "no such day, month or year: '2023-02-30'"),
        ("date", "31.06.2024", "no such day, month or year: '31.06.2024'"),
        ("date", "٢٠٢٣", "takes a date"),
        ("number", "1" * 30, "whole number"),
        ("number", "٣", "whole number"),
    ],
)
def test_values_out_of_range_are_refused(kind: str, value: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        resolve(_store(), _question(kind).parameters[0], value)


@pytest.mark.parametrize(
    "name",
    [
        "Haus der sozialen Vielfalt",
        "haus der sozialen vielfalt",
        "Haus der sozialen Vielfalt gGmbH",
        "Haus der sozialen Vielfalt e. V.",
    ],
)
def test_case_and_legal_form_do_not_matter(graph: Graph, name: str) -> None:
    node = resolve(graph.store, Parameter("x", "iri", LABELS), name)
    assert node == ox.NamedNode(f"{BASE}id/haus-der-sozialen-vielfalt")


@pytest.mark.parametrize(
    "name",
    ["Buendnis gegen antimuslimischen Rassismus in Sachsen", "BÜNDNIS GEGEN ANTIMUSLIMISCHEN RASSISMUS IN SACHSEN"],
)
def test_umlauts_do_not_matter(graph: Graph, name: str) -> None:
    node = resolve(graph.store, Parameter("x", "iri", LABELS, "bg:Alliance"), name)
    assert node == ox.NamedNode(f"{BASE}id/buendnis-gegen-antimuslimischen-rassismus-in-sachsen")


def test_suggestions_are_of_the_class_asked_for(graph: Graph) -> None:
    with pytest.raises(QueryError) as caught:
        resolve(graph.store, Parameter("alliance", "iri", LABELS, "bg:Alliance"), "Tolerantes Saxen")
    assert "Netzwerk Tolerantes Sachsen" in caught.value.hint or "Tolerantes Sachsen" in caught.value.hint
    assert caught.value.hint.count(";") <= 2


def test_an_entry_that_was_merged_leads_on_and_a_circle_ends() -> None:
    store = ox.Store()
    replaced, label = "http://purl.org/dc/terms/isReplacedBy", "http://www.w3.org/2004/02/skos/core#prefLabel"
    link: Callable[[str, str], None] = lambda a, b: store.add(  # noqa: E731
        ox.Quad(ox.NamedNode(BASE + "id/" + a), ox.NamedNode(replaced), ox.NamedNode(BASE + "id/" + b))
    )
    link("a", "b")
    store.add(ox.Quad(ox.NamedNode(BASE + "id/b"), ox.NamedNode(label), ox.Literal("B", language="de")))
    assert resolve(store, Parameter("x", "iri", LABELS), "a") == ox.NamedNode(BASE + "id/b")
    link("b", "a")
    assert resolve(store, Parameter("x", "iri", LABELS), "a") in {
        ox.NamedNode(BASE + "id/a"),
        ox.NamedNode(BASE + "id/b"),
    }
