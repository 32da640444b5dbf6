"""XLSX: one sheet, typed cells; a text is never a formula nor a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.extras import need
from buendnis_graph.queries.frames import typed
from buendnis_graph.queries.table import Table

MAX_ROWS = 1_048_575
MAX_COLUMNS = 16_384
MAX_CELL = 32_767
_SHEET_NAME = 31
"""Characters of a sheet's name."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_EXACT = 2**53
"""Larger whole numbers are written as text: a sheet would round them."""


def write(result: Table | bool, heads: Sequence[str] = (), sheet_name: str = "") -> bytes:
    """Return an XLSX file; yes or no is a table of one cell.

    Args:
        result: of a query.
        heads: what to write above the columns; without it their names.
        sheet_name: what the sheet is called: the short name of a question.

    Raises:
        UsageError: if the table is larger than a sheet may be.
        MissingExtraError: if xlsxwriter is not installed.
    """
    table = Table(("answer",), [(ox.Literal(result),)]) if isinstance(result, bool) else result
    if len(table) > MAX_ROWS or len(table.columns) > MAX_COLUMNS:
        raise UsageError(f"a sheet holds {MAX_ROWS:,} rows, this answer {len(table):,}.", hint="Write Parquet or CSV.")
    out = io.BytesIO()
    book = need("xlsxwriter").Workbook(out, _OPTIONS)
    book.set_properties({"created": _NO_CLOCK})
    sheet, day = book.add_worksheet(sheet_name[:_SHEET_NAME] or None), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (name, (_, values)) in enumerate(typed(table).items()):
        sheet.write_string(0, column, heads[column] if column < len(heads) else name, book.add_format({"bold": True}))
        for row, value in enumerate(values, start=1):
            _put(sheet, row, column, value, day)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) and abs(value) < _EXACT:
        sheet.write_number(row, column, value)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    else:
        text = str(value)
        if len(text) > MAX_CELL:
            raise UsageError(f"a cell holds {MAX_CELL:,} characters, a value here {len(text):,}.", hint="Write CSV.")
        sheet.write_string(row, column, text)
