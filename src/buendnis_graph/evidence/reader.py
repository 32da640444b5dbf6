"""Read one RDF file: every quad with the line it stands on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

from buendnis_graph.errors import LimitError, ReadError
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
        raise ReadError(
            f"unknown kind of file '{path.suffix}'.", path=path, hint=f"Known are {', '.join(FORMATS)}."
        ) from None


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return a file's content after checking its size.

    Raises:
        LimitError: if it is larger than ``limit`` bytes or has an overlong line.
        ReadError: if it can't be opened or holds nothing.
    """
    if path.exists() and (path.is_symlink() or not path.is_file()):
        raise ReadError(
            "is no ordinary file.", path=path, hint="Links and pipes are not followed; put the file itself here."
        )
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise ReadError(f"can't be opened: {error.strerror}.", path=path) from error
    if len(content) > limit:
        raise LimitError(f"is larger than {limit // 1024 // 1024} MiB.", path=path, hint="Split it by subject.")
    if not content.strip():
        raise ReadError("is empty.", path=path, line=1, hint="Delete it, or write down what it should say.")
    for number, line in enumerate(content.splitlines(), start=1):
        if len(line) > MAX_LINE_BYTES:
            raise LimitError(f"has a line of {len(line)} bytes.", path=path, line=number, hint="Is this a data file?")
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


def parse(content: bytes, rdf_format: ox.RdfFormat, path: Path) -> Iterator[Located]:
    """Yield the quads of a file's content; a quad that spans lines gets the line its object ends on.

    Raises:
        ReadError: with the line, on a syntax error, a wrong byte, or a blank node.
    """
    feeder = _LineFeeder(content)
    try:
        for quad in ox.parse(cast(IO[bytes], feeder), format=rdf_format):
            fault = _fault(quad)
            if fault:
                raise ReadError(f"{fault[0]}.", path=path, line=feeder.line, hint=fault[1])
            yield Located(quad, path, feeder.line)
    except SyntaxError as error:
        raise ReadError(
            f"is not valid {rdf_format.name}: {_reason(error)}.",
            path=path,
            line=error.lineno or feeder.line,
            hint="Mend this line; nothing was changed.",
        ) from error


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


def _fault(quad: ox.Quad) -> tuple[str, str] | None:
    """Return what is wrong with a quad that is valid RDF but not for us, and what to do; None if nothing is."""
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        return "has a blank node", "Give the thing an IRI: [ … ] and _:x have none."
    if isinstance(quad.object, ox.NamedNode):
        return None
    if not isinstance(quad.object, ox.Literal) or quad.object.direction is not None:
        return "uses RDF 1.2, which most tools can't read yet", "Write plain triples and literals."
    return None


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
