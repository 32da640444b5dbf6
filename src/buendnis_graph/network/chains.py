"""Chains of predecessors and successors: the same alliance at different times, never two alliances that overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from buendnis_graph.dates import bounds

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Chains:
    """Who succeeded whom.

    Attributes:
        chain: the chain of each body that is in one, named after its first member by name.
        depth: how many successions lie before a body at most.
        begun: the earliest day on which a body can have succeeded another, where a source says when.
    """

    chain: dict[str, str]
    depth: dict[str, int]
    begun: dict[str, dt.date]

    def kept(self, alliances: set[str], at: dt.date | None) -> dict[str, str]:
        """Return which alliances give way, and to which of their chain.

        Args:
            alliances: those that would be in a network.
            at: the last day of the time asked for; a successor of a later day is not there yet.
        """
        given_way: dict[str, str] = {}
        for chain in self.among(alliances):
            there = [a for a in chain if at is None or self.begun.get(a, at) <= at] or chain
            latest = max(there, key=lambda a: (self.depth[a], a))
            given_way |= {alliance: latest for alliance in chain if alliance != latest}
        return given_way

    def among(self, alliances: Iterable[str]) -> list[list[str]]:
        """Return those of some alliances that are in a chain, chain by chain, the first predecessor first."""
        members: dict[str, list[str]] = {}
        for alliance in sorted(self.chain.keys() & set(alliances), key=lambda a: (self.depth[a], a)):
            members.setdefault(self.chain[alliance], []).append(alliance)
        return [members[chain] for chain in sorted(members)]


def find_chains(relations: pl.DataFrame) -> Chains:
    """Return the chains that the relation ``successor-of`` of the table ``relations`` tells, over any steps."""
    columns = relations.select("subject", "relation", "object", "date").iter_rows()
    return chained((new, old, date) for new, relation, old, date in columns if relation == "successor-of")


def chained(successions: Iterable[tuple[str, str, str | None]]) -> Chains:
    """Return the chains of successions: each a successor, its predecessor, and since when as far as a source says."""
    before: dict[str, set[str]] = {}
    begun: dict[str, dt.date] = {}
    for new, old, date in successions:
        if new != old:
            before.setdefault(new, set()).add(old)
            if date is not None:
                begun[new] = min(begun.get(new, bounds(date)[0]), bounds(date)[0])
    bodies = sorted(before.keys() | {old for olds in before.values() for old in olds})
    chain = {body: body for body in bodies}
    for new, olds in sorted(before.items()):
        for old in sorted(olds):
            keep, drop = sorted((chain[new], chain[old]))
            chain = {body: keep if of == drop else of for body, of in chain.items()}
    return Chains(chain, {body: _depth(body, before, frozenset()) for body in bodies}, begun)


def _depth(body: str, before: dict[str, set[str]], seen: frozenset[str]) -> int:
    """Return the longest way back; a circle, which no sound data has, ends it."""
    olds = before.get(body, set()) - seen - {body}
    return max((1 + _depth(old, before, seen | {body}) for old in olds), default=0)
