"""SPARQL 1.1 Query Results JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import XSD_STRING
from buendnis_graph.queries.table import AT_ONCE, Table, Term


def write(result: Table | bool, more: Mapping[str, Any] | None = None) -> str:
    """Return JSON, verbatim, for programs.

    Args:
        result: a table, or yes or no.
        more: further members of the document, such as the sources of rows.
    """
    if isinstance(result, bool):
        return json.dumps({"head": {}, "boolean": result}) + "\n"
    return "".join(pieces(result.columns, result.rows, more))


def pieces(
    columns: Sequence[str], rows: Iterable[Sequence[Term]], more: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """Yield the JSON of a table, some rows at a time: the same as that of the whole document."""
    yield f'{{\n "head": {_text({"vars": list(columns)}, 1)},\n "results": {{\n  "bindings": ['
    left, between, end = iter(rows), "", "]"
    while some := list(islice(left, AT_ONCE)):
        texts = (_text({n: _term(t) for n, t in zip(columns, row, strict=True) if t is not None}, 3) for row in some)
        yield between + ",".join(f"\n   {text}" for text in texts)
        between, end = ",", "\n  ]"
    rest = "".join(f",\n {_text(name, 0)}: {_text(value, 1)}" for name, value in (more or {}).items())
    yield f"{end}\n }}{rest}\n}}\n"


def _text(value: object, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype == XSD_STRING:
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    assert term is not None  # noqa: S101 - unbound variables are left out by the caller
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}
