"""Guards before Turtle, TriG, N-Triples and N-Quads."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from buendnis_graph.validate.guard import BYTE_ORDER_MARK, Guard, Limits, in_words

_SUSPECT = re.compile(rb"\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\\[uU]")
_TOKEN = re.compile(
    rb"""\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
       |(?P<long>\"\"\"|''')
       |"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'|<(?!<)[^<>]*+>|\\.|\#.*
       |(?P<mark><<|>>|[\[({]|[\])}])""",
    re.VERBOSE,
)
_LONG_END = {
    b'"""': re.compile(rb'(?:[^"\\]++|\\.|"(?!""))*+"""', re.DOTALL),
    b"'''": re.compile(rb"(?:[^'\\]++|\\.|'(?!''))*+'''", re.DOTALL),
}


MAX_TEXT_LINES = 1_000_000
"""Of one text."""


class TurtleGuard(Guard):
    """Stands before Turtle, TriG, N-Triples and N-Quads."""

    _INTERESTING = re.compile(rb"[\[\](){}]|<<|>>|\"\"\"|'''|" + _SUSPECT.pattern)

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._depth = 0
        self._quote = b""  # the long quote that is open

    def _next(self) -> bytes:
        """Return the next line, or the next ones together if a text goes on over them.

        The parser begins a text anew with each piece that it gets.
        """
        piece = super()._next()
        if not self._quote:
            return piece
        pieces, size = [piece], len(piece)
        while self._quote:
            pieces.append(super()._next())
            size += len(pieces[-1])
            if size > self._limits.text or len(pieces) > MAX_TEXT_LINES:
                most = f"{in_words(self._limits.text)} or {MAX_TEXT_LINES:,} lines"
                raise self.too_much(f"has a text of more than {most}")
            if not pieces[-1]:
                break
        return b"".join(pieces)

    def look(self, piece: bytes) -> None:
        """Refuse long lines and deep nesting."""
        if len(piece) > self._limits.text:
            raise self.too_much(f"has a line of more than {in_words(self._limits.text)}")
        if not (self._quote or self._INTERESTING.search(piece)):
            return
        self.suspect = self.suspect or _SUSPECT.search(piece) is not None
        if self._quote:
            if self._quote not in piece:
                return
            end = _LONG_END[self._quote].match(piece)
            if end is None:
                return
            piece, self._quote = piece[end.end() :], b""
        for token in _TOKEN.finditer(piece):
            if token["long"]:  # a text that does not end on this line
                self._quote = token["long"]
                return
            mark = token["mark"]
            if mark:
                self._depth += 1 if mark in b"<<[({" else -1
                if self._depth > self._limits.nesting:
                    raise self.too_deep()


_CHUNK = 64 * 1024
_EMPTY = re.compile(rb"^[ \t\r]*(?:#.*)?$", re.MULTILINE)


_NOT_PLAIN = re.compile(rb"_:|<<|@[A-Za-z0-9-]*--|" + _SUSPECT.pattern)


_ODD = (b"_:", b"<<", b"--", b"\\u", b"\\U", b"\xe2\x80", b"\xe2\x81", b"\xd8\x9c")
_MAYBE_EMPTY = (b"\n\n", b"\n#", b"\n\r", b"\n ", b"\n\t")


class LinesGuard(TurtleGuard):
    """Stands before N-Triples and N-Quads: many lines at once, since each line is one statement or none.

    ``plain`` is whether all so far has neither blank nodes nor anything that needs a look.
    """

    plain = True
    _INTERESTING = re.compile(rb"<<|" + _SUSPECT.pattern)

    def __init__(self, stream: BinaryIO, path: Path, limits: Limits) -> None:
        super().__init__(stream, path, limits)
        self._numbers: deque[Iterable[int]] = deque()
        self._lines = self._flow()
        self._rest = b""

    def line_of_statement(self) -> int:
        """Return the line of the next statement: they come in the order of their lines."""
        return next(self._lines, self.line)

    def lines_of_statements(self, number: int) -> Iterator[int]:
        """Return the lines of as many statements."""
        return islice(self._lines, number)

    def _flow(self) -> Iterator[int]:
        while self._numbers:
            yield from self._numbers.popleft()

    def _next(self) -> bytes:
        chunk = self._rest + self._stream.read(_CHUNK)
        if not self._size:
            chunk = chunk.removeprefix(BYTE_ORDER_MARK)
        while b"\n" not in chunk and len(chunk) <= self._limits.text:
            more = self._stream.read(_CHUNK)
            if not more:
                break
            chunk += more
        end = chunk.rfind(b"\n") + 1 or len(chunk)
        self._rest, chunk = chunk[end:], chunk[:end]
        self._count(chunk)
        odd = any(mark in chunk for mark in _ODD)  # many times quicker than a look by pattern
        self.plain = self.plain and not (odd and _NOT_PLAIN.search(chunk))
        start = self.line + 1
        lines = chunk.count(b"\n") + (not chunk.endswith(b"\n") and bool(chunk))
        if len(chunk) > self._limits.text or (odd and self._INTERESTING.search(chunk)):
            for line in chunk.splitlines(keepends=True):
                self.line += 1
                self.look(line)
        if chunk[:1] in b" \t\r\n#" or any(mark in chunk for mark in _MAYBE_EMPTY):
            numbered = enumerate(chunk.split(b"\n"), start)
            self._numbers.append([number for number, line in numbered if not _EMPTY.match(line)])
        else:
            self._numbers.append(range(start, start + lines))
        self.line = start + lines - 1
        return chunk
