"""What is compared, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What a listed name is taken for."""

    SAME = "same"
    """It is this entry of the registry, beyond reasonable doubt."""
    NEW = "new"
    """No entry resembles it."""
    UNSURE = "unsure"
    """A person must decide."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A body that a name may stand for.

    Args:
        key: its IRI, or another identifier that is unique in the index.
        names: all its names, the preferred one first.
        places: slugs of places it is known to be at (``ags-14713000``), or their names.
        websites: hosts of its websites, without ``www.``.
        legal_forms: slugs of legal forms stated for it (``ev``, ``ggmbh``).
        parents: names of the bodies that it is a part of (``org:subOrganizationOf``), as they are compared.
    """

    key: str
    names: tuple[str, ...]
    places: frozenset[str] = frozenset()
    websites: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """A name as a list spells it, with what the list says beside it."""

    name: str
    place: str = ""
    website: str = ""
    legal_form: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that resembles a listed name.

    Args:
        entry: the entry.
        score: 0 to 1; comparable between candidates.
        reasons: why, in words: what agrees and what speaks against it.
    """

    entry: Entry
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a listed name is taken for, and why."""

    listed: Listed
    outcome: Outcome
    entry: Entry | None = None
    candidates: tuple[Candidate, ...] = field(default=())
    reason: str = ""
