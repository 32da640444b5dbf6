"""What constraints are made of: values in, those that fail out, all focus nodes at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from buendnis_graph.validate.columns import Flags, Numbers
from buendnis_graph.validate.core.graph import Graph
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.shapes import Shapes


class Values(NamedTuple):
    """Focus nodes and their value nodes.

    Attributes:
        nodes: the numbers of the focus nodes.
        at: of each value the place of its focus node among them.
        value: the numbers of the values; no value twice at one place.
    """

    nodes: Numbers
    at: Numbers
    value: Numbers

    def counts(self, counted: Flags | None = None) -> Numbers:
        """Return how many values there are at each focus node, or how many of those that are counted."""
        at = self.at if counted is None else self.at[counted]
        return np.bincount(at, minlength=len(self.nodes)).astype(np.int32)


class Failures(NamedTuple):
    """What fails, one entry for each result.

    Attributes:
        at: the place of the focus node.
        value: the number of the value; None if a result is about no single value.
        predicate: the number of the property, if it is not the shape's path that a result is about.
    """

    at: Numbers
    value: Numbers | None = None
    predicate: Numbers | None = None


class Run(Protocol):
    """An evaluation of shapes on a graph."""

    graph: Graph

    def conforms(self, shape: Term, numbers: Numbers) -> Flags:
        """Return of each of some nodes whether it conforms to a shape."""
        ...


Check = Callable[[Run, Values], Failures]
"""A constraint."""
Maker = Callable[[Shapes, Term, Term], Check]
"""Makes the constraint that a value of a parameter stands for; it is given the shapes graph, the shape and the value.

Raises:
    ShapesError: if the value is not what the parameter asks for.
"""
Test = Callable[[Graph, Numbers], Flags]
"""Returns of each of some distinct terms whether it is as it must be."""


def each_value(test: Test) -> Check:
    """Return a constraint that demands something of each value by itself."""

    def check(run: Run, values: Values) -> Failures:
        distinct = run.graph.distinct(values.value)
        fails = run.graph.flags(distinct[~test(run.graph, distinct)])[values.value]
        return Failures(values.at[fails], values.value[fails])

    return check


def each_node(test: Callable[[Run, Values], Flags]) -> Check:
    """Return a constraint that demands something of all values of a focus node together."""

    def check(run: Run, values: Values) -> Failures:
        return Failures(np.flatnonzero(~test(run, values)).astype(np.int32))

    return check
