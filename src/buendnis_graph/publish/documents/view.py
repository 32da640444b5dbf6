"""The consolidated view in memory: sorted once, found by subject and against the direction of some properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE


class View:
    """The triples of the consolidated view, sorted as N-Triples and numbered in that order.

    Args:
        triples: in any order, without blank nodes; repeated ones count once.
        inverse: IRIs of the properties that are looked up by their value.
    """

    def __init__(self, triples: Iterable[ox.Triple], inverse: frozenset[str]) -> None:
        self.triples = [triple for _, triple in sorted({str(t): t for t in triples}.items())]
        self.ranges: dict[str, range] = {}
        """The numbers of each subject's triples."""
        self._mentions: dict[int, str] = {}
        self._values: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._inverse: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._read(inverse)

    def _read(self, inverse: frozenset[str]) -> None:
        starts: dict[str, int] = {}
        objects: list[tuple[int, str]] = []
        for number, triple in enumerate(self.triples):
            subject, predicate, value = triple
            name, of = subject.value, predicate.value
            starts.setdefault(name, number)
            self._values[name, of].append(number)
            if isinstance(value, ox.NamedNode):
                if of in inverse:
                    self._inverse[of, value.value].append(number)
                if of != RDF_TYPE.value:
                    objects.append((number, value.value))
        ends = [*starts.values(), len(self.triples)][1:]
        self.ranges = {name: range(start, end) for (name, start), end in zip(starts.items(), ends, strict=True)}
        self._mentions = {number: value for number, value in objects if value in starts}

    def __contains__(self, subject: str) -> bool:
        """Return whether the view says anything of a thing."""
        return subject in self.ranges

    def of(self, subject: str) -> range:
        """Return the numbers of all triples of a subject; they stand together."""
        return self.ranges[subject]

    def mention(self, number: int) -> str | None:
        """Return the IRI that a triple has as its object, if the view says something of it; not for classes."""
        return self._mentions.get(number)

    def in_order(self, numbers: Iterable[int]) -> tuple[ox.Triple, ...]:
        """Return triples by their numbers, sorted as N-Triples."""
        return tuple(self.triples[number] for number in sorted(numbers))

    def numbers(self, subject: str, predicate: str) -> list[int]:
        """Return the numbers of the triples of a subject with a property."""
        return self._values.get((subject, predicate), [])

    def values(self, subject: str, predicate: str) -> Iterator[ox.NamedNode | ox.Literal]:
        """Yield the values of a subject's property, sorted."""
        return (self.triples[n].object for n in self.numbers(subject, predicate))  # type: ignore[misc]

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a subject's property as text."""
        return next((value.value for value in self.values(subject, predicate)), None)

    def classes(self, subject: str) -> set[str]:
        """Return the IRIs of a subject's classes."""
        return {value.value for value in self.values(subject, RDF_TYPE.value)}

    def pointing(self, predicate: str, value: str) -> list[int]:
        """Return the numbers of the triples with one of the inverse properties and a value."""
        return self._inverse.get((predicate, value), [])

    def few_pointing(self, predicate: str, value: str, at_most: int) -> list[int]:
        """Return what :meth:`pointing` does; nothing if it is more than a number."""
        found = self.pointing(predicate, value)
        return found if len(found) <= at_most else []

    def subject(self, number: int) -> str:
        """Return the IRI of a triple's subject."""
        subject = self.triples[number].subject
        assert isinstance(subject, ox.NamedNode)  # noqa: S101 - the view holds no blank nodes
        return subject.value
