"""What a cell of a report holds, and how people are shown it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Several measurements of one thing, in the unit that its column names."""

    median: float
    least: float
    most: float
    rounds: int

    @classmethod
    def of(cls, measured: Sequence[float], scale: float = 1) -> Timing:
        """Return the median and the spread.

        Args:
            measured: at least one measurement.
            scale: what each is multiplied with: 1000 makes milliseconds of seconds.
        """
        values = [scale * one for one in measured]
        return cls(statistics.median(values), min(values), max(values), len(values))

    def times(self, scale: float) -> Timing:
        """Return it in another unit, of which there are so many in this one."""
        return Timing(scale * self.median, scale * self.least, scale * self.most, self.rounds)

    def __str__(self) -> str:
        spread = f" ({number(self.least)} to {number(self.most)})" if self.rounds > 1 else ""
        return number(self.median) + spread


@dataclass(frozen=True)
class Ratio:
    """How many times as long as ours a peer takes for the same; below 1 the peer is faster, and the report says so.

    Attributes:
        peer: its name.
        times: as long.
        at_least: whether it was ended before it had done.
    """

    peer: str
    times: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"at least {number(self.times)}" if self.at_least else number(self.times)


@dataclass(frozen=True)
class Grown:
    """What something takes at one size beside what n log n lets it take, going by the size before: 1 or less is within.

    Attributes:
        what: grows, ``time`` or ``memory``.
        since: the size before.
        size: this one.
        times: as much as n log n would have it.
        reason: why it grows faster, and the remedy, if what is measured tells it itself; else it is in ``reasons.toml``.
    """

    what: str
    since: int
    size: int
    times: float
    reason: str = ""

    def __str__(self) -> str:
        return number(self.times)


Cell = int | float | str | Timing | Ratio | Grown | None
"""What a cell holds; nothing where there is nothing to measure or no peer to ask."""


def from_data(data: Any) -> Cell:
    """Return the cell that :func:`dataclasses.asdict` has taken apart."""
    if not isinstance(data, Mapping):
        known: Cell = data
        return known
    kind = Timing if "median" in data else Ratio if "peer" in data else Grown
    cell: Cell = kind(**data)
    return cell


def middle(cell: Timing | float) -> float:
    """Return the median of several measurements, or the only one."""
    return cell.median if isinstance(cell, Timing) else cell


def shown(cell: Cell) -> str:
    """Return a cell for people: of numbers the three digits that count."""
    if cell is None:
        return ""
    return number(cell) if isinstance(cell, int | float) else str(cell)


def number(value: float) -> str:
    """Return a number with the three digits that count."""
    if isinstance(value, int) or value == 0 or not math.isfinite(value):
        return f"{value:,}"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"
