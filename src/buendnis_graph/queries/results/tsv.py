"""SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from buendnis_graph.queries.table import AT_ONCE, Table, Term


def write(result: Table | bool) -> str:
    """Return TSV, verbatim, for programs."""
    if isinstance(result, bool):
        return f"{str(result).lower()}\n"
    return "".join(pieces(result.columns, result.rows))


def pieces(columns: Sequence[str], rows: Iterable[Sequence[Term]]) -> Iterator[str]:
    """Yield TSV, some rows at a time."""
    left = iter(rows)
    some = ["\t".join(f"?{name}" for name in columns)]
    while some:
        yield "\n".join(some) + "\n"
        some = ["\t".join("" if term is None else str(term) for term in row) for row in islice(left, AT_ONCE)]
