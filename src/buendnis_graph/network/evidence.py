"""What is known, possible and ruled out about who is in which alliance: the ground for bounds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from buendnis_graph.dates import bounds
from buendnis_graph.membership import FOUNDING, Verdict, is_over
from buendnis_graph.network.filters import Filters
from buendnis_graph.network.select import select
from buendnis_graph.network.sizes import stated_sizes
from buendnis_graph.network.source import Source
from buendnis_graph.network.standing import judged, rows_asked_for

COMPLETE, STATED, NOTHING = "complete-list", "stated", "nothing-stated"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of an alliance.

    Attributes:
        members: who is known to be in it.
        barred: who is known not to be in it; an alliance is not its own member.
        candidates: who alone can take an open place; None if all who are not barred can.
        low, high: how many places are open at least and at most.
        basis: what the number rests on: a complete list, a stated size, or nothing.
        unbounded: whether the stated size has no upper end.
        exceeded: whether more members are known than the stated size allows.
    """

    members: frozenset[str]
    barred: frozenset[str]
    candidates: frozenset[str] | None
    low: int
    high: int
    basis: str
    unbounded: bool = False
    exceeded: bool = False


def places(source: Source, filters: Filters, slack: float = 0.0) -> dict[str, Places]:
    """Return the places of each alliance that a network can rest on, whatever lists there are of it.

    An alliance with a complete list has no other members. Of others, memberships known are in, memberships known to
    be over (or not to hold at the time asked for) are out, as are bodies that were not there then, and open places are
    what the stated size leaves. A size without an upper end, or none at all, is taken as the smallest that the
    evidence allows, and larger by ``slack``.

    Args:
        source: the tables of a build.
        filters: what is asked for; its completeness does not matter.
        slack: by which share of itself a size without an upper end may be larger.
    """
    whole = select(source, replace(filters, completeness="any"))
    complete = select(source, replace(filters, completeness="complete"))
    closed_roles = {FOUNDING} if whole.filters.role == (FOUNDING,) else set()
    closed = set(complete.from_complete_lists) | {
        alliance for alliance, role in complete.lists.select("alliance", "role").iter_rows() if role in closed_roles
    }
    sizes = stated_sizes(source["counts"], whole.filters)
    unknown, out = _judged(source, whole.filters)
    members = _by_alliance(whole.memberships.select("alliance", "body").iter_rows())
    listed = _by_alliance(complete.memberships.select("alliance", "body").iter_rows())
    left = {a for one in whole.left_out if one.reason == "same-chain" for a in one.alliances}
    absent = _absent(source, whole.filters)
    found = {}
    for alliance in sorted((members.keys() | unknown.keys() - absent) - left):
        known = members.get(alliance, frozenset())
        if alliance in closed and alliance in listed:
            found[alliance] = Places(listed[alliance], frozenset(), frozenset(), 0, 0, COMPLETE)
        else:
            barred = (out.get(alliance, frozenset()) | absent) - known | {alliance}
            possible = unknown.get(alliance, frozenset()) - known - barred
            found[alliance] = _open(known, barred, possible, sizes.get(alliance), slack)
    return found


def _absent(source: Source, filters: Filters) -> frozenset[str]:
    """Return the bodies that were not there at the time asked for: founded later, or dissolved before."""
    if filters.at is None:
        return frozenset()
    first, last = filters.days()
    rows = source["bodies"].select("body", "founded_earliest", "dissolved").iter_rows()
    return frozenset(
        body
        for body, founded, dissolved in rows
        if (founded is not None and founded > last) or (dissolved is not None and bounds(dissolved)[1] < first)
    )


def _open(
    known: frozenset[str],
    barred: frozenset[str],
    possible: frozenset[str],
    size: tuple[int, int | None] | None,
    slack: float,
) -> Places:
    """Return the places of an alliance without a complete list."""
    low, stated = size or (len(known), None)
    least = max(low, len(known) + len(possible))
    high = math.floor(least * (1 + slack)) if stated is None else stated
    candidates = possible if size is None and slack == 0 else None
    return Places(
        known,
        barred,
        candidates,
        max(low - len(known), 0),
        max(high - len(known), 0),
        NOTHING if size is None else STATED,
        unbounded=size is not None and stated is None,
        exceeded=stated is not None and len(known) > stated,
    )


def _judged(source: Source, filters: Filters) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return by alliance who may have been in it at the time asked for, and who was not or (without a time) left."""
    asked, _ = source.asked_for(filters)
    rows = rows_asked_for(source, filters, asked)
    if filters.at is None:
        left = rows.filter(is_over())
        return {}, _by_alliance(left.select("alliance", "member").iter_rows())
    answers = judged(rows, source, filters)
    unknown, out = (
        _by_alliance(answers[verdict].select("alliance", "member").iter_rows())
        for verdict in (Verdict.UNKNOWN, Verdict.NO)
    )
    return unknown, {alliance: those - unknown.get(alliance, frozenset()) for alliance, those in out.items()}


def _by_alliance(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for alliance, body in pairs:
        found.setdefault(alliance, set()).add(body)
    return {alliance: frozenset(bodies) for alliance, bodies in found.items()}
