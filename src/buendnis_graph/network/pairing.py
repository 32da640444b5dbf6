"""Count what pairs share, on arrays of numbers: all pairs are written down at once, then sorted and counted."""

from __future__ import annotations

from typing import Any

from buendnis_graph.errors import NetworkError

MOST_PAIRS = 100_000_000
"""Pairs that are written down at most, about 1 GB of memory."""


def sharing(np: Any, node: Any, via: Any) -> tuple[Any, Any]:
    """Return which nodes share something and how much.

    Args:
        np: numpy.
        node: for each tie the number of its node, from 0.
        via: for each tie the number of what the node is tied to, from 0; no tie stands twice.

    Returns:
        The pairs, sorted, each as one number (the smaller node times the number of nodes, plus the greater one), and
        how many things each pair shares.

    Raises:
        NetworkError: if there would be more than :data:`MOST_PAIRS`.
    """
    order = np.lexsort((node, via))
    return _counted(np, _pairs(np, node[order], via[order], int(node.max()) + 1))


def sharing_two(np: Any, node: Any, via: Any) -> tuple[Any, Any]:
    """Return the same for pairs that share at least two things, without ever writing down those that share one.

    First each node's pairs of things: a node that is tied to one thing only has none. Nodes that have the same pair of
    things share both. A pair of nodes that shares m things is found m(m-1)/2 times, which gives m. So a giant costs no
    more than those of its nodes that meet elsewhere too. A node tied to very many things is the dear case here, which
    is why the other way is taken where it is shorter.
    """
    nodes = int(node.max()) + 1
    often = np.bincount(node)[node] > 1
    node, via = node[often], via[often]
    if not len(node):
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    long_way = _number(np, np.bincount(via))
    if _number(np, np.bincount(node)) > long_way:
        return _two_of(np, node, via, nodes)
    order = np.lexsort((via, node))
    ties = np.bincount(node)[node[order]] - 1 - _place(np, node[order])
    pair, who = _pairs(np, via[order], node[order], int(via.max()) + 1), np.repeat(node[order], ties)
    order = np.lexsort((who, pair))
    pair, who = pair[order], who[order]
    group = np.cumsum(np.concatenate([[False], pair[1:] != pair[:-1]]))
    if _number(np, np.bincount(group)) > long_way:
        return _two_of(np, node, via, nodes)
    keys, found = _counted(np, _pairs(np, who, group, nodes))
    return keys, np.rint((1 + np.sqrt(1 + 8 * found)) / 2).astype(np.int64)


def _two_of(np: Any, node: Any, via: Any, nodes: int) -> tuple[Any, Any]:
    order = np.lexsort((node, via))
    keys, shared = _counted(np, _pairs(np, node[order], via[order], nodes))
    return keys[shared > 1], shared[shared > 1]


def _number(np: Any, sizes: Any) -> int:
    """Return how many pairs groups of these sizes have."""
    sizes = sizes.astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _place(np: Any, group: Any) -> Any:
    """Return each row's place within its group, from 0; rows of a group stand together."""
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    return np.arange(len(group)) - np.repeat(starts, np.diff(np.append(starts, len(group))))


def _pairs(np: Any, item: Any, group: Any, items: int) -> Any:
    """Return all pairs of items of each group, as one number each; rows are sorted by group, then by item."""
    sizes = np.diff(np.append(np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]])), len(group)))
    number = _number(np, sizes)
    if number > MOST_PAIRS:
        raise NetworkError(
            f"{number:,} pairs are more than can be listed ({MOST_PAIRS:,}).",
            hint="Ask for fewer: pairs that share at least two, or fewer alliances.",
        )
    # Numbers of half the size are sorted twice as fast; they suffice for 65,536 items.
    kind = np.uint32 if items <= 1 << 16 else np.uint64
    item = item.astype(kind)
    later = np.repeat(sizes, sizes) - 1 - _place(np, group)
    ends = np.cumsum(later)
    shift = (np.arange(len(item)) + 1 - (ends - later)).astype(np.int32)
    rows = np.arange(number, dtype=np.int32) + np.repeat(shift, later)
    keys = np.repeat(item * kind(items), later)
    keys += item[rows]
    return keys


def _counted(np: Any, keys: Any) -> tuple[Any, Any]:
    """Return each key once, sorted, and how often it was there."""
    if not len(keys):
        return keys, np.zeros(0, dtype=np.int64)
    keys.sort()
    new = np.empty(len(keys), dtype=bool)
    new[0] = True
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    # Few keys are there more than once. The n-th repetition, at place r, belongs to key r - n - 1 of those that remain.
    repeated = np.flatnonzero(~new)
    often = np.ones(len(keys) - len(repeated), dtype=np.int64)
    np.add.at(often, repeated - np.arange(len(repeated)) - 1, 1)
    return keys[new], often
