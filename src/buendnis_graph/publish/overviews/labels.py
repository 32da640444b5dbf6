"""Names of the nodes of a network, where there is room: none over another or over a node."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from buendnis_graph.plots.placing import CROSS, Box, Point, Room
from buendnis_graph.publish.overviews.type import LINE, lines, shortened, width

_SIZE, _WIDE, _MOST_LINES, _ROUNDS, _SHORT = 11.0, (165.0, 116.0), 3, 2, 84.0
_DISTANCES = (2.0, 4.0, 7.0, 11.0, 16.0, 22.0, 30.0, 40.0, 54.0, 72.0, 96.0)


@dataclass(frozen=True, slots=True)
class Label:
    """A name in lines, in a box on one side of its node."""

    words: tuple[str, ...]
    box: Box
    anchor: str | None
    at: float

    def lines(self) -> Iterator[tuple[str, float]]:
        """Yield each line with its base line."""
        for i, words in enumerate(self.words):
            yield words, self.box.top + _SIZE * (1 + i * LINE)


def placed(
    ground: Box, nodes: Sequence[Box], edges: Sequence[tuple[int, int]], names: Sequence[str], weights: Sequence[int]
) -> dict[int, Label]:
    """Return the labels of nodes by their number, as many as find room.

    Args:
        ground: what labels must lie in.
        nodes: by number.
        edges: numbers of the nodes that they join; labels cover few of them.
        names: of each node.
        weights: of each node; the names of the heaviest come first.
    """
    middles = [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in nodes]
    strokes = [(middles[one], middles[other]) for one, other in edges]
    around: list[list[Point]] = [[] for _ in nodes]
    for one, other in edges:
        around[one].append(middles[other])
        around[other].append(middles[one])
    found: dict[int, Label] = {}
    order = sorted(range(len(nodes)), key=lambda i: (-weights[i], i))
    for _ in range(_ROUNDS):
        for i in order:
            found.pop(i, None)
            room = Room(ground)
            near = _within_reach(nodes[i])
            for box in filter(near.overlaps, [*nodes, *(label.box for label in found.values())]):
                room.take(box)
            for stroke in filter(near.meets, strokes):
                room.draw(stroke)
            for lead in ((middles[j], label.box.nearest(*middles[j])) for j, label in found.items()):
                room.draw(lead, CROSS)
            label_of = _label(room, names[i], nodes[i], middles[i], around[i])
            if label_of is not None:
                found[i] = label_of
    return found


def _within_reach(node: Box) -> Box:
    """Return the ground that the label of a node may touch."""
    reach = _DISTANCES[-1] + _WIDE[0] + 10
    return Box(node.left - reach, node.top - reach, node.right + reach, node.bottom + reach)


def _label(room: Room, name: str, node: Box, middle: Point, around: Sequence[Point]) -> Label | None:
    """Return a name with its place: in some lines, or in a short one where there is little room."""
    distances = tuple((node.right - node.left) / 2 + distance for distance in _DISTANCES)
    wide = list(dict.fromkeys(tuple(lines(name, across, _MOST_LINES, _SIZE)) for across in _WIDE))
    for ways in (wide, [(shortened(name, _SHORT, _SIZE),)]):
        sizes = [(max(width(w, _SIZE) for w in way) + 4, len(way) * _SIZE * LINE + 2) for way in ways]
        place = room.place(middle, sizes, distances, _away(middle, around))
        if place is not None:
            return _beside(ways[place[0]], place[1], middle)
    return None


def _beside(words: tuple[str, ...], box: Box, middle: Point) -> Label:
    if box.left >= middle[0]:
        anchor, at = None, box.left + 2
    elif box.right <= middle[0]:
        anchor, at = "ov-end", box.right - 2
    else:
        anchor, at = "ov-middle", (box.left + box.right) / 2
    return Label(words, box, anchor, at)


def _away(node: Point, neighbours: Sequence[Point]) -> float | None:
    """Return the direction from the middle of a node's neighbours to it; None if it lies amidst them."""
    x, y = (sum(node[i] - other[i] for other in neighbours) for i in (0, 1))
    return math.atan2(y, x) if abs(x) + abs(y) > 1 else None
