"""Whether one spell of membership holds at a time: yes, no or unknown.

The evidence leaves many courses of events possible. In each of them the membership begins and ends on certain days,
each attestation holds for a certain day between, and each complete list that lacks the body was drawn up on a certain
day. At a time T, in one course of events,

* the body **is in** if an attestation (or the beginning, or the end) falls within T, or if there is one before and one
  after T and no list without the body comes between those next to T;
* it **is out** if it begins only after T, has ended before T, or is missing from a complete list within T.

The answer is *yes* if it is in whatever the course of events, *no* if it is out whatever the course of events and can
be thought of as not being in, and *unknown* otherwise. What is neither in nor out is not told: a member attested once
is not a member ever after. T may be a day, a month or a year and is taken as one moment of that length.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Interval = tuple[dt.date, dt.date]
"""The first and the last day that something can have happened on."""

ALWAYS: Interval = (dt.date.min, dt.date.max)
_DAY = dt.timedelta(days=1)


class Verdict(StrEnum):
    """An answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why it is the answer."""

    ATTESTED = "attested"
    BETWEEN = "between"
    BEFORE_BEGINNING = "before-beginning"
    AFTER_END = "after-end"
    ABSENT = "absent-from-complete-list"
    CONTRADICTION = "contradiction"
    UNDATED = "undated"
    NOT_TOLD = "not-told"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one spell of membership.

    Attributes:
        attested: when each attestation holds; ``ALWAYS`` with a cut end for what is undated but was seen.
        absent: when each complete list that lacks the body was drawn up.
        since: when it begins, if a source says so.
        until: when it ends, if a source says so.
    """

    attested: tuple[Interval, ...] = ()
    absent: tuple[Interval, ...] = ()
    since: Interval | None = None
    until: Interval | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer and its reason."""

    verdict: Verdict
    reason: Reason


def standing(evidence: Evidence, at: Interval) -> Standing:
    """Return whether a spell of membership holds at a time.

    Args:
        evidence: what is known of it.
        at: the first and the last day of the time asked for.
    """
    possible = _narrowed(evidence)
    if possible is None:
        return Standing(Verdict.UNKNOWN, Reason.CONTRADICTION)
    is_in, out = not _can_be_elsewhere(possible, at), _always_out(possible, at)
    if is_in and out is not None:
        return Standing(Verdict.UNKNOWN, Reason.CONTRADICTION)
    if is_in:
        within = any(_within(point, at) for point in _points(possible))
        return Standing(Verdict.YES, Reason.ATTESTED if within else Reason.BETWEEN)
    if out is not None:
        return Standing(Verdict.NO, out)
    dated = evidence.since or evidence.until or any(first != dt.date.min for first, _ in evidence.attested)
    return Standing(Verdict.UNKNOWN, Reason.NOT_TOLD if dated else Reason.UNDATED)


def _narrowed(evidence: Evidence) -> Evidence | None:
    """Return the evidence with every interval cut to what the order of events allows; None if nothing is left.

    The beginning comes first and the end last, so that all at their first days, or all at their last, are possible.
    """
    since, until = evidence.since or ALWAYS, evidence.until or ALWAYS
    start = since[0]
    attested = [(max(first, start), last) for first, last in evidence.attested]
    end_first = max([until[0], start, *(first for first, _ in attested)])
    end_last = until[1]
    attested = [(first, min(last, end_last)) for first, last in attested]
    start_last = min([since[1], end_last, *(last for _, last in attested)])
    whole = [(start, start_last), (end_first, end_last), *attested]
    if any(first > last for first, last in whole):
        return None
    return Evidence(
        tuple(attested),
        evidence.absent,
        (start, start_last) if evidence.since else None,
        (end_first, end_last) if evidence.until else None,
    )


def _points(evidence: Evidence) -> list[Interval]:
    """Return when the body certainly was a member, each an unknown day of an interval."""
    ends = (evidence.since, evidence.until)
    return [*evidence.attested, *(end for end in ends if end is not None)]


def _within(inner: Interval, outer: Interval) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _can_be_elsewhere(evidence: Evidence, at: Interval) -> bool:
    """Return whether a course of events is possible in which the body is not in at a time."""
    points, (start, end) = _points(evidence), at
    if all(first < start for first, _ in points) or all(last > end for _, last in points):
        return True  # all before or all after (or nothing at all)
    return any(_parted(evidence, points, at, day) for absent in evidence.absent for day in _days_to_try(points, absent))


def _days_to_try(points: Iterable[Interval], absent: Interval) -> set[dt.date]:
    """Return the days of a list on which the answer can change."""
    first, last = absent
    days = {first, last}
    for begin, finish in points:
        days |= {begin + _DAY if begin < dt.date.max else begin, finish - _DAY if finish > dt.date.min else finish}
    return {day for day in days if first <= day <= last}


def _parted(evidence: Evidence, points: Iterable[Interval], at: Interval, day: dt.date) -> bool:
    """Return whether all points can lie outside a time, some before and some after, with a list of that day between."""
    before, after = min(at[0], day), max(at[1], day)
    if evidence.since is not None and not evidence.since[0] < before:
        return False
    if evidence.until is not None and not evidence.until[1] > after:
        return False
    return all(first < before or last > after for first, last in points)


def _always_out(evidence: Evidence, at: Interval) -> Reason | None:
    """Return why the body is out at a time whatever the course of events; None if it need not be."""
    if evidence.since is not None and evidence.since[0] > at[1]:
        return Reason.BEFORE_BEGINNING
    if evidence.until is not None and evidence.until[1] < at[0]:
        return Reason.AFTER_END
    return Reason.ABSENT if any(_within(absent, at) for absent in evidence.absent) else None
