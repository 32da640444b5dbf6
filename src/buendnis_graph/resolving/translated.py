"""Whether an English and a German name say the same: each word of one is a word, or a part of a compound, of the other.

A small dictionary (``translations.toml``) knows the words of organisations' names; words that are cognates meet by
their beginnings after both have been spelled alike (Oncology, Onkologie). German compounds are cut at what the English
words may be in German, so that no dictionary of compounds is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from buendnis_graph.resolving.lexicon import STOP_WORDS, WEAK_WORDS
from buendnis_graph.wording import read_toml

_COGNATE = 4
"""Letters that two words must have in common from their beginning to be cognates."""
_COGNATE_SHARE = 0.6
"""Of the English word, so much must be in common."""
_ENDING = re.compile(
    r"(?:is|likh|ig|al|el|ist|iv|ar|ie|ik|ion|ung|itet|um|ur|or|ent|ant|enz|i|a|o|t)?(?:e[nrsm]?|s|n|innen)?"
)
"""What may follow a part of a compound, spelled alike: Recht|s, Chem|ische, biolog|ischen."""
_LONGEST_ENDING = 6
_LONG = 5
"""A German word of so many letters is found also where a compound does not begin with it."""
_PARTS = 4
"""A compound has so many parts at most."""
_MOST_WORDS, _LONGEST_WORD = 40, 80
"""Names beyond these are no names, and would take long."""
_TRACE = 4
"""So many letters of a word are a trace of it: names that share traces are worth comparing."""

_ALIKE = tuple(
    (re.compile(pattern), alike)
    for pattern, alike in (
        ("sch", "s"), ("ae", "e"), ("oe", "e"), ("ue", "u"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("qu", "kv"),
        ("ck", "k"), ("c(?=[eiy])", "z"), ("c", "k"), ("y", "i"), ("w", "v"), ("x", "ks"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_ENGLISH_ONLY = frozenset("of the and at".split())
_MORE_STOP_WORDS = frozenset("at on its by to as sowie e v mbh co kg ltd inc".split())


_Units = tuple[tuple[str, tuple[str, ...]], ...]
_Covered = tuple[float, frozenset[int]]
_ROUGH = "~"
_ROUGHLY = 0.75
"""A German word that stands only roughly for an English one counts for so much: see the dictionary."""


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[str, ...]]:
    tables = read_toml(__file__, "translations.toml")
    return {word: tuple(german.split()) for table in tables.values() for word, german in table.items()}


def german_for(word: str) -> tuple[str, ...]:
    """Return the German words, folded, that an English word of the dictionary may stand for; none for others."""
    return tuple(german.strip(_ROUGH) for german in _dictionary().get(word, ()))


@lru_cache(maxsize=65_536)
def spelled_alike(word: str) -> str:
    """Return a folded word as both languages would spell it: oncology and onkologie begin alike."""
    for pattern, alike in _ALIKE:
        word = pattern.sub(alike, word)
    return word


def is_english(spoken: tuple[str, ...]) -> bool:
    """Return whether a name's words look English: function words, or words of the dictionary that are not German."""
    known = _dictionary()
    return any(word in _ENGLISH_ONLY or (word in known and word not in known[word]) for word in spoken)


@lru_cache(maxsize=65_536)
def _english_units(words: tuple[str, ...]) -> _Units:
    """Return the words, or phrases of them, with what they may be in German; all spelled alike."""
    known, units, at = _dictionary(), [], 0
    told = [word for word in words if not _is_free(word)]
    while at < len(told):
        size = next((n for n in (3, 2) if "-".join(told[at : at + n]) in known and at + n <= len(told)), 1)
        phrase = "-".join(told[at : at + size])
        german = known.get(phrase) or known.get(phrase.removesuffix("s"), ())
        units.append((spelled_alike(phrase), tuple(map(spelled_alike, german))))
        at += size
    return tuple(dict.fromkeys(units))


def _is_free(word: str) -> bool:
    return word in STOP_WORDS or word in WEAK_WORDS or word in _MORE_STOP_WORDS or word == "germany"


