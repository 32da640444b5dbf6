"""A graph that changes: triples in a store, literals as they were written, and walks along paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.engine import Data
from buendnis_graph.validate.paths import Path, Term

_PLAIN = {f"{PREFIXES['xsd']}{name}" for name in ("string", "anyURI", "date", "gYear", "gYearMonth")}
_CANONICAL = re.compile(r"0|-?[1-9][0-9]{0,17}|true|false")
_Key = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode]


class Live(Data):
    """A graph in memory that takes changes.

    The store may write a number another way than the file does (``01`` as ``1``), so such literals are kept aside.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        super().__init__([])
        self._store = ox.Store()
        numbers: list[ox.Triple] = []
        self._store.bulk_extend(_noted(triples, numbers))
        odd = {_key(triple) for triple in numbers if _is_odd(triple.object)}
        self._odd: dict[_Key, list[ox.Triple]] = {key: [] for key in odd}
        for triple in numbers:
            if _key(triple) in odd:
                self._odd[_key(triple)].append(triple)
        self._odd_of: dict[Term, set[_Key]] = {}
        for key in odd:
            self._odd_of.setdefault(key[0], set()).add(key)

    @property
    def store(self) -> ox.Store:
        """The triples in the default graph of a store."""
        return self._store

    @property
    def triples(self) -> list[ox.Triple]:
        """All triples, as written."""
        whole = [q.triple for q in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
        return [t for t in whole if (t.subject, t.predicate) not in self._odd] + [
            written for key in self._odd for written in self.of(*key)
        ]

    @property
    def columns(self) -> Columns:
        """All triples as columns of numbers, made anew each time."""
        return Columns.of_triples(self.triples)

    def expect_whole(self) -> None:
        """Be told that all of the graph will be looked at."""

    def add(self, triples: list[ox.Triple]) -> None:
        """Add triples that are not in the graph."""
        for triple in triples:
            key = _key(triple)
            if _is_odd(triple.object) and key not in self._odd:
                same = self._store.quads_for_pattern(*key, None, ox.DefaultGraph())
                self._odd[key] = [quad.triple for quad in same if _is_number(quad.object)]
                self._odd_of.setdefault(key[0], set()).add(key)
            if key in self._odd and _is_number(triple.object):
                self._odd[key].append(triple)
            self._store.add(_quad(triple))

    def remove(self, triples: list[ox.Triple]) -> None:
        """Remove triples, as they were written."""
        for triple in triples:
            key = _key(triple)
            self._store.remove(_quad(triple))
            if key in self._odd:
                self._odd[key] = [other for other in self._odd[key] if other != triple]
                self._store.extend(map(_quad, self._odd[key]))  # another spelling of the number may be left

    def of(self, subject: Term, predicate: ox.NamedNode | None = None) -> list[ox.Triple]:
        """Return the triples of a subject, or of a subject and predicate, as written."""
        if isinstance(subject, ox.Literal):
            return []
        found = []
        for quad in self._store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()):
            written = self._odd.get((subject, quad.predicate))
            if written is None or not _is_number(quad.object):
                found.append(quad.triple)
        keys = [(subject, predicate)] if predicate else self._odd_of.get(subject, ())
        for key in keys:
            found += self._odd.get(key, [])
        return found

    def to(self, value: Term, predicate: ox.NamedNode) -> list[ox.Triple]:
        """Return the triples with a predicate and a value."""
        found = [q.triple for q in self._store.quads_for_pattern(None, predicate, value, ox.DefaultGraph())]
        if not _is_number(value):
            return found
        return [t for one in found for t in self.of(one.subject, predicate) if t.object == value]  # type: ignore[arg-type]

    def walk(
        self, starts: set[Term], path: Path, seen: set[ox.Triple] | None = None, *, backwards: bool = False
    ) -> set[Term]:
        """Return the nodes at the end of a path.

        Args:
            starts: where to start.
            path: the way.
            seen: takes the triples on the way.
            backwards: whether to walk from the end of the path to its beginning.
        """
        if path.predicate is not None:
            return self._step(starts, path.predicate, seen, backwards)
        if path.operator == "^":
            return self.walk(starts, path.parts[0], seen, backwards=not backwards)
        if path.operator == "|":
            return {end for part in path.parts for end in self.walk(starts, part, seen, backwards=backwards)}
        if path.operator == "/":
            for part in path.parts[::-1] if backwards else path.parts:
                starts = self.walk(starts, part, seen, backwards=backwards)
            return starts
        if path.operator == "?":
            return starts | self.walk(starts, path.parts[0], seen, backwards=backwards)
        found = set(starts) if path.operator == "*" else set()
        fresh = starts
        while fresh:
            fresh = self.walk(fresh, path.parts[0], seen, backwards=backwards) - found
            found |= fresh
        return found

    def _step(
        self, starts: set[Term], predicate: ox.NamedNode, seen: set[ox.Triple] | None, backwards: bool
    ) -> set[Term]:
        ends: set[Term] = set()
        for start in starts:
            triples = self.to(start, predicate) if backwards else self.of(start, predicate)
            ends |= {triple.subject if backwards else triple.object for triple in triples}  # type: ignore[misc]
            if seen is not None:
                seen.update(triples)
        return ends


def _noted(triples: Iterable[ox.Triple], numbers: list[ox.Triple]) -> Iterator[ox.Quad]:
    for triple in triples:
        if _is_number(triple.object):
            numbers.append(triple)
        yield _quad(triple)


def _key(triple: ox.Triple) -> _Key:
    return triple.subject, triple.predicate  # type: ignore[return-value]


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _is_odd(term: object) -> bool:
    """Return whether the store may write a literal another way."""
    return _is_number(term) and not _CANONICAL.fullmatch(term.value)  # type: ignore[attr-defined]


def _is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and not term.language and term.datatype.value not in _PLAIN
