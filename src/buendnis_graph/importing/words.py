"""Words by which organisations, persons and columns are told apart."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> dict[str, list[str]]:
    """Return a table of ``words.toml``."""
    text = files("buendnis_graph.importing").joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)[name]
    return found


_ORGANISATIONS, _PERSONS = table("organisations"), table("persons")
_FORMS = "|".join(_ORGANISATIONS["legal_forms"])
_ORGANISATION = re.compile(rf"\b(?:{_FORMS})(?=\W|$)|{'|'.join(_ORGANISATIONS['anywhere'])}", re.IGNORECASE)
_HEAD = re.compile(rf"\b(?:\w*(?:{'|'.join(_ORGANISATIONS['at_end'])})|{_FORMS})(?=\W|$)", re.IGNORECASE)
_CHROME = re.compile(rf"(?:{'|'.join(table('furniture')['words'])})", re.IGNORECASE)
_TITLE = re.compile(rf"(?:{'|'.join(_PERSONS['titles'])})(?:\s|-|$)", re.IGNORECASE)
_GIVEN = frozenset(_PERSONS["given"])
_WORD = r"[A-ZÄÖÜÀ-Ý][a-zäöüßà-ÿ'’]+(?:-[A-ZÄÖÜÀ-Ý][a-zäöüßà-ÿ'’]+)?"
_PARTICLE = r"(?:(?:von|van|de|der|den|zu|zur|al|el|ben|del|di)\s+)*"
_SURNAME_FIRST = re.compile(
    rf"{_PARTICLE}{_WORD}\s*,\s*(?:(?:Dr\.|Prof\.)\s*)*(?P<given>{_WORD}(?:\s+(?:{_WORD}|[A-Z]\.))?)"
)
_TWO_OR_THREE = re.compile(rf"(?P<given>{_WORD})(?:\s+(?:{_WORD}|[A-Z]\.))?\s+{_PARTICLE}{_WORD}")


def has_organisation_word(text: str) -> bool:
    """Return whether a text holds a word that names of organisations hold and names of persons do not."""
    return _ORGANISATION.search(unicodedata.normalize("NFC", text)) is not None


def looks_like_organisation(text: str) -> bool:
    """Return whether a text has the shape of a name, and a word of an organisation in it."""
    return looks_like_name(text) and has_organisation_word(text)


def looks_like_name(text: str) -> bool:
    """Return whether a text has the shape of a name: short, no sentence, nothing of a page's furniture."""
    stripped = text.strip()
    return 1 < len(stripped) <= 200 and not _CHROME.fullmatch(stripped) and not stripped.endswith((":", "…", "?", "!"))


def looks_like_person(text: str, places: frozenset[str] = frozenset()) -> bool:
    """Return whether a text looks like the name of a person and not like that of an organisation.

    Args:
        text: the text.
        places: names of places, lower case; "Miteinander, Magdeburg" is no surname with a first name.
    """
    name = unicodedata.normalize("NFC", text).strip()
    surname_first = _SURNAME_FIRST.fullmatch(name)
    if surname_first and surname_first["given"].split()[0].partition("-")[0] in _GIVEN:
        return True
    if _HEAD.search(name):
        return False
    if _TITLE.match(name):
        return True
    if surname_first:
        return surname_first["given"].casefold() not in places and not has_organisation_word(name)
    given_first = _TWO_OR_THREE.fullmatch(name)
    return given_first is not None and given_first["given"].partition("-")[0] in _GIVEN
