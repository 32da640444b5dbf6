"""The key to the marks of a plot, set in a line, or in several where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from buendnis_graph.plots.sheet import Sheet
from buendnis_graph.plots.style import SMALL
from buendnis_graph.plots.text import width

_SYMBOL, _BETWEEN, _ROW = 16.0, 10.0, 11.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark, drawn around a point of a sheet, and what it means."""

    text: str
    draw: Callable[[Sheet, float, float], None]


class Legend:
    """Entries in as many rows as they need.

    Args:
        entries: in order.
        room: width in points.

    Attributes:
        height: in points, with a gap below.
    """

    def __init__(self, entries: Sequence[Entry], room: float) -> None:
        self._placed: list[tuple[Entry, float, int]] = []
        x, row = 0.0, 0
        for entry in entries:
            needs = _SYMBOL + width(entry.text, SMALL)
            if x > 0 and x + needs > room:
                x, row = 0.0, row + 1
            self._placed.append((entry, x, row))
            x += needs + _BETWEEN
        self.height = (row + 1) * _ROW + 4 if entries else 0.0

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw it from its top left corner."""
        for entry, x, row in self._placed:
            y = top + (row + 0.5) * _ROW
            entry.draw(sheet, left + x + _SYMBOL / 2 - 2, y)
            sheet.text(left + x + _SYMBOL, y, entry.text)
