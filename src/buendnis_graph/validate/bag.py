"""Triples that several files may say: each is in the graph once, as long as one says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox


class Bag:
    """A graph with a count for each triple."""

    def __init__(self) -> None:
        self._counts: dict[ox.Triple, int] = {}

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self._counts)

    def change(
        self, removed: Iterable[ox.Triple], added: Iterable[ox.Triple]
    ) -> tuple[list[ox.Triple], list[ox.Triple]]:
        """Count a change, and return the triples that left the graph and those that entered it."""
        before: dict[ox.Triple, bool] = {}
        counts = self._counts
        for triple in removed:
            before.setdefault(triple, True)
            counts[triple] -= 1
        for triple in added:
            before.setdefault(triple, triple in counts)
            counts[triple] = counts.get(triple, 0) + 1
        for triple in before:
            if counts.get(triple) == 0:
                del counts[triple]
        gone = [triple for triple, was in before.items() if was and triple not in counts]
        come = [triple for triple, was in before.items() if not was and triple in counts]
        return gone, come
