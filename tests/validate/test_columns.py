"""Statements as columns of numbers say what the statements say."""

from __future__ import annotations

import polars as pl
import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.validate.columns import BLANK, IRI, LITERAL, NONE, Columns

XSD = "http://www.w3.org/2001/XMLSchema#"
NODES: list[ox.NamedNode | ox.BlankNode] = [
    ox.NamedNode("urn:a"),
    ox.NamedNode("urn:b"),
    ox.BlankNode("urn:a"),
    ox.BlankNode("x"),
]
LITERALS = [
    ox.Literal("urn:a"),
    ox.Literal("01", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("x", language="de"),
    ox.Literal("x", language="en"),
]
NAMES = [ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.NamedNode("urn:q")]
QUADS = st.lists(
    st.builds(
        ox.Quad, st.sampled_from(NODES), st.sampled_from(NAMES), st.sampled_from([*NODES, *LITERALS]),
        st.sampled_from(NAMES),
    )
)  # fmt: skip


@settings(max_examples=100, deadline=None, derandomize=True)
@given(QUADS)
def test_columns_hold_each_triple_once_and_each_quad_as_it_comes(quads: list[ox.Quad]) -> None:
    columns = Columns.of_quads(quads)
    triples = list(dict.fromkeys(quad.triple for quad in quads))
    assert list(columns) == [quad.triple for quad in quads]
    assert list(columns.merged) == triples
    assert columns.graph is not None
    assert [columns.terms[graph] for graph in columns.graph] == [quad.graph_name for quad in quads]
    assert list(Columns.of_triples(quad.triple for quad in quads)) == triples
    assert columns.merged.merged is columns.merged


@settings(max_examples=100, deadline=None, derandomize=True)
@given(QUADS)
def test_rows_are_found_by_predicate(quads: list[ox.Quad]) -> None:
    columns = Columns.of_triples(quad.triple for quad in quads)
    for term in [*NAMES, *NODES]:
        rows = columns.rows(columns.number(term))
        assert columns.triples(rows) == [triple for triple in columns if triple.predicate == term]


def test_terms_are_told_apart_and_described() -> None:
    columns = Columns.of_triples(ox.Triple(node, NAMES[1], term) for node in NODES for term in [*NODES, *LITERALS])
    assert len(set(columns.terms)) == len(columns.terms) == len({*NODES, *LITERALS, NAMES[1]})

    def described(term: object) -> tuple[int, str, str | None, str | None]:
        number = columns.number(term)
        datatype, language = columns.datatype[number], columns.language[number]
        return (
            int(columns.kind[number]),
            columns.texts[number],
            None if datatype == NONE else columns.datatypes[datatype],
            None if language == NONE else columns.languages[language],
        )

    assert described(NODES[0]) == (IRI, "urn:a", None, None)
    assert described(NODES[2]) == (BLANK, "urn:a", None, None)
    assert described(LITERALS[0]) == (LITERAL, "urn:a", f"{XSD}string", None)
    assert described(LITERALS[1]) == (LITERAL, "01", f"{XSD}integer", None)
    assert described(LITERALS[2])[3] == "de"
    assert described(LITERALS[3])[3] == "en"


def test_a_term_that_no_statement_holds_can_be_numbered_beside() -> None:
    columns = Columns.of_triples([ox.Triple(NODES[0], NAMES[1], NODES[1])])
    assert columns.number(NODES[3]) == NONE
    assert len(columns.rows(NONE)) == 0
    more = columns.including([NODES[3], NODES[0]])
    assert more.terms[more.number(NODES[3])] == NODES[3]
    assert more.number(NODES[0]) == columns.number(NODES[0])
    assert more.kind[more.number(NODES[3])] == BLANK
    assert len(more) == len(columns)
    assert columns.including([NODES[0]]) is columns


@settings(max_examples=50, deadline=None, derandomize=True)
@given(QUADS)
def test_lines_give_the_same_columns_as_triples(quads: list[ox.Quad]) -> None:
    odd = [ox.Literal(text) for text in (" a  b .", '"\\', "\n\r\t\x01", "é😀")]
    named = [quad.triple for quad in quads if "_:" not in str(quad)]
    triples = [*named, *(ox.Triple(NAMES[0], NAMES[1], term) for term in odd)]
    lines = pl.Series([f"{triple} ." for triple in triples])
    for cut in range(len(lines)):
        assert list(Columns.of_lines([lines[:cut], lines[cut:]])) == list(dict.fromkeys(triples))
