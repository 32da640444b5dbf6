"""Write the tables into a build, and read them from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.tables.codebook import as_csvw, codebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

TABLES = "tables"
CODEBOOK = "csv-metadata.json"


def save(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write each table as Parquet and CSV into ``tables/`` of a build's folder, and the codebook as CSVW beside them.

    The same tables give the same bytes. CSV is RFC 4180: commas, quotes where needed, CR LF, UTF-8; empty is unknown.
    """
    into = folder / TABLES
    into.mkdir()
    for name, table in tables.items():
        table.write_parquet(into / f"{name}.parquet", compression="zstd", statistics=False)
        table.write_csv(into / f"{name}.csv", line_terminator="\r\n")
    text = json.dumps(as_csvw(), ensure_ascii=False, indent=1)
    (into / CODEBOOK).write_text(text + "\n", encoding="utf-8")


def load(tables: Path | Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    """Return a table, with every column in the type the codebook gives.

    Args:
        tables: the folder of a build, or tables as :func:`~buendnis_graph.tables.make` gives them.
        name: one of the codebook's.

    Raises:
        NotBuiltError: if the build has no such table.
    """
    import polars as pl

    if not isinstance(tables, Path):
        return tables[name]
    path = tables / TABLES / f"{name}.parquet"
    if name not in codebook() or not path.is_file():
        raise NotBuiltError(
            f"the build has no table '{name}'.", path=path, hint="Build it anew: buendnis build --force"
        )
    return pl.read_parquet(path, use_statistics=False)
