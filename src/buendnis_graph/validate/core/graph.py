"""A graph as SHACL Core looks at it: along properties in both directions, and at classes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.validate.columns import Columns, Flags, Numbers, distinct
from buendnis_graph.validate.paths import Term

if TYPE_CHECKING:
    import polars as pl

_SUBCLASS = expand("rdfs:subClassOf")


class Graph:
    """Statements, with what was worked out of them kept for the next that asks.

    Args:
        columns: triples.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.size = len(columns.terms)
        self._steps: dict[ox.NamedNode, tuple[Numbers, Numbers]] = {}
        self._instances: dict[Term, Flags] = {}

    def number(self, term: object) -> int:
        """Return the number of a term; -1 if it is not in the graph."""
        return self.columns.number(term)

    def step(self, predicate: ox.NamedNode) -> tuple[Numbers, Numbers]:
        """Return the subjects and the objects of the statements with a predicate."""
        known = self._steps.get(predicate)
        if known is None:
            rows = self.columns.rows(self.number(predicate))
            known = self._steps[predicate] = (self.columns.subject[rows], self.columns.object[rows])
        return known

    def flags(self, numbers: Numbers) -> Flags:
        """Return for each term whether it is among some."""
        flags = np.zeros(self.size, np.bool_)
        flags[numbers] = True
        return flags

    def distinct(self, numbers: Numbers) -> Numbers:
        """Return some numbers sorted, each once."""
        if len(numbers) < 64:  # so few that going through all terms takes longer
            return distinct(numbers)
        return np.flatnonzero(self.flags(numbers)).astype(np.int32)

    def instances(self, class_: Term) -> Flags:
        """Return for each term whether it is an instance of a class, or of a subclass of it."""
        known = self._instances.get(class_)
        if known is None:
            subjects, classes = self.step(RDF_TYPE)
            wanted = self.flags(self._subclasses(class_))
            known = self._instances[class_] = self.flags(subjects[wanted[classes]])
        return known

    def _subclasses(self, class_: Term) -> Numbers:
        below, above = self.step(_SUBCLASS)
        found = {self.number(class_)} - {-1}
        fresh = np.array(sorted(found), np.int32)
        while len(fresh):
            fresh = np.array(sorted({*below[np.isin(above, fresh)].tolist()} - found), np.int32)
            found.update(fresh.tolist())
        return np.array(sorted(found), np.int32)

    @cached_property
    def texts(self) -> pl.Series:
        """Each term's text, for searches that read all of them."""
        import polars as pl

        return pl.Series(self.columns.texts, dtype=pl.String)

    @cached_property
    def lengths(self) -> Numbers:
        """The length of each term's text, in characters."""
        texts = self.columns.texts
        return np.fromiter(map(len, texts), np.int32, len(texts))
