"""Which sources stand behind each row of a table.

The method is why-provenance (Buneman, Khanna, Tan 2001), with all derivations of a row: every solution of the query's
pattern that leads to the row is taken, each triple it matches is looked up, and the row's sources are those of all
these triples. For an aggregate those are all that contribute to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.queries.explain.origins import SOURCE, Origin, describe, origins
from buendnis_graph.queries.explain.patterns import matches, patterns
from buendnis_graph.queries.explain.unfold import Unfolded, unfold
from buendnis_graph.queries.run import answer
from buendnis_graph.queries.table import Table
from buendnis_graph.store.askable import Askable

__all__ = ["Explanation", "Origin", "explain"]

MAX_SOLUTIONS = 200_000
"""More are not explained: it would take minutes and gigabytes."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind the rows of a table.

    Args:
        rows: origins of each row, in order: sources first, sorted.
        tests_absence: whether the query also asks for what is not in the graph, which no source can state.
    """

    rows: list[tuple[Origin, ...]]
    tests_absence: bool

    def as_json(self) -> list[list[dict[str, str]]]:
        """Return the origins of each row as JSON holds them; what is not known is left out."""
        return [[{k: v for k, v in asdict(origin).items() if v} for origin in found] for found in self.rows]

    def with_column(self, table: Table, name: str = "sources") -> Table:
        """Return a table with a column of the addresses of the sources of each row, separated by spaces."""
        while name in table.columns:
            name += "_"
        cells = [" ".join(dict.fromkeys(o.address or o.iri for o in found if o.kind == SOURCE)) for found in self.rows]
        rows = [(*row, ox.Literal(cell)) for row, cell in zip(table.rows, cells, strict=True)]
        return Table((*table.columns, name), rows, table.look_up)


def explain(graph: Askable, sparql: str, table: Table) -> Explanation:
    """Return the origins of each row of the answer to a SELECT query.

    Args:
        graph: that answered.
        sparql: the query, parameters bound.
        table: the answer.

    Raises:
        QueryError: if it is no SELECT, or can't be explained.
    """
    unfolded = unfold(sparql)
    everything = answer(graph, unfolded.sparql)
    assert isinstance(everything, Table)  # noqa: S101 - it is a SELECT
    if len(everything) > MAX_SOLUTIONS:
        raise QueryError(
            f"{len(everything):,} solutions stand behind this table, too many to explain.", hint="Ask for less."
        )
    solutions: list[Mapping[str, Any]] = [{k: v for k, v in row.items() if v is not None} for row in everything]
    keys, of_rows = _keys(graph, unfolded, table)
    matched = matches(graph, patterns(unfolded.sparql), solutions)
    of = origins(graph, {triple for found in matched for triple, named in found if named is None})
    named = describe(graph, {g for found in matched for _, g in found if isinstance(g, ox.NamedNode)})
    by_key: dict[tuple[Any, ...], set[Origin]] = {}
    for solution, found in zip(solutions, matched, strict=True):
        behind = by_key.setdefault(tuple(solution.get(key) for key in keys), set())
        for triple, in_graph in found:
            if in_graph is None:
                behind |= of.get(triple, set())
            elif isinstance(in_graph, ox.NamedNode) and in_graph in named:
                behind.add(named[in_graph])
    rows = [tuple(sorted(by_key.get(key, set()), key=_order)) for key in of_rows]
    return Explanation(rows, unfolded.tests_absence)


def _order(origin: Origin) -> tuple[bool, Origin]:
    return origin.kind != SOURCE, origin


def _keys(graph: Askable, unfolded: Unfolded, table: Table) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the variables that tell rows apart, and their values for each row."""
    if unfolded.keyed:
        keyed = answer(graph, unfolded.keyed)
        assert isinstance(keyed, Table)  # noqa: S101 - it is a SELECT
        if [row[: len(table.columns)] for row in keyed.rows] == table.rows:
            keys = unfolded.keys or ()
            return keys, [tuple(row[key] for key in keys) for row in keyed]
    wanted = table.columns if unfolded.keys is None else unfolded.keys
    keys = tuple(key for key in wanted if key in table.columns)
    return keys, [tuple(row[key] for key in keys) for row in table]
