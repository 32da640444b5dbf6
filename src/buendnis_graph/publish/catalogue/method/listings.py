"""The lists of the method report: kinds of source, legal bases, and the codebook, each with the names of the graph."""

from __future__ import annotations

from collections.abc import Iterable

from buendnis_graph.graph import Graph
from buendnis_graph.store.askable import solutions
from buendnis_graph.tables import codebook

_BY = """SELECT ?label ?definition (COUNT(?source) AS ?number) WHERE {{
  ?source a bg:Source ; {property} ?code .
  ?code skos:prefLabel ?label ; skos:definition ?definition .
  FILTER(LANG(?label) = "{language}" && LANG(?definition) = "{language}")
}} GROUP BY ?label ?definition ORDER BY DESC(?number) ?label"""

_ALLIANCES = """SELECT ?label (COUNT(DISTINCT ?page) AS ?number) WHERE {
  ?alliance a bg:Alliance ; skos:prefLabel ?label .
  OPTIONAL { ?attestation a bg:Attestation ; org:organization ?alliance ; dcterms:source ?page }
  FILTER(LANG(?label) = "de")
} GROUP BY ?label ORDER BY ?label"""


def listings(graph: Graph, language: str) -> dict[str, str]:
    """Return the lists by name, as rows of Markdown tables."""
    kinds = solutions(graph.without_bulk, _BY.format(property="dcterms:type", language=language))
    bases = solutions(graph.without_bulk, _BY.format(property="bg:legalBasis", language=language))
    alliances = solutions(graph.without_bulk, _ALLIANCES)
    return {
        "source_kinds": _rows([term.value for term in row if term] for row in kinds),
        "legal_bases": _rows([term.value for term in row if term] for row in bases),
        "alliance_list": _rows([term.value for term in row if term] for row in alliances),
        "codebook": _codebook(language),
    }


def _codebook(language: str) -> str:
    parts = []
    for name, table in codebook().items():
        rows = _rows([f"`{column.name}`", column.type, column.titles[language]] for column in table.columns)
        parts.append(f"### `{name}`\n\n{table.titles[language]}\n\n| | | |\n|---|---|---|\n{rows}")
    return "\n\n".join(parts)


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)


def _cell(text: str) -> str:
    """Return a text that stays in its cell: no line break, no bar, no markup."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
