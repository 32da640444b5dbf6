"""Read one RDF file: every quad with the line it stands on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence.faults import Fault, Refuse, raising
from buendnis_graph.settings import MAX_FILE_BYTES, MAX_LINE_BYTES

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
}


class Located(NamedTuple):
    """A quad and where it stands."""

    quad: ox.Quad
    path: Path
    line: int


class _LineFeeder(io.RawIOBase):
    """Hands the parser at most one line a read, so that a quad's line is the last one handed over.

    The parser emits a quad as soon as it has read its object, and asks for more input only when it needs it.
    """

    def __init__(self, content: bytes) -> None:
        self._lines = iter(content.splitlines(keepends=True))
        self._rest = b""
        self.line = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.line += bool(self._rest)
        size = len(self._rest) if size < 0 else size
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk


def format_of(path: Path) -> ox.RdfFormat:
    """Return the RDF format that a file's suffix names.

    Raises:
        ReadError: if the suffix is none of :data:`FORMATS`.
    """
    try:
        return FORMATS[path.suffix]
    except KeyError:
        raise Fault("file-kind", path, parts={"suffix": path.suffix, "known": ", ".join(FORMATS)}).error() from None


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return a file's content after checking its size.

    Raises:
        LimitError: if it is larger than ``limit`` bytes or has an overlong line.
        ReadError: if it can't be opened or holds nothing.
    """
    if path.exists() and (path.is_symlink() or not path.is_file()):
        raise Fault("no-file", path).error()
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise Fault("unopened", path, parts={"reason": error.strerror}).error() from error
    if len(content) > limit:
        raise Fault("too-large", path, parts={"limit": limit // 1024 // 1024}).error()
    if not content.strip():
        raise Fault("empty", path, 1).error()
    for number, line in enumerate(content.splitlines(), start=1):
        if len(line) > MAX_LINE_BYTES:
            raise Fault("long-line", path, number, parts={"length": len(line)}).error()
    return content


def read_text(path: Path) -> str:
    """Return the text of a small file in UTF-8, such as a query.

    Raises:
        ReadError: if it can't be opened or is not UTF-8, with the line of the wrong byte.
    """
    content = read_bytes(path)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReadError("is not UTF-8.", path=path, line=line, hint="Save it in UTF-8.") from error


def parse(content: bytes, rdf_format: ox.RdfFormat, path: Path, refuse: Refuse = raising) -> Iterator[Located]:
    """Yield the quads of a file's content; a quad that spans lines gets the line its object ends on.

    Args:
        content: what stands in the file.
        rdf_format: what it claims to be.
        path: the file.
        refuse: told of quads that are valid RDF but not for us; they are left out, one told a line.

    Raises:
        ReadError: with the line, on a syntax error or a wrong byte; unless told otherwise, on a blank node or RDF 1.2.
    """
    told: set[tuple[str, int]] = set()
    feeder = _LineFeeder(content)
    try:
        for quad in ox.parse(cast(IO[bytes], feeder), format=rdf_format):
            name = _fault(quad)
            if not name:
                yield Located(quad, path, feeder.line)
            elif (name, feeder.line) not in told:
                told.add((name, feeder.line))
                refuse(Fault(name, path, feeder.line))
    except SyntaxError as error:
        parts = {"format": rdf_format.name, "reason": _reason(error)}
        raise Fault("syntax", path, error.lineno or feeder.line, parts=parts).error() from error


def parse_turtle(path: Path) -> None:
    """Check that a Turtle file parses; blank nodes are allowed, as shapes need them.

    Raises:
        ReadError: with the line, if it does not.
    """
    try:
        for _ in ox.parse(read_bytes(path), format=ox.RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        raise ReadError(f"is not valid Turtle: {_reason(error)}.", path=path, line=error.lineno) from error


def _fault(quad: ox.Quad) -> str:
    """Return what is wrong with a quad that is valid RDF but not for us; nothing if nothing is."""
    value = quad.object  # each time one asks, it is made anew
    if isinstance(quad.subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
        return "blank-node"
    if isinstance(quad.graph_name, ox.BlankNode):
        return "blank-node"
    if isinstance(value, ox.NamedNode):
        return ""
    return "rdf-1-2" if not isinstance(value, ox.Literal) or value.direction is not None else ""


def _reason(error: SyntaxError) -> str:
    """Return the parser's reason without its own account of the place."""
    text = str(error.msg)
    return text.split(": ", 1)[1] if text.startswith("Parser error at") and ": " in text else text


def read_file(path: Path, limit: int = MAX_FILE_BYTES) -> list[Located]:
    """Return the quads of one file, with lines.

    Raises:
        ReadError: if the file can't be read as what its suffix says.
    """
    return list(parse(read_bytes(path, limit), format_of(path), path))
