"""Guards that stand before the parsers: they hand on a file piece by piece and refuse what would choke them.

pyoxigraph ends the whole process at some thousand nested triple terms or JSON objects, expands entities without end,
and needs minutes for deeply nested RDF/XML. So every byte passes through a guard first, which counts lines, nesting
and the length of lines, texts and entities, and raises an error that the parser passes on.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

import pyoxigraph as ox

from buendnis_graph.errors import LimitError, ReadError
from buendnis_graph.settings import MAX_DATA_BYTES, MAX_NESTING, MAX_TEXT_BYTES

_SPLIT = "Is this a data file? If it is yours, write it in smaller parts."


@dataclass(frozen=True, slots=True)
class Limits:
    """How large things may be.

    Attributes:
        size: bytes of a file.
        text: bytes of a line or literal.
        nesting: how deep brackets, objects or elements may stand in one another.
    """

    size: int = MAX_DATA_BYTES
    text: int = MAX_TEXT_BYTES
    nesting: int = MAX_NESTING


class Guard(io.RawIOBase):
    """Hands a stream on line by line, so that a statement's line is the last one handed on.

    Attributes:
        line: the line handed on last.
        suspect: whether a character was seen that no IRI may have, so that IRIs need a look.
    """

    suspect = False

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        self._stream, self._path, self._limits = stream, path, limits
        self._piece, self._given, self._size = b"", 0, 0
        self._at_start = True
        self.line = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes of the current line, the next one if it is used up, nothing at the end."""
        if self._given >= len(self._piece):
            self._piece, self._given = self._next(), 0
        end = len(self._piece) if size < 0 else self._given + size
        chunk = self._piece[self._given : end]
        self._given += len(chunk)
        return chunk

    def _next(self) -> bytes:
        piece = self._stream.readline(self._longest())
        self.line += self._at_start and bool(piece)
        first = self._size == 0
        self._count(piece)
        self._at_start = piece.endswith(b"\n")
        if first:
            piece = piece.removeprefix(b"\xef\xbb\xbf")  # a byte order mark says nothing in UTF-8
        self.look(piece)
        return piece

    def _count(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limits.size:
            raise self.too_much(f"is larger than {in_words(self._limits.size)}", "Allow more: --max-size MEBIBYTES.")

    def _longest(self) -> int:
        return self._limits.text + 1

    def line_of_statement(self) -> int:
        """Return the line of the statement that the parser has given out just now; ask once for each."""
        return self.line

    def look(self, piece: bytes) -> None:
        """Look at a piece before it is handed on.

        Raises:
            LimitError: if something in it is too large.
        """

    def too_much(self, what: str, hint: str = _SPLIT) -> LimitError:
        """Return the error to raise at the current line."""
        return LimitError(f"{what}.", path=self._path, line=self.line, hint=hint)

    def too_deep(self) -> LimitError:
        """Return the error for nesting."""
        return self.too_much(f"is nested more than {self._limits.nesting} deep")


_SUSPECT = re.compile(rb"\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\\[uU]")
_LONG_QUOTE = re.compile(rb"\"\"\"|'''")
_SKIPPED = re.compile(
    rb"""\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
       |"(?!"")(?:[^"\\]++|\\.)*+"|'(?!'')(?:[^'\\]++|\\.)*+'|<(?!<)[^<>]*+>|\\.|\#.*""",
    re.VERBOSE,
)
_LONG_END = {
    b'"""': re.compile(rb'(?:[^"\\]++|\\.|"(?!""))*+"""', re.DOTALL),
    b"'''": re.compile(rb"(?:[^'\\]++|\\.|'(?!''))*+'''", re.DOTALL),
}
_OPEN_OR_CLOSE = re.compile(rb"<<|>>|[\[({]|[\])}]|\"\"\"|'''")


class TurtleGuard(Guard):
    """Stands before Turtle, TriG, N-Triples and N-Quads."""

    _INTERESTING = re.compile(rb"[\[\](){}]|<<|>>|\"\"\"|'''|" + _SUSPECT.pattern)

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._depth = 0
        self._quote = b""  # the long quote that is open

    def look(self, piece: bytes) -> None:
        """Refuse long lines and deep nesting."""
        if len(piece) > self._limits.text:
            raise self.too_much(f"has a line of more than {in_words(self._limits.text)}")
        if not (self._quote or self._INTERESTING.search(piece)):
            return
        self.suspect = self.suspect or _SUSPECT.search(piece) is not None
        if self._quote:
            end = _LONG_END[self._quote].match(piece)
            if end is None:
                return
            piece, self._quote = piece[end.end() :], b""
        for found in _OPEN_OR_CLOSE.finditer(_SKIPPED.sub(b" ", piece)):
            mark = found.group()
            if _LONG_QUOTE.fullmatch(mark):  # one that does not end on this line
                self._quote = mark
                return
            self._depth += 1 if mark in b"<<[({" else -1
            if self._depth > self._limits.nesting:
                raise self.too_deep()


_CHUNK = 64 * 1024
_EMPTY = re.compile(rb"^[ \t\r]*(?:#.*)?$", re.MULTILINE)


class LinesGuard(TurtleGuard):
    """Stands before N-Triples and N-Quads: many lines at once, since each line is one statement or none."""

    _INTERESTING = re.compile(rb"<<|" + _SUSPECT.pattern)

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._numbers: deque[Iterator[int]] = deque()
        self._rest = b""

    def line_of_statement(self) -> int:
        """Return the line of the next statement: they come in the order of their lines."""
        while self._numbers:
            for number in self._numbers[0]:
                return number
            self._numbers.popleft()
        return self.line

    def _next(self) -> bytes:
        chunk = self._rest + self._stream.read(_CHUNK)
        while b"\n" not in chunk and len(chunk) <= self._limits.text:
            more = self._stream.read(_CHUNK)
            if not more:
                break
            chunk += more
        end = chunk.rfind(b"\n") + 1 or len(chunk)
        self._rest, chunk = chunk[end:], chunk[:end]
        self._count(chunk)
        start = self.line + 1
        lines = chunk.count(b"\n") + (not chunk.endswith(b"\n") and bool(chunk))
        if len(chunk) > self._limits.text or self._INTERESTING.search(chunk):
            for line in chunk.splitlines(keepends=True):
                self.line += 1
                self.look(line)
        if _EMPTY.search(chunk, 0, max(len(chunk) - 1, 0)):
            numbered = enumerate(chunk.split(b"\n"), start)
            self._numbers.append(iter([number for number, line in numbered if not _EMPTY.match(line)]))
        else:
            self._numbers.append(iter(range(start, start + lines)))
        self.line = start + lines - 1
        return chunk


class _PiecesGuard(Guard):
    """Stands before formats whose files may be one line."""

    suspect = True  # characters may be cut in two between pieces, or written as references

    def _longest(self) -> int:
        return 4096


_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_STRING_END = re.compile(rb'(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class JsonGuard(_PiecesGuard):
    """Stands before JSON-LD; ``context`` is the last line that brings in names from elsewhere."""

    context = 0

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._depth = 0
        self._open = -1  # bytes of the string that is open, -1 if none is
        self._escaped = False  # whether the next byte is escaped

    def look(self, piece: bytes) -> None:
        """Refuse deep nesting and long strings."""
        if b'"@context"' in piece or b'"@import"' in piece:
            self.context = self.line
        if self._open >= 0:
            end = _STRING_END.match(piece, 1 if self._escaped and piece else 0)
            if end is None:
                return self._grow(piece)
            piece, self._open = piece[end.end() :], -1
        outside = _STRING.sub(b"", piece)
        quote = outside.find(b'"')
        if quote >= 0:
            self._open, self._escaped = 0, False
            self._grow(outside[quote + 1 :])
            outside = outside[:quote]
        marks = outside.translate(None, _NOT_BRACKETS)
        opened = marks.count(b"[") + marks.count(b"{")
        if self._depth + opened <= self._limits.nesting:
            self._depth += opened - (len(marks) - opened)
            return None
        for mark in marks:
            self._depth += 1 if mark in b"[{" else -1
            if self._depth > self._limits.nesting:
                raise self.too_deep()
        return None

    def _grow(self, piece: bytes) -> None:
        self._open += len(piece)
        if self._open > self._limits.text:
            raise self.too_much(f"has a text of more than {in_words(self._limits.text)}")
        tail = piece[1:] if self._escaped else piece
        self._escaped = bool((len(tail) - len(tail.rstrip(b"\\"))) % 2) or (self._escaped and not piece)


_ENTITY = 1000
_GROWTH = 10


class XmlGuard(_PiecesGuard):
    """Stands before RDF/XML: a second parser that looks at everything the first one will see."""

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._depth = self._text = self._expanded = self._seen = 0
        self._ended = False
        self._expat = expat.ParserCreate()
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._expat.EntityDeclHandler = self._entity

    def look(self, piece: bytes) -> None:
        """Refuse what is no XML, deep nesting, long texts, and entities that are more than a short text."""
        if self._ended:
            return
        self._ended = not piece
        try:
            self._expat.Parse(piece, not piece)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            raise ReadError(f"is not valid XML: {reason}.", path=self._path, line=error.lineno) from error
        self._seen = max(self._seen, self._expat.CurrentByteIndex)
        if self._size - self._seen > self._limits.text:
            raise self.too_much(f"has a tag or comment of more than {in_words(self._limits.text)}")

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._text = 0
        if self._depth > self._limits.nesting:
            raise self.too_deep()
        self._grow(sum(map(len, attributes.values())))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._text = 0

    def _characters(self, text: str) -> None:
        self._text += len(text)
        if self._text > self._limits.text:
            raise self.too_much(f"has a text of more than {in_words(self._limits.text)}")
        self._grow(len(text))

    def _grow(self, length: int) -> None:
        self._expanded += length
        if self._expanded > _GROWTH * self._size + _ENTITY:
            raise self.too_much("grows more than tenfold by its entities", "Write the texts out.")

    def _entity(self, name: str, is_parameter: int, value: str | None, *_rest: str | None) -> None:
        if is_parameter or value is None:
            raise self.too_much(f"declares the external or parameter entity {name!r}", "No other file is read.")
        if "&" in value or "<" in value or len(value) > _ENTITY:
            raise self.too_much(f"declares the entity {name!r}, which is more than a short text", "Write it out.")


def in_words(size: int) -> str:
    """Return a number of bytes as people write it."""
    for unit, name in ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB")):
        if size >= unit:
            return f"{size / unit:g} {name}" if size % unit == 0 else f"{size / unit:.1f} {name}"
    return f"{size} bytes"


def guard_for(rdf_format: ox.RdfFormat) -> type[Guard]:
    """Return the guard that stands before a format."""
    if rdf_format == ox.RdfFormat.JSON_LD:
        return JsonGuard
    if rdf_format == ox.RdfFormat.RDF_XML:
        return XmlGuard
    return LinesGuard if rdf_format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS) else TurtleGuard
