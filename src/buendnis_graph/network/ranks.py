"""The best and worst rank of a body by number of memberships, over all networks that the evidence allows.

Rank 1 has most memberships; who has equally many shares a rank: it is one more than the number of those with more.

Best: the body takes a place wherever one is open to it, and all other open places go to bodies outside the graph. Then
only those precede it who have more already. This network is allowed, and in none can fewer precede it: exact.

Worst: the body takes no place, and as many others as possible get past it. Each needs a number of places in different
alliances, and places are limited. To satisfy as many as possible is, in general, as hard as set packing; but if a
maximum flow satisfies all at once, it is exact, and so it is where each needs only one place. Else the flow gives a
bound that no network exceeds, and a greedy choice one that some network reaches; where they meet it is exact again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rank:
    """The ranks a body can have.

    Attributes:
        best: exact.
        worst: no network gives it a worse one.
        exact: whether some network is known to give it that.
    """

    best: int
    worst: int
    exact: bool


def ranks(low: Sequence[int], open_to: Sequence[frozenset[int]], capacity: Mapping[int, int]) -> list[Rank]:
    """Return the ranks of bodies, in their order.

    Args:
        low: how many memberships each has for sure.
        open_to: in which alliances with open places each can take one.
        capacity: how many places are open in each alliance at most.
    """
    known: dict[tuple[int, frozenset[int]], tuple[int, bool]] = {}
    found = []
    for body, (least, alliances) in enumerate(zip(low, open_to, strict=True)):
        best = 1 + sum(other > least + len(alliances) for other in low)
        key = (least, alliances)
        # Bodies that are alike have the same others before them.
        if key not in known:
            rivals = [
                (least - low[other] + 1, open_to[other])
                for other in range(len(low))
                if other != body and low[other] <= least < low[other] + len(open_to[other])
            ]
            reached, at_most = most_satisfied(rivals, capacity)
            ahead = sum(other > least for other in low)
            known[key] = (1 + ahead + at_most, reached == at_most)
        found.append(Rank(best, *known[key]))
    return found


def most_satisfied(wishes: Sequence[tuple[int, frozenset[int]]], capacity: Mapping[int, int]) -> tuple[int, int]:
    """Return how many wishes can be met at once: a number that is reached, and one that is not exceeded.

    Args:
        wishes: of each how many places it needs, and in which alliances, one in each.
        capacity: the places of each alliance.
    """
    asking = dict.fromkeys(capacity, 0)
    for _, alliances in wishes:
        for alliance in alliances:
            asking[alliance] += 1
    if all(asking[alliance] <= places for alliance, places in capacity.items()):
        return len(wishes), len(wishes)
    needs = sorted(range(len(wishes)), key=lambda n: (wishes[n][0], len(wishes[n][1]), n))
    flow = _Flow([alliances for _, alliances in wishes], capacity)
    reached, given = 0, 0
    unmet = []
    for n in needs:
        before = flow.copy()
        got = sum(flow.place(n) for _ in range(wishes[n][0]))
        if got == wishes[n][0]:
            reached += 1
            given += got
        else:
            flow.taken = before
            unmet.append(n)
    for n in unmet:
        for _ in range(wishes[n][0]):
            given += flow.place(n)
    at_most = 0
    for n in needs:
        given -= wishes[n][0]
        if given < 0:
            break
        at_most += 1
    return reached, at_most


class _Flow:
    """Places given to bodies, at most one in each alliance; giving another one may move those given before."""

    def __init__(self, open_to: list[frozenset[int]], capacity: Mapping[int, int]) -> None:
        self._open_to, self._capacity = [sorted(alliances) for alliances in open_to], capacity
        self.taken: dict[int, set[int]] = {alliance: set() for alliance in capacity}

    def copy(self) -> dict[int, set[int]]:
        """Return who has which place now."""
        return {alliance: set(bodies) for alliance, bodies in self.taken.items()}

    def place(self, body: int) -> bool:
        """Give a body one place more, by a shortest augmenting path (Edmonds and Karp 1972); False if none is left."""
        came: dict[int, tuple[int, int | None]] = {}
        waiting: list[tuple[int, int | None]] = [(body, None)]
        for mover, leaving in waiting:
            for alliance in self._open_to[mover]:
                if alliance in came or mover in self.taken[alliance]:
                    continue
                came[alliance] = (mover, leaving)
                if len(self.taken[alliance]) < self._capacity[alliance]:
                    self._move(alliance, came)
                    return True
                waiting += [(other, alliance) for other in sorted(self.taken[alliance])]
        return False

    def _move(self, alliance: int | None, came: dict[int, tuple[int, int | None]]) -> None:
        while alliance is not None:
            mover, leaving = came[alliance]
            self.taken[alliance].add(mover)
            if leaving is not None:
                self.taken[leaving].discard(mover)
            alliance = leaving
