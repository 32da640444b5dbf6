"""Find room for labels, so that none covers another or a mark."""

from __future__ import annotations

import math
from dataclasses import dataclass


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


class Room:
    """A ground with boxes on it."""

    def __init__(self, ground: Box) -> None:
        self._ground = ground
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Put a box on the ground, so that no label is placed there."""
        self._taken.append(box)

    def place(self, x: float, y: float, width: float, height: float, distances: tuple[float, ...]) -> Box | None:
        """Find the first free place for a label near a point, and take it; None if there is none.

        Args:
            x: of the point.
            y: of the point.
            width: of the label.
            height: of the label.
            distances: from the point to the edge of the label, in the order to try; at each, right comes first, then
                left, above, below and between.
        """
        for distance in distances:
            for eighth in (0, 8, 12, 4, 14, 2, 10, 6, 15, 1, 9, 7, 13, 3, 11, 5):
                angle = eighth * math.pi / 8
                middle_x = x + math.cos(angle) * (distance + width / 2)
                middle_y = y + math.sin(angle) * (distance + height / 2)
                box = Box(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)
                if box.within(self._ground) and not any(box.overlaps(taken) for taken in self._taken):
                    self.take(box)
                    return box
        return None
