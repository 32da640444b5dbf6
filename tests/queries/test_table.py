"""Tables: CSV and JSON that others read back."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.queries import Table

TERMS = st.one_of(
    st.none(),
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=20)),
    st.just(ox.NamedNode("https://w3id.org/buendnis-graph/id/a")),
    st.just(ox.Literal("5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
    st.just(ox.Literal("Bündnis", language="de")),
)


@given(st.lists(st.tuples(TERMS, TERMS), max_size=5))
def test_csv_is_read_back_as_written(rows: list[tuple[ox.Literal | None, ox.Literal | None]]) -> None:
    text = Table(("a", "b"), list(rows)).to_csv()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "b"],
        *[["" if term is None else term.value for term in row] for row in rows],
    ]


@given(st.lists(st.tuples(TERMS, TERMS), max_size=5))
def test_json_is_what_oxigraph_reads(rows: list[tuple[ox.Literal | None, ox.Literal | None]]) -> None:
    text = Table(("a", "b"), list(rows)).to_json()
    assert json.loads(text)["head"] == {"vars": ["a", "b"]}
    parsed = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [tuple(solution) for solution in parsed] == rows
