"""Data frames as tables of RDF terms, so that every answer is of one kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from buendnis_graph.namespaces import expand
from buendnis_graph.queries.labels import labels_of
from buendnis_graph.queries.table import Table, Term
from buendnis_graph.store.askable import Askable

if TYPE_CHECKING:
    import polars as pl


def table_of(graph: Askable, frame: pl.DataFrame, names: Mapping[str, str]) -> Table:
    """Return a data frame as a table.

    Args:
        graph: where labels are looked up.
        frame: with texts, numbers, truth values and days.
        names: by column, the IRI that a value stands for, with ``{}`` for the value; others become literals.
    """
    columns = [[_term(value, names.get(name, "")) for value in frame[name].to_list()] for name in frame.columns]
    rows = list(zip(*columns, strict=True))
    return Table(tuple(frame.columns), rows, partial(labels_of, graph))


def _term(value: object, name: str) -> Term:
    if value is None:
        return None
    if name:
        return ox.NamedNode(name.replace("{}", str(value)))
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=expand("xsd:boolean"))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=expand("xsd:integer"))
    if isinstance(value, float):
        return ox.Literal(repr(value), datatype=expand("xsd:double"))
    if isinstance(value, dt.date):
        return ox.Literal(value.isoformat(), datatype=expand("xsd:date"))
    return ox.Literal(str(value))
