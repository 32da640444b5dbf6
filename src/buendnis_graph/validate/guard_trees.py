"""Guards before JSON-LD and RDF/XML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from buendnis_graph.errors import ReadError
from buendnis_graph.validate.guard import Guard, Limits, in_words


class _PiecesGuard(Guard):
    """Stands before formats whose files may be one line."""

    has_lines = False
    suspect = True  # characters may be cut in two between pieces, or written as references

    def _longest(self) -> int:
        return 4096


_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_STRING_END = re.compile(rb'(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


MAX_JSON_TEXT = 1024 * 1024
"""Of a text in JSON-LD: the parser begins anew with each piece of a text, so its time grows with the square."""


class JsonGuard(_PiecesGuard):
    """Stands before JSON-LD; ``context`` is the last line that brings in names from elsewhere."""

    context = 0

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._longest_text = min(limits.text, MAX_JSON_TEXT)
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
        if self._open > self._longest_text:
            raise self.too_much(f"has a text of more than {in_words(self._longest_text)}")
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
            raise ReadError(
                f"is not valid XML: {reason}.", path=self._path, line=error.lineno, hint="Mend this line."
            ) from error
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
