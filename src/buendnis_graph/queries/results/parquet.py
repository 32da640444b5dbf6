"""Parquet: typed columns, the same bytes for the same table."""

from __future__ import annotations

import io

import pyoxigraph as ox

from buendnis_graph.queries.frames import to_polars
from buendnis_graph.queries.table import Table


def write(result: Table | bool) -> bytes:
    """Return a Parquet file; yes or no is a table of one cell."""
    table = Table(("answer",), [(ox.Literal(result),)]) if isinstance(result, bool) else result
    out = io.BytesIO()
    to_polars(table).write_parquet(out, compression="zstd")
    return out.getvalue()
