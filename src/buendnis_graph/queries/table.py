"""Answers as tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import shorten

Term = ox.NamedNode | ox.BlankNode | ox.Literal | None


def plain(term: object) -> str:
    """Return a term's value as text: the IRI, or the literal's lexical form; empty if unbound."""
    return "" if term is None else str(term.value) if hasattr(term, "value") else str(term)


def readable(term: object) -> str:
    """Return a term as people read it: prefixed names for IRIs of known namespaces."""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else plain(term)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of RDF terms under named columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Term, ...]]
    look_up: Callable[[Iterable[ox.NamedNode], str], Mapping[str, str]] | None = field(
        default=None, compare=False, repr=False
    )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Term]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_csv(self) -> str:
        """Return the table as CSV (RFC 4180, header row), values as text."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([plain(term) for term in row] for row in self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        """Return the table in the SPARQL 1.1 Query Results JSON Format."""
        bindings = [{name: _json_term(term) for name, term in row.items() if term is not None} for row in self]
        document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype.value.endswith("#string"):
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    assert term is not None  # noqa: S101 - unbound variables are left out by the caller
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}
