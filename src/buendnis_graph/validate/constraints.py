"""What the shapes demand, one entry for each constraint: for the table in ``docs/`` and for the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import expand, shorten
from buendnis_graph.validate.paths import Path, Term, read_list
from buendnis_graph.validate.shapes import SH, Shapes

COMPONENTS = {
    "and": "And",
    "class": "Class",
    "closed": "Closed",
    "datatype": "Datatype",
    "disjoint": "Disjoint",
    "equals": "Equals",
    "hasValue": "HasValue",
    "in": "In",
    "languageIn": "LanguageIn",
    "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals",
    "maxCount": "MaxCount",
    "maxExclusive": "MaxExclusive",
    "maxInclusive": "MaxInclusive",
    "maxLength": "MaxLength",
    "minCount": "MinCount",
    "minExclusive": "MinExclusive",
    "minInclusive": "MinInclusive",
    "minLength": "MinLength",
    "node": "Node",
    "nodeKind": "NodeKind",
    "not": "Not",
    "or": "Or",
    "pattern": "Pattern",
    "qualifiedMaxCount": "QualifiedMaxCount",
    "qualifiedMinCount": "QualifiedMinCount",
    "uniqueLang": "UniqueLang",
    "xone": "Xone",
}
"""SHACL's constraint components by the property that declares them, without ``ConstraintComponent`` at their end."""

SPARQL = "SPARQL"
_SEVERITY, _SPARQL_OF, _PROPERTY = expand("sh:severity"), expand("sh:sparql"), expand("sh:property")
_QUALIFIED, _FIRST = expand("sh:qualifiedValueShape"), expand("rdf:first")
_TARGETS = {
    expand("sh:targetClass"): "{}",
    expand("sh:targetNode"): "{}",
    expand("sh:targetSubjectsOf"): "subjects of {}",
    expand("sh:targetObjectsOf"): "objects of {}",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand of one shape, or a SPARQL constraint.

    Attributes:
        shape: the property shape, node shape or SPARQL constraint, as findings name it.
        component: SHACL's name for the kind of demand, without ``ConstraintComponent``; ``SPARQL`` for a query.
        demand: what is demanded, in SHACL's words.
        path: what it is demanded of, if of a property.
        targets: which nodes are looked at.
        severity: SHACL's local name.
        explicit: whether the shape says its severity.
        messages: what it tells people, by language.
    """

    shape: str
    component: str
    demand: str
    path: Path | None
    targets: tuple[str, ...]
    severity: str
    explicit: bool
    messages: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """What identifies it: the shape and the component."""
        return self.shape, self.component


def constraints(shapes: Shapes) -> list[Constraint]:
    """Return all that shapes with a target demand, sorted; what stands inside ``sh:or`` and the like is part of it.

    Raises:
        ShapesError: if a path or a list is not well formed.
    """
    found = [made for shape, targets in targeted(shapes).items() for made in _of_shape(shapes, shape, tuple(targets))]
    return sorted(found, key=lambda constraint: constraint.key)


def targeted(shapes: Shapes) -> dict[Term, list[str]]:
    """Return the shapes that look at nodes, and the property shapes below them, each with what it looks at."""
    roots = dict.fromkeys(shape for target in _TARGETS for shape in shapes.subjects(target))
    found: dict[Term, list[str]] = {}
    for root in roots:
        looks_at = [
            text.format(shorten(value.value))
            for target, text in _TARGETS.items()
            for value in shapes.values(root, target)
        ]
        waiting, seen = [root], {root}
        while waiting:
            shape = waiting.pop()
            known = found.setdefault(shape, [])
            known.extend(target for target in looks_at if target not in known)
            below = [shape for shape in shapes.values(shape, _PROPERTY) if shape not in seen]
            seen.update(below)
            waiting += below
    return found


def _of_shape(shapes: Shapes, shape: Term, targets: tuple[str, ...]) -> Iterator[Constraint]:
    demanded = [(shape, component, demand) for component, demand in _demands(shapes, shape)]
    demanded += [(query, SPARQL, "the query finds nothing") for query in shapes.values(shape, _SPARQL_OF)]
    for node, component, demand in demanded:
        # A result bears the severity of the shape; SHACL 1.0 gives a SPARQL constraint none of its own.
        yield Constraint(
            shape=node.value,
            component=component,
            demand=demand,
            path=shapes.path(shape),
            targets=targets,
            severity=shapes.severity(shape),
            explicit=bool(shapes.values(shape, _SEVERITY)),
            messages=shapes.messages(node) or shapes.messages(shape),
        )


def _demands(shapes: Shapes, shape: Term) -> Iterator[tuple[str, str]]:
    """Yield what a shape demands itself: the component, and the demand in SHACL's words."""
    for name, component in COMPONENTS.items():
        values = shapes.values(shape, ox.NamedNode(SH + name))
        if not values or (name == "closed" and values[0].value == "false"):
            continue
        demand = f"{name} {' '.join(_text(shapes, value) for value in values)}"
        if name.startswith("qualified"):
            demand += " of " + " ".join(_text(shapes, value) for value in shapes.values(shape, _QUALIFIED))
        yield component, demand


def _text(shapes: Shapes, value: Term) -> str:
    if isinstance(value, ox.Literal):
        return value.value
    if shapes.values(value, _FIRST):
        return "(" + ", ".join(_text(shapes, member) for member in read_list(value, shapes.values)) + ")"
    if shorten(value.value) != value.value:
        return shorten(value.value)
    inside = [demand for _, demand in _demands(shapes, value)]
    inside += [f"{_path(shapes, below)}: {_text(shapes, below)}" for below in shapes.values(value, _PROPERTY)]
    return "; ".join(inside) or str(value)


def _path(shapes: Shapes, shape: Term) -> str:
    return path_text(shapes.path(shape))


def path_text(path: Path | None) -> str:
    """Return a path as people read it; empty if there is none."""
    if path is None:
        return ""
    return shorten(path.predicate.value) if path.predicate else str(path)
