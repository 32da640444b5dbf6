"""Entries of the registry that look alike."""

from __future__ import annotations

from dataclasses import dataclass

from buendnis_graph.evidence import Corpus
from buendnis_graph.resolving.compare import Likeness, compare
from buendnis_graph.resolving.index import Index, names_of
from buendnis_graph.resolving.model import Entry
from buendnis_graph.resolving.registry import entries, judgements


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two entries that may be one body."""

    one: Entry
    two: Entry
    score: float
    reasons: tuple[str, ...]


def look_alikes(corpus: Corpus, least: float) -> list[LookAlike]:
    """Return pairs of entries whose names are at least so alike, the likest first.

    Pairs of which a person has judged any name of one not to be the other are left out.
    """
    index = Index(entries(corpus))
    apart = judgements(corpus).not_same
    found = []
    for one in index.entries:
        others = {other.key: other for name in names_of(one) for other in index.candidates(name) if other.key > one.key}
        for two in others.values():
            if any(two.key in apart.get(n, ()) for n in one.names) or any(
                one.key in apart.get(n, ()) for n in two.names
            ):
                continue
            likeness = _likeness(one, two)
            if likeness.score >= least:
                found.append(LookAlike(one, two, likeness.score, likeness.reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.one.key, pair.two.key))


def _likeness(one: Entry, two: Entry) -> Likeness:
    return max((compare(a, b) for a in names_of(one) for b in names_of(two)), key=lambda likeness: likeness.score)
