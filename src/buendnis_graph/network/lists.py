"""Which lists memberships are taken from. Completeness is judged for one list: source, alliance and role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from buendnis_graph.membership import FOUNDING, MEMBER
from buendnis_graph.network.filters import Filters

if TYPE_CHECKING:
    import polars as pl

_KEY = ["alliance", "role"]


def chosen_lists(lists: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """Return the lists that are complete enough, of the time asked for.

    Of complete lists, one for each alliance and role: two of different times would be pooled over time. With a date,
    a list must be of that time as a whole; without one, it is the one with the latest time (undated ones come first),
    and among equals the last by source. If partial lists are asked for too, all of those of an alliance and role
    without such a complete one: each adds what it names.

    Args:
        lists: the table ``lists``.
        filters: with the date and how complete lists must be.
    """
    import polars as pl

    complete = lists.filter(pl.col("completeness") == "complete")
    if filters.at is not None:
        first, last = filters.days()
        complete = complete.filter((pl.col("as_of_earliest") >= first) & (pl.col("as_of_latest") <= last))
    order = ["as_of_latest", "as_of_earliest", "source"]
    complete = complete.sort(order, nulls_last=False).unique(_KEY, keep="last", maintain_order=True)
    if filters.completeness != "complete":
        partial = lists.filter(pl.col("completeness") == "partial").join(complete, on=_KEY, how="anti")
        complete = pl.concat([complete, partial])
    return complete.sort(*_KEY, "source")


def with_whole(lists: pl.DataFrame, incidence: pl.DataFrame) -> pl.DataFrame:
    """Return lists with a column ``whole``: whether a complete list of that role would name all members.

    It would if it is of members, or of the only role that counts in which members of its alliance are known; founding
    members apart, who are members of the day of founding.
    """
    import polars as pl

    role, roles = pl.col("role"), pl.col("roles")
    counting = incidence.filter(pl.col("counts") & (role != FOUNDING))
    known = counting.group_by("alliance").agg(role.unique().alias("roles"))
    only = (role != FOUNDING) & (roles.list.len() == 1) & (roles.list.first() == role)
    whole = ((role == MEMBER) | only.fill_null(value=False)).alias("whole")
    return lists.join(known, on="alliance", how="left").with_columns(whole).drop("roles")


def on_lists(rows: pl.DataFrame, attestations: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the incidence table that stand on one of the lists in their role."""
    named = attestations.join(lists.select("source", *_KEY), on=["source", *_KEY], how="semi")
    return rows.join(named.select("membership", "role").unique(), on=["membership", "role"], how="semi")
