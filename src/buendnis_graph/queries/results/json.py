"""SPARQL 1.1 Query Results JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import XSD_STRING
from buendnis_graph.queries.table import Table, Term


def write(result: Table | bool, more: Mapping[str, Any] | None = None) -> str:
    """Return JSON, verbatim, for programs.

    Args:
        result: a table, or yes or no.
        more: further members of the document, such as the sources of rows.
    """
    if isinstance(result, bool):
        return json.dumps({"head": {}, "boolean": result}) + "\n"
    bindings = [{name: _term(term) for name, term in row.items() if term is not None} for row in result]
    document = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}, **(more or {})}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype == XSD_STRING:
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    assert term is not None  # noqa: S101 - unbound variables are left out by the caller
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}
