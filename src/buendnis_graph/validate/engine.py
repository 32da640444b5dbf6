"""What every validation engine takes and gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.paths import Path, Term
from buendnis_graph.validate.shapes import Shapes

SEVERITIES = ("Violation", "Warning", "Info")
"""SHACL's severities by their local names: the first blocks, the second is listed, the third is shown on request."""


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result, as every engine must give it.

    Attributes:
        focus: the node it is about.
        path: the path it is about, if any.
        value: the value that is wrong, if it is one value.
        component: the kind of constraint: SHACL's local name, or the IRI of a component that is not SHACL's.
        severity: SHACL's local name, or the IRI of a severity that is not SHACL's.
        shape: the shape that says so, as :class:`Shapes` names it.
        messages: text by language tag (``""`` for none), with its ``{?variables}`` filled in.
        constraint: the SPARQL constraint of the shape that says so, if it is one.
        source: in the evidence layer, the source that says it; else None.
        place: file and line (0 for none), if who found it knows better than the data where it stands.
    """

    focus: Term
    path: Path | None
    value: Term | None
    component: str
    severity: str
    shape: str
    messages: Mapping[str, str] = field(compare=False, hash=False)
    constraint: str | None = None
    source: ox.NamedNode | None = None
    place: tuple[str, int] | None = None

    @property
    def rule(self) -> str:
        """What people look up: the SPARQL constraint if it is one, else the shape."""
        return self.constraint or self.shape

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What two engines must agree on: focus, path, value, component, severity."""
        return (str(self.focus), str(self.path or ""), str(self.value or ""), self.component, self.severity)


class Data:
    """The graph to be checked, in the forms that engines want, each made once and only if it is needed.

    Args:
        given: its triples, as such or as columns.
    """

    def __init__(self, given: Iterable[ox.Triple] | Columns) -> None:
        self._given = given

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """The triples."""
        return self._given if isinstance(self._given, list) else list(self._given)

    @cached_property
    def columns(self) -> Columns:
        """The triples as columns of numbers.

        Raises:
            UsageError: if there are triple terms among them, which whoever reads files refuses with the line.
        """
        if isinstance(self._given, Columns):
            return self._given
        columns = Columns.of_triples(self.triples)
        if ox.Triple in set(map(type, columns.terms)):
            raise UsageError(
                "the data hold triple terms of RDF 1.2, which SHACL 1.0 knows nothing of.",
                hint="Write plain triples and literals.",
            )
        return columns

    @cached_property
    def store(self) -> ox.Store:
        """The triples in the default graph of a store in memory. It may write numbers another way (``01`` as ``1``)."""
        store = ox.Store()
        triples = self._given if isinstance(self._given, Columns) else self.triples
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        return store


class Engine(Protocol):
    """What an engine can do."""

    name: str

    def validate(self, data: Data, shapes: Shapes) -> list[Result]:
        """Return the results of validating data against shapes, in any order.

        Raises:
            ShapesError: if the shapes can't be used.
        """
        ...
