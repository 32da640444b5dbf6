"""The tables and the report of a changed graph: only rows about what has changed are made anew."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph import example
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.report import coverage_order, summarise
from buendnis_graph.store.builds import REPORT, read_report
from buendnis_graph.tables import TABLES, load, make, save

if TYPE_CHECKING:
    import polars as pl


def renew_tables(old: Path, new: Path, before: ox.Store, after: ox.Store) -> None:
    """Write the tables of a build: those without a changed row are linked to.

    Args:
        old: the folder of the build before.
        new: that of the new build.
        before: the surroundings of the change as they were, with all that follows.
        after: as they are.

    Raises:
        NotLocalError: if a row that went is not in the table, or one that came is.
    """
    one, two = make(before), make(after)
    changed = {name: _renewed(old, name, one[name], two[name]) for name in two if not one[name].equals(two[name])}
    save(changed, new)
    for path in (old / TABLES).iterdir():
        if not (new / TABLES / path.name).exists():
            os.link(path, new / TABLES / path.name)


def _renewed(old: Path, name: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    gone, come = Counter(before.rows()), Counter(after.rows())
    gone, come = gone - come, come - gone
    whole = load(old, name)
    key = pl.col(whole.columns[0])
    concerned = key.is_in([row[0] for row in {*gone, *come}])
    rows = Counter(whole.filter(concerned).rows())
    if gone - rows or rows.keys() & come.keys():
        raise NotLocalError
    rest = whole.filter(~concerned | key.is_null())
    fresh = pl.DataFrame(list((rows - gone + come).elements()), schema=whole.schema, orient="row")
    return pl.concat([rest, fresh]).sort(whole.columns, nulls_last=True)


def renew_report(old: Path, new: Path, before: ox.Store, after: ox.Store, whole: ox.Store) -> None:
    """Write the report of a build.

    Args:
        old: the folder of the build before.
        new: that of the new build.
        before: the surroundings of the change as they were, with all that follows.
        after: as they are.
        whole: the graph as it is.

    Raises:
        NotLocalError: if the earlier report does not hold what went.
    """
    report, one, two = read_report(old), summarise(before), summarise(after)
    for name, count in two["counts"].items():
        report["counts"][name] += count - one["counts"][name]
    report["coverage"] = _changed(report["coverage"], one["coverage"], two["coverage"])
    if example.look_up(before) != example.look_up(after):
        report["example"] = example.look_up(whole)
    write_report(report, new)


def write_report(report: dict[str, Any], folder: Path) -> None:
    """Write the report of a build."""
    (folder / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _changed(
    rows: list[dict[str, str]], before: list[dict[str, str]], after: list[dict[str, str]]
) -> list[dict[str, str]]:
    there, gone, come = (Counter(tuple(row.items()) for row in some) for some in (rows, before, after))
    gone, come = gone - come, come - gone
    if gone - there:
        raise NotLocalError
    return sorted(map(dict, (there - gone + come).elements()), key=coverage_order)
