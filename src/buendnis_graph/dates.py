"""Dates as sources give them: a year, a month or a day; and the first and last day each can mean."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from buendnis_graph.errors import UsageError

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""The datatype of a date by its length."""


def is_date(text: str) -> bool:
    """Return whether a text is a year, month or day of the calendar, without a time zone."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def bounds(date: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a date can mean.

    Args:
        date: ``2023``, ``2023-03`` or ``2023-03-27``.

    Raises:
        ValueError: if it is none of these, or no such day exists.
    """
    match = _PARTIAL.fullmatch(date)
    if match is None:
        raise ValueError(f"'{date}' is no year, month or day.")
    year, month, day = int(match[1]), match[2], match[3]
    first_month, last_month = (int(month), int(month)) if month else (1, 12)
    if day:
        return (dt.date(year, first_month, int(day)),) * 2
    if not 1 <= last_month <= 12:
        raise ValueError(f"'{date}' has no such month.")
    return dt.date(year, first_month, 1), dt.date(year, last_month, calendar.monthrange(year, last_month)[1])


def checked_day(text: str | None, option: str) -> str:
    """Return a day as it was given for an option of the command line; no clock is ever asked instead.

    Raises:
        UsageError: if it is missing or no day of the calendar.
    """
    if not text:
        raise UsageError(f"{option} is missing.", hint=f"For example: {option} 2026-11-25 (no clock is asked).")
    if len(text) == 10 and is_date(text):
        return text
    raise UsageError(f"{option}: '{text}' is no day of the calendar.", hint=f"For example: {option} 2026-11-25")
