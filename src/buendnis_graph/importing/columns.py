"""Which column holds what: by its name in German or English, or as the user says."""

from __future__ import annotations

import re
from dataclasses import replace

from buendnis_graph.errors import UsageError
from buendnis_graph.importing.model import FIELDS, Listing, Remark, Row, Selection, Table
from buendnis_graph.importing.names import take_apart
from buendnis_graph.importing.personal import is_personal_column
from buendnis_graph.importing.roles import role_of
from buendnis_graph.importing.words import has_organisation_word, looks_like_name, table

_TABLE = {word: field for field, words in table("headers").items() for word in words}
_NAME_PARTS = re.compile(
    r"verein|verband|verbänd|organi[sz]ation|mitglied|einrichtung|institution|initiativ|association|member"
)
_NUMBERS = frozenset({"nr", "lfd. nr", "lfd nr", "nummer", "no", "number", "id", "#"})
_HEADER_ROWS = 20


def _normal(header: str) -> str:
    return re.sub(r"\s+", " ", header).strip().strip(":.*").casefold()


def field_of(header: str) -> str:
    """Return the field that a column's name means, ``personal`` for personal data, or nothing."""
    name = _normal(header)
    if name in _TABLE:
        return _TABLE[name]
    return "personal" if is_personal_column(name) else ""


def has_name_column(cells: tuple[str, ...]) -> bool:
    """Return whether a row is a header that names a column of names."""
    return any(field_of(cell) == "name" or _is_name_part(cell) for cell in cells)


def _is_name_part(header: str) -> bool:
    name = _normal(header)
    short = len(name.split()) <= 4 and not re.search(r"\be\.?\s?v\b|gmbh|nummer|nr\b|seit|since|zahl", name)
    return short and _NAME_PARTS.search(name) is not None and not is_personal_column(name)


def name_columns(read: Table, selection: Selection) -> Listing:
    """Return a table as a list with named columns: its header is found, what stands above it is reported.

    Raises:
        UsageError: if a column that the user named is not there.
    """
    rows = list(read.rows)
    remarks = list(read.remarks)
    if read.header is not None:
        header, has_header = read.header, False
    else:
        index = _header_index(rows, selection)
        has_header = index is not None
        width = max((len(row.cells) for row in rows), default=1)
        if index is None:
            header = tuple(str(number) for number in range(1, width + 1))
        else:
            header = rows[index].cells
            remarks += [Remark("above-header", row.line) for row in rows[:index]]
            remarks.append(Remark("header", rows[index].line))
            rows = rows[index + 1 :]
    width = max([len(header), *(len(row.cells) for row in rows)], default=1)
    columns = tuple((header[i].strip() or str(i + 1)) if i < len(header) else str(i + 1) for i in range(width))
    padded = tuple(replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows)
    return Listing(read.kind, columns, padded, tuple(remarks), has_header, read.sha256, read.title)


def _header_index(rows: list[Row], selection: Selection) -> int | None:
    if selection.header is False:
        return None
    wanted = {_normal(name) for name in selection.columns.values() if not name.isdigit()}
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        names = {_normal(cell) for cell in row.cells if cell.strip()}
        if (wanted and wanted <= names) or (_is_header(row, names) and not _is_repeated(rows, index)):
            return index
    return 0 if selection.header and rows else None


def _is_header(row: Row, names: set[str]) -> bool:
    """Return whether the cells of a row are names of columns: one of names, and half of them known."""
    if any(take_apart(cell).legal_form for cell in row.cells):
        return False
    known = [cell for cell in row.cells if field_of(cell) or _normal(cell) in _NUMBERS]
    sure = [cell for cell in known if not role_of(cell).known]  # "Mitglied" may be a value as well
    if any(field_of(cell) == "name" for cell in known):
        return 2 * len(known) >= len(names) and (bool(sure) or len(names) == 1)
    return bool(sure) and (len(known) > 1 or any(_is_name_part(cell) for cell in row.cells))


