"""Every form of answer: read back by others, deterministic, and safe to open."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import polars
import pyoxigraph as ox
import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import UsageError
from buendnis_graph.forms import GRAPHS, TABLES
from buendnis_graph.queries import Table
from buendnis_graph.queries.results import json as results_json
from buendnis_graph.queries.results import render
from buendnis_graph.queries.table import AT_ONCE, Term
from tests.queries.test_table import ROWS, table

TURTLE = "@prefix e: <http://e/> .\ne:a e:p e:b , 'x' .\n"


def _read_back(text: str, form: ox.QueryResultsFormat) -> list[tuple[Any, ...]]:
    parsed = ox.parse_query_results(text, format=form)
    assert isinstance(parsed, ox.QuerySolutions)
    return [tuple(solution) for solution in parsed]


@settings(deadline=None)
@given(ROWS)
def test_tsv_is_what_oxigraph_reads(rows: list[tuple[Any, ...]]) -> None:
    text = render(Table(("a", "b"), list(rows)), "tsv")
    assert isinstance(text, str)
    assert _read_back(text, ox.QueryResultsFormat.TSV) == rows


@settings(deadline=None)
@given(ROWS)
def test_xml_is_read_back_as_written(rows: list[tuple[Any, ...]]) -> None:
    shown = [tuple(_as_xml_can(term) for term in row) for row in rows]
    text = render(Table(("a", "b"), list(rows)), "xml")
    assert isinstance(text, str)
    assert len(_read_back(text, ox.QueryResultsFormat.XML)) == len(rows)  # it strips space from literals
    space = "{http://www.w3.org/2005/sparql-results#}"
    found = []
    for result in ElementTree.fromstring(text).iter(f"{space}result"):  # noqa: S314 - our own
        bound = {binding.get("name"): binding[0].text or "" for binding in result}
        found.append(tuple(bound.get(name) for name in ("a", "b")))
    assert found == [tuple(None if term is None else term.value for term in row) for row in shown]


def _as_xml_can(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return term
    text = "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in term.value)
    return ox.Literal(text, language=term.language) if term.language else ox.Literal(text, datatype=term.datatype)


@pytest.mark.parametrize("is_true", [True, False])
def test_yes_and_no_in_every_form(is_true: bool) -> None:
    word = str(is_true).lower()
    for form in ("csv", "tsv"):
        assert str(render(is_true, form)).strip() == word
    assert json.loads(render(is_true, "json")) == {"head": {}, "boolean": is_true}
    for form, read in (("xml", ox.QueryResultsFormat.XML), ("json", ox.QueryResultsFormat.JSON)):
        assert bool(ox.parse_query_results(render(is_true, form), format=read)) is is_true
    assert polars.read_parquet(io.BytesIO(bytes(render(is_true, "parquet")))).rows() == [(is_true,)]  # type: ignore[arg-type]
    assert _sheet(render(is_true, "xlsx")) == [["answer"], [is_true]]
    assert ("yes" in str(render(is_true, "markdown"))) is is_true


def _sheet(data: str | bytes) -> list[list[Any]]:
    assert isinstance(data, bytes)
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("form", TABLES)
def test_the_same_table_is_the_same_bytes(form: str) -> None:
    assert render(table(), form) == render(table(), form)


def test_parquet_has_the_types_and_values() -> None:
    data = render(table(), "parquet")
    assert isinstance(data, bytes)
    assert polars.read_parquet(io.BytesIO(data)).equals(table().to_polars())


def test_xlsx_has_typed_cells_and_no_formula() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(1)", "{=1}", "http://e/", "0049", "\t=1"]
    data = render(Table(("=a",), [(ox.Literal(cell),) for cell in cells]), "xlsx")
    assert _sheet(data) == [["=a"], *[[cell] for cell in cells]]
    import zipfile

    with zipfile.ZipFile(io.BytesIO(bytes(data))) as book:  # type: ignore[arg-type]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert str(_sheet(render(table(), "xlsx"))[1][1]) == "2023-03-27"


def test_a_cell_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="32,767"):
        render(Table(("a",), [(ox.Literal("x" * 40_000),)]), "xlsx")


STARTS = ["=", "+", "-", "@", "\uff1d"]
UNSEEN = ["", " ", "\u200b", "\ufeff", "\xa0", "\x00", "\t", "\r", "\n", " \n ", ";", "a;", "a\n", "a\t"]


@settings(deadline=None)
@given(st.sampled_from(UNSEEN), st.sampled_from(STARTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
@example("", "=", 'HYPERLINK("http://e/")')
@example("a;", "=", "1")
def test_no_cell_of_csv_begins_a_formula_however_it_is_split(before: str, sign: str, text: str) -> None:
    written = Table(("a",), [(ox.Literal(before + sign + "A" + text),)]).to_csv()
    for delimiter in ",;\t":
        for cell in written.replace("\r", "\n").replace('"', "").replace(delimiter, "\n").split("\n"):
            seen = cell.strip("".join(UNSEEN) + " \u200b\ufeff\xa0")
            assert not seen.startswith((sign + "A", "\t")), repr(written)


@pytest.mark.parametrize("text", ["-5", "+49", "1.5", "1e5", "2023-03", "a-b", "a = b", "e.V.", "", "https://e/?a=b;c"])
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert (
        next(iter(list(csv.reader(io.StringIO(Table(("a",), [(ox.Literal(text),)]).to_csv())))[1:]), [""]) == [text]
        or text == ""
    )


def test_raw_csv_and_other_forms_are_verbatim() -> None:
    formula = Table(("a",), [(ox.Literal("=1+1"),)])
    assert formula.to_csv(raw=True) == "a\r\n=1+1\r\n"
    assert formula.to_csv() == "a\r\n'=1+1\r\n"
    assert '"=1+1"' in str(render(formula, "tsv"))
    assert "=1+1" in str(render(formula, "json"))


def test_markdown_shows_text_not_markup() -> None:
    rows: list[tuple[Term, ...]] = [
        (ox.Literal("a|b\nc"),),
        (ox.Literal("<b>*x*</b> [y](z)"),),
        (ox.NamedNode("http://e/(a)"),),
    ]
    assert render(Table(("x|",), rows), "markdown", labels={"http://e/(a)": "A]"}) == (
        "| x\\| |\n| --- |\n| a\\|b<br>c |\n| &lt;b&gt;\\*x\\*&lt;/b&gt; \\[y\\](z) |\n| [A\\]](http://e/%28a%29) |\n"
    )


@pytest.mark.parametrize(
    ("form", "read"),
    [("turtle", ox.RdfFormat.TURTLE), ("json-ld", ox.RdfFormat.JSON_LD), ("n-triples", ox.RdfFormat.N_TRIPLES)],
)
def test_graphs_are_read_back(form: str, read: ox.RdfFormat) -> None:
    written = render(TURTLE, form)
    assert {quad.triple for quad in ox.parse(written, format=read)} == {
        quad.triple for quad in ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)
    }


def test_a_form_that_does_not_fit_is_refused() -> None:
    for form in GRAPHS:
        with pytest.raises(UsageError, match="a table has no form"):
            render(True, form)
    for form in TABLES:
        with pytest.raises(UsageError, match="a graph has no form"):
            render(TURTLE, form)


@given(
    st.lists(ROWS, min_size=1, max_size=1), st.integers(0, 3), st.sampled_from([None, {"explanation": [{"x": "ä\n"}]}])
)
def test_json_by_pieces_is_that_of_the_whole_document(
    some: list[list[tuple[Any, ...]]], times: int, more: dict[str, Any] | None
) -> None:
    rows = some[0] * times
    text = "".join(results_json.pieces(("a", "b"), rows, more))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    assert (
        json.loads(text)["results"]["bindings"] == json.loads(Table(("a", "b"), rows).to_json())["results"]["bindings"]
    )
    assert len(json.loads(text)["results"]["bindings"]) == len(rows)


@pytest.mark.parametrize("rows", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_no_row_is_lost_where_pieces_meet(rows: int) -> None:
    long = Table(("n",), [(ox.Literal(number),) for number in range(rows)])
    assert [row["n"] for row in csv.DictReader(io.StringIO(long.to_csv()))] == [str(number) for number in range(rows)]
    assert _read_back(str(render(long, "tsv")), ox.QueryResultsFormat.TSV) == long.rows
    assert _read_back(long.to_json(), ox.QueryResultsFormat.JSON) == long.rows
