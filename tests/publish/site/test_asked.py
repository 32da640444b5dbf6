"""Pages of questions: what a parameter's default is shown as."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.site.asked import question_pages
from buendnis_graph.queries.catalogue import read_question

QUERY = """# title@de: Wer?
# title@en: Who?
# description@de: Wer.
# description@en: Who.
# keywords: who
# param it: text | was | what
# column name: Name | name
PREFIX own: <https://example.org/own/>
PREFIX id: <https://w3id.org/buendnis-graph/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?name
WHERE {
  VALUES ?it { DEFAULT }
  ?name ?p ?it .
}
"""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("id:x", ox.NamedNode(BASE + "id/x")),
        ("<https://example.org/a>", ox.NamedNode("https://example.org/a")),
        ("own:a", ox.NamedNode("https://example.org/own/a")),
        ("other:a-b", ox.Literal("other:a-b")),
        ('"Bündnis: gegen"@de', ox.Literal("Bündnis: gegen", language="de")),
        ('"say \\"no\\""@en', ox.Literal('say "no"', language="en")),
        ('"2023-06"^^xsd:gYearMonth', ox.Literal("2023-06", datatype=expand("xsd:gYearMonth"))),
        ("3", ox.Literal("3", datatype=expand("xsd:integer"))),
    ],
)
def test_a_default_is_shown_as_the_engine_reads_it(
    tmp_path: Path, written: str, shown: ox.NamedNode | ox.Literal
) -> None:
    (tmp_path / "theme").mkdir()
    path = tmp_path / "theme" / "who.rq"
    path.write_text(QUERY.replace("DEFAULT", written), encoding="utf-8")
    (page,) = question_pages([read_question(path)], ox.Store(), lambda _text: None)
    ((_, default),) = page.context["parameters"]
    assert default == shown
