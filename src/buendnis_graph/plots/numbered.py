"""A numbered list of names in columns: what the numbers at the edge of a matrix stand for."""

from __future__ import annotations

from collections.abc import Sequence

from buendnis_graph.plots.sheet import Sheet
from buendnis_graph.plots.style import LINE, SMALL
from buendnis_graph.plots.text import width, wrap

_BETWEEN, _LEAST = 12.0, 160.0


class Numbered:
    """Names with their numbers, in as many columns as have room, filled one after the other.

    Args:
        names: in order; the first is number 1.
        room: width in points.

    Attributes:
        height: in points.
    """

    def __init__(self, names: Sequence[str], room: float) -> None:
        self._indent = width(str(len(names))) + 4
        columns = max(1, min(int((room + _BETWEEN) / (_LEAST + _BETWEEN)), len(names)))
        self._column = (room + _BETWEEN) / columns
        self._lines = [wrap(name, self._column - _BETWEEN - self._indent) for name in names]
        self._depth = self._least_depth(columns)
        self.height = self._depth * SMALL * LINE

    def _least_depth(self, columns: int) -> int:
        """Return how many lines the columns must have, so that no name is parted."""
        depth = -(-sum(map(len, self._lines)) // columns)
        while max(column for column, _ in self._places(depth)) >= columns:
            depth += 1
        return depth

    def _places(self, depth: int) -> list[tuple[int, int]]:
        """Return the column and the line in it at which each name begins."""
        places, column, line = [], 0, 0
        for lines in self._lines:
            if line and line + len(lines) > depth:
                column, line = column + 1, 0
            places.append((column, line))
            line += len(lines)
        return places

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw it from its top left corner."""
        for i, (lines, (column, line)) in enumerate(zip(self._lines, self._places(self._depth), strict=True)):
            x, y = left + column * self._column, top + line * SMALL * LINE
            sheet.lines(x + self._indent - 4, y, [str(i + 1)], ha="right")
            sheet.lines(x + self._indent, y, lines)
