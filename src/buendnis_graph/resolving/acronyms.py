"""Whether an acronym stands for a name: its letters are beginnings of the name's words, and each word gives one."""

from __future__ import annotations

from functools import lru_cache

from buendnis_graph.resolving.lexicon import COMPOUND_HEADS, STOP_WORDS, WEAK_WORDS


@lru_cache(maxsize=65_536)
def compound_parts(word: str) -> tuple[str, ...]:
    """Return a compound cut at known parts: ``sportjugend`` → ``sport``, ``jugend``; else the word itself."""
    parts: list[str] = []
    rest = word
    while rest:
        head = next((h for h in COMPOUND_HEADS if rest.startswith(h) and len(rest) - len(h) not in (1, 2)), None)
        if head is None:
            cut = min((i for h in COMPOUND_HEADS if (i := rest.find(h, 3)) > 0), default=0)
            if not cut:
                parts.append(rest)
                break
            head = rest[:cut]
        parts.append(head)
        rest = rest[len(head) :]
    return tuple(parts)


def stands_for(acronym: str, words: tuple[str, ...]) -> bool:
    """Return whether an acronym is made of a name's words.

    Every word gives a beginning of at least one letter, in order; inner parts of compounds may give one; words that
    may be missing (``Deutschland``, articles, prepositions) need not.

    Args:
        acronym: folded, at least three letters.
        words: the name's words in order, folded, with the articles.
    """
    if len(acronym) < 3 or any(word.startswith(acronym) for word in words):  # Bund is none of Bundesrat
        return False
    units: list[tuple[str, bool]] = []
    for word in words:
        free = word in STOP_WORDS or word in WEAK_WORDS
        first, *inner = compound_parts(word)
        units.append((first, not free))
        units += [(part, False) for part in inner]
    return _consumes(acronym, tuple(units))


@lru_cache(maxsize=65_536)
def _consumes(letters: str, units: tuple[tuple[str, bool], ...]) -> bool:
    if not units:
        return not letters
    (unit, required), rest = units[0], units[1:]
    longest = 0
    while longest < min(len(unit), len(letters)) and unit[longest] == letters[longest]:
        longest += 1
    lengths = range(longest, 0, -1)
    if any(_consumes(letters[length:], rest) for length in lengths):
        return True
    return not required and _consumes(letters, rest)
