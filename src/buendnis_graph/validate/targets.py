"""Which nodes a shape looks at: targets, and the property shapes that hang below a shape with targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.validate.paths import Path, Term, read_list
from buendnis_graph.validate.shapes import Shapes

TARGET_CLASS, TARGET_NODE = expand("sh:targetClass"), expand("sh:targetNode")
TARGET_SUBJECTS, TARGET_OBJECTS = expand("sh:targetSubjectsOf"), expand("sh:targetObjectsOf")
TARGETS = (TARGET_CLASS, TARGET_NODE, TARGET_SUBJECTS, TARGET_OBJECTS)
PROPERTY, DEACTIVATED = expand("sh:property"), expand("sh:deactivated")
SUBCLASS = expand("rdfs:subClassOf")
_SHAPE_CLASSES = {expand("sh:NodeShape"), expand("sh:PropertyShape")}
_CLASS_CLASSES = {expand("rdfs:Class"), expand("owl:Class")}

QUALIFIED, _DISJOINT = expand("sh:qualifiedValueShape"), expand("sh:qualifiedValueShapesDisjoint")
ONE_SHAPE = (expand("sh:node"), expand("sh:not"), QUALIFIED)
"""Parameters whose value is a shape that values must conform to (or must not)."""
SHAPE_LISTS = (expand("sh:and"), expand("sh:or"), expand("sh:xone"))
"""Parameters whose value is a list of such shapes."""


def is_deactivated(shapes: Shapes, shape: Term) -> bool:
    """Return whether a shape or constraint is switched off."""
    return shapes.is_true(shape, DEACTIVATED)


def is_class(shapes: Shapes, shape: Term) -> bool:
    """Return whether a shape is a class too, so that it targets its own instances."""
    return shapes.is_a(shape, _CLASS_CLASSES) and shapes.is_a(shape, _SHAPE_CLASSES)


def roots(shapes: Shapes) -> list[Term]:
    """Return the shapes that have targets, in the order of their names."""
    found = {subject for predicate in TARGETS for subject in shapes.subjects(predicate)}
    found |= {subject for subject in shapes.subjects(RDF_TYPE) if is_class(shapes, subject)}
    return sorted(found, key=str)


def conformance_shapes(shapes: Shapes, shape: Term) -> list[Term]:
    """Return the shapes that a shape asks values to conform to, or not to."""
    found = [value for predicate in ONE_SHAPE for value in shapes.values(shape, predicate)]
    for predicate in SHAPE_LISTS:
        for members in shapes.values(shape, predicate):
            found += read_list(members, shapes.values)
    return found


def siblings(shapes: Shapes, shape: Term) -> list[Term]:
    """Return the shapes that values must not conform to to count at a shape, since shapes beside it count those."""
    if not shapes.is_true(shape, _DISJOINT):
        return []
    own = shapes.values(shape, QUALIFIED)
    families = (shapes.values(parent, PROPERTY) for parent in shapes.subjects(PROPERTY))
    beside = (other for family in families if shape in family for other in family)
    return [asked for other in beside for asked in shapes.values(other, QUALIFIED) if asked not in own]


def below(shapes: Shapes, shape: Term) -> set[Term]:
    """Return a shape and all it refers to, however far."""
    seen: set[Term] = set()
    waiting = [shape]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += [*shapes.values(node, PROPERTY), *conformance_shapes(shapes, node)]
    return seen


@dataclass(frozen=True, slots=True)
class Place:
    """A shape that is checked by itself, and the way to it: its focus nodes are at the end of these steps.

    ``root`` has the targets; ``steps`` are the paths of the property shapes between it and ``shape``.
    """

    root: Term
    steps: tuple[Path, ...]
    shape: Term


def places(shapes: Shapes, root: Term) -> Iterator[Place]:
    """Yield a shape with targets and the property shapes below it, each with the way to its focus nodes."""
    waiting: list[tuple[Place, frozenset[Term]]] = [(Place(root, (), root), frozenset())]
    while waiting:
        place, above = waiting.pop()
        if place.shape in above or is_deactivated(shapes, place.shape):
            continue
        yield place
        path = shapes.path(place.shape)
        steps = place.steps if path is None else (*place.steps, path)
        for child in shapes.values(place.shape, PROPERTY):
            waiting.append((Place(root, steps, child), above | {place.shape}))


def focus_pattern(shapes: Shapes, place: Place, query: str) -> str:
    """Return a SPARQL group that binds ``?this`` to the focus nodes of a place.

    Args:
        shapes: the shapes graph.
        place: the shape, and the way to its focus nodes.
        query: what the group may stand beside: no other variable of the group occurs in it.
    """
    own = "focus"
    while own in query:
        own += "_"
    names = [f"{own}{number}" for number in range(len(place.steps))] + ["this"]
    targets = " UNION ".join(f"{{ {pattern} }}" for pattern in target_patterns(shapes, place.root, names[0], own))
    steps = [f"?{names[i]} {path} ?{names[i + 1]} ." for i, path in enumerate(place.steps)]
    return " ".join([targets, *steps])


def is_every_node(shapes: Shapes, place: Place) -> bool:
    """Return whether a place's focus nodes are all nodes with a class, so that asking for them first saves nothing."""
    return shapes.values(place.root, TARGET_SUBJECTS) == [RDF_TYPE] and _aims_only_by(TARGET_SUBJECTS, shapes, place)


def is_named(shapes: Shapes, place: Place) -> bool:
    """Return whether a place's focus nodes are named one by one, whatever the data says."""
    return _aims_only_by(TARGET_NODE, shapes, place)


def _aims_only_by(predicate: ox.NamedNode, shapes: Shapes, place: Place) -> bool:
    """Return whether a place is a shape with targets itself, and none of them is of another kind."""
    others = any(shapes.values(place.root, other) for other in TARGETS if other != predicate)
    return not place.steps and not others and not is_class(shapes, place.root)


def target_patterns(shapes: Shapes, root: Term, variable: str, own: str = "focus") -> Iterator[str]:
    """Yield SPARQL patterns that together bind a variable to what a shape targets; others begin with ``own``."""
    classes = list(shapes.values(root, TARGET_CLASS)) + ([root] if is_class(shapes, root) else [])
    for value in classes:
        yield f"?{variable} {RDF_TYPE}/{SUBCLASS}* {value} ."
    nodes = [v for v in shapes.values(root, TARGET_NODE) if not isinstance(v, ox.BlankNode)]
    if nodes:
        yield f"VALUES ?{variable} {{ {' '.join(str(node) for node in nodes)} }}"
    subjects, objects = shapes.values(root, TARGET_SUBJECTS), shapes.values(root, TARGET_OBJECTS)
    if subjects:
        yield f"?{variable} {'|'.join(map(str, subjects))} ?{own}_object ."
    if objects:
        yield f"?{own}_subject {'|'.join(map(str, objects))} ?{variable} ."
