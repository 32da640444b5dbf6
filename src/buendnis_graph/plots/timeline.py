"""What is attested of each member of an alliance, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from buendnis_graph.errors import QueryError, UsageError
from buendnis_graph.network.source import Source
from buendnis_graph.plots.axis import Years
from buendnis_graph.plots.facts import completeness, origin
from buendnis_graph.plots.legend import Legend
from buendnis_graph.plots.plot import Plot, Wish
from buendnis_graph.plots.sheet import MARGIN, Caption, Sheet
from buendnis_graph.plots.style import LINE, QUIET, RULE, SMALL
from buendnis_graph.plots.text import widest, width, wrap
from buendnis_graph.plots.timeline_marks import attested, bound, entries, undated
from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

_LEAST_ROW, _AROUND, _HEAD, _BETWEEN, _LIFT = 8.6, 1.2, 14.0, 6.0, 1.9
_DAYS = ("attested_earliest", "attested_latest", "since_earliest", "since_latest", "until_earliest", "until_latest")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of the plot begin, in points: names, undated evidence, time, state."""

    undated: float
    time: float
    state: float


def timeline(source: Source, wish: Wish) -> Plot:
    """Draw the evidence of the membership of each member of one alliance.

    Without an alliance asked for: the one with most dated attestations.

    Raises:
        UsageError: if more than one alliance is asked for.
        QueryError: if no dated evidence is left.
    """
    words = Words("timeline", wish.language)
    alliance, data = _evidence(source, wish)
    label = source.labels[alliance][wish.language == "en"]
    members = _members(data)
    names = {member: source.labels[member][wish.language == "en"] for member in members}
    states = _states(source, alliance, words)
    caption = _caption(words, source, alliance, label, data)
    state_room = max(width(states[member]) for member in members)
    name_room = min(0.41 * wish.width, max(width(name) for name in names.values()) + 1)
    lines = {member: wrap(name, name_room) for member, name in names.items()}
    undated_at = MARGIN + max(widest(those) for those in lines.values()) + _BETWEEN
    time_at = undated_at + max(width(words("undated")), width(words("undated2"))) + _BETWEEN
    columns = _Columns(undated_at, time_at, wish.width - MARGIN - state_room)
    heights = {member: max(_LEAST_ROW, len(those) * SMALL * LINE + _AROUND) for member, those in lines.items()}
    legend = Legend(entries(words, data), wish.width - 2 * MARGIN)
    top = legend.height + _HEAD
    sheet = Sheet(wish.width, top + sum(heights.values()) + 12, caption)
    legend.draw(sheet, MARGIN, 0)
    years = Years([day for column in _DAYS for day in data[column].drop_nulls()], columns.time + 8, columns.state - 10)
    _frame(sheet, words, years, columns, top, sum(heights.values()))
    y = top
    for i, member in enumerate(members):
        if i % 2 == 0:
            sheet.rectangle(0, y, wish.width, heights[member], facecolor="#f3f3f3", zorder=0)
        sheet.lines(MARGIN, y + (heights[member] - len(lines[member]) * SMALL * LINE) / 2, lines[member])
        middle = y + heights[member] / 2
        _row(sheet, years, columns, middle, data.filter(data["member"] == member).rows(named=True))
        sheet.text(columns.state, middle, states[member], color=QUIET)
        y += heights[member]
    return Plot(sheet, caption, data, wish.language)


def _evidence(source: Source, wish: Wish) -> tuple[str, pl.DataFrame]:
    """Return the alliance, and what is attested of its members."""
    import polars as pl

    filters = source.resolved(wish.filters)
    if len(filters.alliance) > 1:
        raise UsageError("a timeline shows one alliance.", hint="Name one with --alliance.")
    rows = source["attestations"].filter(pl.col("role").is_in(filters.role) if filters.role else pl.col("counts"))
    rows = rows.filter(pl.col("alliance").is_in(filters.alliance)) if filters.alliance else rows
    dated = rows.filter(pl.any_horizontal(pl.col(_DAYS).is_not_null()))
    if dated.is_empty():
        raise QueryError(
            "no dated evidence of membership is known for this.",
            hint="What is known: buendnis query members-of-alliance",
        )
    most = dated.group_by("alliance").len().sort("len", "alliance", descending=[True, False])["alliance"][0]
    kept = ["member", "name_listed", "role", "since", "until", "ended", "attested_on", *_DAYS, "completeness", "source"]
    chosen = rows.filter(pl.col("alliance") == most).select("alliance", *kept)
    return most, chosen.sort(chosen.columns, nulls_last=True)


