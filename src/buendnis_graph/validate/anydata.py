"""Read anybody's data: RDF in six formats, from files or standard input, with lines where the format has them."""

from __future__ import annotations

import os
import stat
import sys
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.validate.engine import Result
from buendnis_graph.validate.guard import Guard, Limits
from buendnis_graph.validate.guard_lines import LinesGuard, TurtleGuard
from buendnis_graph.validate.guard_trees import JsonGuard, XmlGuard
from buendnis_graph.validate.report.findings import best_labels, first_step

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""The formats that can be read, by the names that ``--data-format`` takes."""

_SUFFIXES = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".n3": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
}
_GUARDS: dict[ox.RdfFormat, type[Guard]] = {
    ox.RdfFormat.TURTLE: TurtleGuard,
    ox.RdfFormat.TRIG: TurtleGuard,
    ox.RdfFormat.N_TRIPLES: LinesGuard,
    ox.RdfFormat.N_QUADS: LinesGuard,
    ox.RdfFormat.JSON_LD: JsonGuard,
    ox.RdfFormat.RDF_XML: XmlGuard,
}
STDIN = Path("-")
_MOST_PREFIXES = 500
_BATCH = 4096
_BIDIRECTIONAL = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class AnyData:
    """Statements of one or more files taken together, whatever graph they stand in, with their places.

    Blank nodes are numbered as they come: those of one file are never those of another, and reports are the same
    each time.
    """

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []
        self.prefixes: dict[str, str] = dict(PREFIXES)
        self._lines = array("L")
        self._starts: list[int] = []
        self._paths: list[str] = []
        self._blank_nodes = 0
        self._latest: tuple[object, dict[tuple[object, object], int]] = (None, {})

    @classmethod
    def read(cls, paths: Iterable[Path], form: str | None = None, limits: Limits | None = None) -> AnyData:
        """Return what some files say.

        Args:
            paths: the files; ``-`` is standard input.
            form: one of :data:`FORMATS`; None to tell by each file's suffix.
            limits: how large things may be.

        Raises:
            UsageError: if a file's format can't be told.
            ReadError: if a file can't be read as what it claims to be, with the line if there is one.
        """
        data = cls()
        for path in paths:
            data._add(path, format_of(path, form), limits or Limits())
        return data

    def _add(self, path: Path, rdf_format: ox.RdfFormat, limits: Limits) -> None:
        self._starts.append(len(self.triples))
        self._paths.append(str(path))
        base = "file:///stdin" if path == STDIN else path.absolute().as_uri()
        with _opened(path) as stream:
            guard = _GUARDS[rdf_format](stream, path, limits)
            try:
                parser = ox.parse(cast(IO[bytes], guard), format=rdf_format, base_iri=base)
                self._take(parser, guard, path)
            except SyntaxError as error:
                raise _refusal(error, path, rdf_format, guard) from error
            except MemoryError as error:
                raise guard.too_much("has a word or text that is too long") from error
        self.prefixes.update(sorted(parser.prefixes.items())[:_MOST_PREFIXES])

    def _take(self, quads: Iterator[ox.Quad], guard: Guard, path: Path) -> None:
        names: dict[str, ox.BlankNode] = {}
        while isinstance(guard, LinesGuard) and guard.plain:  # most of what is large, and three times as quick
            batch = list(islice(quads, _BATCH))
            if not batch:
                return
            if not guard.plain:
                quads = chain(batch, quads)
                break
            self.triples += [quad.triple for quad in batch]
            self._lines.extend(guard.lines_of_statements(len(batch)))
        for quad in quads:
            triple, line = quad.triple, guard.line_of_statement()
            _refuse_odd(triple, guard.suspect, path, line)
            self.triples.append(self._renamed(triple, names))
            self._lines.append(line if guard.has_lines else 0)

    def _renamed(self, triple: ox.Triple, names: dict[str, ox.BlankNode]) -> ox.Triple:
        subject, value = triple.subject, triple.object
        if not (isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode)):
            return triple
        return ox.Triple(self._name(subject, names), triple.predicate, self._name(value, names))  # type: ignore[arg-type]

    def _name(self, term: object, names: dict[str, ox.BlankNode]) -> object:
        if not isinstance(term, ox.BlankNode):
            return term
        known = names.get(term.value)
        if known is None:
            self._blank_nodes += 1
            known = names[term.value] = ox.BlankNode(f"b{self._blank_nodes}")
        return known

    @cached_property
    def _of_subject(self) -> dict[object, list[int]]:
        index: dict[object, list[int]] = {}
        for number, triple in enumerate(self.triples):
            index.setdefault(triple.subject, []).append(number)
        return index

    @cached_property
    def _of_object(self) -> dict[object, int]:
        index: dict[object, int] = {}
        for number, triple in enumerate(self.triples):
            index.setdefault(triple.object, number)
        return index

    def locate(self, result: Result) -> tuple[str, int] | None:
        """Return file and line of what a result is about: the value, else the property, else the thing."""
        numbers = self._of_subject.get(result.focus)
        if numbers is None:
            number = self._of_object.get(result.focus)
            return None if number is None else self.place(number)
        places, predicate = self._places(result.focus), first_step(result.path)
        known = (places.get(key) for key in ((predicate, result.value), (predicate, None)))
        return self.place(next((number for number in known if number is not None), numbers[0]))

    def _places(self, focus: object) -> dict[tuple[object, object], int]:
        """Return the first statement of a node by property and value, either of which may be None for any."""
        if self._latest[0] != focus:  # results come node by node, and one may have any number
            found: dict[tuple[object, object], int] = {}
            for number in self._of_subject[focus]:
                predicate, value = self.triples[number].predicate, self.triples[number].object
                for key in ((predicate, value), (predicate, None), (None, value), (None, None)):
                    found.setdefault(key, number)
            self._latest = focus, found
        return self._latest[1]

    def related(self, _result: Result) -> tuple[tuple[str, int], ...]:
        """Return nothing: nothing is derived."""
        return ()

    def place(self, number: int) -> tuple[str, int]:
        """Return file and line of the triple of a number; line 0 where the format has none."""
        return self._paths[bisect_right(self._starts, number) - 1], self._lines[number]

    def labels(self, things: Collection[object], language: str) -> dict[object, str]:
        """Return what some things are called."""
        return best_labels(self.triples, things, language)


def format_of(path: Path, form: str | None) -> ox.RdfFormat:
    """Return the format of a file.

    Raises:
        UsageError: if its suffix does not say and nobody else does.
    """
    name = form or _SUFFIXES.get(path.suffix.lower())
    if name is None:
        where = "standard input" if path == STDIN else f"'{path}'"
        raise UsageError(
            f"the format of {where} can't be told by its name.",
            hint=f"Name it: --data-format or --shapes-format with one of {', '.join(FORMATS)}.",
        )
    return FORMATS[name]


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file, or standard input; a pipe or device is not waited for."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        with open(path, "rb", opener=_open_at_once) as stream:
            yield stream
    except OSError as error:
        raise ReadError(f"can't be opened: {error.strerror}.", path=path) from error


def _open_at_once(name: str, flags: int) -> int:
    descriptor = os.open(name, flags | os.O_NONBLOCK)  # a pipe that nobody writes to would never open
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ReadError("is no ordinary file.", path=Path(name), hint="What comes from a pipe can be read as -.")
    return descriptor


def _refuse_odd(triple: ox.Triple, suspect: bool, path: Path, line: int) -> None:
    """Stop at a triple that parsers take and no engine knows.

    Raises:
        ReadError: with the line.
    """
    value = triple.object
    if isinstance(value, ox.Triple) or (isinstance(value, ox.Literal) and value.direction is not None):
        raise ReadError(
            "uses RDF 1.2, which SHACL 1.0 knows nothing of.",
            path=path,
            line=line,
            hint="Write plain triples and literals.",
        )
    if not suspect:
        return
    datatype = value.datatype if isinstance(value, ox.Literal) else None
    for term in (triple.subject, triple.predicate, value, datatype):
        if isinstance(term, ox.NamedNode) and not _BIDIRECTIONAL.isdisjoint(term.value):
            raise ReadError(
                f"has an IRI with a bidirectional control: {term.value!a}.",
                path=path,
                line=line,
                hint="Remove it; no IRI may have one.",
            )


def _refusal(error: SyntaxError, path: Path, rdf_format: ox.RdfFormat, guard: Guard) -> ReadError:
    """Return the error to raise for what the parser says."""
    text = str(error.msg)
    reason = text.split(": ", 1)[1] if text.startswith("Parser error at") and ": " in text else text
    line = error.lineno or guard.line
    if "LoadDocumentCallback" in text:
        return ReadError(
            "names a remote @context, which is not fetched: nothing here uses the network.",
            path=path,
            line=guard.context if isinstance(guard, JsonGuard) else line,
            hint="Write the context into the file.",
        )
    return ReadError(f"is not valid {rdf_format.name}: {reason}.", path=path, line=line, hint="Mend this line.")
