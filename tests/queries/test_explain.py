"""Which sources stand behind a row: worked out by hand, on a small graph and on the real one."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import QueryError
from buendnis_graph.graph import Graph
from buendnis_graph.queries import Table, answer, read_catalogue
from buendnis_graph.queries.explain import Explanation, explain
from tests.mini import REAL, SPARQL_HEAD, MiniProject


def _explained(store: ox.Store, sparql: str) -> tuple[Table, Explanation]:
    table = answer(store, sparql)
    assert isinstance(table, Table)
    return table, explain(store, sparql, table)


def _pages(store: ox.Store, sparql: str) -> dict[tuple[str, ...], set[str]]:
    """Return the pages behind each row, by their last word."""
    table, explanation = _explained(store, sparql)
    return {
        tuple("" if term is None else term.value.rpartition("/")[2] for term in row): {
            origin.address.rpartition("/")[2] for origin in found if origin.kind == "source"
        }
        for row, found in zip(table.rows, explanation.rows, strict=True)
    }


@pytest.fixture
def store(mini: MiniProject) -> ox.Store:
    """One says that a is in x; two says so too; three says that b is in x; four that a is in y, and since when.

    Six says that a is the carrier of x, seven that c is.
    """
    mini.attest("one", "a", "x")
    mini.attest("two", "a", "x", issued="2023-05")
    mini.attest("three", "b", "x")
    mini.attest("four", "a", "y", more='; bg:since "2020"^^xsd:gYear')
    mini.source("five", 'id:a schema:foundingDate "1999"^^xsd:gYear .')
    mini.attest("six", "a", "x", "carrier")
    mini.attest("seven", "c", "x", "carrier")
    return mini.derived()


@pytest.mark.parametrize(
    ("sparql", "pages"),
    [
        (  # direct
            "SELECT ?m ?o { ?m org:memberOf ?o }",
            {("a", "x"): {"one", "two"}, ("b", "x"): {"three"}, ("a", "y"): {"four"}},
        ),
        (  # by way of the membership: who calls a body the carrier says nothing of it, unless nobody says more
            "SELECT ?m { ?x a org:Membership ; org:member ?m ; org:organization id:x }",
            {("a",): {"one", "two"}, ("b",): {"three"}, ("c",): {"seven"}},
        ),
        (  # the other way round, by the other property
            "SELECT ?m ?o { ?o org:hasMember ?m }",
            {("a", "x"): {"one", "two"}, ("b", "x"): {"three"}, ("a", "y"): {"four"}},
        ),
        (  # a count: all that contribute, of all alliances
            "SELECT ?m (COUNT(?o) AS ?n) { ?m org:memberOf ?o } GROUP BY ?m",
            {("a", "2"): {"one", "two", "four"}, ("b", "1"): {"three"}},
        ),
        ("SELECT (COUNT(*) AS ?n) { ?m org:memberOf id:x }", {("2",): {"one", "two", "three"}}),
        (  # grouped by what is not shown: each row has its own sources
            "SELECT (COUNT(?m) AS ?n) { ?m org:memberOf ?o } GROUP BY ?o ORDER BY ?o",
            {("2",): {"one", "two", "three"}, ("1",): {"four"}},
        ),
        (  # a column worked out from an aggregate
            "SELECT ?m (COUNT(?o) AS ?n) (COUNT(?o) * 2 AS ?twice) { ?m org:memberOf ?o } GROUP BY ?m",
            {("a", "2", "4"): {"one", "two", "four"}, ("b", "1", "2"): {"three"}},
        ),
        (  # OPTIONAL: found for one row, not for the others
            "SELECT ?m ?since { ?t a bg:Attestation ; org:member ?m ; org:organization id:y . OPTIONAL { ?t bg:since ?since } }",
            {("a", "2020"): {"four"}},
        ),
        (  # UNION: each row from its branch
            "SELECT ?m ?v { { ?m org:memberOf id:y . BIND(1 AS ?v) } UNION { ?m schema:foundingDate ?v } }",
            {("a", "1"): {"four"}, ("a", "1999"): {"five"}},
        ),
        (  # an inner SELECT whose variable is not passed on
            "SELECT ?m { { SELECT DISTINCT ?m { ?m org:memberOf ?o } } ?m schema:foundingDate ?d }",
            {("a",): {"one", "two", "four", "five"}},
        ),
        (  # an inner SELECT that counts, and is filtered by its count
            "SELECT ?m { { SELECT ?m (COUNT(?o) AS ?n) { ?m org:memberOf ?o } GROUP BY ?m } FILTER(?n > 1) }",
            {("a",): {"one", "two", "four"}},
        ),
        ("SELECT ?m { { SELECT ?m { ?m org:memberOf id:x } ORDER BY DESC(?m) LIMIT 1 } }", {("b",): {"three"}}),
        (  # paths: a sequence, an inverse, one of any length
            "SELECT ?m ?n { ?m org:memberOf/^org:memberOf ?n FILTER(?m != ?n) } ORDER BY ?m",
            {("a", "b"): {"one", "two", "three"}, ("b", "a"): {"one", "two", "three"}},
        ),
        (
            "SELECT ?o { id:b (org:memberOf|org:hasMember)+ ?o FILTER(?o = id:y) }",
            {("y",): {"one", "two", "three", "four"}},
        ),
        ("SELECT ?m { ?m org:memberOf id:y MINUS { ?m org:memberOf id:nothing } }", {("a",): {"four"}}),
        ("SELECT ?m { GRAPH ?g { ?m schema:foundingDate ?d } }", {("a",): {"five"}}),
        ("SELECT ?m { [] org:member ?m ; org:organization id:y ; a bg:Attestation }", {("a",): {"four"}}),
        ("SELECT * { ?m org:memberOf id:y }", {("a",): {"four"}}),
        ("SELECT (STRAFTER(STR(?m), '/id/') AS ?s) { ?m org:memberOf id:y }", {("a",): {"four"}}),
        ("SELECT ?m { VALUES ?o { id:y } ?m org:memberOf ?o }", {("a",): {"four"}}),
        ("SELECT ?m { ?m org:memberOf ?o } VALUES ?o { id:y }", {("a",): {"four"}}),
    ],
)
def test_sources_of_rows_worked_out_by_hand(
    store: ox.Store, sparql: str, pages: dict[tuple[str, ...], set[str]]
) -> None:
    assert _pages(store, sparql) == pages


def test_what_is_ours_is_named(store: ox.Store) -> None:
    table, explanation = _explained(store, "SELECT ?l ?r { ?t org:member id:b ; org:role ?r . id:b skos:prefLabel ?l }")
    assert len(table) == 1
    assert [(o.kind, o.site, o.seen) for o in explanation.rows[0]] == [
        ("source", "example.org", "2026-11-22"),
        ("coding", "", ""),
        ("registry", "", ""),
    ]


def test_dates_of_pages_are_told(store: ox.Store) -> None:
    pattern = "?t org:member id:a ; org:organization id:x ; bg:listedName ?d ; org:role role:member"
    _, explanation = _explained(store, f"SELECT ?d {{ {pattern} }}")
    assert [(o.address, o.issued) for o in explanation.rows[0] if o.kind == "source"] == [
        ("https://example.org/one", ""),
        ("https://example.org/two", "2023-05"),
    ]


def test_asking_for_what_is_absent_is_told(store: ox.Store) -> None:
    assert _explained(store, "SELECT ?m { ?m org:memberOf id:x FILTER NOT EXISTS { ?m org:memberOf id:y } }")[
        1
    ].tests_absence
    assert not _explained(store, "SELECT ?m { ?m org:memberOf id:x }")[1].tests_absence


def test_only_tables_are_explained(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="only tables"):
        explain(store, "ASK { ?s ?p ?o }", Table((), []))


def test_an_answer_with_the_column_of_sources(store: ox.Store) -> None:
    table, explanation = _explained(store, "SELECT ?sources { ?sources org:memberOf id:x } ORDER BY ?sources")
    assert explanation.with_column(table).columns == ("sources", "sources_")
    assert explanation.with_column(table)["sources_"] == [
        ox.Literal("https://example.org/one https://example.org/two"),
        ox.Literal("https://example.org/three"),
    ]


# Questions about graphs are answered from the data set's description of itself, which rests on no source.
@pytest.mark.parametrize("name", [question.name for question in read_catalogue(REAL) if not question.uses_graphs])
def test_every_row_of_the_catalogue_has_an_origin(graph: Graph, name: str) -> None:
    sparql = next(question.sparql for question in read_catalogue(REAL) if question.name == name)
    table, explanation = _explained(graph.store, sparql)
    assert len(explanation.rows) == len(table) > 0
    assert all(explanation.rows)
    if "source" in table.columns:
        for row, found in zip(table, explanation.rows, strict=True):
            if row["source"] is not None:
                assert row["source"].value in {origin.address for origin in found}


def test_founders_and_carriers_have_as_many_pages_as_counted(graph: Graph) -> None:
    sparql = next(question.sparql for question in read_catalogue(REAL) if question.name == "founders-and-carriers")
    table, explanation = _explained(graph.store, sparql)
    counted = [int(row["pages"].value) for row in table if row["pages"] is not None]
    assert [len({o.address for o in found if o.kind == "source"}) for found in explanation.rows] == counted
    expected = f"""{SPARQL_HEAD} SELECT DISTINCT ?url {{
      ?t a bg:Attestation ; org:organization id:buendnis-gegen-antimuslimischen-rassismus-in-sachsen ;
        org:member id:haus-der-sozialen-vielfalt ; org:role role:carrier ; dcterms:source/schema:url ?url }}"""
    urls = answer(graph.store, expected)
    assert isinstance(urls, Table)
    carrier = next(
        found
        for row, found in zip(table, explanation.rows, strict=True)
        if row["role"] == ox.Literal("Träger", language="de") and "Haus der" in str(row["organisation"])
    )
    assert {o.address for o in carrier if o.kind == "source"} == {row[0].value for row in urls.rows if row[0]}
