"""Dates of a list, in the precision they have: a day, a month or a year, never more."""

from __future__ import annotations

import datetime
import re

import pyoxigraph as ox

from buendnis_graph.dates import TYPES
from buendnis_graph.namespaces import expand

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan",
            "februar feber february feb",
            "märz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_FORMS = (
    re.compile(r"(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[ T]00:00(?::00)?)?"),
    re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2})[/.]\s?(?P<y>\d{4})"),
    re.compile(r"(?P<n>[A-Za-zäÄ]+)\.?\s+(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})\.?\s+(?P<n>[A-Za-zäÄ]+)\.?\s+(?P<y>\d{4})"),
)
_LEAD = re.compile(r"^(?:mitglied\s+)?(?:seit|ab|since|from|im|in|am|bis|until|till|to)\s+", re.IGNORECASE)


def parse_date(text: str) -> str | None:
    """Return a date in the lexical form of XML Schema, or None if it is none that can be kept.

    27/03/2023 is none: nobody knows which of two days 03/04/2023 is.

    >>> parse_date("27.03.2023"), parse_date("März 2023"), parse_date("03/2023"), parse_date("seit 2019")
    ('2023-03-27', '2023-03', '2023-03', '2019')
    """
    plain = _LEAD.sub("", text.strip())
    for form in _FORMS:
        match = form.fullmatch(plain)
        if match:
            return _checked(match.groupdict())
    return None


def _checked(parts: dict[str, str | None]) -> str | None:
    year = int(parts["y"] or 0)
    named, number, day = parts.get("n"), parts.get("m"), parts.get("d")
    month = _MONTHS.get(named.lower()) if named else int(number) if number else 0
    if month is None or not 1800 <= year <= 2100 or (month and month > 12) or (number and not month):
        return None
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return datetime.date(year, month, int(day)).isoformat()
    except ValueError:
        return None


def literal(lexical: str) -> ox.Literal:
    """Return a date in lexical form as a typed literal."""
    return ox.Literal(lexical, datatype=expand(TYPES[len(lexical)]))


def is_before(one: str, other: str) -> bool:
    """Return whether the last day one date can mean lies before the first day of the other."""
    return one[: len(other)] < other[: len(one)]
