"""XLSX and ODS, through calamine."""

from __future__ import annotations

import datetime
import io
from pathlib import PurePosixPath

from buendnis_graph.errors import ListError
from buendnis_graph.importing.delimited import check_row
from buendnis_graph.importing.model import Limits, Remark, Row, Table
from buendnis_graph.importing.survey import Range, open_archive, survey_ods, survey_xlsx


def read_workbook(content: bytes, kind: str, limits: Limits, sheet: str = "") -> Table:
    """Return the rows of a sheet; a cell merged over several rows counts for each of them.

    Args:
        content: the file.
        kind: ``xlsx`` or ``ods``.
        limits: of size.
        sheet: its name or number from 1; without one, the first that is shown and not empty.

    Raises:
        ListError: if it can't be read, or has no such sheet.
        LimitError: if it is too large, packed or unpacked.
    """
    from python_calamine import CalamineWorkbook

    archive = open_archive(content, limits)
    merged_ods = survey_ods(archive, limits) if kind == "ods" else []
    if kind == "xlsx":
        survey_xlsx(archive, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        index, remarks = _choose(workbook, sheet)
        found = workbook.get_sheet_by_index(index)
        values = found.to_python(skip_empty_area=False)
        merged = merged_ods[index] if kind == "ods" else found.merged_cell_ranges or []
    except ListError:
        raise
    except BaseException as error:
        # calamine's own errors, and the panics of Rust, which are no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise ListError(f"can't be read as {kind.upper()}: {error}.", hint="Open and save it once more.") from error
    cells = [[_text(value) for value in row] for row in values]
    if _fill(cells, merged):
        remarks.append(Remark("merged"))
    return _table(cells, kind, limits, remarks)


def _table(cells: list[list[str]], kind: str, limits: Limits, remarks: list[Remark]) -> Table:
    rows: list[Row] = []
    for number, row in enumerate(cells, start=1):
        while row and not row[-1].strip():
            row.pop()
        if row:
            rows.append(Row(number, tuple(row)))
            check_row(rows[-1], len(rows), limits)
    empty = len(cells) - len(rows)
    if empty:
        remarks.append(Remark("empty-rows", detail=str(empty)))
    return Table(kind, tuple(rows), tuple(remarks))


def _choose(workbook: object, wanted: str) -> tuple[int, list[Remark]]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    assert isinstance(workbook, CalamineWorkbook)  # noqa: S101 - only so that the type is imported lazily
    names = workbook.sheet_names
    if wanted in names:
        return names.index(wanted), []
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1, []
    if wanted or not names:
        raise ListError(f"has no sheet '{wanted}'.", hint=f"It has: {', '.join(names) or 'none'}.")
    shown = [i for i, sheet in enumerate(workbook.sheets_metadata) if sheet.visible == SheetVisibleEnum.Visible]
    filled = [i for i in shown if workbook.get_sheet_by_index(i).total_height]
    index = (filled or shown or [0])[0]
    return index, [Remark("sheet", detail=names[index])] if len(names) > 1 else []


def _text(value: object) -> str:
    """Return a cell as people see it, dates in ISO form."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def _fill(cells: list[list[str]], merged: list[Range]) -> bool:
    """Give each row that a merged cell spans the cell's text; return whether there was one.

    Only downwards: a cell merged over columns is a heading, not the same value twice.
    """
    filled = False
    for (top, left), (bottom, _right) in merged:
        if bottom <= top or top >= len(cells) or left >= len(cells[top]) or not cells[top][left].strip():
            continue
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row) and not row[left].strip() and any(cell.strip() for cell in row):
                row[left] = cells[top][left]
                filled = True
    return filled


def kind_of_archive(content: bytes) -> str:
    """Return ``ods`` or ``xlsx`` for a zip archive, by what it holds; empty if neither."""
    import zipfile

    try:
        names = {PurePosixPath(name).as_posix() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    return "ods" if "content.xml" in names else "xlsx" if any(n.startswith("xl/") for n in names) else ""
