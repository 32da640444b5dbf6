"""Alliances by bodies: who is listed where, on what evidence, ordered by structure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from buendnis_graph.errors import QueryError
from buendnis_graph.network.select import Selection, select
from buendnis_graph.network.source import Source
from buendnis_graph.plots.facts import DEGREES, completeness, membership_data, origin, selected
from buendnis_graph.plots.legend import Entry, Legend
from buendnis_graph.plots.numbered import Numbered
from buendnis_graph.plots.order import seriated
from buendnis_graph.plots.plot import Plot, Wish
from buendnis_graph.plots.sheet import MARGIN, Caption, Sheet
from buendnis_graph.plots.style import COMPLETENESS, INK, LINE, PAPER, QUIET, RULE, SMALL, readable_on
from buendnis_graph.plots.text import widest, width, wrap
from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

_MOST_ROWS = 60
_CELL, _LEAST_NAME, _HEAD, _GAP = 8.8, 96.0, 10.0, 4.0
_INSIDE = {"founding-member": "D", "consortium-partner": "o", "member": ""}
"""The mark inside a cell by class of role, the first of them that applies; other roles have a cross."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of the matrix that is shown: its memberships, and in how many alliances each body is at least."""

    memberships: pl.DataFrame
    least: int


def matrix(source: Source, wish: Wish) -> Plot:
    """Draw who is listed in which alliance; the shade is the completeness of the list, the mark inside the role.

    What does not fit on a page is thinned to a core: bodies in at least two (three, …) of the alliances shown, and
    alliances with at least two of the bodies shown.

    Raises:
        QueryError: if nothing is left to draw.
    """
    words = Words("matrix", wish.language)
    selection = select(source, wish.filters)
    part = _fitting(selection.memberships, _most_columns(wish))
    shown, at = part.memberships, int(wish.language == "en")
    rows, columns = seriated(shown.select("body", "alliance").iter_rows())
    names = [source.labels[body][at] for body in rows]
    room = wish.width - 2 * MARGIN
    longest = max(map(width, names)) + 1
    name_room = min(longest, max(_LEAST_NAME, room - _GAP - len(columns) * _CELL))
    lines = [wrap(name, name_room) for name in names]
    left = MARGIN + max(map(widest, lines)) + _GAP
    cell = min(12.0, (MARGIN + room - left) / len(columns))
    heights = [max(_CELL, len(those) * SMALL * LINE + 1) for those in lines]
    legend = Legend(_key(words, shown), room)
    numbered = Numbered([source.labels[alliance][at] for alliance in columns], room)
    top = legend.height + _HEAD
    below = top + sum(heights) + _HEAD
    caption = _caption(words, selection, part)
    sheet = Sheet(wish.width, below + _GAP + numbered.height, caption)
    legend.draw(sheet, MARGIN, 0)
    numbered.draw(sheet, MARGIN, below + _GAP)
    for i in range(len(columns)):
        for y in (top - _HEAD / 2, below - _HEAD / 2):
            sheet.text(left + (i + 0.5) * cell, y, str(i + 1), ha="center", color=QUIET)
    tops = [top + sum(heights[:i]) for i in range(len(rows) + 1)]
    for i, those in enumerate(lines):
        sheet.lines(left - _GAP, (tops[i] + tops[i + 1] - len(those) * SMALL * LINE) / 2, those, ha="right")
    _grid(sheet, left, cell, len(columns), tops)
    for body, alliance, roles, degree in shown.select("body", "alliance", "roles", "completeness").iter_rows():
        x, row = left + columns.index(alliance) * cell, rows.index(body)
        _field(sheet, x + cell / 2, tops[row] + heights[row] / 2, cell, roles, degree)
    return Plot(sheet, caption, _data(shown, source, rows, columns), wish.language)


def _most_columns(wish: Wish) -> int:
    return int((wish.width - 2 * MARGIN - _LEAST_NAME - _GAP) / _CELL)


