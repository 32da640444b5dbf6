"""The catalogue on a server of another vendor: Virtuoso 7, asked over HTTP through SPARQLWrapper, gives the golden rows."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from buendnis_graph.graph import Graph
from buendnis_graph.queries import Question, read_catalogue
from buendnis_graph.store import CONSOLIDATED, dump_lines
from tests.mini import REAL
from tests.system import virtuoso

GOLDEN = REAL.root / "tests" / "queries" / "golden"
QUESTIONS = read_catalogue(REAL)
SECONDS = 60

EXCEPTIONS = {
    "members-at-date": "Virtuoso gives no answer in the time that the tests allow it",
    "stale-memberships": "Virtuoso's DISTINCT lets a few rows through twice",
}
"""Questions that Virtuoso 7.2 does not answer as others do, and why. docs/questions.md names them, too."""


@pytest.fixture(scope="module")
def endpoint(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    view = tmp_path_factory.mktemp("view") / "view.ttl"
    view.write_bytes(b"".join(dump_lines(graph.folder, CONSOLIDATED)))
    with virtuoso.server(tmp_path_factory.mktemp("virtuoso"), view) as address:
        yield address


def _ask(endpoint: str, text: str) -> dict[str, Any]:
    client = SPARQLWrapper(endpoint)
    client.setQuery(text)
    client.setReturnFormat(JSON)
    client.setMethod(POST)
    client.setTimeout(SECONDS)
    client.addDefaultGraph(virtuoso.VIEW)
    answer = client.query().convert()
    assert isinstance(answer, dict)
    return answer


def _value(cell: dict[str, str] | None) -> str:
    """Return a value's lexical form; Virtuoso writes the truth values of XML Schema in their other form, 1 and 0."""
    if cell is None:
        return ""
    if cell.get("datatype", "").endswith("#boolean"):
        return {"1": "true", "0": "false"}.get(cell["value"], cell["value"])
    return cell["value"]


def _golden(name: str) -> tuple[list[str], list[tuple[str, ...]]]:
    with Path(GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return head, [tuple(row) for row in rows]


@pytest.mark.system
@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.name not in EXCEPTIONS], ids=lambda question: question.name
)
def test_virtuoso_gives_the_golden_rows(endpoint: str, question: Question) -> None:
    columns, rows = _golden(question.name)
    bindings = _ask(endpoint, question.sparql)["results"]["bindings"]
    assert Counter(tuple(_value(row.get(name)) for name in columns) for row in bindings) == Counter(rows)


def test_exceptions_are_documented_and_still_questions() -> None:
    page = (REAL.root / "docs" / "questions.md").read_text(encoding="utf-8")
    assert set(EXCEPTIONS) <= {question.name for question in QUESTIONS}
    assert all(f"`{name}`: {reason}" in page for name, reason in EXCEPTIONS.items())
