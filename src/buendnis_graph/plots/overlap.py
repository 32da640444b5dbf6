"""How many members alliances share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from buendnis_graph.errors import QueryError
from buendnis_graph.network.select import Selection, select
from buendnis_graph.network.source import Source
from buendnis_graph.plots.facts import completeness, origin, selected
from buendnis_graph.plots.legend import Entry, Legend
from buendnis_graph.plots.order import seriated
from buendnis_graph.plots.plot import Plot, Wish
from buendnis_graph.plots.sheet import MARGIN, Caption, Sheet
from buendnis_graph.plots.style import INK, LINE, PAPER, QUIET, RAMP, RULE, SMALL, readable_on
from buendnis_graph.plots.text import widest, width, wrap
from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

_LEAST_CELL, _MOST_CELL, _LEAST_NAME, _HEAD, _GAP, _NUMBER = 11.5, 15.0, 98.0, 10.0, 3.0, 11.0
_STEPS = (0, 1, 2, 3, 5)
"""Where the shades of the ramp begin."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The alliances with their members as listed, which lists are whole, and who succeeded whom."""

    members: dict[str, set[str]]
    whole: set[str]
    chain: dict[str, str]

    def same(self, one: str, other: str) -> bool:
        """Return whether one alliance is predecessor or successor of the other, over any number of steps."""
        return self.chain[one] == self.chain[other]

    def shared(self, one: str, other: str) -> int:
        """Return how many bodies are listed in both."""
        return len(self.members[one] & self.members[other])

    def sure(self, one: str, other: str) -> bool:
        """Return whether the number shared is exact: both lists are whole."""
        return {one, other} <= self.whole


def overlap(source: Source, wish: Wish) -> Plot:
    """Draw how many members each two alliances share; on the diagonal, how many each lists.

    Predecessor and successor are both shown, and the field of both is hatched: it would count the same alliance twice.
    Without alliances asked for: those that share a member with another; if they have no room, those that share most.

    Raises:
        QueryError: if no two alliances share a member.
    """
    words = Words("overlap", wish.language)
    filters = source.resolved(wish.filters)
    every = tuple(source["bodies"].filter("is_alliance")["body"].sort())
    selection = select(source, replace(filters, alliance=filters.alliance or every))
    lists = _lists(selection)
    order, least = _order(lists, bool(filters.alliance), _most(wish))
    names = [source.labels[alliance][wish.language == "en"] for alliance in order]
    room = wish.width - 2 * MARGIN - _NUMBER
    name_room = min(max(map(width, names)) + 1, max(_LEAST_NAME, room - _GAP - len(order) * _MOST_CELL))
    name_room = min(name_room, room - _GAP - len(order) * _LEAST_CELL)
    lines = [wrap(name, name_room) for name in names]
    left = MARGIN + max(map(widest, lines)) + _NUMBER + _GAP
    cell = min(_MOST_CELL, (wish.width - MARGIN - left) / len(order))
    heights = [max(_LEAST_CELL, len(those) * SMALL * LINE + 1) for those in lines]
    chained = any(lists.same(one, other) for one, other in combinations(order, 2))
    legend = Legend(_key(words, chained), wish.width - 2 * MARGIN)
    top = legend.height
    tops = [top + sum(heights[:i]) for i in range(len(order) + 1)]
    shown = selection.memberships.filter(selection.memberships["alliance"].is_in(order))
    caption = _caption(words, selection, shown, len(order), least)
    sheet = Sheet(wish.width, tops[-1] + _HEAD, caption)
    legend.draw(sheet, MARGIN, 0)
    for i, (alliance, those) in enumerate(zip(order, lines, strict=True)):
        sheet.text(left - _GAP, (tops[i] + tops[i + 1]) / 2, str(i + 1), ha="right", color=QUIET)
        sheet.lines(left - _GAP - _NUMBER, (tops[i] + tops[i + 1] - len(those) * SMALL * LINE) / 2, those, ha="right")
        sheet.text(left + (i + 0.5) * cell, tops[-1] + _HEAD / 2, str(i + 1), ha="center", color=QUIET)
        for j, other in enumerate(order[:i]):
            _shared(sheet, left + j * cell, tops[i], cell, heights[i], lists, alliance, other)
        _size(sheet, left + i * cell, tops[i], cell, heights[i], len(lists.members[alliance]), alliance in lists.whole)
    return Plot(sheet, caption, _data(source, lists, order), wish.language)


def _most(wish: Wish) -> int:
    return int((wish.width - 2 * MARGIN - _NUMBER - _LEAST_NAME - _GAP) / _LEAST_CELL)


def _lists(selection: Selection) -> _Lists:
    members: dict[str, set[str]] = defaultdict(set)
    chain: dict[str, str] = {}
    for alliance, body, of in selection.memberships.select("alliance", "body", "chain").iter_rows():
        members[alliance].add(body)
        chain[alliance] = of
    return _Lists(dict(members), _whole(selection), chain)