def _fitting(memberships: pl.DataFrame, most_columns: int) -> _Part:
    """Return all memberships if they fit on a page, or else the largest core that does."""
    if memberships.is_empty():
        raise QueryError("no membership is left to draw.", hint="Ask for less: other filters, or --completeness any.")
    part, least = memberships, 1
    while part["body"].n_unique() > _MOST_ROWS or part["alliance"].n_unique() > most_columns:
        smaller = _core(memberships, least + 1)
        if smaller.is_empty():
            break
        part, least = smaller, least + 1
    return _Part(part, least)


def _core(memberships: pl.DataFrame, least: int) -> pl.DataFrame:
    """Return the bodies in so many alliances at least, and the alliances with two of these, until nothing changes."""
    import polars as pl

    before = -1
    while len(memberships) != before:
        before = len(memberships)
        memberships = memberships.filter(pl.len().over("body") >= least).filter(pl.len().over("alliance") >= 2)
    return memberships


def _grid(sheet: Sheet, left: float, cell: float, columns: int, tops: list[float]) -> None:
    right = left + columns * cell
    for y in tops:
        sheet.line([left, right], [y, y], color=RULE, linewidth=0.3, zorder=0.5)
    for i in range(columns + 1):
        sheet.line([left + i * cell] * 2, [tops[0], tops[-1]], color=RULE, linewidth=0.3, zorder=0.5)


def _field(sheet: Sheet, x: float, y: float, width: float, roles: str, degree: str | None) -> None:
    """Fill a cell around its middle with the shade of its evidence, and mark the role in it."""
    shade, half = COMPLETENESS[degree], (_CELL - 1.8) / 2
    across = width - 1.8
    hatch = {} if degree else {"hatch": "//////"}
    sheet.rectangle(x - across / 2, y - half, across, 2 * half, facecolor=shade, edgecolor=INK, linewidth=0.4, **hatch)
    _role(sheet, x, y, roles, shade)


def _role(sheet: Sheet, x: float, y: float, roles: str, shade: str) -> None:
    """Mark the class of a role, readable on a shade."""
    known = set(roles.split())
    mark = next((mark for role, mark in _INSIDE.items() if role in known), "x")
    if mark:
        ground = PAPER if shade == COMPLETENESS[None] else shade  # a ring keeps the mark clear of a hatch
        sheet.mark(x, y, mark, 3.2, markerfacecolor=readable_on(shade), markeredgecolor=ground, zorder=3)


def _key(words: Words, shown: pl.DataFrame) -> list[Entry]:
    degrees = [degree for degree in DEGREES if degree in set(shown["completeness"])]
    roles = {role for several in shown["roles"] for role in several.split()}
    shades = [
        Entry(words(f"list {degree}"), partial(_field, width=_CELL, roles="member", degree=degree))
        for degree in degrees
    ]
    marked = [role for role, mark in _INSIDE.items() if mark]
    present = [role for role in marked if role in roles] + (["other"] if roles - set(_INSIDE) else [])
    return shades + [Entry(words(f"role {role}"), partial(_role, roles=role, shade=PAPER)) for role in present]


def _caption(words: Words, selection: Selection, part: _Part) -> Caption:
    every, shown = selection.memberships, part.memberships
    bodies, alliances = shown["body"].n_unique(), shown["alliance"].n_unique()
    counts = {
        "bodies": bodies,
        "alliances": alliances,
        "all_bodies": every["body"].n_unique(),
        "all_alliances": every["alliance"].n_unique(),
        "least": part.least,
    }
    return Caption(
        words("title"),
        (
            words("what", **counts),
            words("core", **counts) if part.least > 1 else "",
            words("order"),
            completeness(words, shown["completeness"]),
            *selected(words, selection),
            origin(words, shown["sources"]),
        ),
    )


def _data(shown: pl.DataFrame, source: Source, rows: list[str], columns: list[str]) -> pl.DataFrame:
    import polars as pl

    places = (
        pl.col("body").replace_strict({b: i + 1 for i, b in enumerate(rows)}).alias("row"),
        pl.col("alliance").replace_strict({a: i + 1 for i, a in enumerate(columns)}).alias("column"),
    )
    return membership_data(shown, source).select(*places, pl.all()).sort("row", "column")
