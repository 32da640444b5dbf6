"""How large alliances are said to be, over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from buendnis_graph.errors import QueryError
from buendnis_graph.network.source import Source
from buendnis_graph.plots.axis import Numbers, Years
from buendnis_graph.plots.facts import origin
from buendnis_graph.plots.legend import Entry, Legend
from buendnis_graph.plots.placing import Box, Room
from buendnis_graph.plots.plot import Plot, Wish
from buendnis_graph.plots.sheet import MARGIN, Caption, Sheet
from buendnis_graph.plots.style import INK, LINE, PAPER, QUIET, RULE, SMALL, TEXT
from buendnis_graph.plots.text import width, wrap
from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

_MOST = 4
_UP, _DOWN = {"more-than", "at-least"}, {"almost", "less-than", "at-most"}
_SIGNS = {"more-than": "> ", "at-least": "≥ ", "almost": "< ", "less-than": "< ", "at-most": "≤ ", "about": "≈ "}
_PANEL, _SIDE, _BELOW, _ARROW = 92.0, 20.0, 22.0, 9.0


def sizes(source: Source, wish: Wish) -> Plot:
    """Draw the numbers of members that sources state, each with its date and bound.

    Without alliances asked for: those with most dated numbers, of which there must be two at different times.

    Raises:
        QueryError: if no dated number is stated of what is asked for.
    """
    words = Words("sizes", wish.language)
    stated = _stated(source, wish)
    shown = _chosen(stated, bool(wish.filters.alliance))
    data = stated.filter(stated["alliance"].is_in(shown))
    letters = {alliance: chr(ord("a") + i) for i, alliance in enumerate(shown)}
    columns = 1 if wish.width_mm < 120 or len(shown) == 1 else 2
    room = (wish.width - 2 * MARGIN - (columns - 1) * 10) / columns
    titles = [wrap(f"{letters[a]}  {source.labels[a][wish.language == 'en']}", room, TEXT, "bold") for a in shown]
    head = max(map(len, titles)) * TEXT * LINE + 6
    legend = Legend(_key(words, data), wish.width - 2 * MARGIN)
    rows = -(-len(shown) // columns)
    caption = _caption(words, source, stated, data, letters, bool(wish.filters.alliance))
    sheet = Sheet(wish.width, legend.height + rows * (head + _PANEL + _BELOW), caption)
    legend.draw(sheet, MARGIN, 0)
    days = [day for column in ("as_of_earliest", "as_of_latest") for day in data[column].drop_nulls()]
    for i, (alliance, title) in enumerate(zip(shown, titles, strict=True)):
        left = MARGIN + i % columns * (room + 10)
        top = legend.height + i // columns * (head + _PANEL + _BELOW)
        sheet.lines(left, top + head - 6 - len(title) * TEXT * LINE, title, size=TEXT, weight="bold")
        years = Years(days, left + _SIDE, left + room - 8)
        rows_of = data.filter(data["alliance"] == alliance, data["as_of"].is_not_null()).rows(named=True)
        _panel(sheet, years, top + head, rows_of)
    return Plot(sheet, caption, data, wish.language)


def _stated(source: Source, wish: Wish) -> pl.DataFrame:
    """Return each number once, with how many sources state it."""
    import polars as pl

    asked, _ = source.asked_for(source.resolved(wish.filters))
    table = source["counts"].filter(pl.col("kind") == "members", pl.col("body").is_in(sorted(asked)))
    if table.filter(pl.col("as_of").is_not_null()).is_empty():
        raise QueryError(
            "no source states a dated number of members for this.",
            hint="All stated numbers: buendnis query stated-sizes",
        )
    key = ["alliance", "as_of_earliest", "as_of_latest", "as_of", "number", "bound"]
    return (
        table.rename({"body": "alliance"})
        .group_by(key)
        .agg(pl.len().alias("statements"), pl.col("source").unique().sort().str.join(" ").alias("sources"))
        .with_columns(
            pl.col("alliance").replace_strict({a: names[0] for a, names in source.labels.items()}).alias("label_de")
        )
        .sort(key, nulls_last=True)
    )


def _chosen(stated: pl.DataFrame, named: bool) -> list[str]:
    """Return the alliances to show, those with most dated numbers first."""
    import polars as pl

    dated = (
        stated.filter(pl.col("as_of").is_not_null())
        .group_by("alliance")
        .agg(pl.len().alias("numbers"), pl.col("as_of").n_unique().alias("times"))
    )
    if not named:
        dated = dated.filter(pl.col("times") > 1) if (dated["times"] > 1).any() else dated
    ranked = dated.sort("numbers", "alliance", descending=[True, False])["alliance"].to_list()
    return ranked if named else ranked[:_MOST]


def _panel(sheet: Sheet, years: Years, top: float, rows: Sequence[dict[str, Any]]) -> None:
    bottom = top + _PANEL
    numbers = Numbers(max(row["number"] for row in rows), bottom, top)
    for number in numbers.ticks():
        sheet.line([years.left, years.right], [numbers.y(number)] * 2, color=RULE, linewidth=0.4, zorder=1)
        sheet.text(years.left - 3, numbers.y(number), str(number), ha="right", color=QUIET)
    for year in years.ticks():
        sheet.line([years.at(year)] * 2, [bottom, bottom + 2.5])
        sheet.text(years.at(year), bottom + 8, str(year), ha="center", color=QUIET)
    sheet.line([years.left, years.right], [bottom] * 2)
    free = Room(Box(years.left, top - 6, years.right + 8, bottom - 1))
    places = [_place(row, years, numbers) for row in rows]
    for (first, middle, last, y), row in zip(places, rows, strict=True):
        free.take(Box(first - 1, y - 1.2, last + 1, y + 1.2))
        tip = y - _ARROW if row["bound"] in _UP else y + _ARROW if row["bound"] in _DOWN else y
        free.take(Box(middle - 2.2, min(y, tip) - 2.2, middle + 2.2, max(y, tip) + 2.2))
    for (first, middle, last, y), row in zip(places, rows, strict=True):
        if last - first > 3:
            _bar(sheet, first, last, y)
        _mark(sheet, middle, y, row["bound"])
        label = _SIGNS.get(row["bound"], "") + str(row["number"])
        found = free.place((middle, y), [(width(label) + 1, SMALL)], (3.0, 5.0, 8.0, 12.0))
        if found is not None:
            _, box = found
            free.take(box)
            ground = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.3}  # no line of the grid strikes it through
            sheet.text(box.left + 0.5, (box.top + box.bottom) / 2, label, bbox=ground, zorder=1.5)


def _place(row: dict[str, Any], years: Years, numbers: Numbers) -> tuple[float, float, float, float]:
    first, last = years.x(row["as_of_earliest"]), years.x(row["as_of_latest"])
    return first, (first + last) / 2, last, numbers.y(row["number"])


def _bar(sheet: Sheet, first: float, last: float, y: float) -> None:
    sheet.line([first, last], [y, y], linewidth=0.8)
    for end in (first, last):
        sheet.line([end, end], [y - 1.5, y + 1.5], linewidth=0.6)


def _mark(sheet: Sheet, x: float, y: float, bound: str) -> None:
    """Mark a number: exact as a point, about as an open one, a bound as an arrow from a dash."""
    if bound in _UP | _DOWN:
        sheet.line([x - 2, x + 2], [y, y], linewidth=1.2)
        sheet.arrow(x, y, 0, -_ARROW if bound in _UP else _ARROW)
    else:
        sheet.mark(x, y, "o", 3.6, markerfacecolor=PAPER if bound == "about" else INK)


def _key(words: Words, data: pl.DataFrame) -> list[Entry]:
    present = set(data.filter(data["as_of"].is_not_null())["bound"])
    kinds = {"exact": {"exact"}, "about": {"about"}, "more-than": _UP, "almost": _DOWN}
    entries = [
        Entry(words(kind), lambda sheet, x, y, kind=kind: _mark(sheet, x, y + _lift(kind), kind))  # type: ignore[misc]
        for kind, bounds in kinds.items()
        if present & bounds
    ]
    return [*entries, Entry(words("imprecise"), lambda sheet, x, y: _bar(sheet, x - 5, x + 5, y))]


def _lift(kind: str) -> float:
    return {"more-than": _ARROW / 2, "almost": -_ARROW / 2}.get(kind, 0.0)


def _caption(
    words: Words, source: Source, stated: pl.DataFrame, data: pl.DataFrame, letters: dict[str, str], named: bool
) -> Caption:
    import polars as pl

    undated = data.filter(pl.col("as_of").is_null())
    told = {
        letter: ", ".join(map(_number, undated.filter(pl.col("alliance") == alliance).rows(named=True)))
        for alliance, letter in letters.items()
    }
    incidence = source["incidence"].filter(pl.col("counts"))
    known = {
        letter: incidence.filter(pl.col("alliance") == alliance)["member"].n_unique()
        for alliance, letter in letters.items()
    }
    others = stated["alliance"].n_unique() - len(letters)
    n = undated["statements"].sum()
    parts = "; ".join(f"{letter}: {those}" for letter, those in told.items() if those)
    sentences = (
        words("what"),
        words("undated", n=n, parts=parts) if n else "",
        words("known", parts=", ".join(f"{letter}: {number}" for letter, number in known.items())),
        words("others", n=others, shown=len(letters)) if others and not named else "",
        origin(words, data["sources"]),
    )
    return Caption(words("title"), sentences)


def _number(row: dict[str, Any]) -> str:
    times = f" ({row['statements']}×)" if row["statements"] > 1 else ""
    return _SIGNS.get(row["bound"], "").strip() + str(row["number"]) + times