def _is_repeated(rows: list[Row], index: int) -> bool:
    """Return whether a cell of a row stands in its column again: then it is a value and names nothing."""
    cells = [(column, cell.strip()) for column, cell in enumerate(rows[index].cells) if cell.strip()]
    # A header printed again on each page is one all the same.
    others = [row.cells for row in rows if row.cells != rows[index].cells]
    return any(column < len(row) and row[column].strip() == cell for column, cell in cells for row in others)


def map_columns(listing: Listing, columns: dict[str, str]) -> tuple[dict[str, int], list[Remark]]:
    """Return the column's index for each field that the list has, and remarks on the columns that are not taken.

    Args:
        listing: the list.
        columns: the user's own mapping, column name (or number from 1) by field.

    Raises:
        UsageError: if the user's mapping does not fit, or no column holds names.
    """
    mapping = {field: _index(listing, field, name) for field, name in columns.items()}
    fields = [field_of(name) for name in listing.columns]
    # "Verein | Name | Telefon": beside a column of organisations, or of first names, "Name" is a person's.
    bare = [i for i, name in enumerate(listing.columns) if _normal(name) == "name"]
    others = [i for i, field in enumerate(fields) if field == "name" and i not in bare]
    first_names = any("vorname" in _normal(name) or "first name" in _normal(name) for name in listing.columns)
    if bare and (others or first_names):
        for index in bare:
            fields[index] = "personal"
    for index, field in enumerate(fields):
        if field in FIELDS and field not in mapping and index not in mapping.values():
            mapping[field] = index
    if "name" not in mapping:
        mapping["name"] = _guess_names(listing, fields, mapping)
    remarks = []
    for index, name in enumerate(listing.columns):
        if index not in mapping.values() and any(row.cells[index].strip() for row in listing.rows):
            code = "personal-column" if fields[index] == "personal" else "column-not-taken"
            remarks.append(Remark(code, detail=name))
    if "parent" in mapping:
        remarks.append(Remark("parent-not-kept", detail=listing.columns[mapping["parent"]]))
    if "note" in mapping:
        remarks.append(Remark("note-not-kept", detail=listing.columns[mapping["note"]]))
    return mapping, remarks


def _index(listing: Listing, field: str, name: str) -> int:
    if field not in FIELDS:
        raise UsageError(f"there is no field '{field}'.", hint=f"Fields are {', '.join(FIELDS)}.")
    found = [i for i, column in enumerate(listing.columns) if _normal(column) == _normal(name)]
    if not found and name.isdigit() and 1 <= int(name) <= len(listing.columns):
        found = [int(name) - 1]
    if len(found) != 1:
        raise UsageError(
            f"there is more than one column '{name}'." if found else f"there is no column '{name}'.",
            hint=f"The list has: {'; '.join(listing.columns)}. A number (from 1) will do.",
        )
    return found[0]


def _guess_names(listing: Listing, fields: list[str], mapping: dict[str, int]) -> int:
    free = [i for i in range(len(listing.columns)) if not fields[i] and i not in mapping.values()]
    named = [i for i in free if listing.has_header and _is_name_part(listing.columns[i])]
    if named:
        return named[0]
    best, best_share = -1, 0.0
    for index in free:
        cells = [row.cells[index] for row in listing.rows if row.cells[index].strip()]
        shaped = sum(looks_like_name(cell) and any(c.isalpha() for c in cell) for cell in cells)
        share = sum(has_organisation_word(cell) for cell in cells) / max(len(cells), 1)
        if cells and 2 * shaped >= len(cells) and share > best_share:
            best, best_share = index, share
    if best < 0 and len(listing.columns) == 1:
        return 0
    if best < 0:
        raise UsageError(
            "no column looks like names of organisations.",
            hint=f"Say which: --column name=… The list has: {'; '.join(listing.columns)}.",
        )
    return best
