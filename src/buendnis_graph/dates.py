"""Dates as sources give them: a year, a month or a day; and the first and last day each can mean."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


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
