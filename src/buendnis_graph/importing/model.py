"""What goes from step to step: a list as read, a row as taken, a remark on what was not."""

from __future__ import annotations

from dataclasses import dataclass, field

FIELDS = ("name", "role", "since", "until", "place", "website", "legal_form", "parent", "note")
"""What a column can hold."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a list may be.

    Args:
        file_bytes: of a file or page.
        rows: of a list.
        columns: of a list.
        cell_bytes: of a cell.
        name_characters: of a name; what is longer is a text.
        unpacked_bytes: of a spreadsheet's parts together.
        seconds: for a page to arrive.
    """

    file_bytes: int = 20 * 1024 * 1024
    rows: int = 20_000
    columns: int = 200
    cell_bytes: int = 10 * 1024
    name_characters: int = 300
    unpacked_bytes: int = 200 * 1024 * 1024
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the user: what was not taken and why, or what was guessed.

    Args:
        code: a key of :data:`buendnis_graph.importing.messages.TEXTS`.
        line: line of the list, 0 if it is about the whole.
        detail: a column's name, a number, a slug; never a value that was left out for being personal.
    """

    code: str
    line: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list with its line in the file (sheet, table, list of the page)."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as a reader finds them, before anybody knows which of them is the header.

    Args:
        kind: ``csv``, ``tsv``, ``xlsx``, ``ods``, ``html``, ``json-ld``, ``text``.
        rows: all rows that hold anything.
        remarks: what was guessed or left out on reading.
        header: names of the columns where the kind of list says them.
        sha256: of a page as read, else empty.
        title: of a page, else empty.
    """

    kind: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    header: tuple[str, ...] | None = None
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with named columns."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    has_header: bool = True
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A row with all that is taken of it, checked; dates in the lexical form they are kept in."""

    line: int
    name: str
    role: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    website: str = ""
    legal_form: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user says about how to read a list.

    Args:
        form: kind of list if it is not to be guessed from name and content.
        sheet: name or number (from 1) of a spreadsheet's sheet.
        css: which elements of a page are, or hold, the entries.
        delimiter: between cells.
        header: whether the list has a header row; None: look.
        columns: column name by field.
    """

    form: str = ""
    sheet: str = ""
    css: str = ""
    delimiter: str = ""
    header: bool | None = None
    columns: dict[str, str] = field(default_factory=dict)
