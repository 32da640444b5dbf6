"""Yes, no or unknown: against a plain reference, and case by case."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from buendnis_graph.dates import bounds
from buendnis_graph.membership import Evidence, Reason, Standing, Verdict, standing
from buendnis_graph.membership.standing import Interval
from tests.membership.reference import answer, day


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval in a calendar of eight days; single days as often as longer ones."""
    first = draw(st.integers(0, 7))
    return day(first), day(draw(st.one_of(st.just(first), st.integers(first, 7))))


EVIDENCE = st.builds(
    Evidence,
    st.lists(intervals(), max_size=3).map(tuple),
    st.lists(intervals(), max_size=2).map(tuple),
    st.none() | intervals(),
    st.none() | intervals(),
)


@settings(max_examples=3000, deadline=None)
@given(EVIDENCE, intervals())
@example(Evidence(((day(0), day(0)), (day(4), day(4))), ((day(2), day(2)),)), (day(1), day(1)))
@example(Evidence(((day(0), day(0)), (day(4), day(4))), ((day(2), day(5)),)), (day(1), day(1)))
def test_the_answer_is_that_of_all_courses_of_events(evidence: Evidence, at: Interval) -> None:
    expected = answer(evidence, at)
    event(expected)
    assert standing(evidence, at).verdict is expected


@settings(max_examples=1000, deadline=None)
@given(EVIDENCE, st.lists(intervals(), max_size=2), intervals())
def test_more_attestations_never_turn_yes_into_no(evidence: Evidence, more: list[Interval], at: Interval) -> None:
    before = standing(evidence, at).verdict
    after = standing(Evidence((*evidence.attested, *more), evidence.absent, evidence.since, evidence.until), at).verdict
    assert (before, after) != (Verdict.YES, Verdict.NO)


@settings(max_examples=500, deadline=None)
@given(EVIDENCE, intervals(), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(evidence: Evidence, at: Interval, random: object) -> None:
    attested, absent = list(evidence.attested), list(evidence.absent)
    random.shuffle(attested)  # type: ignore[attr-defined]
    random.shuffle(absent)  # type: ignore[attr-defined]
    assert standing(evidence, at) == standing(
        Evidence(tuple(attested), tuple(absent), evidence.since, evidence.until), at
    )


def _of(*dates: str) -> tuple[Interval, ...]:
    return tuple(map(bounds, dates))


@pytest.mark.parametrize(
    ("evidence", "at", "verdict", "reason"),
    [
        (Evidence(_of("2023-03")), "2023-03", Verdict.YES, Reason.ATTESTED),
        (Evidence(_of("2023-03-27")), "2023", Verdict.YES, Reason.ATTESTED),
        (Evidence(_of("2023")), "2023-03", Verdict.UNKNOWN, Reason.NOT_TOLD),
        (Evidence(_of("2019", "2024-05")), "2022", Verdict.YES, Reason.BETWEEN),
        (Evidence(_of("2019")), "2022", Verdict.UNKNOWN, Reason.NOT_TOLD),
        (Evidence(((dt.date.min, dt.date(2026, 11, 22)),)), "2022", Verdict.UNKNOWN, Reason.UNDATED),
        (Evidence(_of("2024"), since=bounds("2021")), "2022", Verdict.YES, Reason.BETWEEN),
        (Evidence(_of("2024"), since=bounds("2021")), "2020", Verdict.NO, Reason.BEFORE_BEGINNING),
        (Evidence(since=bounds("2021"), until=bounds("2023")), "2022", Verdict.YES, Reason.BETWEEN),
        (Evidence(since=bounds("2021"), until=bounds("2023")), "2024-01-01", Verdict.NO, Reason.AFTER_END),
        (Evidence(_of("2019"), _of("2021-06")), "2021-06", Verdict.NO, Reason.ABSENT),
        (Evidence(_of("2019", "2023"), _of("2021-06")), "2021-06", Verdict.NO, Reason.ABSENT),
        (Evidence(_of("2019", "2023"), _of("2021-06")), "2020", Verdict.UNKNOWN, Reason.NOT_TOLD),
        (Evidence(_of("2021-06"), _of("2021-06")), "2021-06", Verdict.UNKNOWN, Reason.CONTRADICTION),
        (Evidence(_of("2019"), since=bounds("2021")), "2020", Verdict.UNKNOWN, Reason.CONTRADICTION),
        (Evidence(), "2020", Verdict.UNKNOWN, Reason.UNDATED),
    ],
)
def test_partial_dates(evidence: Evidence, at: str, verdict: Verdict, reason: Reason) -> None:
    assert standing(evidence, bounds(at)) == Standing(verdict, reason)