@lru_cache(maxsize=65_536)
def shared_in_translation(english: tuple[str, ...], german: tuple[str, ...]) -> float:
    """Return the share of letters of two names that say the same, 0 to 1.

    Args:
        english: words of the English name, folded.
        german: words of the German one, folded.
    """
    units = _english_units(english)
    others = [spelled_alike(word) for word in german if not _is_free(word)]
    if not units or not others or max(len(units), len(others)) > _MOST_WORDS or max(map(len, others)) > _LONGEST_WORD:
        return 0.0
    used: set[int] = set()
    covered = 0.0
    for word in sorted(others, key=len, reverse=True):
        letters, taken = _cover(word, units, frozenset(used))
        covered += letters
        used |= taken
    told = sum(len(units[number][0]) for number in used)
    whole = sum(map(len, others)) + sum(len(unit) for unit, _ in units)
    return (covered + told) / whole


def _cover(word: str, units: _Units, used: frozenset[int], parts: int = _PARTS) -> _Covered:
    """Return how many letters of a German word are parts that the English units say, and which units these are.

    Args:
        word: spelled alike.
        units: the English name's.
        used: numbers of those that other words have used.
        parts: so many may be looked for at most.
    """
    best: _Covered = (0, frozenset())
    for start in _starts(word, units, used):
        rest = word[start:]
        for number, (english, options) in enumerate(units):
            size, worth = (0, 0.0) if number in used else _size(rest, english, options)
            if size:
                letters, more = _cover_rest(rest[size:], units, used | {number}, parts - 1)
                best = max(best, (size * worth + letters, more | {number}), key=_weight)
    return best


def _cover_rest(rest: str, units: _Units, used: frozenset[int], parts: int) -> _Covered:
    """Cover what follows a part of a compound: an ending, further parts, or both."""
    best: _Covered = (len(rest) if _ENDING.fullmatch(rest) else 0, frozenset())
    for ending in range(min(_LONGEST_ENDING, len(rest)) if parts else 0):
        if not _ENDING.fullmatch(rest[:ending]):
            continue
        letters, more = _cover(rest[ending:], units, used, parts)
        if more:
            best = max(best, (ending + letters, more), key=_weight)
    return best


def _weight(covered: _Covered) -> tuple[int, float]:
    return len(covered[1]), covered[0]


def _starts(word: str, units: _Units, used: frozenset[int]) -> set[int]:
    """Return where in a word a part may begin: at its beginning, or where a long German word begins."""
    long = (o.strip(_ROUGH) for n, (_, options) in enumerate(units) if n not in used for o in options)
    return {0} | {at for o in long if len(o) >= _LONG and (at := word.find(o, _COGNATE - 1)) > 0}


def _size(word: str, english: str, options: tuple[str, ...]) -> tuple[int, float]:
    """Return how many letters at the beginning of a word an English unit says, and how much each counts."""
    exact = max((len(o) for o in options if word.startswith(o)), default=0) or _cognate(english, word)
    rough = max((len(o) - 1 for o in options if o.startswith(_ROUGH) and word.startswith(o[1:])), default=0)
    return (rough, _ROUGHLY) if rough > exact else (exact, 1.0)


def _cognate(english: str, german: str) -> int:
    """Return how many letters two words have in common from the beginning, if they are cognates; else 0."""
    common = 0
    for one, two in zip(english, german, strict=False):
        if one != two:
            break
        common += 1
    if english == german[: len(english)]:
        return common if common >= min(_COGNATE, len(german)) else 0
    return common if common >= max(_COGNATE, _COGNATE_SHARE * len(english)) else 0


@lru_cache(maxsize=65_536)
def traces(words: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Return what a name leaves in either language: of each word its beginning, and those of what it is in German.

    Args:
        words: folded.
    """
    return tuple(
        frozenset(text.strip(_ROUGH)[:_TRACE] for text in (word, *options)) for word, options in _english_units(words)
    )
