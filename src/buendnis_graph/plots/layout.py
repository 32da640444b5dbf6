"""Place the nodes of a network on a sheet: each connected part by itself, the parts beside and below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_BETWEEN = 1.1
"""Distance of parts, in mean lengths of a line."""

_LEAST = 0.8
"""Width and height of the smallest part, in the same."""

_STRETCH = 1.5
"""How much more the layout may be drawn out one way than the other, to use the sheet."""

Points = dict[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part from (0, 0) to its width and height, with the mean length of its lines as unit."""

    points: Points
    width: float
    height: float


def arranged(graph: Any, width: float, height: float) -> Points:
    """Return a place for each node by its number, within a width and height.

    The parts are laid out after T. Kamada and S. Kawai, "An algorithm for drawing general undirected graphs",
    Information Processing Letters 31 (1989), 7-15, from nodes on a circle: without chance. The largest comes first.

    Args:
        graph: an ``igraph.Graph`` with at least one node.
        width: of the ground in points.
        height: of the ground in points.
    """
    parts = [_part(graph, sorted(nodes)) for nodes in graph.connected_components()]
    parts.sort(key=lambda part: (-len(part.points), min(part.points)))
    best: tuple[float, float, float, list[tuple[float, float]]] = (0.0, 1.0, 1.0, [])
    turned = [_Part({}, part.height, part.width) for part in parts]
    shelves = [_shelved(parts, room) for room in _widths(parts)]
    columns = [_shelved(turned, room) for room in _widths(turned)]
    for places, across, down in shelves + [
        ([(x, y) for y, x in those], down, across) for those, across, down in columns
    ]:
        scale = min(width / across, height / down)
        if scale > best[0] * 1.001:
            best = (scale, across, down, places)
    scale, across, down, places = best
    wider, higher = min(width / across, _STRETCH * scale), min(height / down, _STRETCH * scale)
    right, below = (width - wider * across) / 2, (height - higher * down) / 2
    return {
        node: (right + wider * (left + x), below + higher * (top + y))
        for part, (left, top) in zip(parts, places, strict=True)
        for node, (x, y) in part.points.items()
    }


def _part(graph: Any, nodes: list[int]) -> _Part:
    part = graph.induced_subgraph(nodes)
    spots = [(float(x), float(y)) for x, y in part.layout_kamada_kawai().coords]
    lengths = [
        ((spots[a][0] - spots[b][0]) ** 2 + (spots[a][1] - spots[b][1]) ** 2) ** 0.5 for a, b in part.get_edgelist()
    ]
    unit = sum(lengths) / len(lengths) if lengths else 1.0
    across, down = _extent(spots)
    if down > across:  # sheets are wider than what is drawn on them is high
        spots = [(y, x) for x, y in spots]
    left, top = min(x for x, _ in spots), min(y for _, y in spots)
    points = {
        node: (round((x - left) / unit, 6), round((y - top) / unit, 6))
        for node, (x, y) in zip(nodes, spots, strict=True)
    }
    across, down = _extent(list(points.values()))
    return _Part(points, max(across, _LEAST), max(down, _LEAST))


def _extent(spots: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return max(x for x, _ in spots) - min(x for x, _ in spots), max(y for _, y in spots) - min(y for _, y in spots)


def _widths(parts: list[_Part]) -> list[float]:
    """Return the widths of shelves to try."""
    widest = max(part.width for part in parts)
    total = sum(part.width + _BETWEEN for part in parts)
    return [widest + (total - widest) * i / 24 for i in range(25)]


def _shelved(parts: list[_Part], room: float) -> tuple[list[tuple[float, float]], float, float]:
    """Put parts beside each other while there is room, then below, each in the middle of its shelf.

    Returns their places, the whole width and height.
    """
    shelves: list[list[_Part]] = [[]]
    for part in parts:
        if shelves[-1] and _width(shelves[-1]) + _BETWEEN + part.width > room * 1.0001:
            shelves.append([])
        shelves[-1].append(part)
    across = max(map(_width, shelves))
    places: list[tuple[float, float]] = []
    y = 0.0
    for shelf in shelves:
        height = max(part.height for part in shelf)
        spare = (across - _width(shelf)) / (len(shelf) + 1)
        x = spare
        for part in shelf:
            places.append((x, y + (height - part.height) / 2))
            x += part.width + _BETWEEN + spare
        y += height + _BETWEEN
    return places, across, y - _BETWEEN


def _width(shelf: list[_Part]) -> float:
    return sum(part.width for part in shelf) + _BETWEEN * (len(shelf) - 1)
