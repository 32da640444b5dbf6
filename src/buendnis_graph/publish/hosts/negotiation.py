"""How a variant and a language are chosen by Accept and Accept-Language (RFC 9110, 12.5).

Servers choose by regular expressions that are made here; :func:`choose` does the same in Python, and tests hold them
to it. A weight is a text that sorts as its number does: ``1``, or ``0`` and the digits behind the point without
zeros at the end (``q=0.80`` is ``08``); ``0`` is "not acceptable". More digits than RFC 9110 allows are no weight:
without that bound a long row of zeros would keep a server busy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from buendnis_graph.publish.hosts.parts import Choice, languages, variants

_START, _END = r"(?:^|,)\s*", r"\s*(?:[;,]|$)"


def tests_of(choice: Choice) -> Iterator[tuple[str, str]]:
    """Return how to weigh a choice: regular expressions with the weight each means; the first that matches counts.

    They are to be matched without regard to case. ``$1`` in a weight is the first group.
    """
    for text in reversed(choice.ranges):
        literal = re.sub(r"([*+.])", r"[\1]", text)
        subtag = "(?:-[a-z0-9-]+)?" if choice in languages() and text != "*" else ""
        yield rf"{_START}{literal}{subtag}(?![^;,\s])(?![^,]*;\s*q=0){_END}", "1"
        yield rf"{_START}{literal}{subtag}\s*;(?:[^,]*;)?\s*q=0(?:[.]([0-9]{{0,3}}?)0{{0,3}})?{_END}", "0$1"


def compared() -> str:
    """Return a regular expression that matches ``A:B`` if weight A is above weight B."""
    digits = "|".join(f"{d}[0-9]*:\\1[0-{d - 1}]" for d in range(1, 10))
    return rf"^([0-9]*)(?:[0-9]+:\1$|{digits})"


def weight(choice: Choice, header: str) -> str:
    """Return the weight that a header gives a choice."""
    for pattern, value in tests_of(choice):
        if found := re.search(pattern, header, re.IGNORECASE):
            return value.replace("$1", (found.group(1) or "") if found.re.groups else "")
    return "0"


def choose(accept: str, accept_language: str) -> tuple[str, str]:
    """Return the folder and suffix of what a reader gets: ``("en/", ".html")``, ``("", ".ttl")``.

    What no header mentions has weight 0. The first of those with the highest weight wins, so a reader who accepts
    nothing that there is gets the German page: RFC 9110 lets a server answer so, and people can read it.
    """
    suffix = _best(variants(), accept)
    return (_best(languages(), accept_language) if suffix == ".html" else ""), suffix


def preferred(accept_language: str) -> str:
    """Return the language in which programs' texts are told: ``de`` to who would rather have that, else ``en``."""
    weights = {language.name: weight(language, accept_language) for language in languages()}
    return "de" if weights["de"] > weights["en"] else "en"


def _best(choices: Sequence[Choice], header: str) -> str:
    best = choices[0]
    for choice in choices[1:]:
        if weight(choice, header) > weight(best, header):
            best = choice
    return best.adds
