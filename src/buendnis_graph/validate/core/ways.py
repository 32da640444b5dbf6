"""From nodes along a path to values, all nodes at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from buendnis_graph.validate.columns import Numbers, distinct
from buendnis_graph.validate.core.graph import Graph
from buendnis_graph.validate.paths import Path

_Keys = npt.NDArray[np.int64]
"""One number for each of some pairs."""


class Pairs(NamedTuple):
    """What begins somewhere and where it leads: two columns, no pair twice.

    Attributes:
        at: where it begins: places in an array of nodes.
        value: the numbers of the terms it leads to.
    """

    at: Numbers
    value: Numbers


def follow(graph: Graph, nodes: Numbers, path: Path | None) -> Pairs:
    """Return where a path leads from some nodes.

    Args:
        graph: the statements.
        nodes: the numbers of the nodes; a node that stands there twice leads to its values from both places.
        path: the path; None for no step, which leads each node to itself.
    """
    places = np.arange(len(nodes), dtype=np.int32)
    if path is None:
        return Pairs(places, nodes)
    if (np.diff(nodes) > 0).all():
        return _walk(graph, nodes, path, inverse=False)
    once = graph.distinct(nodes)
    return join(Pairs(places, np.searchsorted(once, nodes).astype(np.int32)), _walk(graph, once, path, False))


def join(first: Pairs, then: Pairs) -> Pairs:
    """Return where pairs lead if each goes on from the place that its value names; a pair may come several times."""
    return _join_sorted(first, _by_place(then))


def _by_place(pairs: Pairs) -> Pairs:
    order = np.argsort(pairs.at, kind="stable")
    return Pairs(pairs.at[order], pairs.value[order])


def _join_sorted(first: Pairs, then: Pairs) -> Pairs:
    begins = np.searchsorted(then.at, first.value, "left")
    counts = np.searchsorted(then.at, first.value, "right") - begins
    ends = np.cumsum(counts)
    rows = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - (ends - counts), counts)
    return Pairs(np.repeat(first.at, counts), then.value[rows])


def _walk(graph: Graph, nodes: Numbers, path: Path, inverse: bool) -> Pairs:
    """Return where a path leads from distinct nodes in rising order; backwards if it is ``inverse``."""
    if path.predicate is not None:
        begins, ends = graph.step(path.predicate)[:: -1 if inverse else 1]
        place = np.full(graph.size, -1, np.int32)
        place[nodes] = np.arange(len(nodes))
        at = place[begins]
        there = at >= 0
        return Pairs(at[there], ends[there])
    if path.operator == "^":
        return _walk(graph, nodes, path.parts[0], not inverse)
    if path.operator == "|":
        return _distinct(graph, *(_walk(graph, nodes, part, inverse) for part in path.parts))
    itself = Pairs(np.arange(len(nodes), dtype=np.int32), nodes)
    if path.operator == "/":
        found = itself
        for part in path.parts[:: -1 if inverse else 1]:
            found = _onward(graph, found, part, inverse)
        return found
    first = _walk(graph, nodes, path.parts[0], inverse)
    found = first if path.operator == "+" else _distinct(graph, itself, first)
    return found if path.operator == "?" else _closure(graph, found, path.parts[0], inverse)


def _onward(graph: Graph, pairs: Pairs, path: Path, inverse: bool) -> Pairs:
    """Return where pairs lead if they go on along a path."""
    between = graph.distinct(pairs.value)
    before = Pairs(pairs.at, np.searchsorted(between, pairs.value).astype(np.int32))
    return _distinct(graph, join(before, _walk(graph, between, path, inverse)))


def _closure(graph: Graph, found: Pairs, path: Path, inverse: bool) -> Pairs:
    """Return where pairs lead if they go on along a path again and again.

    Each step is looked for once, and each pair goes on once, so it takes about as long as what is found is long.
    """
    steps = _by_place(_steps(graph, found.value, path, inverse))
    known, fresh = _Known(), distinct(_keys(graph, found))
    while len(fresh):
        known.add(fresh)
        fresh = known.others(distinct(_keys(graph, _join_sorted(_pairs(graph, fresh), steps))))
    return _pairs(graph, known.all())


def _steps(graph: Graph, nodes: Numbers, path: Path, inverse: bool) -> Pairs:
    """Return the steps along a path, from term to term, that can be made from some nodes on, and maybe others."""
    while path.operator == "^":
        path, inverse = path.parts[0], not inverse
    if path.predicate is not None:
        return Pairs(*graph.step(path.predicate)[:: -1 if inverse else 1])
    seen, fresh, found = graph.flags(nodes), graph.distinct(nodes), []
    while len(fresh):
        pairs = _walk(graph, fresh, path, inverse)
        found.append((fresh[pairs.at], pairs.value))
        fresh = graph.distinct(pairs.value)
        fresh = fresh[~seen[fresh]]
        seen[fresh] = True
    return Pairs(*map(np.concatenate, zip(*found, strict=True))) if found else Pairs(nodes, nodes)


class _Known:
    """A growing set of keys, sorted in parts of which each is more than twice as long as the next.

    So a key is moved a few times only, and looked for in few parts.
    """

    def __init__(self) -> None:
        self._parts: list[_Keys] = []

    def add(self, keys: _Keys) -> None:
        """Add sorted keys that it does not have."""
        while self._parts and len(self._parts[-1]) <= 2 * len(keys):
            keys = np.sort(np.concatenate((self._parts.pop(), keys)), kind="stable")  # which merges
        self._parts.append(keys)

    def others(self, keys: _Keys) -> _Keys:
        """Return those of sorted keys that it does not have."""
        for part in self._parts:
            place = np.minimum(np.searchsorted(part, keys), len(part) - 1)
            keys = keys[part[place] != keys]
        return keys

    def all(self) -> _Keys:
        """Return all keys, in no order."""
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.int64)


def _distinct(graph: Graph, *several: Pairs) -> Pairs:
    return _pairs(graph, distinct(np.concatenate([_keys(graph, pairs) for pairs in several])))


def _keys(graph: Graph, pairs: Pairs) -> _Keys:
    """Return one number for each pair."""
    return pairs.at.astype(np.int64) * graph.size + pairs.value


def _pairs(graph: Graph, keys: _Keys) -> Pairs:
    at, value = np.divmod(keys, max(graph.size, 1))
    return Pairs(at.astype(np.int32), value.astype(np.int32))
