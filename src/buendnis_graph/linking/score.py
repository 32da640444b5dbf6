"""How probable it is that two bodies are one, what each finding adds to it, and whether that is enough to accept."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.candidates import Candidates
from buendnis_graph.linking.features import Comparison, Feature, compare_bodies
from buendnis_graph.wording import read_toml

ACCEPTED = 0.95
"""From this score on a link is accepted without asking."""
PROPOSED = 0.2
"""From this score on a person is asked."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one finding adds to the logarithm of the odds."""

    name: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A body of the other data set that one of ours may be.

    Args:
        body: the candidate.
        score: how probable it is that they are one, 0 to 1; 0.9 is right nine times in ten.
        contributions: the findings with their weights, the strongest first.
        reasons: why the names are alike: codes of :mod:`buendnis_graph.resolving.reasons`.
        conflict: code of what excludes that it is accepted; empty if nothing does.
    """

    body: Body
    score: float
    contributions: tuple[Contribution, ...]
    reasons: tuple[str, ...]
    conflict: str

    @property
    def is_certain(self) -> bool:
        """Whether it is accepted without asking."""
        return self.score >= ACCEPTED and not self.conflict and not self.body.is_gone


def matches(ours: Body, index: Candidates, apart: frozenset[tuple[str, str]] = frozenset()) -> list[Match]:
    """Return whom a body may be, the likest first.

    Args:
        ours: the body.
        index: bodies of the other data set.
        apart: pairs of our key and theirs that a person has judged not to be the same.

    At most one candidate is the body; so each one's odds are weighed against those of all others and of none. Two that
    are equally like it get less than one half each.
    """
    found = [
        (theirs, compare_bodies(ours, theirs, words, index.hosts))
        for theirs, words in index.likest(ours)
        if (ours.entry.key, theirs.entry.key) not in apart
    ]
    return weigh(found)


def weigh(found: Iterable[tuple[Body, Comparison]]) -> list[Match]:
    """Return compared candidates with their scores, the likest first."""
    told = [(theirs, comparison, contributions(comparison)) for theirs, comparison in found]
    odds = [math.exp(_weights()["prior"]["none"] + sum(c.weight for c in parts)) for _, _, parts in told]
    whole = 1 + sum(odds)
    scored = [
        Match(
            theirs,
            round(own / whole, 4),
            parts,
            comparison.reasons,
            comparison.conflict,
        )
        for (theirs, comparison, parts), own in zip(told, odds, strict=True)
    ]
    return sorted(scored, key=lambda match: (-match.score, match.body.entry.key))


def contributions(comparison: Comparison) -> tuple[Contribution, ...]:
    """Return what each finding adds, the strongest first."""
    weights = _weights()
    found = [*comparison.features, *([Feature("conflict", comparison.conflict)] if comparison.conflict else [])]
    parts = [Contribution(one.name, one.level, round(weights[one.name][one.level] * one.amount, 2)) for one in found]
    return tuple(sorted(parts, key=lambda part: (-abs(part.weight), part.name)))


def _weights() -> dict[str, dict[str, float]]:
    return read_toml(__file__, "weights.toml")
