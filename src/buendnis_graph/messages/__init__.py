"""The words of errors and notes in German.

In the code they are English, with what is filled in as an f-string has it. The tables beside this module hold each such
text, ``{}`` for every gap, with the German one. A test sees to it that none is missing and none is left over.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from buendnis_graph.wording import read_toml

TABLES = (
    "cli",
    "click",
    "common",
    "importing",
    "linking",
    "links",
    "network",
    "publish",
    "queries",
    "serve",
    "validate",
)
"""Names of the tables: by part of the package, and one of what click itself says."""


def german_texts() -> dict[str, str]:
    """Return the German text of each English one; both with ``{}`` for gaps."""
    return {english: german for name in TABLES for english, german in read_toml(__file__, f"{name}.toml").items()}


def in_language(text: str, language: str) -> str:
    """Return a message in a language; what the tables don't know stays as it is, and so does what fills the gaps.

    Args:
        text: an English message, its gaps filled; of several lines, each may be a message of its own.
        language: ``de`` or ``en``.
    """
    if language != "de" or not text:
        return text
    whole = _german(text)
    return whole if whole is not None else "\n".join(_german(line) or line for line in text.split("\n"))


def _german(text: str) -> str | None:
    for parts, german in _by_length():
        if text.startswith(parts[0]) and text.endswith(parts[-1]):
            found = re.fullmatch("(.*?)".join(map(re.escape, parts)), text, re.DOTALL)
            if found:
                return german.format(*found.groups())
    return None


@cache
def _by_length() -> list[tuple[list[str], str]]:
    """Return what stands between the gaps of each English text, and the German one; those that say most come first."""
    known = [(_parts(english), german) for english, german in german_texts().items()]
    return sorted(known, key=lambda one: -sum(map(len, one[0])))


def _parts(template: str) -> list[str]:
    parts = [""]
    for literal, gap, _, _ in Formatter().parse(template):
        parts[-1] += literal
        if gap is not None:
            parts.append("")
    return parts
