"""Count a graph: which classes there are, which properties their things have, of what class the values are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path

from buendnis_graph.evidence.turtle import Statement
from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.publish.sorting import in_order

_TYPE = str(RDF_TYPE)
_CLASSES = b"="
"""Begins the number of the classes of a thing; that of a use has no mark."""


@dataclass(slots=True)
class Survey:
    """Counts of a graph, by IRI.

    Attributes:
        triples: all of them.
        subjects: different subjects.
        objects: different objects.
        entities: how many things each class has.
        properties: how many triples each property has.
        used: triples by class of the subject and property.
        values: triples by class of the subject, property and class of the object.
        datatypes: triples by class of the subject, property and datatype of the literal.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    datatypes: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def survey(statements: Iterable[Statement], folder: Path | None = None) -> Survey:
    """Return the counts of some triples; what is in memory grows with the classes and properties alone.

    Args:
        statements: each once; those of a subject stand together.
        folder: where there is room for what is sorted (default: where the system puts temporary files).
    """
    return _Counting().counted(statements, folder)


class _Counting:
    """Counts by use, which is the classes of a subject and a property of it: there are few, and each has a number.

    Of what classes an object is, is known once all statements have been seen: objects, each with the number of its use,
    and things, each with that of its classes, are sorted together.
    """

    def __init__(self) -> None:
        self._found = Survey()
        self._classes: dict[tuple[str, ...], int] = {}
        self._uses: dict[tuple[tuple[str, ...], str], int] = {}
        self._used: Counter[int] = Counter()
        self._literals: Counter[tuple[int, str]] = Counter()
        self._things: Counter[tuple[int, int]] = Counter()

    def counted(self, statements: Iterable[Statement], folder: Path | None) -> Survey:
        """Return the counts."""
        self._count_objects(in_order(self._lines(statements), folder=folder))
        found, uses, kinds = self._found, [*self._uses], [*self._classes]
        for use, number in self._used.items():
            classes, verb = uses[use]
            found.properties[verb] += number
            found.used.update({(one, verb): number for one in classes})
        for (use, rest), number in self._literals.items():
            classes, verb = uses[use]
            found.datatypes.update({(one, verb, _datatype(rest)): number for one in classes})
        for (use, kind), number in self._things.items():
            classes, verb = uses[use]
            found.values.update({(one, verb, other): number for one, other in product(classes, kinds[kind])})
        return found

    def _lines(self, statements: Iterable[Statement]) -> Iterator[bytes]:
        """Count what is known of each subject alone; yield its classes and its objects as lines to be sorted."""
        found = self._found
        for subject, some in groupby(statements, itemgetter(0)):
            said = [(predicate, value) for _, predicate, value, _ in some]
            classes = tuple(value[1:-1] for predicate, value in said if predicate == _TYPE and value.startswith("<"))
            found.triples += len(said)
            found.subjects += 1
            found.entities.update(classes)
            kind = self._classes.setdefault(classes, len(self._classes))
            yield f"{subject}\0{_CLASSES.decode()}{kind}\n".encode()
            for predicate, value in said:
                use = self._uses.setdefault((classes, predicate[1:-1]), len(self._uses))
                self._used[use] += 1
                if value.startswith('"'):
                    self._literals[use, value[value.rindex('"') + 1 :]] += 1
                yield f"{value}\0{use}\n".encode()

    def _count_objects(self, lines: Iterable[bytes]) -> None:
        for _, some in groupby((line[:-1].split(b"\0") for line in lines), itemgetter(0)):
            numbers = Counter(number for _, number in some)
            kind = next((number for number in numbers if number.startswith(_CLASSES)), None)
            uses = {int(number): times for number, times in numbers.items() if number != kind}
            self._found.objects += bool(uses)
            if kind:
                self._things.update({(use, int(kind[1:])): times for use, times in uses.items()})


def _datatype(rest: str) -> str:
    """Return the datatype of a literal by what stands behind its quotation marks."""
    if rest.startswith("@"):
        return expand("rdf:langString").value
    return rest[3:-1] or expand("xsd:string").value
