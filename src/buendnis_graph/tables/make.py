"""Make the tables from a derived graph: by scans of one property each, never by a join in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.store.askable import Askable
from buendnis_graph.tables import bodies, members
from buendnis_graph.tables.codebook import codebook
from buendnis_graph.tables.view import Paired, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl


def make(graph: Paired | ox.Store | Askable) -> dict[str, pl.DataFrame]:
    """Return all tables of :func:`~buendnis_graph.tables.codebook` by name, sorted by their rows.

    Args:
        graph: the consolidated view as columns, a store whose default graph it is, or an endpoint that has one.
    """
    return {name: _table(name, found) for name, found in rows(graph).items()}


def rows(graph: Paired | ox.Store | Askable) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all tables by name, in any order.

    Args:
        graph: as for :func:`make`.
    """
    view = View(graph)
    attestations = list(members.attestations(view))
    found: dict[str, Iterable[members.Row]] = {
        "incidence": members.incidence(view, attestations),
        "attestations": attestations,
        "lists": members.lists(view, attestations),
        "bodies": bodies.bodies(view),
        "topics": bodies.topics(view),
        "places": bodies.places(view),
        "counts": bodies.counts(view),
        "relations": bodies.relations(view),
    }
    return {
        name: [tuple(row.get(column.name) for column in table.columns) for row in found[name]]
        for name, table in codebook().items()
    }


def _table(name: str, found: list[tuple[Any, ...]]) -> pl.DataFrame:
    import polars as pl

    columns = codebook()[name].columns
    series = [pl.Series(c.name, [row[n] for row in found], dtype=c.polars_type) for n, c in enumerate(columns)]
    return pl.DataFrame(series).sort([c.name for c in columns], nulls_last=True)
