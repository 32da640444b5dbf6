"""Statements as columns of numbers, each distinct term once: whatever asks of all of them at once begins here.

A term is looked at once, however many statements hold it; statements are compared, joined and counted as whole arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from buendnis_graph.validate.paths import Term

if TYPE_CHECKING:
    import polars as pl

Numbers = npt.NDArray[np.int32]
"""Numbers of terms or of rows."""
Flags = npt.NDArray[np.bool_]
"""One answer for each of something."""

_Number = TypeVar("_Number", np.int32, np.int64)

IRI, BLANK, LITERAL = range(3)
"""The kinds of terms."""
_MANY = 1 << 16
"""So many statements are given out at once, that those of a large graph need not all be in memory as Python's."""
NONE = -1
"""The number of what is not there: a term that no statement holds, the datatype of an IRI."""


def distinct(numbers: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return numbers sorted, each once; much quicker than ``numpy.unique`` where many follow one another already."""
    ordered = np.sort(numbers)
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    once: npt.NDArray[_Number] = ordered[fresh]
    return once


class Columns:
    """Statements, one row for each: triples without repetition, or quads as they come.

    Attributes:
        terms: the distinct terms, in the order in which they come.
        subject: the numbers of the statements' subjects: their places in ``terms``.
        predicate: those of their predicates.
        object: those of their values.
        graph: those of the graphs that hold them; None if the statements are triples.
    """

    def __init__(
        self,
        numbers: dict[Any, int],
        subject: Numbers,
        predicate: Numbers,
        object: Numbers,  # noqa: A002 - what RDF calls it
        graph: Numbers | None = None,
    ) -> None:
        self._numbers = numbers
        self.terms: list[Term] = list(numbers)
        self.subject, self.predicate, self.object, self.graph = subject, predicate, object, graph

    @classmethod
    def of_quads(cls, quads: Iterable[ox.Quad]) -> Columns:
        """Return quads, each in a named graph, as columns; they are taken one by one and not kept."""
        numbers = _Numbers()
        return cls(numbers, *_cells(numbers, quads, 4))

    @classmethod
    def of_triples(cls, triples: Iterable[ox.Triple]) -> Columns:
        """Return triples as columns; they are taken one by one and not kept."""
        numbers = _Numbers()
        return cls(numbers, *_distinct(*_cells(numbers, triples, 3)))

    @classmethod
    def of_lines(cls, pieces: Iterable[pl.Series]) -> Columns:
        """Return triples that are given as lines of N-Triples with one space between terms, as all that is stored is.

        It is quicker than to read them one by one, since each distinct term of a piece is read once. There are no blank
        nodes. What is in memory is the lines of one piece.
        """
        numbers = _Numbers()
        cells = [_numbered(piece, numbers) for piece in pieces]
        return cls(numbers, *_distinct(*np.concatenate([np.empty((3, 0), np.int32), *cells], axis=1)))

    def others(self, subject: Numbers, predicate: Numbers, object: Numbers, fresh: Iterable[Term] = ()) -> Columns:  # noqa: A002
        """Return other triples of the same terms, and of some that are numbered behind them."""
        numbers = dict(self._numbers)
        for term in fresh:
            numbers[term] = len(numbers)
        return Columns(numbers, *_distinct(subject, predicate, object))

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self.subject)

    def number(self, term: object) -> int:
        """Return the number of a term; :data:`NONE` if it is not among them."""
        return self._numbers.get(term, NONE)

    @cached_property
    def merged(self) -> Columns:
        """The statements as triples, whatever graphs hold them; terms keep their numbers."""
        if self.graph is None:
            return self
        return Columns(self._numbers, *_distinct(self.subject, self.predicate, self.object))

    def including(self, terms: Iterable[Term]) -> Columns:
        """Return the same statements with some terms numbered though no statement may hold them."""
        fresh = [term for term in dict.fromkeys(terms) if term not in self._numbers]
        if not fresh:
            return self
        numbers = self._numbers | {term: len(self.terms) + place for place, term in enumerate(fresh)}
        return Columns(numbers, self.subject, self.predicate, self.object, self.graph)

    def rows(self, predicate: int) -> Numbers:
        """Return the rows of the statements with a predicate, given by its number, as they come."""
        order, starts = self._by_predicate
        if predicate == NONE:
            return order[:0]
        return order[starts[predicate] : starts[predicate + 1]]

    def pairs(self, predicate: Term, value: Term | None = None) -> Iterator[tuple[str, Term]]:
        """Yield subjects, as text, and values of a property: all of them, or those that are one value."""
        rows = self.rows(self.number(predicate))
        if value is not None:
            rows = rows[self.object[rows] == self.number(value)]
        for subject, found in zip(self.subject[rows].tolist(), self.object[rows].tolist(), strict=True):
            yield self.texts[subject], self.terms[found]

    @cached_property
    def _by_predicate(self) -> tuple[Numbers, npt.NDArray[np.int64]]:
        """The rows sorted by predicate, and where those of each begin."""
        order = np.argsort(self.predicate, kind="stable").astype(np.int32)
        return order, np.searchsorted(self.predicate, np.arange(len(self.terms) + 1), sorter=order)

    def __iter__(self) -> Iterator[ox.Triple]:
        """Yield the statements as triples."""
        return self._each(self.subject, self.predicate, self.object)

    def about(self, terms: Iterable[object]) -> list[ox.Triple]:
        """Return the statements about some terms."""
        return self.triples(np.flatnonzero(np.isin(self.subject, [self.number(term) for term in terms])))

    def triples(self, rows: npt.NDArray[np.integer[Any]]) -> list[ox.Triple]:
        """Return the triples of some rows."""
        return list(self._each(self.subject[rows], self.predicate[rows], self.object[rows]))

    def _each(self, *columns: Numbers) -> Iterator[ox.Triple]:
        terms: list[Any] = self.terms
        for start in range(0, len(columns[0]), _MANY):
            part = (column[start : start + _MANY].tolist() for column in columns)
            yield from (ox.Triple(terms[s], terms[p], terms[o]) for s, p, o in zip(*part, strict=True))

    @cached_property
    def kind(self) -> npt.NDArray[np.int8]:
        """Of each term :data:`IRI`, :data:`BLANK` or :data:`LITERAL`."""
        kinds: dict[type, int] = {ox.NamedNode: IRI, ox.BlankNode: BLANK, ox.Literal: LITERAL}
        return np.fromiter((kinds[type(term)] for term in self.terms), np.int8, len(self.terms))

    @cached_property
    def texts(self) -> list[str]:
        """Of each term the IRI, the label or the lexical form, as written."""
        return [term.value for term in self.terms]

    @property
    def datatype(self) -> Numbers:
        """Of each literal the number of its datatype, the place in :attr:`datatypes`; else :data:`NONE`."""
        return self._literals[0]

    @property
    def datatypes(self) -> list[str]:
        """The distinct IRIs of datatypes."""
        return self._literals[1]

    @property
    def language(self) -> Numbers:
        """Of each literal with a language its number, the place in :attr:`languages`; else :data:`NONE`."""
        return self._literals[2]

    @property
    def languages(self) -> list[str]:
        """The distinct language tags, in small letters."""
        return self._literals[3]

    @cached_property
    def _literals(self) -> tuple[Numbers, list[str], Numbers, list[str]]:
        datatype, language = (np.full(len(self.terms), NONE, np.int32) for _ in range(2))
        datatypes: dict[str, int] = {}
        languages: dict[str, int] = {}
        terms: list[Any] = self.terms
        for number in np.flatnonzero(self.kind == LITERAL).tolist():
            literal = terms[number]
            datatype[number] = datatypes.setdefault(literal.datatype.value, len(datatypes))
            if literal.language:
                language[number] = languages.setdefault(literal.language, len(languages))
        return datatype, list(datatypes), language, list(languages)


class _Numbers(dict[Any, int]):
    """Gives each term that it is asked for the next number."""

    def __missing__(self, term: object) -> int:
        number = self[term] = len(self)
        return number


def _cells(numbers: _Numbers, statements: Iterable[Any], width: int) -> list[Numbers]:
    """Return the columns of statements of so many terms each, and number these."""
    cells = array("i", map(numbers.__getitem__, chain.from_iterable(statements)))
    return [np.ascontiguousarray(column) for column in np.asarray(cells, np.int32).reshape(-1, width).T]


def _numbered(lines: pl.Series, numbers: _Numbers) -> Numbers:
    """Return the columns of triples that are given as lines, and number their terms."""
    import polars as pl

    parts = lines.str.splitn(" ", 3).struct.unnest()
    cells = pl.concat([parts.to_series(0), parts.to_series(1), parts.to_series(2).str.head(-2)])
    names = cells.unique(maintain_order=True)
    places = cells.cast(pl.Enum(names)).to_physical().to_numpy()
    each = ("<urn:s> <urn:p> " + names + " .").str.join("\n").item()
    terms = [quad.object for quad in ox.parse(each, format=ox.RdfFormat.N_TRIPLES)]
    assert len(terms) == len(names)  # noqa: S101 - each line is one statement
    known = np.fromiter(map(numbers.__getitem__, terms), np.int32, len(terms))
    numbered: Numbers = known[places].reshape(3, -1)
    return numbered


def _distinct(subject: Numbers, predicate: Numbers, object: Numbers) -> tuple[Numbers, Numbers, Numbers]:  # noqa: A002
    """Return triples each the first time it comes."""
    ends = subject.astype(np.int64) << 31 | object
    order = np.lexsort((predicate, ends))
    again = np.zeros(len(order), np.bool_)
    again[order[1:]] = (np.diff(ends[order]) == 0) & (np.diff(predicate[order]) == 0)
    if not again.any():
        return subject, predicate, object
    return subject[~again], predicate[~again], object[~again]