def _members(data: pl.DataFrame) -> list[str]:
    """Return the members, those with the earliest dated evidence first, those without any last."""
    import polars as pl

    first = pl.min_horizontal("attested_earliest", "since_earliest", "until_earliest").min().alias("first")
    return data.group_by("member").agg(first).sort("first", "member", nulls_last=True)["member"].to_list()


def _states(source: Source, alliance: str, words: Words) -> dict[str, str]:
    """Return the state of each membership in words; of several spells, the last."""
    import polars as pl

    rows = source["incidence"].filter(pl.col("alliance") == alliance).sort("spell")
    return {member: words(f"state {state}") for member, state in rows.select("member", "state").iter_rows()}


def _frame(sheet: Sheet, words: Words, years: Years, columns: _Columns, top: float, height: float) -> None:
    middle = columns.undated + max(width(words("undated")), width(words("undated2"))) / 2
    sheet.text(middle, top - 11, words("undated"), ha="center", color=QUIET)
    sheet.text(middle, top - 4, words("undated2"), ha="center", color=QUIET)
    sheet.text(columns.state, top - 4, words("state"), color=QUIET)
    for year in years.ticks():
        sheet.line([years.at(year)] * 2, [top, top + height], color=RULE, linewidth=0.4, zorder=0.5)
        for y in (top - 4, top + height + 6):
            sheet.text(years.at(year), y, str(year), ha="center", color=QUIET)


def _row(sheet: Sheet, years: Years, columns: _Columns, y: float, rows: list[dict[str, Any]]) -> None:
    days = [day for row in rows for column in _DAYS if (day := row[column]) is not None]
    if days:
        sheet.line(
            [years.x(min(days)), years.x(max(days))], [y, y], color=QUIET, linewidth=0.5, linestyle=(0, (1, 1.5))
        )
    bounded = any(row["since_earliest"] or row["until_earliest"] for row in rows)
    lift = _LIFT if bounded else 0.0  # of the same month: one above the other
    without = 0
    for row in rows:
        for name in ("since", "until"):
            if row[f"{name}_earliest"] is not None:
                bound(sheet, years.x(row[f"{name}_earliest"]), years.x(row[f"{name}_latest"]), y - lift, name)
        if row["attested_earliest"] is not None:
            attested(sheet, years.x(row["attested_earliest"]), years.x(row["attested_latest"]), y + lift, row["role"])
        elif row["since_earliest"] is None and row["until_earliest"] is None:
            without += 1
    if without:
        undated(sheet, columns.undated + (columns.time - _BETWEEN - columns.undated) / 2, y, without)


def _caption(words: Words, source: Source, alliance: str, label: str, data: pl.DataFrame) -> Caption:
    import polars as pl

    incidence = source["incidence"].filter(pl.col("alliance") == alliance)
    shown = incidence.join(data.select("member", "role").unique(), on=["member", "role"], how="semi")
    others = incidence.join(data, on="member", how="anti")["member"].n_unique()
    stated = source["counts"].filter(
        pl.col("body") == alliance, pl.col("kind") == "members", pl.col("as_of").is_not_null()
    )
    sizes = stated.sort("as_of_latest", "number").rows(named=True)[-1:]
    members = data["member"].n_unique()
    return Caption(
        words("title", alliance=label),
        (
            words("what", n=members),
            words("gaps"),
            *(words("stated", bound=words(f"bound {s['bound']}"), n=s["number"], date=s["as_of"]) for s in sizes),
            completeness(words, shown["completeness"]),
            words("others", n=others) if others else "",
            origin(words, data["source"]),
        ),
    )
