"""How time and memory grow with the size, beside n log n: for every bench the same columns, and one way to reckon them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from tests.bench.cells import Cell, Grown, Timing, middle
from tests.bench.report import Table


@dataclass(frozen=True)
class Point:
    """What one size took.

    Attributes:
        what: was done.
        size: in how many organisations, names or bodies.
        seconds: it took.
        memory: that the processes held at most, in MiB, if that was measured.
        asked: for how many of these it was done; None: for all. What a look-up takes may grow as log n: then all together
            take n log n.
    """

    what: str
    size: int
    seconds: Timing | float
    memory: float | None = None
    asked: int | None = None

    @property
    def each(self) -> float:
        """Seconds for one."""
        return middle(self.seconds) / (self.size if self.asked is None else self.asked)


def grown(what: str, before: tuple[int, float], now: tuple[int, float], reason: str = "") -> Grown:
    """Return what something takes beside what n log n lets it take.

    Args:
        what: grows, ``time`` or ``memory``.
        before: a size of at least 2, and what it took.
        now: another size, and what it took.
        reason: why it grows faster, and the remedy, if what is measured tells it itself.
    """
    allowed = now[0] * math.log(now[0]) / (before[0] * math.log(before[0]))
    return Grown(what, before[0], now[0], now[1] / before[1] / allowed, reason)


def growing(title: str, unit: str, points: Iterable[Point], note: str = "") -> Table:
    """Return the table of what sizes take; what is done stands together, in the order in which it first comes.

    Args:
        title: what is done.
        unit: what is counted: ``organisations``.
        points: of each thing done, sizes in rising order.
        note: what a reader must know beside.
    """
    known = list(points)
    order = list(dict.fromkeys(point.what for point in known))
    known.sort(key=lambda point: order.index(point.what))
    rows: list[list[Cell]] = []
    for _, some in groupby(known, key=lambda point: point.what):
        rows += _rows(list(some))
    columns = ("what", unit, "s", "one, µs", "time : n log n", "memory at most, MiB", "memory : n log n")
    return Table(title, columns, rows, note, grows=True)


def _rows(points: list[Point]) -> Iterator[list[Cell]]:
    for before, point in zip([None, *points], points, strict=False):
        time: Cell = None
        memory: Cell = None
        if before is not None:
            time = grown("time", (before.size, before.each * before.size), (point.size, point.each * point.size))
            if before.memory and point.memory:
                memory = grown("memory", (before.size, before.memory), (point.size, point.memory))
        yield [point.what, point.size, point.seconds, point.each * 1e6, time, point.memory, memory]
