"""Dates and numbers as people write them, in the precision of the source."""

from __future__ import annotations

import re

from buendnis_graph import wording
from buendnis_graph.publish.site.texts import texts

_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")


def date_words(date: str, language: str) -> str:
    """Return a year, month or day in words: ``2023-03`` becomes *März 2023*. What is no date stays as it is.

    >>> date_words("2023-03-27", "en")
    '27 March 2023'
    """
    match = _DATE.fullmatch(date)
    if match is None:
        return date
    year, month, day = match.groups()
    if month is None:
        return year
    names = texts(language)["months"]
    name = names[int(month) - 1] if 1 <= int(month) <= len(names) else month
    form = texts(language)["date_day" if day else "date_month"]
    return str(form.format(day=int(day or 0), month=name, year=year))


def number_words(number: int, language: str) -> str:
    """Return a number with the language's mark between thousands (none below 10,000: German practice)."""
    if abs(number) < 10_000:
        return str(number)
    return wording.number(number, language)


_CONTROLS = re.compile("[\u0000-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain_line(text: str, limit: int = 0) -> str:
    """Return a text for a place that can't isolate it, such as a title: without control and direction marks.

    Args:
        text: any text.
        limit: characters kept; 0 keeps all. A text cut off ends with an ellipsis.
    """
    cleaned = " ".join(_CONTROLS.sub(" ", text).split())
    return cleaned if not limit or len(cleaned) <= limit else cleaned[: limit - 1].rstrip() + "…"
