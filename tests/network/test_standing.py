"""Whether a membership held at a time."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from buendnis_graph.network.standing import holds_at

COLUMNS = ("since_earliest", "since_latest", "until_earliest", "until_latest", "first_attested", "last_attested")


def standing(first: str, last: str = "", **days: str) -> str:
    row = {name: dt.date.fromisoformat(days[name]) if name in days else None for name in COLUMNS}
    frame = pl.DataFrame([row], schema=dict.fromkeys(COLUMNS, pl.Date))
    judged = holds_at(frame, dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))
    return str(judged["standing"][0])


def whole(key: str, day: str) -> dict[str, str]:
    return {f"{key}_earliest": day, f"{key}_latest": day}


BETWEEN = {"first_attested": "2019-01-01", "last_attested": "2021-01-01"}
IN_2020 = {"first_attested": "2020-12-31", "last_attested": "2020-01-01"}


@pytest.mark.parametrize(
    ("first", "last", "days", "expected"),
    [
        ("2020-01-01", "", BETWEEN, "yes"),
        ("2018-12-31", "", BETWEEN, "unknown"),
        ("2021-01-02", "", BETWEEN, "unknown"),
        ("2020-06-01", "", IN_2020, "unknown"),
        ("2020-01-01", "2020-12-31", IN_2020, "yes"),
        ("2020-01-01", "2020-06-30", IN_2020, "unknown"),
        ("2019-12-31", "", whole("since", "2020-01-01"), "no"),
        ("2020-01-01", "", whole("since", "2020-01-01"), "yes"),
        ("2020-01-02", "", whole("since", "2020-01-01"), "unknown"),
        ("2020-01-02", "", whole("since", "2020-01-01") | whole("until", "2020-03-01"), "yes"),
        ("2020-03-02", "", whole("since", "2020-01-01") | whole("until", "2020-03-01"), "no"),
        ("2020-03-02", "", whole("until", "2020-03-01"), "no"),
        ("2020-01-01", "", {}, "unknown"),
    ],
)
def test_a_membership_stands_as_evidence_makes_sure(first: str, last: str, days: dict[str, str], expected: str) -> None:
    assert standing(first, last, **days) == expected
