"""Which of two literals comes first, as SPARQL's ``<`` has it; many can't be compared."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from itertools import accumulate
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
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Arithmetic that rounds nothing, in time that grows with the digits alone: a year may have any number of them."""
_CYCLE = 400
"""Years after which the Gregorian calendar begins anew."""
_CYCLE_SECONDS = 146_097 * 86_400


def comparable(term: object) -> Comparable | None:
    """Return what a term is compared by; None if it can't be compared, like NaN and whatever is ill-typed."""
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
        return None if text == "NaN" else ("number", float(text))
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
        if a_zoned != b_zoned and _EXACT.abs(_EXACT.subtract(a, b)) <= _LEEWAY:
            return None
    if a == b:
        return 0
    return -1 if a < b else 1 if a > b else None


class Ranks:
    """Many values in the order of :func:`compare`, so that one can be compared with all of them at once.

    Args:
        values: those that can be compared.
    """

    def __init__(self, values: Iterable[Comparable]) -> None:
        lines: dict[tuple[str, bool], list[Any]] = {}
        for line, point in map(_on_a_line, values):
            lines.setdefault(line, []).append(point)
        self._lines = {line: sorted(points) for line, points in lines.items()}
        ends = accumulate(map(len, self._lines.values()), initial=0)
        self._starts = dict(zip(self._lines, ends, strict=False))

    def of(self, value: Comparable) -> int:
        """Return the rank of one of the values; equal ones of one type share it."""
        line, point = _on_a_line(value)
        return self._starts[line] + bisect_left(self._lines[line], point)

    def after(self, value: Comparable, *, or_equal: bool) -> Iterator[tuple[int, int]]:
        """Yield the ranks of the values that come after one, or are equal to it: of each range its first, and its end.

        These are at most two, since what is compared is on no more than two lines: exact numbers and those of floating
        point, times with a zone and without.
        """
        (kind, is_other), point = _on_a_line(value)
        find = bisect_left if or_equal else bisect_right
        for line in ((kind, is_other), (kind, not is_other)):
            points = self._lines.get(line)
            if points is None:
                continue
            if line[1] == is_other:
                begin = find(points, point)
            elif kind in _DATED:
                begin = bisect_right(points, _EXACT.add(point, Decimal(_LEEWAY)))
            else:
                begin = find(points, float(point), key=float)
            if begin < len(points):
                yield self._starts[line] + begin, self._starts[line] + len(points)


def _on_a_line(value: Comparable) -> tuple[tuple[str, bool], Any]:
    """Return on which line of values, each before or after each other, a value stands, and where."""
    kind, worth = value
    if kind in _DATED:
        return (kind, worth[1]), worth[0]
    return (kind, isinstance(worth, float)), worth


def _instant(text: str) -> tuple[Decimal, bool]:
    """Return the seconds from a fixed instant to that of a date, a time or both, and whether it says its zone."""
    parts = _PARTS.fullmatch(text)
    assert parts is not None  # noqa: S101 - the text is valid
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = parts.groups(default="0")
    cycles, rest = _EXACT.divmod(Decimal(year), Decimal(_CYCLE))
    seconds = _days(int(rest), int(month), int(day)) * 86_400
    at = int(hour) % 24 if year == "0" else int(hour)  # where no day is named, 24:00:00 is where it begins
    seconds += at * 3600 + int(minute) * 60
    zone = int(zone_hour) * 3600 + int(zone_minute) * 60
    zoned = text.endswith("Z") or sign != "0"
    seconds -= -zone if sign == "-" else zone
    whole = _EXACT.fma(cycles, Decimal(_CYCLE_SECONDS), Decimal(seconds))
    return _EXACT.add(whole, Decimal(second)), zoned


def _days(year: int, month: int, day: int) -> int:
    """Return the number of a day in the Gregorian calendar, which goes on before it was introduced."""
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day
