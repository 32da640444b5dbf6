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
from buendnis_graph.tables import TABLES, load, rows, save

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_Row = tuple[Any, ...]


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
    one, two = rows(before), rows(after)
    changes = {name: _difference(one[name], two[name]) for name in two}
    save({name: _renewed(load(old, name), *change) for name, change in changes.items() if any(change)}, new)
    for path in (old / TABLES).iterdir():
        if not (new / TABLES / path.name).exists():
            os.link(path, new / TABLES / path.name)


def _difference(before: Iterable[_Row], after: Iterable[_Row]) -> tuple[Counter[_Row], Counter[_Row]]:
    """Return the rows that went and those that came, each as often as it did."""
    gone, come = Counter(before), Counter(after)
    return gone - come, come - gone


def _renewed(whole: pl.DataFrame, gone: Counter[_Row], come: Counter[_Row]) -> pl.DataFrame:
    """Return a sorted table with other rows: only those with the same first value are sorted anew."""
    import polars as pl

    first = whole[whole.columns[0]]
    known = first.slice(0, len(first) - first.null_count())
    pieces, end = list[pl.DataFrame](), 0
    for key in sorted({row[0] for row in (*gone, *come)}, key=lambda value: (value is None, value)):
        start = len(known) if key is None else known.search_sorted(key, "left")
        pieces.append(whole[end:start])
        end = len(first) if key is None else known.search_sorted(key, "right")
        there, less, more = Counter(whole[start:end].rows()), _with(gone, key), _with(come, key)
        if less - there or there.keys() & more.keys():
            raise NotLocalError
        fresh = pl.DataFrame(list((there - less + more).elements()), schema=whole.schema, orient="row")
        pieces.append(fresh.sort(whole.columns, nulls_last=True))
    return pl.concat([*pieces, whole[end:]], rechunk=True)


def _with(some: Counter[_Row], key: Any) -> Counter[_Row]:
    return Counter({row: number for row, number in some.items() if row[0] == key})


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
