"""CSV for people and spreadsheets (RFC 4180), or as SPARQL 1.1 has it."""

from __future__ import annotations

import csv
import io
import re

import pyoxigraph as ox

from buendnis_graph.queries.table import Table, plain

_UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x20\x7f\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
# A cell begins at the start and, in a spreadsheet that splits at semicolons (as German ones do), behind those, tabs and
# line ends.
_RISKY = re.compile(rf"(?:\A|(?<=[;\t\r\n]))(?={_UNSEEN}*{_SIGNS})|\A(?=[\t\r])")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def safe(term: object) -> str:
    """Return a term's text so that no spreadsheet runs it as a formula: with an apostrophe before what would begin one.

    Numbers stay numbers.
    """
    text = plain(term)
    return text if isinstance(term, ox.NamedNode) or _NUMBER.fullmatch(text) else _RISKY.sub("'", text)


def write(result: Table | bool, *, raw: bool = False) -> str:
    """Return CSV with a header row.

    Args:
        result: a table, or yes or no.
        raw: leave texts as they are (SPARQL 1.1 Query Results CSV); otherwise none can be run as a formula.
    """
    if isinstance(result, bool):
        return f"{str(result).lower()}\r\n"
    cell = plain if raw else safe
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    writer.writerows([cell(term) for term in row] for row in result.rows)
    return out.getvalue()
