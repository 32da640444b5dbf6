"""Tables: what is written is read back by others as it was; types; what is safe to open."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import MissingExtraError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import expand
from buendnis_graph.queries import Table
from buendnis_graph.queries.table import Term

INTEGER, DAY, MONTH, TRUTH, DECIMAL = (
    expand(f"xsd:{name}") for name in ("integer", "date", "gYearMonth", "boolean", "decimal")
)
TERMS = st.one_of(
    st.none(),
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=20)),
    st.just(ox.NamedNode("https://w3id.org/buendnis-graph/id/a")),
    st.just(ox.Literal("5", datatype=INTEGER)),
    st.just(ox.Literal("Bündnis", language="de")),
)
ROWS = st.lists(st.tuples(TERMS, TERMS), max_size=5)


@settings(deadline=None)
@given(ROWS)
def test_raw_csv_is_read_back_as_written(rows: list[tuple[Term, ...]]) -> None:
    text = Table(("a", "b"), list(rows)).to_csv(raw=True)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "b"],
        *[["" if term is None else term.value for term in row] for row in rows],
    ]


@settings(deadline=None)
@given(ROWS)
def test_json_is_what_oxigraph_reads(rows: list[tuple[Term, ...]]) -> None:
    text = Table(("a", "b"), list(rows)).to_json()
    assert json.loads(text)["head"] == {"vars": ["a", "b"]}
    parsed = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [tuple(solution) for solution in parsed] == rows


def table() -> Table:
    return Table(
        ("number", "day", "month", "truth", "mixed", "text", "none"),
        [
            (
                ox.Literal("-5", datatype=INTEGER),
                ox.Literal("2023-03-27", datatype=DAY),
                ox.Literal("2023-03", datatype=MONTH),
                ox.Literal("true", datatype=TRUTH),
                ox.Literal("1", datatype=INTEGER),
                ox.Literal("1"),
                None,
            ),
            (None, None, None, None, ox.Literal("2023-03", datatype=MONTH), ox.Literal("x", language="de"), None),
        ],
    )


def test_polars_has_types() -> None:
    frame = table().to_polars()
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "Date", "String", "Boolean", "String", "String", "String"]
    assert frame.rows() == [
        (-5, datetime.date(2023, 3, 27), "2023-03", True, "1", "1", None),
        (None, None, None, None, "2023-03", "x", None),
    ]


def test_arrow_has_types() -> None:
    frame = table().to_arrow()
    assert [str(kind) for kind in frame.schema.types] == ["int64", "date32[day]", "string", "bool", *["string"] * 3]
    assert frame.to_pylist()[0]["number"] == -5


def test_pandas_has_types_and_missing_values() -> None:
    frame = table().to_pandas()
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "datetime64[s]", "string", "boolean", *["string"] * 3]
    assert frame["number"][0] == -5
    assert frame["number"].isna().tolist() == [False, True]
    assert str(frame["day"][0].date()) == "2023-03-27"


@pytest.mark.parametrize(
    ("lexical", "datatype", "kind"),
    [
        (str(2**70), INTEGER, "String"),
        ("2023-03-27Z", DAY, "String"),
        ("2023-02-31", DAY, "String"),
        ("1", TRUTH, "Boolean"),
        ("1.50", DECIMAL, "Float64"),
    ],
)
def test_what_python_can_not_hold_stays_text(lexical: str, datatype: ox.NamedNode, kind: str) -> None:
    assert str(Table(("a",), [(ox.Literal(lexical, datatype=datatype),)]).to_polars().dtypes[0]) == kind


def test_an_empty_table_keeps_its_columns() -> None:
    empty = Table(("a", "b"), [])
    assert empty.to_polars().columns == list(empty.to_pandas().columns) == empty.to_arrow().column_names == ["a", "b"]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'buendnis-graph\[frames\]'"):
        table().to_pandas()


def test_columns_rows_and_iteration() -> None:
    assert table()["number"] == [ox.Literal("-5", datatype=INTEGER), None]
    assert table()[1]["text"] == ox.Literal("x", language="de")
    assert [row["none"] for row in table()] == [None, None]
    with pytest.raises(KeyError, match="there are: number"):
        table()["nothing"]


def test_html_escapes_and_links_with_labels() -> None:
    def look_up(things: object, language: str) -> Mapping[str, str]:
        assert (language, things) == ("de", {ox.NamedNode("http://e/a"), ox.NamedNode("javascript:alert(1)")})
        return {"http://e/a": "<A&B>"}

    hostile = ox.NamedNode("javascript:alert(1)")
    shown = Table(
        ("x<",), [(ox.NamedNode("http://e/a"),), (ox.Literal("<script>"),), (hostile,)], look_up
    )._repr_html_()
    assert '<a href="http://e/a">&lt;A&amp;B&gt;</a>' in shown
    assert "&lt;script&gt;" in shown
    assert "<th>x&lt;</th>" in shown
    assert "href" not in shown.partition("script&gt;")[2]


def test_labels_are_looked_up_in_the_graph(graph: Graph) -> None:
    found = graph.query(
        "SELECT ?x { VALUES ?x { role:founding-member id:netzwerk-tolerantes-sachsen <http://e/none> } }"
    )
    assert isinstance(found, Table)
    assert sorted(found.labels("en").values()) == ["Netzwerk Tolerantes Sachsen", "founding member"]
    assert "[Gründungsmitglied](https://w3id.org/buendnis-graph/role/founding-member)" in found._repr_markdown_()
