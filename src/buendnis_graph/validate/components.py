"""SPARQL-based constraint components: kinds of constraints that a shapes graph defines (SHACL 1.0, section 6)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.shapes import Shapes, name_of
from buendnis_graph.validate.sparql import SELECT, SparqlCheck, ask, focus_nodes, query_text, solutions, surroundings
from buendnis_graph.validate.sparql_text import outer_brace
from buendnis_graph.validate.targets import Place, focus_pattern, is_deactivated

COMPONENT = expand("sh:ConstraintComponent")
PARAMETER, VALIDATOR = expand("sh:parameter"), expand("sh:validator")
NODE_VALIDATOR, PROPERTY_VALIDATOR = expand("sh:nodeValidator"), expand("sh:propertyValidator")
ASK = expand("sh:ask")
_PATH, _OPTIONAL = expand("sh:path"), expand("sh:optional")


@dataclass(frozen=True, slots=True)
class Component:
    """A kind of constraint: its parameters by variable name, those that may be missing, and who checks it."""

    node: Term
    parameters: Mapping[str, ox.NamedNode]
    optional: frozenset[str]

    def uses(self, shapes: Shapes, shape: Term) -> Iterator[dict[str, Term]]:
        """Yield the parameters' values for each use of the component by a shape."""
        given = {name: shapes.values(shape, predicate) for name, predicate in self.parameters.items()}
        if any(not given[name] for name in given if name not in self.optional) or not any(given.values()):
            return
        present = {name: values for name, values in given.items() if values}
        if len(self.parameters) > 1 and any(len(values) > 1 for values in present.values()):
            raise ShapesError(
                f"{shape} gives a parameter of {self.node} more than once.", node=name_of(shape), hint="Give it once."
            )
        for values in itertools.product(*present.values()):
            yield dict(zip(present, values, strict=True))


def components(shapes: Shapes) -> list[Component]:
    """Return the constraint components that a shapes graph defines.

    Raises:
        ShapesError: if one is not well formed.
    """
    nodes = sorted((node for node in shapes.subjects(PARAMETER) if shapes.is_a(node, {COMPONENT})), key=str)
    return [_component(shapes, node) for node in nodes]


def _component(shapes: Shapes, node: Term) -> Component:
    parameters: dict[str, ox.NamedNode] = {}
    optional = set()
    for parameter in shapes.values(node, PARAMETER):
        paths = shapes.values(parameter, _PATH)
        if len(paths) != 1 or not isinstance(paths[0], ox.NamedNode):
            raise ShapesError(f"a parameter of {node} needs one sh:path, which is a property.", node=name_of(parameter))
        name = paths[0].value.replace("#", "/").rpartition("/")[2]
        parameters[name] = paths[0]
        if shapes.is_true(parameter, _OPTIONAL):
            optional.add(name)
    return Component(node, parameters, frozenset(optional))


@dataclass(frozen=True, slots=True)
class AskCheck:
    """An ASK validator at one place: asked of every value node, a finding where it says no."""

    select: SparqlCheck

    @property
    def place(self) -> Place:
        """The shape, and the way to its focus nodes."""
        return self.select.place

    def results(self, data: Data, focus: list[Term] | None = None) -> list[Result]:
        """Return what it finds, for all focus nodes or for some.

        Raises:
            ShapesError: if the query can't be run.
        """
        found = []
        for node in focus_nodes(data, self.select.focus) if focus is None else focus:
            for value in self._values(data, node):
                said = {"this": node, "value": value}
                if not ask(data, self.select.text, {**self.select.bound, **said}, name_of(self.place.shape)):
                    found.append(self.select.result(said, None))
        return found

    def _values(self, data: Data, node: Term) -> list[Term]:
        if self.select.path is None:
            return [node]
        query = f"SELECT DISTINCT ?value WHERE {{ ?this {self.select.path} ?value }}"
        return [row["value"] for row in solutions(data, query, {"this": node}, name_of(self.place.shape))]

    @property
    def focus(self) -> str:
        """A SPARQL group that binds ``?this`` to the focus nodes."""
        return self.select.focus

    @property
    def whole(self) -> str:
        """Its focus nodes and values of which the query does not hold, as one text to take apart."""
        text, path = self.select.text, self.select.path
        brace = outer_brace(text)
        values = "" if path is None else f"?this {path} ?value ."
        return f"{text[:brace]} {self.focus} {values} FILTER NOT EXISTS {{ {text[brace:]}\n}}"


Check = SparqlCheck | AskCheck
"""What asks a graph by SPARQL."""


def component_checks(shapes: Shapes, place: Place, known: list[Component]) -> Iterator[Check]:
    """Yield what the constraint components check of a shape at a place.

    Raises:
        ShapesError: if a component has no validator that fits.
    """
    path = shapes.path(place.shape)
    own = NODE_VALIDATOR if path is None else PROPERTY_VALIDATOR
    for component in known:
        for values in component.uses(shapes, place.shape):
            validators = shapes.values(component.node, own) or shapes.values(component.node, VALIDATOR)
            if not validators:
                raise ShapesError(
                    f"{component.node} has no validator for {place.shape}.",
                    node=name_of(component.node),
                    hint="Give it sh:validator.",
                )
            validator = validators[0]
            if is_deactivated(shapes, validator):
                continue
            predicate = SELECT if shapes.values(validator, SELECT) else ASK
            text = query_text(shapes, validator, predicate, path, {"this", "value", *values})
            check = SparqlCheck(
                place=place,
                text=text,
                component=name_of(component.node),
                constraint=None,
                severity=shapes.severity(place.shape),
                messages=shapes.messages(place.shape) or shapes.messages(validator) or shapes.messages(component.node),
                path=path,
                focus=focus_pattern(shapes, place, text),
                bound={**surroundings(place), **values},
            )
            yield check if predicate == SELECT else AskCheck(check)
