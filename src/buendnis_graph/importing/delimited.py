"""CSV, TSV and plain text."""

from __future__ import annotations

import csv
import io
import re

from buendnis_graph.errors import LimitError, ListError
from buendnis_graph.importing.columns import field_of
from buendnis_graph.importing.model import Limits, Remark, Row, Table

_DELIMITERS = ";,\t|"
_BULLET = re.compile(r"^\s*(?:(?P<sign>[-*•–·▪◦])|(?P<number>\d{1,4})[.)])\s+")


def read_delimited(text: str, kind: str, limits: Limits, delimiter: str = "") -> Table:
    """Return the rows of a CSV or TSV text; a row's line is the one it begins on.

    Raises:
        ListError: if the text can't be cut into cells.
        LimitError: if it has too many rows, columns or too large cells.
    """
    delimiter = delimiter or ("\t" if kind == "tsv" else _guess_delimiter(text))
    if len(delimiter) != 1:
        raise ListError(f"the delimiter must be one character, not '{delimiter}'.")
    csv.field_size_limit(limits.file_bytes)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    empty, line = 0, 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, tuple(cells)))
                check_row(rows[-1], len(rows), limits)
            else:
                empty += 1
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListError(f"line {line}: can't be cut into cells: {error}.", hint="Is a quote left open?") from error
    remarks = [Remark("empty-rows", detail=str(empty))] if empty else []
    return Table(kind, tuple(rows), tuple(remarks))


def _guess_delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows into the same number of cells, most often; a semicolon if none.

    In a list of one column names may hold commas; so the header, or the first row, must hold the delimiter as well.
    """
    sample = text[:20_000].split("\n")[:30]
    if len(sample) > 1 and len(text) > 20_000:
        sample.pop()
    best, best_score = ";", 0.0
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO("\n".join(sample)), delimiter=delimiter))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if row]
        wide = [width for width in widths if width > 1]
        filled = [row for row in rows if row]
        headed = any(len(row) > 1 and any(field_of(cell) == "name" for cell in row) for row in filled)
        if not wide or not (len(filled[0]) > 1 or headed):
            continue
        common = max(set(wide), key=lambda width: (wide.count(width), width))
        score = wide.count(common) / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def read_lines(text: str, limits: Limits) -> Table:
    """Return a plain text as rows of one cell; bullets or numbers are dropped if every line has one.

    Raises:
        LimitError: if it has too many lines or too long ones.
    """
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1)]
    filled = [(number, line) for number, line in lines if line.strip()]
    remarks = [Remark("empty-rows", detail=str(len(lines) - len(filled)))] if len(lines) - len(filled) > 1 else []
    if len(filled) > 1 and _are_bulleted([line for _, line in filled]):
        filled = [(number, _BULLET.sub("", line)) for number, line in filled]
        remarks.append(Remark("bullets"))
    rows = []
    for number, line in filled:
        rows.append(Row(number, (line,)))
        check_row(rows[-1], len(rows), limits)
    return Table("text", tuple(rows), tuple(remarks), header=("name",))


def _are_bulleted(lines: list[str]) -> bool:
    """Return whether all lines begin with the same sign, or are numbered one by one; "1. FC Köln" is a name."""
    matches = [match for line in lines if (match := _BULLET.match(line))]
    if len(matches) < len(lines):
        return False
    if matches[0]["sign"]:
        return len({match["sign"] for match in matches}) == 1
    first = int(matches[0]["number"])
    return [match["number"] and int(match["number"]) for match in matches] == list(range(first, first + len(matches)))


def check_row(row: Row, count: int, limits: Limits) -> None:
    """Check a row against the limits as soon as it is read.

    Raises:
        LimitError: naming the limit and how to raise it.
    """
    if count > limits.rows + 1:  # one of them may be the header
        raise LimitError(
            f"has more than {limits.rows:,} rows.", hint="Is this a member list? If it is: --max-rows NUMBER"
        )
    if len(row.cells) > limits.columns:
        raise LimitError(f"line {row.line} has {len(row.cells)} cells; {limits.columns} are allowed.")
    for cell in row.cells:
        if len(cell) > limits.cell_bytes or len(cell.encode("utf-8", "surrogatepass")) > limits.cell_bytes:
            raise LimitError(
                f"line {row.line} has a cell of more than {limits.cell_bytes:,} bytes.",
                hint="Is a quote left open, or is this no list?",
            )
