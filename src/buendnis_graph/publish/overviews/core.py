"""The part of the network that can be read at a glance: organisations in several alliances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from buendnis_graph.publish.overviews.facts import Facts
from buendnis_graph.publish.overviews.words import Words

MOST_ORGANISATIONS, MOST_ALLIANCES = 110, 70
"""So many fit on a drawing."""

Pairs = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Core:
    """Memberships by (member, alliance) with their state.

    Args:
        pairs: of members that are in so many alliances at least.
        least: this number.
        whole: whether these are all such memberships; if even the densest part is too large, it is a cutting.
    """

    pairs: Pairs
    least: int
    whole: bool = True


def core(facts: Facts) -> Core:
    """Return the memberships of organisations in two alliances, or in three, four …, if these are too many.

    Predecessor and successor are one alliance: who is in these two alone is in no two.

    If the last step leaves none, those in the most alliances are kept, among equals by name.
    """
    degree = facts.degree
    for least in range(2, max(degree.values(), default=1) + 1):
        pairs = {pair: state for pair, state in facts.memberships.items() if degree[pair[0]] >= least}
        if _fits(pairs):
            return Core(pairs, least)
    least = max([2, *degree.values()])
    dense = {pair: state for pair, state in facts.memberships.items() if degree[pair[0]] >= least}
    return Core(_cut(dense), least, whole=False) if dense else Core({}, 2)


def chains(facts: Facts, alliances: Iterable[str]) -> list[list[str]]:
    """Return what of some alliances is predecessor and successor, the first one first."""
    return [chain for chain in facts.chains.among(alliances) if len(chain) > 1]


def beside(facts: Facts, alliance: str, alliances: Iterable[str], words: Words) -> str:
    """Return the names of those of some alliances that are one with an alliance: its predecessors and successors."""
    of = [chain for chain in chains(facts, alliances) if alliance in chain]
    return ", ".join(facts.names[one][words.at] for chain in of for one in chain if one != alliance)


def _fits(pairs: Pairs) -> bool:
    members, alliances = ({pair[i] for pair in pairs} for i in (0, 1))
    return len(members) <= MOST_ORGANISATIONS and len(alliances) <= MOST_ALLIANCES


def _cut(pairs: Pairs) -> Pairs:
    """Return the memberships in the largest alliances, of so many members as fit."""
    size = Counter(alliance for _, alliance in pairs)
    alliances = set(sorted(size, key=lambda alliance: (-size[alliance], alliance))[:MOST_ALLIANCES])
    members = set(sorted({member for member, alliance in pairs if alliance in alliances})[:MOST_ORGANISATIONS])
    return {pair: state for pair, state in pairs.items() if pair[0] in members and pair[1] in alliances}
