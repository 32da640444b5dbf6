"""Count a graph: which classes there are, which properties their things have, of what class the values are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE


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


def survey(quads: Iterable[ox.Quad]) -> Survey:
    """Return the counts of some triples, each given once."""
    triples = list(quads)
    classes: dict[object, set[str]] = defaultdict(set)
    for quad in triples:
        if quad.predicate == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            classes[quad.subject].add(quad.object.value)
    found = Survey(len(triples), len({q.subject for q in triples}), len({q.object for q in triples}))
    for of in classes.values():
        found.entities.update(of)
    for quad in triples:
        verb, value = quad.predicate.value, quad.object
        found.properties[verb] += 1
        for of_class in classes.get(quad.subject, ()):
            found.used[of_class, verb] += 1
            if isinstance(value, ox.Literal):
                found.datatypes[of_class, verb, value.datatype.value] += 1
            else:
                found.values.update((of_class, verb, other) for other in classes.get(value, ()))
    return found
