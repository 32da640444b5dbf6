"""Memberships from the tables of a build: all of them, or as of a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buendnis_graph.dates import bounds
from buendnis_graph.errors import UsageError
from buendnis_graph.membership.standing import ALWAYS, Evidence, Interval, standing
from buendnis_graph.tables import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    Tables = Path | Mapping[str, pl.DataFrame]

FOUNDING, MEMBER = "founding-member", "member"
"""Roles whose lists mean more than others: the day of founding, and all members."""
_KEPT = ("membership", "alliance", "alliance_label", "member", "member_label", "spell", "state")
_DAYS = ("since_earliest", "since_latest", "until_earliest", "until_latest", "first_attested", "last_attested")


def memberships(tables: Tables) -> pl.DataFrame:
    """Return the memberships that rest on a role that counts: one row each, roles and sources together.

    Args:
        tables: the folder of a build, or its tables.
    """
    import polars as pl

    def joined(column: str) -> pl.Expr:
        return pl.col(column).str.split(" ").explode(empty_as_null=True, keep_nulls=True).unique().sort().str.join(" ")

    table = load(tables, "incidence").filter(pl.col("counts"))
    return (
        table.group_by(*_KEPT, *_DAYS, maintain_order=True)
        .agg(pl.col("role").unique().sort().str.join(" ").alias("roles"), joined("sources"), joined("urls"))
        .sort("alliance_label", "member_label", "membership", nulls_last=True)
    )


def is_over() -> pl.Expr:
    """Return whether sources say that a membership is over, of a table with the column ``state``."""
    import polars as pl

    return pl.col("state").str.starts_with("ended").fill_null(value=False)


def memberships_at(tables: Tables, at: str) -> pl.DataFrame:
    """Return the memberships of a build with the answer to whether each holds at a time, and the reason.

    Args:
        tables: the folder of a build, or its tables.
        at: a day, month or year (``2023-06``).

    Returns:
        What :func:`memberships` gives, with the columns ``answer`` (``yes``, ``no``, ``unknown``) and ``reason`` (one
        of :class:`~buendnis_graph.membership.standing.Reason`) in front of its dates.

    Raises:
        UsageError: if that is no such time.
    """
    import polars as pl

    try:
        asked = bounds(at)
    except ValueError as error:
        raise UsageError(f"'{at}' is no day, month or year.", hint="For example: 2023-06 or 2023-06-15.") from error
    table, known = memberships(tables), evidence(tables)
    answers = [standing(known[membership], asked) for membership in table["membership"]]
    said = [
        pl.Series("answer", [answer.verdict.value for answer in answers], dtype=pl.String),
        pl.Series("reason", [answer.reason.value for answer in answers], dtype=pl.String),
    ]
    return table.select(*_KEPT, "roles", *said, *_DAYS, "sources", "urls")


def evidence(tables: Tables) -> dict[str, Evidence]:
    """Return what is known of each spell of membership, by the end of its IRI; only roles that count are heard."""
    import polars as pl

    table = load(tables, "attestations")
    counting = table.filter(pl.col("counts")).rows(named=True)
    by_membership: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in counting:
        by_membership[row["membership"]].append(row)
    on_page = set(table.select("source", "alliance", "member").iter_rows())
    lists = _complete_lists(tables)
    days = {row["membership"]: row for row in load(tables, "incidence").filter(pl.col("counts")).rows(named=True)}
    return {
        membership: Evidence(
            tuple(filter(None, map(_attested, rows))),
            tuple(_absent(rows, lists.get(rows[0]["alliance"], ()), on_page)),
            _interval(days[membership], "since"),
            _until(rows, _interval(days[membership], "until")),
        )
        for membership, rows in by_membership.items()
    }


def _interval(row: Mapping[str, Any], name: str) -> Interval | None:
    first, last = row[f"{name}_earliest"], row[f"{name}_latest"]
    return None if first is None else (first, last)


def _attested(row: Mapping[str, Any]) -> Interval | None:
    """Return when an attestation holds; None if it tells only of the end."""
    when = _interval(row, "attested")
    until = row["until_latest"]
    if row["ended"] or (when and until and until < when[0]):
        return None
    return when or (dt.date.min, row["seen_on"])


def _until(rows: Iterable[Mapping[str, Any]], stated: Interval | None) -> Interval | None:
    """Return when it ends: as stated, and not after the first source says that it is over."""
    over = [row["attested_latest"] or row["seen_on"] for row in rows if row["ended"]]
    if not over:
        return stated
    first, last = stated or ALWAYS
    return first, min(last, *over) if first <= min(over) else last


def _complete_lists(tables: Tables) -> dict[str, list[Mapping[str, Any]]]:
    """Return the dated lists judged complete, by alliance. A list of founding members tells only of the founding."""
    import polars as pl

    lists: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    table = load(tables, "lists").filter(
        pl.col("completeness") == "complete", pl.col("role") != FOUNDING, pl.col("as_of_earliest").is_not_null()
    )
    for row in table.rows(named=True):
        lists[row["alliance"]].append(row)
    return lists


def _absent(
    rows: list[Mapping[str, Any]], lists: Iterable[Mapping[str, Any]], on_page: set[tuple[Any, ...]]
) -> list[Interval]:
    """Return when the complete lists were drawn up that lack a body: of members, or of the only role it is known in."""
    roles, member = {row["role"] for row in rows}, rows[0]["member"]
    return [
        (row["as_of_earliest"], row["as_of_latest"])
        for row in lists
        if (row["role"] == MEMBER or roles == {row["role"]}) and (row["source"], row["alliance"], member) not in on_page
    ]
