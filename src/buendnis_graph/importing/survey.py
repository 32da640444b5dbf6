"""Look a spreadsheet over before a library reads it: how large it is unpacked, how far its cells reach, what is merged.

A spreadsheet is a zip of XML. A few kilobytes can unpack to gigabytes; one cell in the last corner makes a reader set
aside room for the whole sheet; one long text can be named by a million cells.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Protocol
from xml.parsers import expat

from buendnis_graph.errors import LimitError, ListError
from buendnis_graph.importing.model import Limits

_RATIO = 1_000
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
Range = tuple[tuple[int, int], tuple[int, int]]


class _Handler(Protocol):
    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def text(self, text: str) -> None: ...
    def end(self, tag: str) -> None: ...


def open_archive(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """Return a spreadsheet's archive after a look at its directory.

    Raises:
        ListError: if it is no archive, or encrypted.
        LimitError: if it unpacks to more than the limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ListError("is no spreadsheet (XLSX or ODS).", hint="Is it CSV? Say so: --kind csv") from error
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes or len(entries) > 10_000:
        raise LimitError(
            f"unpacks to more than {limits.unpacked_bytes // 1024 // 1024} MiB.", hint="Such a file is no member list."
        )
    for entry in entries:
        if entry.file_size > 1024 * 1024 and entry.file_size > _RATIO * max(entry.compress_size, 1):
            raise LimitError(f"is packed more than {_RATIO} times: a zip bomb.", hint="Nothing was unpacked.")
        if entry.flag_bits & 1:
            raise ListError("is encrypted.", hint="Save it without a password.")
    return archive


class _Extent:
    """Counts what a sheet holds and stops at the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._characters = 0

    def reach(self, row: int, column: int, characters: int = 0) -> None:
        """Note a cell in use, counted from 1, and how much text it (and its repetitions) hold.

        Raises:
            LimitError: if the sheet is too large.
        """
        # Empty rows between are allowed for; a cell in the last corner is not.
        if row > self._limits.rows + 1_000:
            raise LimitError(
                f"has more than {self._limits.rows:,} rows.", hint="If it is a member list: --max-rows NUMBER"
            )
        if column > self._limits.columns:
            raise LimitError(f"has a cell in column {column}; {self._limits.columns} columns are allowed.")
        self._characters += characters
        if self._characters > self._limits.unpacked_bytes:
            raise LimitError(f"holds more than {self._limits.unpacked_bytes // 1024 // 1024} MiB of text.")


class _SharedTexts:
    """Lengths of the texts that the cells of an XLSX file name by number."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)

    def end(self, tag: str) -> None: ...


class _XlsxSheet:
    """One worksheet of an XLSX file."""

    def __init__(self, limits: Limits, lengths: list[int]) -> None:
        self._extent, self._lengths = _Extent(limits), lengths
        self._row = self._column = 0
        self._shared, self._inside, self._text = False, False, ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "row":
            self._row = int(attributes["r"]) if attributes.get("r", "").isdigit() else self._row + 1
            self._column = 0
        elif local == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _column_number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
            self._shared, self._inside, self._text = attributes.get("t") == "s", True, ""

    def text(self, text: str) -> None:
        if self._inside:
            self._text += text[:100] if self._shared else ""

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            index = self._text.strip()
            known = self._shared and index.isdigit() and int(index) < len(self._lengths)
            self._extent.reach(self._row, self._column, self._lengths[int(index)] if known else 0)
            self._inside = False


class _OdsSheets:
    """All tables of an ODS file; ``merged`` has a list of ranges for each."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._extent = limits, _Extent(limits)
        self.merged: list[list[Range]] = []
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._characters, self._inside, self._used = 0, False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "table":
            self.merged.append([])
            self._extent = _Extent(self._limits)
            self._row, self._rows = 0, 0
        elif local == "table-row":
            self._row, self._column = self._row + self._rows, 0
            self._rows, self._columns = _number(attributes.get("table:number-rows-repeated")), 0
        elif local in {"table-cell", "covered-table-cell"} and self.merged:
            self._column += self._columns
            self._columns = _number(attributes.get("table:number-columns-repeated"))
            self._inside, self._characters = True, 0
            self._used = "office:value-type" in attributes or "calcext:value-type" in attributes
            rows, columns = (_number(attributes.get(f"table:number-{what}-spanned")) for what in ("rows", "columns"))
            if rows > 1 or columns > 1:
                self.merged[-1].append(((self._row, self._column), (self._row + rows - 1, self._column + columns - 1)))

    def text(self, text: str) -> None:
        self._characters += len(text) if self._inside else 0

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] in {"table-cell", "covered-table-cell"} and self.merged:
            if self._used or self._characters:
                repeated = max(self._rows, 1) * max(self._columns, 1)
                self._extent.reach(
                    self._row + self._rows, self._column + self._columns, (self._characters + 1) * repeated
                )
            self._inside = False


_DAMAGES = (
    *(expat.ExpatError, zipfile.BadZipFile, zlib.error),
    *(KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
)
"""What Python's readers raise on a file that is broken, encrypted or packed in a way they do not know."""


def survey_xlsx(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Check the worksheets of an XLSX file against the limits.

    Raises:
        LimitError, ListError: if it is too large or damaged.
    """
    texts = _SharedTexts()
    sheets = []
    for name in archive.namelist():
        try:
            with archive.open(name) as part:
                head = part.read(2_000).replace(b"\x00", b"")
        except _DAMAGES as error:
            raise ListError(f"is damaged in {name}: {error}.", hint="Open and save it once more.") from error
        # By content: the parts of a hostile file may bear any name.
        if b"<sst" in head or b":sst" in head:
            _parse(archive, name, texts)
        elif b"worksheet" in head:
            sheets.append(name)
    for name in sheets:
        _parse(archive, name, _XlsxSheet(limits, texts.lengths))


def survey_ods(archive: zipfile.ZipFile, limits: Limits) -> list[list[Range]]:
    """Check the tables of an ODS file against the limits; return the merged ranges of each, counted from 0.

    Raises:
        LimitError, ListError: if it is too large or damaged.
    """
    sheets = _OdsSheets(limits)
    _parse(archive, "content.xml", sheets)
    return sheets.merged


def _parse(archive: zipfile.ZipFile, name: str, handler: _Handler) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler.start
    parser.CharacterDataHandler = handler.text
    parser.EndElementHandler = handler.end
    try:
        with archive.open(name) as part:
            while chunk := part.read(1 << 16):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except _DAMAGES as error:
        raise ListError(f"is damaged in {name}: {error}.", hint="Open and save it once more.") from error


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
