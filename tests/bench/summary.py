"""The head of the report, made of all that was measured: what there is, where a peer is faster, what grows too fast."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.cells import Cell, Grown, Ratio, shown

if TYPE_CHECKING:
    from tests.bench.report import Part, Table

_ABOUT = """# Benchmarks

Written by `make bench`; do not edit. Machines differ: the ratios count, of what was measured in one run. A figure with two
others behind it is the median of several rounds, in which both took turns, with the least and the most. The same as
data: [benchmarks.json](benchmarks.json).

Where something is done at several sizes, *time : n log n* says what it took beside what n log n lets it take, going by the
size before; so does *memory : n log n*. What is 1 or less grows no faster. *One* is one of what the sizes count.

Times are those of a machine that has nothing else to do. Whether it had is told with each part: the share of all processors
that had other work meanwhile.
"""
_TOLERATED = 1.1
"""What is less above n log n may be the clock's doing."""


def head(parts: Sequence[Part], plot: str) -> str:
    """Return the head.

    Args:
        parts: of the report, in order.
        plot: the file of the plot of what grows; empty if there is none.
    """
    texts = [_ABOUT, "\n".join([*_contents(parts), ""])]
    if plot:
        texts.append(
            f"![Microseconds for one by size, part by part, beside lines that n log n for all would draw]({plot})\n"
        )
    faster, growing = list(_faster(parts)), list(_too_fast(parts))
    texts += ["## Where a peer is faster\n", _listed(faster, "Nowhere in what is measured here beside a peer.")]
    texts += [
        "## What grows faster than n log n\n",
        _listed(growing, "Nothing of what is measured here at several sizes."),
    ]
    if any("took" not in part.conditions for part in parts):
        texts.append("Both are not told of parts that have no minutes above: they are from before it was reckoned.\n")
    return "\n".join(texts)


def _listed(lines: Sequence[str], none: str) -> str:
    return "\n".join([*(f"* {line}" for line in lines), ""]) if lines else f"{none}\n"


def _contents(parts: Sequence[Part]) -> Iterator[str]:
    yield "| part | tables | at commit | of | minutes | other work meanwhile | complete |"
    yield "|---|--:|---|---|--:|--:|---|"
    for part in parts:
        git, known = part.conditions["git"], part.conditions
        took = f"{known['took'] / 60:.1f}" if "took" in known else ""
        others = "" if known.get("others") is None else f"{known['others']:.0%}"
        told = [len(part.tables), git["commit"], git["day"], took, others, "no" if part.failed else "yes"]
        yield f"| [{part.name.capitalize()}](#{part.name}) | {' | '.join(map(str, told))} |"


def _faster(parts: Sequence[Part]) -> Iterator[str]:
    for part, table, row in _rows(parts):
        for cell in row:
            if isinstance(cell, Ratio) and cell.times < 1 and not cell.at_least:
                yield f"{_where(part, table, row)}: {cell.peer} takes {shown(cell)} times as long as ours."


def _too_fast(parts: Sequence[Part]) -> Iterator[str]:
    for part, table, row in _rows(parts):
        for cell in row:
            if isinstance(cell, Grown) and cell.times > _TOLERATED:
                why = reasons().get(part.name, {}).get(str(row[0])) or cell.reason or "The reason is not known yet."
                told = f"{cell.what} from {cell.since:,} on is {shown(cell)} times what n log n allows"
                yield f"{_where(part, table, row)}: {told}. {why}"


@cache
def reasons() -> Mapping[str, Mapping[str, str]]:
    """Return why something grows, by bench and by what stands first in its row."""
    told = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))
    return {part: {row: one["why"] for one in some for row in one["of"]} for part, some in told.items()}


def _rows(parts: Sequence[Part]) -> Iterator[tuple[Part, Table, Sequence[Cell]]]:
    for part in parts:
        for table in part.tables:
            yield from ((part, table, row) for row in table.rows)


def _where(part: Part, table: Table, row: Sequence[Cell]) -> str:
    """Return what a row is about: what stands first in it, numbers with the name of their column."""
    about = (
        f"{cell:,} {column}" if isinstance(cell, int) else shown(cell)
        for cell, column in zip(row[:2], table.columns[:2], strict=True)
        if isinstance(cell, int | str)
    )
    return f"[{part.name.capitalize()}](#{part.name}), {table.title}, {', '.join(about)}"
