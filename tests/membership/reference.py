"""The rules of membership at a time, as slow and plain as they can be said: every course of events is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

from buendnis_graph.membership import Evidence, Verdict
from buendnis_graph.membership.standing import Interval

START = dt.date(2020, 1, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def answer(evidence: Evidence, at: Interval) -> Verdict:
    """Return the answer that all courses of events agree on."""
    seen = set(_courses(evidence, at))
    always_in, always_out = all(is_in for is_in, _ in seen), all(out for _, out in seen)
    if not seen or (always_in and always_out):
        return Verdict.UNKNOWN
    if always_in:
        return Verdict.YES
    return Verdict.NO if always_out else Verdict.UNKNOWN


def _courses(evidence: Evidence, at: Interval) -> Iterator[tuple[bool, bool]]:
    """Yield, for each possible course of events, whether the body is in and whether it is out."""
    for attested in product(*map(_days, evidence.attested)):
        for since, until in product(_maybe(evidence.since), _maybe(evidence.until)):
            if since is not None and any(since > d for d in attested):
                continue
            if until is not None and any(until < d for d in attested):
                continue
            if since is not None and until is not None and since > until:
                continue
            for absent in product(*map(_days, evidence.absent)):
                points = sorted([*attested, *(d for d in (since, until) if d is not None)])
                yield _is_in(points, absent, at), _is_out(since, until, absent, at)


def _is_in(points: list[dt.date], absent: tuple[dt.date, ...], at: Interval) -> bool:
    first, last = at
    if any(first <= d <= last for d in points):
        return True
    before, after = [d for d in points if d < first], [d for d in points if d > last]
    return bool(before and after) and not any(before[-1] < d < after[0] for d in absent)


def _is_out(since: dt.date | None, until: dt.date | None, absent: tuple[dt.date, ...], at: Interval) -> bool:
    first, last = at
    late, over = since is not None and since > last, until is not None and until < first
    return late or over or any(first <= d <= last for d in absent)


def _days(interval: Interval) -> list[dt.date]:
    first, last = interval
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _maybe(interval: Interval | None) -> list[dt.date] | list[None]:
    return [None] if interval is None else _days(interval)
