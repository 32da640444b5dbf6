"""Read a list of any kind: a file, standard input or a page at an address."""

from __future__ import annotations

import json
import re
from pathlib import Path

from buendnis_graph.errors import LimitError, ListError, UsageError
from buendnis_graph.importing.delimited import read_delimited, read_lines
from buendnis_graph.importing.model import Limits, Selection, Table
from buendnis_graph.importing.text import check_mojibake, decode

KINDS = ("csv", "tsv", "xlsx", "ods", "html", "json-ld", "text")
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonld": "json-ld",
    ".json": "json-ld",
    ".txt": "text",
    ".md": "text",
}
_MEDIA = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/ld+json": "json-ld",
    "application/json": "json-ld",
    "text/plain": "text",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


def read_bytes_limited(path: Path, limits: Limits) -> bytes:
    """Return a file's content.

    Raises:
        LimitError: if it is larger than the limit.
        ListError: if it can't be opened.
    """
    try:
        if path.stat().st_size > limits.file_bytes:
            raise _too_large(limits)
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise ListError(f"can't be opened: {error.strerror}.") from error
    if len(content) > limits.file_bytes:
        raise _too_large(limits)
    return content


def _too_large(limits: Limits) -> LimitError:
    return LimitError(
        f"is larger than {limits.file_bytes // 1024 // 1024} MiB.", hint="Is this a member list? Export the list alone."
    )


def read_table(
    content: bytes, name: str, selection: Selection, limits: Limits, *, media: str = "", charset: str = ""
) -> Table:
    """Return the rows of a list.

    Args:
        content: the bytes of the file or page.
        name: its name, whose suffix tells the kind.
        selection: what the user says.
        limits: of size.
        media: media type that a server names.
        charset: encoding that a server names.

    Raises:
        ListError: if it can't be read as what it is, or holds nothing.
        LimitError: if it is too large.
    """
    if len(content) > limits.file_bytes:
        raise _too_large(limits)
    if not content.strip():
        raise ListError("is empty.")
    kind = selection.form or _kind(content, name, media)
    if kind in {"xlsx", "ods"}:
        from buendnis_graph.importing.workbook import read_workbook

        table = read_workbook(content, kind, limits, selection.sheet)
        check_mojibake("\n".join(cell for row in table.rows for cell in row.cells))
    else:
        table = _read_text(content, kind, selection, limits, charset)
    if not table.rows and not table.remarks:
        raise ListError("holds no rows.")
    return table


def _read_text(content: bytes, kind: str, selection: Selection, limits: Limits, charset: str) -> Table:
    declared = charset or (_declared(content) if kind == "html" else "")
    text, remarks = decode(content, declared)
    if kind == "html" or (kind == "json-ld" and text.lstrip().startswith("<")):
        from buendnis_graph.importing.page import read_page

        table = read_page(text, content, limits, selection.css, json_ld_only=kind == "json-ld")
    elif kind == "json-ld":
        table = _read_json_ld(text, limits)
    elif kind == "text":
        table = read_lines(text, limits)
    else:
        table = read_delimited(text, kind, limits, selection.delimiter)
    return Table(table.kind, table.rows, (*remarks, *table.remarks), table.header, table.sha256, table.title)


def _read_json_ld(text: str, limits: Limits) -> Table:
    from buendnis_graph.importing.delimited import check_row
    from buendnis_graph.importing.jsonld import members
    from buendnis_graph.importing.model import Remark, Row

    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ListError(f"is no JSON: {error}.") from error
    header, found, persons = members([text])
    if not found and not persons:
        raise ListError("names no members (schema.org member, memberOf or ItemList).")
    rows = [Row(number, cells) for number, cells in enumerate(found, start=1)]
    for count, row in enumerate(rows, start=1):
        check_row(row, count, limits)
    return Table("json-ld", tuple(rows), (Remark("json-ld", detail=str(len(rows))), *persons), header)


def _kind(content: bytes, name: str, media: str) -> str:
    """Return the kind by content where it is unmistakable, else by the server's word or the name's suffix."""
    if content.startswith(b"PK\x03\x04"):
        from buendnis_graph.importing.workbook import kind_of_archive

        return kind_of_archive(content) or _SUFFIXES.get(Path(name).suffix.lower(), "xlsx")
    if content.startswith(b"%PDF"):
        raise ListError("is a PDF.", hint="Copy its list into a text file, one name a line, or into a spreadsheet.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ListError("is an old Excel file (XLS), or one with a password.", hint="Save it as XLSX or CSV.")
    head = content[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    kind = _MEDIA.get(media.partition(";")[0].strip().lower()) or _SUFFIXES.get(Path(name).suffix.lower(), "")
    if kind:
        return kind
    if re.match(rb"<[a-z!]", head):
        return "html"
    if head.startswith((b"{", b"[")):
        return "json-ld"
    if Path(name).suffix and name != "-" and not media:
        raise UsageError(f"the kind of list is not clear from '{name}'.", hint=f"Say it: --kind {'|'.join(KINDS)}")
    lines = [line for line in content[:20_000].splitlines() if line.strip()][:20]
    for kind, mark in (("tsv", b"\t"), ("csv", b";")):
        if lines and all(line.count(mark) == lines[0].count(mark) > 0 for line in lines[:-1] or lines):
            return kind
    return "text"


def _declared(content: bytes) -> str:
    match = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", content[:4_000], re.IGNORECASE)
    return match[1].decode("ascii") if match else ""
