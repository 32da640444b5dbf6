"""Whether a membership held at a time: the one place where this part of the project judges it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

YES, NO, UNKNOWN = "yes", "no", "unknown"


def holds_at(frame: pl.DataFrame, first: dt.date, last: dt.date) -> pl.DataFrame:
    """Return rows of the incidence table with a column ``standing``: ``yes``, ``no`` or ``unknown``.

    Yes, if the evidence makes sure that the membership held on some day from ``first`` to ``last``: that time lies
    between the day by which it certainly held for the first time and the day from which its last evidence can be.
    No, if it lies before the earliest possible beginning or after the latest possible end. That a body is absent from
    a complete list is judged where lists are.

    Args:
        frame: with the columns ``since_earliest`` to ``last_attested`` of the incidence table.
        first: first day of the time asked for.
        last: last day of it; the same for a single day.
    """
    import polars as pl

    begun = pl.min_horizontal("since_latest", "first_attested")
    lasting = pl.max_horizontal("until_earliest", "last_attested", "since_latest")
    yes = (begun <= last) & (lasting >= first)
    no = (pl.col("since_earliest") > last) | (pl.col("until_latest") < first)
    return frame.with_columns(
        pl.when(no.fill_null(False))
        .then(pl.lit(NO))
        .when(yes.fill_null(False))
        .then(pl.lit(YES))
        .otherwise(pl.lit(UNKNOWN))
        .alias("standing")
    )
