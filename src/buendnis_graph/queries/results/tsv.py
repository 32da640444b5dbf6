"""SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""

from __future__ import annotations

from buendnis_graph.queries.table import Table


def write(result: Table | bool) -> str:
    """Return TSV, verbatim, for programs."""
    if isinstance(result, bool):
        return f"{str(result).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in result.columns)]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in result.rows]
    return "\n".join(lines) + "\n"
