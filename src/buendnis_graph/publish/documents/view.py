"""The consolidated view as documents look at it: of a built graph what is looked at is read, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE


class View:
    """The triples of the consolidated view that were looked at, numbered; those of a subject are sorted as N-Triples.

    Args:
        store: its default graph is the consolidated view, without blank nodes.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.triples: list[ox.Triple] = []
        self._ranges: dict[str, range] = {}
        self._values: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._inverse: dict[tuple[str, str], list[int]] = {}

    def forget(self) -> None:
        """Let go what was read so far; its numbers mean nothing any more."""
        for known in (self.triples, self._ranges, self._values, self._inverse):
            known.clear()

    def __contains__(self, subject: str) -> bool:
        """Return whether the view says anything of a thing."""
        return bool(self.of(subject))

    def of(self, subject: str) -> range:
        """Return the numbers of all triples of a subject."""
        found = self._ranges.get(subject)
        if found is None:
            start = len(self.triples)
            quads = self._store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
            self.triples += sorted((quad.triple for quad in quads), key=str)
            found = self._ranges[subject] = range(start, len(self.triples))
            for number in found:
                self._values[subject, self.triples[number].predicate.value].append(number)
        return found

    def subject(self, number: int) -> str:
        """Return the IRI of a triple's subject."""
        subject = self.triples[number].subject
        assert isinstance(subject, ox.NamedNode)  # noqa: S101 - the view holds no blank nodes
        return subject.value

    def mention(self, number: int) -> str | None:
        """Return the IRI that a triple has as its object, if the view says something of it; not for classes."""
        _, predicate, value = self.triples[number]
        if not isinstance(value, ox.NamedNode) or predicate == RDF_TYPE or value.value not in self:
            return None
        return value.value

    def in_order(self, numbers: Iterable[int]) -> tuple[ox.Triple, ...]:
        """Return triples by their numbers, sorted as N-Triples."""
        return tuple(sorted((self.triples[number] for number in numbers), key=str))

    def numbers(self, subject: str, predicate: str) -> list[int]:
        """Return the numbers of the triples of a subject with a property."""
        self.of(subject)
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
        """Return the numbers of the triples with a property and a value."""
        if (predicate, value) not in self._inverse:
            wanted = ox.NamedNode(value)
            quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), wanted, ox.DefaultGraph())
            subjects = sorted(quad.subject.value for quad in quads)  # type: ignore[union-attr]
            found = (n for subject in subjects for n in self.numbers(subject, predicate))
            self._inverse[predicate, value] = [n for n in found if self.triples[n].object == wanted]
        return self._inverse[predicate, value]

    def few_pointing(self, predicate: str, value: str, at_most: int) -> list[int]:
        """Return what :meth:`pointing` does; nothing, and nothing is read, if it is more than a number."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), ox.DefaultGraph())
        return [] if next(islice(quads, at_most, None), None) is not None else self.pointing(predicate, value)

    def speaking(self, node: str) -> set[str]:
        """Return the subjects that have a node as a value."""
        quads = self._store.quads_for_pattern(None, None, ox.NamedNode(node), ox.DefaultGraph())
        return {quad.subject.value for quad in quads}  # type: ignore[union-attr]

    def fragments(self, source: str) -> Iterator[str]:
        """Yield what a source alone speaks of: it says so in its own graph."""
        quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(source))
        found = {quad.subject.value for quad in quads}  # type: ignore[union-attr]
        return (one for one in sorted(found) if one.startswith(f"{source}#") and one in self)
