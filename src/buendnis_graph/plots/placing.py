"""Find room for labels, so that none covers another or a mark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Line = tuple[Point, Point]
Size = tuple[float, float]

_DIRECTIONS = (0, 16, 24, 8, 28, 4, 20, 12, 30, 2, 18, 14, 26, 22, 6, 10, *range(1, 32, 2))
"""Steps of the circle, in the order of preference: right, left, above, below, between."""

COVER = 7.0
"""How many points farther away a label had better be than cover a line."""

CROSS = 40.0
"""How many points farther away a label had better be than have its line cross another label."""

_TURN = 8.0
"""How many points farther away a label had better be than on the wrong side."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; ``top`` is above ``bottom`` and smaller."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Return whether two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Return whether it lies in another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def meets(self, line: Line) -> bool:
        """Return whether a straight line passes through it (Liang and Barsky's clipping)."""
        (x, y), (to_x, to_y) = line
        enter, leave = 0.0, 1.0
        sides = (
            (x - to_x, x - self.left),
            (to_x - x, self.right - x),
            (y - to_y, y - self.top),
            (to_y - y, self.bottom - y),
        )
        for towards, room in sides:
            if towards == 0:
                if room < 0:
                    return False
            elif towards < 0:
                enter = max(enter, room / towards)
            else:
                leave = min(leave, room / towards)
        return enter < leave

    def holds(self, point: Point) -> bool:
        """Return whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def nearest(self, x: float, y: float) -> Point:
        """Return its point that is nearest to another."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


class Room:
    """A ground with boxes and lines on it."""

    def __init__(self, ground: Box) -> None:
        self._ground = ground
        self._taken: list[Box] = []
        self._lines: list[tuple[Line, float]] = []

    def take(self, box: Box) -> None:
        """Put a box on the ground, so that no label is placed there."""
        self._taken.append(box)

    def draw(self, line: Line, cost: float = COVER) -> None:
        """Put a line on the ground, which a label had better not cover: rather be so many points farther away."""
        self._lines.append((line, cost))

    def place(
        self, point: Point, sizes: Sequence[Size], distances: tuple[float, ...], away: float | None = None
    ) -> tuple[int, Box] | None:
        """Find the best free place for a label near a point; None if there is none.

        Args:
            point: that is named.
            sizes: width and height of the label, for each way to set it.
            distances: from the point to the edge of the label, in ascending order.
            away: the direction in which the label had best be, as an angle; else right, left, above, below.

        Returns:
            Which of the sizes, and the box.
        """
        best: tuple[float, int, Box] | None = None
        for distance in distances:
            for rank, step in enumerate(_DIRECTIONS):
                angle = step * 2 * math.pi / len(_DIRECTIONS)
                cost = distance + (rank / 8 if away is None else _TURN * (1 - math.cos(angle - away)) / 2)
                for which, size in enumerate(sizes):
                    box = _beside(point, size, distance, angle)
                    if (best is None or cost < best[0]) and self._free(box):
                        whole = cost + which + self._cost(point, box)
                        best = min(best or (whole, which, box), (whole, which, box), key=lambda found: found[0])
            if best is not None and best[0] < distance:
                break  # farther away, all cost more
        return None if best is None else best[1:]

    def _free(self, box: Box) -> bool:
        return box.within(self._ground) and not any(box.overlaps(taken) for taken in self._taken)

    def _cost(self, point: Point, box: Box) -> float:
        """Return what a label's covering of lines costs, and its own line to the point crossing what is there."""
        covered = sum(cost for line, cost in self._lines if box.meets(line))
        own = (point, box.nearest(*point))
        return covered + CROSS * sum(taken.meets(own) for taken in self._taken if not taken.holds(point))


def _beside(point: Point, size: Size, distance: float, angle: float) -> Box:
    """Return the box of a size at a distance and in a direction from a point."""
    half_width, half_height = size[0] / 2, size[1] / 2
    x = point[0] + math.cos(angle) * (distance + half_width)
    y = point[1] + math.sin(angle) * (distance + half_height)
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)
