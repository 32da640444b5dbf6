"""Name the nodes of a drawing where there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from buendnis_graph.plots.placing import CROSS, Box, Point, Room
from buendnis_graph.plots.sheet import Sheet
from buendnis_graph.plots.style import LINE, PAPER, QUIET, SMALL
from buendnis_graph.plots.text import widest, width, wrap

_WIDE = (92.0, 64.0)
_ROUNDS = 4
_DISTANCES = (1.0, 2.5, 4.0, 6.0, 9.0, 13.0, 18.0, 24.0, 32.0, 42.0, 54.0, 70.0, 90.0)
_NEAR = 9.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name in lines, and the place found for it."""

    node: int
    lines: tuple[str, ...]
    box: Box

    def draw(self, sheet: Sheet, node: tuple[float, float]) -> None:
        """Draw it; from farther away with a thin line to its node."""
        x, y = node
        near_x, near_y = self.box.nearest(x, y)
        if math.dist(node, (near_x, near_y)) > _NEAR:
            sheet.line([x, near_x], [y, near_y], color=QUIET, linewidth=0.3, zorder=2)
        box = self.box
        sheet.rectangle(
            box.left, box.top, box.right - box.left, box.bottom - box.top, facecolor=PAPER, alpha=0.85, zorder=1.5
        )
        middle = (box.left + box.right) / 2
        anchor, at = (
            ("left", box.left + 1)
            if box.left >= x
            else ("right", box.right - 1)
            if box.right <= x
            else ("center", middle)
        )
        sheet.lines(at, box.top + 0.5, self.lines, ha=anchor, zorder=4)


def place_labels(
    ground: Box, nodes: Sequence[Box], lines: Sequence[tuple[int, int]], names: Sequence[tuple[int, str]]
) -> tuple[list[Label], list[int]]:
    """Return the labels with their places, none over another or a node; and the nodes for whose name there is no room.

    Args:
        ground: what labels must lie in.
        nodes: by number.
        lines: between nodes; labels cover few of them.
        names: number of the node and its name. Each is placed in turn; then each again, now that the others stand.
    """
    middles = [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in nodes]
    around: dict[int, list[Point]] = {node: [] for node, _ in names}
    for one, other in lines:
        for node, neighbour in ((one, other), (other, one)):
            if node in around:
                around[node].append(middles[neighbour])
    labels: dict[int, Label] = {}
    for _ in range(_ROUNDS):
        for node, name in names:
            room = Room(ground)
            for box in nodes:
                room.take(box)
            for one, other in lines:
                room.draw((middles[one], middles[other]))
            for label in labels.values():
                if label.node != node:
                    room.take(label.box)
                    room.draw((middles[label.node], label.box.nearest(*middles[label.node])), CROSS)
            longest = max(width(word, SMALL) for word in name.split())
            ways = [wrap(name, max(wide, longest + 0.1), SMALL) for wide in _WIDE]
            sizes = [(widest(text, SMALL) + 2, len(text) * SMALL * LINE + 1) for text in ways]
            half = (nodes[node].right - nodes[node].left) / 2
            distances = tuple(half + distance for distance in _DISTANCES)
            found = room.place(middles[node], sizes, distances, _away(middles[node], around[node]))
            if found is not None:
                labels[node] = Label(node, tuple(ways[found[0]]), found[1])
    return list(labels.values()), [node for node, _ in names if node not in labels]


def _away(node: Point, neighbours: Sequence[Point]) -> float | None:
    """Return the direction from the middle of a node's neighbours to it, as an angle; None if it lies amidst them."""
    x = sum(node[0] - other[0] for other in neighbours)
    y = sum(node[1] - other[1] for other in neighbours)
    return math.atan2(y, x) if abs(x) + abs(y) > 1 else None
