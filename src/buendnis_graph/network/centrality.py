"""Centralities of two-mode networks, normalised by the largest value that a node of its mode can reach.

After Borgatti and Everett (1997), Network analysis of 2-mode data, Social Networks 19(3), 243–269.
"""

from __future__ import annotations

from typing import Any


def degree(graph: Any) -> list[float]:
    """Return the share of the other mode's nodes that each node is tied to.

    Args:
        graph: a bipartite ``igraph.Graph`` with the attribute ``type``; the same for the functions below.
    """
    sizes = _sizes(graph)
    return [d / sizes[not mode] for d, mode in zip(graph.degree(), graph.vs["type"], strict=True)]


def closeness(graph: Any) -> list[float]:
    """Return the least possible sum of distances to all nodes that can be reached, by the actual one.

    Times the share of other nodes that can be reached (Wasserman and Faust 1994, 200–201): networks of alliances hang
    together in part only, and who is close to few is not close to all. In a connected network this is the measure of
    Borgatti and Everett. (networkx takes the least sum over the whole network there, and so exceeds 1 in small parts.)
    """
    parts, others = graph.connected_components(), graph.vcount() - 1
    modes = graph.vs["type"]
    in_part = [(sum(modes[node] for node in part), len(part)) for part in parts]
    values = []
    for mode, inverse, number in zip(modes, graph.closeness(normalized=False), parts.membership, strict=True):
        alliances, size = in_part[number]
        own = alliances if mode else size - alliances
        least = (size - own) + 2 * (own - 1)
        values.append(least * inverse * (size - 1) / others if size > 1 else 0.0)
    return values


def betweenness(graph: Any) -> list[float]:
    """Return the share of shortest paths of other nodes that run through each node, of the largest possible."""
    sizes = _sizes(graph)
    most = {mode: _most_between(sizes[mode], sizes[not mode]) for mode in (False, True)}
    return [
        value / most[mode] if most[mode] else 0.0
        for mode, value in zip(graph.vs["type"], graph.betweenness(), strict=True)
    ]


def _most_between(own: int, other: int) -> float:
    """Return the largest betweenness that a node of a mode can have, from the sizes of the modes."""
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _sizes(graph: Any) -> dict[bool, int]:
    modes = graph.vs["type"]
    return {False: modes.count(False), True: modes.count(True)}