def _whole(selection: Selection) -> set[str]:
    """Return the alliances of which one complete list of members is in it, and nobody from beside that list."""
    import polars as pl

    beside = selection.memberships.filter(pl.col("completeness").ne_missing("complete"))["alliance"]
    complete = selection.lists.filter(pl.col("completeness") == "complete", pl.col("whole"))
    times = complete.group_by("alliance").agg(pl.col("as_of").n_unique())
    several = times.filter(pl.col("as_of") > 1)["alliance"]
    return set(selection.from_complete_lists) - set(beside) - set(several)


def _order(lists: _Lists, named: bool, most: int) -> tuple[list[str], int]:
    """Return the alliances to show, ordered by structure, and how many members each shares with another at least."""
    strongest: dict[str, int] = dict.fromkeys(lists.members, 0)
    for one, other in combinations(sorted(lists.members), 2):
        if not lists.same(one, other):
            number = lists.shared(one, other)
            strongest[one], strongest[other] = max(strongest[one], number), max(strongest[other], number)
    least = 0 if named else 1
    chosen = {alliance for alliance, number in strongest.items() if number >= least}
    while len(chosen) > most:
        least += 1
        chosen = {alliance for alliance in chosen if strongest[alliance] >= least}
    if len(chosen) < 2:
        raise QueryError("no two alliances share a member.", hint="Ask for less: other filters, or --completeness any.")
    order, _ = seriated((alliance, body) for alliance in sorted(chosen) for body in lists.members[alliance])
    return order, least


def _shade(number: int) -> str:
    return RAMP[max(i for i, step in enumerate(_STEPS) if number >= step)]


def _shared(sheet: Sheet, x: float, y: float, width: float, height: float, lists: _Lists, one: str, other: str) -> None:
    """Fill the field of two alliances."""
    if lists.same(one, other):
        _hatched(sheet, x, y, width, height)
        return
    number, sure = lists.shared(one, other), lists.sure(one, other)
    shade = _shade(number)
    sheet.rectangle(x, y, width, height, facecolor=shade, edgecolor=RULE, linewidth=0.4, zorder=1)
    text = str(number) if sure else f"≥{number}" if number else ""
    sheet.text(x + width / 2, y + height / 2, text, ha="center", color=readable_on(shade))


def _hatched(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    sheet.rectangle(x, y, width, height, facecolor=PAPER, edgecolor=QUIET, linewidth=0.4, hatch="xxxx", zorder=1)


def _size(sheet: Sheet, x: float, y: float, width: float, height: float, number: int, whole: bool) -> None:
    """Fill a field of the diagonal: a thick frame, broken where the list is not whole."""
    style = "-" if whole else (0, (2, 1.2))
    how = {"facecolor": PAPER, "edgecolor": INK, "linewidth": 0.9, "linestyle": style, "zorder": 2}
    sheet.rectangle(x + 0.6, y + 0.6, width - 1.2, height - 1.2, **how)
    sheet.text(x + width / 2, y + height / 2, str(number), ha="center", weight="bold", zorder=3)


def _key(words: Words, chained: bool) -> list[Entry]:
    steps = [*_STEPS[1:], None]
    names = [
        f"{step}" if following == step + 1 else f"{step}–{following - 1}" if following else f"{step}+"
        for step, following in zip(_STEPS[1:], steps[1:], strict=True)
    ]
    ramp = [
        Entry(words("shared", n=name) if i == 0 else name, partial(_sample, shade=RAMP[i + 1]))
        for i, name in enumerate(names)
    ]
    marks = [
        *ramp,
        Entry(words("whole"), lambda sheet, x, y: _size(sheet, x - 6, y - 4.5, 12, 9, 9, True)),
        Entry(words("part"), lambda sheet, x, y: _size(sheet, x - 6, y - 4.5, 12, 9, 9, False)),
    ]
    hatch = Entry(words("chain"), lambda sheet, x, y: _hatched(sheet, x - 5, y - 4, 10, 8))
    return [*marks, hatch] if chained else marks


def _sample(sheet: Sheet, x: float, y: float, *, shade: str) -> None:
    sheet.rectangle(x - 5, y - 4, 10, 8, facecolor=shade, edgecolor=RULE, linewidth=0.4)


def _caption(words: Words, selection: Selection, shown: pl.DataFrame, number: int, least: int) -> Caption:
    others = len(selection.alliances) - number
    return Caption(
        words("title"),
        (
            words("what"),
            words("others", n=others, least=least) if others else "",
            words("order"),
            completeness(words, shown["completeness"]),
            *selected(words, replace(selection, memberships=shown)),
            origin(words, shown["sources"]),
        ),
    )


def _data(source: Source, lists: _Lists, order: list[str]) -> pl.DataFrame:
    import polars as pl

    rows = [
        (i, j, one, source.labels[one][0], other, source.labels[other][0])
        + (
            (None, None)
            if one != other and lists.same(one, other)
            else (lists.shared(one, other), lists.sure(one, other))
        )
        for i, one in enumerate(order, 1)
        for j, other in enumerate(order[:i], 1)
    ]
    columns = ["row", "column", "alliance", "alliance_label", "other", "other_label", "shared", "exact"]
    return pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
