"""The consolidated view as documents look at it: of a built graph what is looked at is read, and little else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.store.shards import line_of

Lines = Callable[[str], bytes]
"""Gives the lines of a subject in the view as N-Triples, sorted."""
_END = b"> .\n"
"""Of a line whose object is an IRI, and of one whose literal has a datatype."""
_FEW = 200
"""Triples that point at a thing: to read as many at once takes as long as to ask for five properties, one by one."""


class View:
    """The triples of the consolidated view that were looked at, numbered; those of a subject are sorted as N-Triples.

    They are held as lines: what is asked of most is quicker read off these than off terms.

    Args:
        store: its default graph is the consolidated view, without blank nodes.
        lines: of a subject in that view, where they are at hand: a store takes long to spell out terms.
    """

    def __init__(self, store: ox.Store, lines: Lines | None = None) -> None:
        self._store, self._read = store, lines or self._spelt
        self.lines: list[bytes] = []
        self._ranges: dict[str, range] = {}
        self._numbers: dict[str, Mapping[str, list[int]]] = {}
        self._inverse: dict[tuple[str, str], list[int]] = {}
        self._known_few: dict[str, Mapping[str, list[str]] | None] = {}

    def forget(self) -> None:
        """Let go what was read so far; its numbers mean nothing any more."""
        for known in (self.lines, self._ranges, self._numbers, self._inverse, self._known_few):
            known.clear()

    def __contains__(self, subject: str) -> bool:
        """Return whether the view says anything of a thing."""
        return bool(self.of(subject))

    def of(self, subject: str) -> range:
        """Return the numbers of all triples of a subject."""
        found = self._ranges.get(subject)
        if found is None:
            start = len(self.lines)
            self.lines += self._read(subject).splitlines(keepends=True)
            found = self._ranges[subject] = range(start, len(self.lines))
        return found

    def _spelt(self, subject: str) -> bytes:
        quads = self._store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
        return b"".join(sorted(line_of(quad.triple) for quad in quads))

    def subject(self, number: int) -> str:
        """Return the IRI of a triple's subject."""
        return self.lines[number].partition(b"> ")[0][1:].decode()

    def thing(self, number: int) -> str | None:
        """Return the IRI that a triple has as its object; None if that is a literal."""
        value = _with_iri(self.lines[number])[1]
        return _iri(value) if value else None

    def mentions(self, numbers: Iterable[int]) -> set[str]:
        """Return the IRIs that triples have as objects, of which the view says something; not those of classes."""
        found = {value for n in numbers for predicate, value in [_with_iri(self.lines[n])] if predicate != _TYPE}
        return {thing for value in found if value and (thing := _iri(value)) in self}

    def in_order(self, numbers: Iterable[int]) -> tuple[ox.Triple, ...]:
        """Return triples by their numbers, sorted as N-Triples."""
        return parsed(sorted(self.lines[number] for number in numbers))

    def triples(self, subject: str) -> tuple[ox.Triple, ...]:
        """Return all triples of a subject, sorted."""
        found = self.of(subject)
        return parsed(self.lines[found.start : found.stop])

    def numbers(self, subject: str, predicate: str) -> list[int]:
        """Return the numbers of the triples of a subject with a property."""
        by_property = self._numbers.get(subject)
        if by_property is None:
            by_property = self._numbers[subject] = self._by_property(subject)
        return by_property.get(predicate, [])

    def _by_property(self, subject: str) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in self.of(subject):
            found.setdefault(_name(self.lines[number].split(b" ", 2)[1]), []).append(number)
        return found

    def values(self, subject: str, predicate: str) -> Iterator[ox.NamedNode | ox.Literal]:
        """Yield the values of a subject's property, sorted."""
        lines = [self.lines[number] for number in self.numbers(subject, predicate)]
        return (triple.object for triple in parsed(lines))  # type: ignore[misc]

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a subject's property as text."""
        numbers = self.numbers(subject, predicate)
        if not numbers:
            return None
        thing = self.thing(numbers[0])
        return next(self.values(subject, predicate)).value if thing is None else thing

    def classes(self, subject: str) -> set[str]:
        """Return the IRIs of a subject's classes."""
        return {thing for n in self.numbers(subject, RDF_TYPE.value) if (thing := self.thing(n))}

    def is_pointed_at(self, value: str) -> bool:
        """Return whether anything has a value."""
        return self._few(value) != {}

    def pointing(self, predicate: str, value: str) -> list[int]:
        """Return the numbers of the triples with a property and a value."""
        found = self._inverse.get((predicate, value))
        if found is None:
            end = f" <{predicate}> <{value}> .\n".encode()
            numbers = (n for subject in self.subjects(predicate, value) for n in self.numbers(subject, predicate))
            found = self._inverse[predicate, value] = [n for n in numbers if self.lines[n].endswith(end)]
        return found

    def few_pointing(self, predicate: str, value: str, at_most: int) -> list[int]:
        """Return what :meth:`pointing` does; nothing, and no more than that is read, if it is more than a number."""
        return self.pointing(predicate, value) if self.are_few(predicate, value, at_most) else []

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have a value of a property, sorted."""
        return sorted(self._leading(predicate, value))

    def are_few(self, predicate: str, value: str, at_most: int) -> bool:
        """Return whether what :meth:`subjects` gives is no more than a number; not much more than that is read."""
        return next(islice(self._leading(predicate, value), at_most, None), None) is None

    def _leading(self, predicate: str, value: str) -> Iterable[str]:
        few = self._few(value)
        if few is not None:
            return few.get(predicate, ())
        quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), ox.DefaultGraph())
        return (quad.subject.value for quad in quads)  # type: ignore[union-attr]

    def _few(self, value: str) -> Mapping[str, list[str]] | None:
        """Return the subjects that have a value, by property; None if they are many.

        Most things are pointed at by few others: to read these at once is quicker than to ask for each property.
        """
        if value not in self._known_few:
            quads = self._store.quads_for_pattern(None, None, ox.NamedNode(value), ox.DefaultGraph())
            first = list(islice(quads, _FEW + 1))
            found: dict[str, list[str]] = defaultdict(list)
            for quad in first:
                found[quad.predicate.value].append(quad.subject.value)  # type: ignore[union-attr]
            self._known_few[value] = found if len(first) <= _FEW else None
        return self._known_few[value]

    def speaking(self, node: str) -> set[str]:
        """Return the subjects that have a node as a value."""
        quads = self._store.quads_for_pattern(None, None, ox.NamedNode(node), ox.DefaultGraph())
        return {quad.subject.value for quad in quads}  # type: ignore[union-attr]

    def fragments(self, source: str) -> Iterator[str]:
        """Yield what a source alone speaks of: it says so in its own graph."""
        quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(source))
        found = {quad.subject.value for quad in quads}  # type: ignore[union-attr]
        return (one for one in sorted(found) if one.startswith(f"{source}#") and one in self)


_TYPE = str(RDF_TYPE).encode()


@cache
def _name(predicate: bytes) -> str:
    """Return the IRI of a property: there are few."""
    return predicate[1:-1].decode()


def _with_iri(line: bytes) -> tuple[bytes, bytes]:
    """Return property and object of a line, as they stand there; both empty if the object is a literal."""
    if line.endswith(_END):
        _, predicate, value = line.split(b" ", 2)
        if value.startswith(b"<"):
            return predicate, value
    return b"", b""


def _iri(value: bytes) -> str:
    return value[1 : -len(_END)].decode()


def parsed(lines: Iterable[bytes]) -> tuple[ox.Triple, ...]:
    """Return the triples of lines of the view: as lenient as the store that they were loaded into."""
    return tuple(quad.triple for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True))
