"""How many members an alliance can have, by the numbers that sources state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from buendnis_graph.membership import FOUNDING
from buendnis_graph.network.filters import Filters

if TYPE_CHECKING:
    import polars as pl

NEAR = 0.1
"""How far "about" and "almost" reach: a tenth of the number. A convention; sources do not say."""


def interval(bound: str | None, number: int) -> tuple[int, int | None]:
    """Return the least and the greatest number that a statement leaves open; None if it sets no upper end.

    ``exact`` n: n. ``more-than`` n: n+1 or more. ``about`` n: within a tenth on either side. ``almost`` n: less than n,
    by a tenth at most. ``at-least`` n: n or more. ``at-most`` n: n or fewer. Without a bound: n.
    """
    near = math.floor(number * NEAR)
    known: dict[str | None, tuple[int, int | None]] = {
        "more-than": (number + 1, None),
        "at-least": (number, None),
        "at-most": (0, number),
        "about": (number - near, number + near),
        "almost": (min(number - near, number - 1), number - 1),
    }
    return known.get(bound, (number, number))


def stated_sizes(counts: pl.DataFrame, filters: Filters) -> dict[str, tuple[int, int | None]]:
    """Return for each body what sources leave open for the number of its members.

    The latest dated number counts, with a date the latest up to then; where none is dated, all that are stated, from
    the smallest to the largest, as any may be the present one. If only founders are asked for, their number counts.

    Args:
        counts: the table ``counts``.
        filters: with the date and roles.
    """
    import polars as pl

    kind = "founding-members" if filters.role == (FOUNDING,) else "members"
    rows = counts.filter((pl.col("kind") == kind) & pl.col("body").is_not_null())
    if filters.at is not None:
        rows = rows.filter(pl.col("as_of_latest").is_null() | (pl.col("as_of_latest") <= filters.days()[1]))
    latest = pl.col("as_of_latest").max().over("body")
    rows = rows.filter(latest.is_null() | (pl.col("as_of_latest") == latest))
    sizes: dict[str, tuple[int, int | None]] = {}
    for body, bound, number in rows.select("body", "bound", "number").iter_rows():
        sizes[body] = _joined(sizes.get(body), interval(bound, number))
    return sizes


def _joined(one: tuple[int, int | None] | None, other: tuple[int, int | None]) -> tuple[int, Any]:
    if one is None:
        return other
    high = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return min(one[0], other[0]), high
