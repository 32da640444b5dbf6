"""What the shapes demand, one entry for each constraint: for the table in ``docs/`` and for the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import expand
from buendnis_graph.validate.paths import Path, Term
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
_SEVERITY, _PATH, _SPARQL_OF = expand("sh:severity"), expand("sh:path"), expand("sh:sparql")
_PROPERTY, _SELECT = expand("sh:property"), expand("sh:select")
_TARGETS = [expand(f"sh:target{kind}") for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand of one shape, or a SPARQL constraint.

    Attributes:
        shape: the property shape, node shape or SPARQL constraint, as results name it.
        component: SHACL's name for the kind of demand, without ``ConstraintComponent``; ``SPARQL`` for a query.
        demand: what is demanded, as the shape says it.
        path: what it is demanded of, if of a property.
        severity: SHACL's local name.
        explicit: whether the shape says its severity.
        messages: what it tells people, by language.
    """

    shape: str
    component: str
    demand: str
    path: Path | None
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
        ShapesError: if a path is not well formed.
    """
    found = [made for shape in targeted(shapes) for made in _of_shape(shapes, shape)]
    return sorted(found, key=lambda constraint: constraint.key)


def targeted(shapes: Shapes) -> list[Term]:
    """Return the shapes with a target and the property shapes below them, each once."""
    open_shapes = [shape for target in _TARGETS for shape in shapes.subjects(target)]
    seen: dict[Term, None] = {}
    while open_shapes:
        shape = open_shapes.pop()
        if shape not in seen:
            seen[shape] = None
            open_shapes += shapes.values(shape, _PROPERTY)
    return list(seen)


def _of_shape(shapes: Shapes, shape: Term) -> Iterator[Constraint]:
    path = shapes.path(shape)
    for name, component in COMPONENTS.items():
        values = shapes.values(shape, ox.NamedNode(SH + name))
        if values and not (name == "closed" and values[0].value == "false"):
            yield _constraint(shapes, shape, shape, component, " ".join(map(str, values)), path)
    for query in shapes.values(shape, _SPARQL_OF):
        text = " ".join(value.value for value in shapes.values(query, _SELECT))
        yield _constraint(shapes, query, shape, SPARQL, text, path)


def _constraint(shapes: Shapes, node: Term, shape: Term, component: str, demand: str, path: Path | None) -> Constraint:
    # A result bears the severity of the shape; SHACL 1.0 gives a SPARQL constraint none of its own.
    return Constraint(
        shape=node.value,
        component=component,
        demand=demand,
        path=path,
        severity=shapes.severity(shape),
        explicit=bool(shapes.values(shape, _SEVERITY)),
        messages=shapes.messages(node) or shapes.messages(shape),
    )
