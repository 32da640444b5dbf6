"""Which bodies are worth comparing: those that share rare words, in any language, an acronym or a website."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from buendnis_graph.linking.body import Body
from buendnis_graph.resolving.translated import traces

Traces = tuple[frozenset[str], ...]
"""Of each word of a name, what it leaves."""

_POOL = 400
"""Names are gathered by their rarest traces first, until there are so many."""
_COMPARED = 25
"""So many bodies are compared in full."""


class Candidates:
    """An index over bodies by traces of their names, acronyms and websites.

    Args:
        bodies: of one data set; their keys must differ.
        asking: the bodies of the other, which are asked for.
    """

    def __init__(self, bodies: Iterable[Body], asking: Iterable[Body] = ()) -> None:
        self.bodies = list(bodies)
        self.hosts = _hosts(self.bodies) | _hosts(asking)
        """How many bodies of one data set share a host, the larger number of the two."""
        self._names: list[tuple[int, Traces, frozenset[str]]] = []
        self._by_trace: dict[str, list[int]] = {}
        self._by_mark: dict[str, list[int]] = {}
        for number, body in enumerate(self.bodies):
            for mark in marks_of(body):
                self._by_mark.setdefault(mark, []).append(number)
            short = _short(body)
            for left in dict.fromkeys(traces(name.words) for name in body.names):
                every = short.union(*left)
                for trace in every:
                    self._by_trace.setdefault(trace, []).append(len(self._names))
                self._names.append((number, left, every))
        self._rarity = {
            trace: math.log((len(self._names) + 1) / (len(having) + 0.5)) for trace, having in self._by_trace.items()
        }
        self._unheard = math.log(2 * (len(self._names) + 1))
        """How telling a trace is: the logarithm of how few names leave it."""

    def likest(self, body: Body) -> list[tuple[Body, float]]:
        """Return the bodies worth comparing with one, each with the share of telling words they have in common."""
        found: dict[int, float] = {}
        for name in body.names:
            for number, share in self._likest_names(traces(name.words), _short(body)):
                found[number] = max(found.get(number, 0.0), share)
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_COMPARED]
        marked = Counter(n for mark in marks_of(body) for n in self._by_mark.get(mark, ())[:_COMPARED])
        worth = {number for number, _ in ranked} | {number for number, _ in marked.most_common(_COMPARED)}
        return [(self.bodies[number], found.get(number, 0.0)) for number in sorted(worth)]

    def _likest_names(self, own: Traces, short: frozenset[str]) -> list[tuple[int, float]]:
        """Return numbers of bodies with the share that a name of theirs has in common with a name.

        What stands in one name and is an acronym of the other body is in common, too.
        """
        every = short.union(*own)
        pool: set[int] = set()
        for trace in sorted(every, key=lambda trace: (len(self._by_trace.get(trace, ())), trace)):
            having = self._by_trace.get(trace, ())
            if pool and len(pool) + len(having) > _POOL:
                break
            pool.update(having)
        shares = []
        for place in sorted(pool):
            number, other, others = self._names[place]
            shares.append((number, (self._common(own, others) + self._common(other, every)) / 2))
        return shares

    def _common(self, word_traces: Traces, others: frozenset[str]) -> float:
        """Return the share of a name's words, weighed by how rare they are, that leave a trace in another."""
        weights = [min(self._rarity.get(trace, self._unheard) for trace in word) for word in word_traces]
        common = sum(weight for word, weight in zip(word_traces, weights, strict=True) if word & others)
        return common / sum(weights) if weights else 0.0


def _short(body: Body) -> frozenset[str]:
    """Return traces of the acronyms of a body."""
    return frozenset().union(*(trace for acronym in body.acronyms for trace in traces((acronym,))))


def _hosts(bodies: Iterable[Body]) -> Counter[str]:
    return Counter(host for body in bodies for host in body.entry.websites)


def marks_of(body: Body) -> frozenset[str]:
    """Return what else a body is found by: its acronyms, names run together, and hosts."""
    joined = {name.joined for name in body.names if name.joined}
    return body.acronyms | joined | {f"//{host}" for host in body.entry.websites}
