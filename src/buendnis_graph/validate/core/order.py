"""Which of two literals comes first, as SPARQL's ``<`` has it; many can't be compared."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import XSD_STRING
from buendnis_graph.validate.core.lexical import RANGES, XSD, is_valid

Comparable = tuple[str, Any]
"""What kind of value a literal stands for, and the value; only values of one kind are compared."""

_TEXTS = {XSD_STRING.value, XSD + "anyURI"}
_DATED = {XSD + "date", XSD + "dateTime", XSD + "time"}
_PARTS = re.compile(r"(?:(-?\d+)-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d):(\d\d(?:\.\d+)?))?(?:Z|([+-])(\d\d):(\d\d))?")
_LEEWAY = 14 * 3600
"""Seconds by which a time without a zone may be earlier or later than it looks."""


def comparable(term: object) -> Comparable | None:
    """Return what a term is compared by; None if it can't be compared, like whatever is ill-typed."""
    if not isinstance(term, ox.Literal):
        return None
    datatype, text = term.datatype.value, term.value
    if term.language:
        return f"@{term.language}", text
    if datatype in _TEXTS:
        return datatype, text
    if not is_valid(datatype, text):
        return None
    if datatype in RANGES or datatype == XSD + "decimal":
        return "number", Decimal(text)
    if datatype in (XSD + "double", XSD + "float"):
        return "number", float(text)
    if datatype == XSD + "boolean":
        return "boolean", text in ("true", "1")
    if datatype in _DATED:
        return datatype, _instant(text)
    return None


def compare(one: Comparable | None, other: Comparable | None) -> int | None:
    """Return -1 if a value comes before another, 0 if they are equal, 1 if it comes after; None if none can be told."""
    if one is None or other is None or one[0] != other[0]:
        return None
    kind, a, b = one[0], one[1], other[1]
    if kind == "number" and type(a) is not type(b):
        a, b = float(a), float(b)
    if kind in _DATED:
        (a, a_zoned), (b, b_zoned) = a, b
        if a_zoned != b_zoned and abs(a - b) <= _LEEWAY:
            return None
    if a == b:
        return 0
    return -1 if a < b else 1 if a > b else None


def _instant(text: str) -> tuple[Decimal, bool]:
    """Return the seconds from a fixed instant to that of a date, a time or both, and whether it says its zone."""
    parts = _PARTS.fullmatch(text)
    assert parts is not None  # noqa: S101 - the text is valid
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = parts.groups(default="0")
    seconds = _days(int(Decimal(year)), int(month), int(day)) * 86_400
    at = int(hour) % 24 if year == "0" else int(hour)  # where no day is named, 24:00:00 is where it begins
    seconds += at * 3600 + int(minute) * 60
    zone = int(zone_hour) * 3600 + int(zone_minute) * 60
    zoned = text.endswith("Z") or sign != "0"
    return seconds + Decimal(second) - (-zone if sign == "-" else zone), zoned


def _days(year: int, month: int, day: int) -> int:
    """Return the number of a day in the Gregorian calendar, which goes on before it was introduced."""
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day
