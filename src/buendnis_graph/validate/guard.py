"""Guards that stand before the parsers: they hand on a file piece by piece and refuse what would choke them.

pyoxigraph ends the whole process at some thousand nested triple terms or JSON objects, expands entities without end,
and needs minutes for deeply nested RDF/XML. So every byte passes through a guard first, which counts lines, nesting
and the length of lines, texts and entities, and raises an error that the parser passes on.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from buendnis_graph.errors import LimitError
from buendnis_graph.settings import MAX_DATA_BYTES, MAX_NESTING, MAX_TEXT_BYTES

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""It says nothing in UTF-8, and parsers stumble over it."""
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
        has_lines: whether statements have lines that can be told.
        suspect: whether a character was seen that no IRI may have, so that IRIs need a look.
    """

    suspect = False
    has_lines = True

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
            piece = piece.removeprefix(BYTE_ORDER_MARK)
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


def in_words(size: int) -> str:
    """Return a number of bytes as people write it."""
    for unit, name in ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB")):
        if size >= unit:
            return f"{size / unit:g} {name}" if size % unit == 0 else f"{size / unit:.1f} {name}"
    return f"{size} bytes"
