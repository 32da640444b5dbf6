"""Scales keep the order of days and numbers."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.plots.axis import Numbers, Years

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_days_lie_on_the_scale_in_their_order(days: list[dt.date]) -> None:
    scale = Years(days, 10, 200)
    places = [scale.x(day) for day in sorted(days)]
    assert places == sorted(places)
    assert all(10 <= place <= 200 for place in places)
    named = [scale.at(year) for year in scale.ticks()]
    assert all(10 <= place <= 200.001 for place in named)


@given(st.integers(1, 100_000))
def test_numbers_start_at_zero_and_leave_room_above(largest: int) -> None:
    scale = Numbers(largest, 100, 0)
    assert scale.y(0) == 100
    assert 0 < scale.y(largest) < 100
    assert 2 <= len(scale.ticks()) <= 8
    assert scale.ticks()[-1] > largest
