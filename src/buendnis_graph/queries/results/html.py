"""Tables in HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pyoxigraph as ox

from buendnis_graph.queries.table import Table, readable

_SHOWN = 200
"""Rows a notebook shows."""


def write(result: Table, labels: Mapping[str, str]) -> str:
    """Return an HTML table of the first rows; all text is escaped, web addresses are links with their labels."""
    head = "".join(f"<th>{escape(name)}</th>" for name in result.columns)
    rows = [f"<tr>{''.join(f'<td>{_cell(term, labels)}</td>' for term in row)}</tr>" for row in result.rows[:_SHOWN]]
    left_out = len(result) - _SHOWN
    note = f"<p>… {left_out:,} more rows</p>" if left_out > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{note}"


def _cell(term: object, labels: Mapping[str, str]) -> str:
    shown = escape(readable(term, labels))
    if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
        return f'<a href="{escape(term.value)}">{shown}</a>'
    return shown
