"""Role words of lists and the roles they are classed as."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from buendnis_graph.importing.words import table

ROLES = (
    "active",
    "carrier",
    "consortium-partner",
    "coordination",
    "endower",
    "founding-member",
    "initiator",
    "member",
)
_TABLE = {word: role for role, words in table("roles").items() for word in words}
_FORMER = re.compile(r"^(?:ehemalige[rs]?|früheres?|ausgetretene[rs]?|former|ex-?)\s*", re.IGNORECASE)
_GENDER = re.compile(r"(?:[*:_/]-?innen|[*:_/]-?in|innen)\b|(?<=[a-zäöü])Innen\b|(?<=[a-zäöü])In\b")
_PARTS = re.compile(r"\s*[;,/&]\s*|\s+(?:und|and|sowie)\s+")


@dataclass(frozen=True, slots=True)
class Role:
    """What a role word is classed as.

    Args:
        slug: of the role.
        known: whether the word is in the table.
        ended: whether the word says that it is over ("ehemaliges Mitglied").
    """

    slug: str
    known: bool
    ended: bool = False


def role_of(word: str) -> Role:
    """Return the role for a role word of a list; of several words in one cell the first known one decides.

    >>> role_of("Gründungsmitglied, Vorstandsorganisation").slug
    'founding-member'
    """
    text = unicodedata.normalize("NFC", word).strip()
    if text.lower() in ROLES:
        return Role(text.lower(), known=True)
    ended = _FORMER.match(text) is not None
    plain = re.sub(r"\s*\([^)]*\)", "", _FORMER.sub("", text))
    for part in [plain, *_PARTS.split(plain)]:
        slug = _TABLE.get(_normal(part))
        if slug:
            return Role(slug, known=True, ended=ended)
    return Role("member", known=False, ended=ended)


def _normal(word: str) -> str:
    base = _GENDER.sub("", word.strip())
    return re.sub(r"\s+", " ", base).lower().strip(" .:")
