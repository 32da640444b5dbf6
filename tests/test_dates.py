"""Dates: what a partial date can mean, and days given as options."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.dates import bounds, checked_day
from buendnis_graph.errors import UsageError


@given(st.dates())
def test_a_day_is_the_intersection_of_its_month_and_year(day: dt.date) -> None:
    text = day.isoformat()
    assert bounds(text) == (day, day)
    month, year = bounds(text[:7]), bounds(text[:4])
    assert year[0] <= month[0] <= day <= month[1] <= year[1]
    assert (month[0].day, (month[1] + dt.timedelta(days=1)).day if month[1] < dt.date.max else 1) == (1, 1)
    assert (year[0].isoformat()[5:], year[1].isoformat()[5:]) == ("01-01", "12-31")


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13", "2026-00", "20261125", "", "26", "2026-11-25T00:00", "2026-1", "٢٠٢٦"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bounds(text)


@pytest.mark.parametrize("text", ["2026", "2026-02-30", "20261125", "today", "2026-11-25T00:00", "2026-W48-3"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"--seen: .* is no day of the calendar"):
        checked_day(text, "--seen")


def test_a_day_is_never_taken_from_a_clock() -> None:
    with pytest.raises(UsageError, match="--date is missing"):
        checked_day(None, "--date")
    assert checked_day("2026-11-25", "--date") == "2026-11-25"
