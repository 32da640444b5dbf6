"""Tables in Markdown (GitHub's flavour)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from buendnis_graph.queries.table import Table, readable

_SPECIAL = re.compile(r"([\\`*_\[\]|~#])")


def write(result: Table | bool, labels: Mapping[str, str]) -> str:
    """Return a Markdown table; IRIs are links with their labels, and no text is markup."""
    if isinstance(result, bool):
        return "**yes**\n" if result else "**no**\n"
    lines = [_row(_text(name) for name in result.columns), _row("---" for _ in result.columns)]
    lines += [_row(_cell(term, labels) for term in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def _row(cells: object) -> str:
    return "| " + " | ".join(cells) + " |"  # type: ignore[arg-type]


def _cell(term: object, labels: Mapping[str, str]) -> str:
    shown = _text(readable(term, labels))
    if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
        address = term.value.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
        return f"[{shown}]({address})"
    return shown


def _text(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<br>".join(_SPECIAL.sub(r"\\\1", safe).splitlines())
