"""CSV for people and spreadsheets (RFC 4180), or as SPARQL 1.1 has it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from buendnis_graph.formulas import harmless
from buendnis_graph.queries.table import AT_ONCE, Table, Term, plain


def safe(term: object) -> str:
    """Return a term's text so that no spreadsheet runs it as a formula: with an apostrophe before what would begin one.

    Numbers stay numbers.
    """
    return harmless(plain(term))


def write(result: Table | bool, *, raw: bool = False) -> str:
    """Return CSV with a header row.

    Args:
        result: a table, or yes or no.
        raw: leave texts as they are (SPARQL 1.1 Query Results CSV); otherwise none can be run as a formula.
    """
    if isinstance(result, bool):
        return f"{str(result).lower()}\r\n"
    return "".join(pieces(result.columns, result.rows, raw=raw))


def pieces(columns: Sequence[str], rows: Iterable[Sequence[Term]], *, raw: bool = False) -> Iterator[str]:
    """Yield CSV with a header row, some rows at a time."""
    cell = plain if raw else safe
    left = iter(rows)
    some: Iterable[Sequence[str]] = [columns]
    while some:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(some)
        yield out.getvalue()
        some = [[cell(term) for term in row] for row in islice(left, AT_ONCE)]
