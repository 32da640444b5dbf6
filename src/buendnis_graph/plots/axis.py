"""Scales: a day or a number becomes a place on the sheet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable

from buendnis_graph.plots.style import SMALL
from buendnis_graph.plots.text import width

_STEPS = (1, 2, 5, 10, 20, 50)


class Years:
    """A scale of time in whole years.

    Args:
        days: that must have a place.
        left: of the scale, in points.
        right: of the scale, in points.
    """

    def __init__(self, days: Iterable[dt.date], left: float, right: float) -> None:
        years = sorted(day.year for day in days)
        self.first, self.last = years[0], years[-1] + 1
        self.left, self.right = left, right
        self._start = dt.date(self.first, 1, 1).toordinal()
        self._days = dt.date(self.last, 1, 1).toordinal() - self._start

    def x(self, day: dt.date) -> float:
        """Return the place of a day."""
        return self.left + (day.toordinal() - self._start) / self._days * (self.right - self.left)

    def ticks(self) -> list[int]:
        """Return the years to name: as many as have room."""
        room = (self.right - self.left) / (self.last - self.first)
        need = width("2000", SMALL) + 6
        step = next((step for step in _STEPS if step * room >= need), 100)
        return [year for year in range(self.first, self.last + 1) if year % step == 0]

    def at(self, year: int) -> float:
        """Return the place where a year begins."""
        return self.x(dt.date(year, 1, 1))


class Numbers:
    """A scale of numbers from 0 upwards.

    Args:
        largest: that must have a place.
        bottom: of the scale, in points from the top of the sheet.
        top: of the scale.
    """

    def __init__(self, largest: int, bottom: float, top: float) -> None:
        power: int = 10 ** int(math.log10(max(largest, 1)))
        self.step = next(
            (step for step in (power // 5, power // 2, power, 2 * power) if step and largest / step <= 5), 2 * power
        )
        self.largest = (largest // self.step + 1) * self.step
        self._bottom, self._top = bottom, top

    def y(self, number: int) -> float:
        """Return the place of a number."""
        return self._bottom - number / self.largest * (self._bottom - self._top)

    def ticks(self) -> list[int]:
        """Return the numbers to name."""
        return list(range(0, self.largest + 1, self.step))
