"""Shapes on a graph: what their constraints find, and which nodes conform."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.columns import NONE, Columns, Flags, Numbers
from buendnis_graph.validate.constraints import COMPONENTS
from buendnis_graph.validate.core.checks import Check, Failures, Values
from buendnis_graph.validate.core.graph import Graph
from buendnis_graph.validate.core.parameters import MAKERS
from buendnis_graph.validate.core.ways import follow
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Path, Term, predicate_path
from buendnis_graph.validate.shapes import Shapes, name_of
from buendnis_graph.validate.targets import (
    PROPERTY,
    TARGET_CLASS,
    TARGET_NODE,
    TARGET_OBJECTS,
    TARGET_SUBJECTS,
    below,
    is_class,
    is_deactivated,
    siblings,
)

_PARAMETERS = {
    expand(f"sh:{name}"): (name, f"{component}ConstraintComponent") for name, component in COMPONENTS.items()
}


@dataclass(frozen=True)
class _Shape:
    """A shape, read.

    Attributes:
        path: None of a node shape.
        checks: its constraints, each with the component that it is of.
        properties: the property shapes below it.
    """

    path: Path | None
    checks: tuple[tuple[str, Check], ...]
    properties: tuple[Term, ...]


@dataclass(frozen=True)
class Core:
    """The Core constraints of a shapes graph.

    Args:
        shapes: the shapes graph.
        roots: the shapes with targets that are to be checked.

    Raises:
        ShapesError: if the shapes are not well formed.
    """

    shapes: Shapes
    roots: list[Term]

    def __post_init__(self) -> None:
        _ = self.read

    @cached_property
    def read(self) -> dict[Term, _Shape]:
        """The shapes with targets, and all that they refer to, in SHACL's terms."""
        found: dict[Term, _Shape] = {}
        waiting = list(self.roots)
        while waiting:
            shape = waiting.pop()
            if shape not in found:
                found[shape] = _read(self.shapes, shape)
                waiting += [*below(self.shapes, shape), *siblings(self.shapes, shape)]
        return found

    def results(self, data: Data) -> list[Result]:
        """Return what they find.

        Nodes that targets name and no statement does are looked at in a graph of their own: nothing leads to others.

        Raises:
            ShapesError: if shapes are nested too deeply.
        """
        named = (node for root in self.roots for node in self.shapes.values(root, TARGET_NODE))
        alone = [node for node in named if data.columns.number(node) == NONE]
        graphs = [data.columns, *([Columns.of_triples([]).including(alone)] if alone else [])]
        try:
            return [result for columns in graphs for result in self._found(columns)]
        except RecursionError:
            raise ShapesError(
                "shapes ask of one another more deeply than can be followed.", hint="Let fewer of them ask of the next."
            ) from None

    def _found(self, columns: Columns) -> Iterator[Result]:
        run = _Run(self, Graph(columns))
        for root in self.roots:
            yield from run.results(root, self._targets(run.graph, root))

    def _targets(self, graph: Graph, root: Term) -> Numbers:
        """Return the focus nodes of a shape with targets, in rising order."""
        values = self.shapes.values
        named = {graph.number(node) for node in values(root, TARGET_NODE)} - {NONE}
        found = [np.array(sorted(named), np.int32)]
        classes = values(root, TARGET_CLASS) + ([root] if is_class(self.shapes, root) else [])
        found += [np.flatnonzero(graph.instances(class_)).astype(np.int32) for class_ in classes]
        for target, end in ((TARGET_SUBJECTS, 0), (TARGET_OBJECTS, 1)):
            found += [graph.step(value)[end] for value in values(root, target) if isinstance(value, ox.NamedNode)]
        return graph.distinct(np.concatenate(found))


def _read(shapes: Shapes, shape: Term) -> _Shape:
    if is_deactivated(shapes, shape):  # every node conforms to it
        return _Shape(None, (), ())
    checks = [
        (component, MAKERS[name](shapes, shape, value))
        for parameter, (name, component) in _PARAMETERS.items()
        for value in shapes.values(shape, parameter)
    ]
    return _Shape(shapes.path(shape), tuple(checks), tuple(shapes.values(shape, PROPERTY)))


class _Run:
    """One evaluation on one graph."""

    def __init__(self, core: Core, graph: Graph) -> None:
        self.graph = graph
        self._core = core
        self._open: dict[Term, tuple[Flags, Flags]] = {}
        self._settled: dict[Term, tuple[Numbers, Flags]] = {}
        self._leaning = False

    def results(self, node: Term, nodes: Numbers, above: frozenset[Term] = frozenset()) -> Iterator[Result]:
        """Yield what a shape and the property shapes below it find at focus nodes."""
        if not len(nodes) or node in above:
            return
        shape = self._core.read[node]
        values = Values(nodes, *follow(self.graph, nodes, shape.path))
        for component, check in shape.checks:
            yield from self._told(node, component, shape.path, nodes, check(self, values))
        for child in shape.properties:
            yield from self.results(child, values.value, above | {node})

    def _told(
        self, node: Term, component: str, path: Path | None, nodes: Numbers, failures: Failures
    ) -> Iterator[Result]:
        """Yield failures as results."""
        if not len(failures.at):
            return
        shapes, terms = self._core.shapes, self.graph.columns.terms
        severity, messages, name = shapes.severity(node), shapes.messages(node), name_of(node)
        nothing = np.full(len(failures.at), NONE, np.int32)
        told = (nodes[failures.at], *(nothing if part is None else part for part in failures[1:]))
        for focus, value, predicate in zip(*(part.tolist() for part in told), strict=True):
            yield Result(
                focus=terms[focus],
                path=path if predicate == NONE else predicate_path(terms[predicate]),
                value=None if value == NONE else terms[value],
                component=component,
                severity=severity,
                shape=name,
                messages=messages,
            )

    def conforms(self, shape: Term, numbers: Numbers) -> Flags:
        """Return of each of some nodes whether it conforms to a shape.

        If the shape comes to ask of itself, of whatever nodes, it is told that those conform which are not known to
        fail, and is evaluated again until that changes nothing. What rests on no such answer is kept for the next who
        asks the same: shapes may lead to one another by many ways.
        """
        if shape in self._open:
            failing, asked = self._open[shape]
            asked[numbers] = self._leaning = True
            return ~failing[numbers]
        nodes, known = self.graph.distinct(numbers), (-1, -1)
        if shape in self._settled and np.array_equal(self._settled[shape][0], nodes):
            return self._settled[shape][1][np.searchsorted(nodes, numbers)]
        failing, asked = (np.zeros(self.graph.size, np.bool_) for _ in range(2))
        self._open[shape] = failing, asked
        around, self._leaning = self._leaning, False
        while known != (len(nodes), int(failing.sum())):
            known = len(nodes), int(failing.sum())
            self._note(self._core.read[shape], nodes, failing)
            if not asked.any():
                break
            nodes = np.union1d(nodes, np.flatnonzero(asked)).astype(np.int32)
        del self._open[shape]
        if not self._leaning:
            self._settled[shape] = nodes, ~failing[nodes]
        self._leaning |= around
        return ~failing[numbers]

    def _note(self, shape: _Shape, nodes: Numbers, failing: Flags) -> None:
        """Note the nodes that don't conform to a shape."""
        if not len(nodes):
            return
        values = Values(nodes, *follow(self.graph, nodes, shape.path))
        for _, check in shape.checks:
            failing[nodes[check(self, values).at]] = True
        for child in shape.properties:
            failing[nodes[values.at[~self.conforms(child, values.value)]]] = True
