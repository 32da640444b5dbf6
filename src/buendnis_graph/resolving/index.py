"""Find the few entries that a name may stand for, among hundreds or hundreds of thousands."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from buendnis_graph.resolving.acronyms import compound_parts, stands_for
from buendnis_graph.resolving.lexicon import STOP_WORDS, WEAK_WORDS
from buendnis_graph.resolving.model import Entry
from buendnis_graph.resolving.normalise import Name, parse, parse_once, stem

_FEW = 3_000
"""Up to this many entries an acronym finds all that it may stand for; beyond, only those that share a word or state it.
"""

_ACRONYM = 8
"""Letters that an acronym may have."""

_COMMON = 2_000
"""A word in more entries than this tells nothing (Verein, Sport)."""

_LONG = 256
"""A name of so many stems is looked at in any case."""

_LOOKED_AT = 40
"""So many entries that share the rarest words are compared in full."""


class Index:
    """An index over entries: by whole name, by name run together, by acronym, and by rare word.

    Args:
        entries: the entries; one entry may have several names.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._by_key: dict[tuple[str, ...] | str, array[int]] = {}
        self._by_word: dict[str, array[int]] = {}
        self._is_small = len(self.entries) <= _FEW
        self._by_initials: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        """Numbers of entries with the words of a name, by the letters that an acronym of it must hold."""
        self._by_first: dict[str, list[tuple[int, str]]] = {}
        """Numbers of entries with a name of one word, which may be an acronym, by its first letter."""
        self._sizes = array("B")
        for number, entry in enumerate(self.entries):
            names = [parse_once(name) for name in entry.names]
            self._sizes.append(size_of(names[0]) if len(names) == 1 else 0)
            for name in names:
                self._add(number, name)

    def __len__(self) -> int:
        return len(self.entries)

    def _add(self, number: int, name: Name) -> None:
        for found in keys_of(name):
            self._by_key.setdefault(found, array("I")).append(number)
        for word in name.stems:
            self._by_word.setdefault(word, array("I")).append(number)
        if self._is_small:
            self._by_initials.setdefault(initials_of(name), []).append((number, name.spoken))
            if len(name.words) == 1:
                self._by_first.setdefault(name.joined[0], []).append((number, name.joined))

    def candidates(self, name: Name) -> Iterator[Entry]:
        """Yield the entries worth comparing with a name, each once, in the order of the index."""
        numbers: set[int] = set()
        for found in keys_of(name):
            numbers.update(self._by_key.get(found, ()))
        if name.is_acronym and self._is_small:
            numbers.update(self._by_acronym(name))
        numbers.update(self._by_words(name))
        for number in sorted(numbers):
            yield self.entries[number]

    def _by_acronym(self, name: Name) -> Iterator[int]:
        """Yield the numbers of all entries that a name which is an acronym may resemble, but for those of its keys.

        They share a word with it, are an acronym that it holds, or one stands for the other.
        """
        for word in {*name.stems, *map(stem, name.acronyms)}:
            yield from self._by_word.get(word, ())
        for word in name.words:
            yield from self._by_key.get(word, ())
        if len(name.words) == 1:
            letters = sorted(set(name.joined))
            for some in (some for count in range(len(letters) + 1) for some in combinations(letters, count)):
                for number, spoken in self._by_initials.get("".join(some), ()):
                    if stands_for(name.joined, spoken):
                        yield number
        for letter in {part[0] for word in name.spoken for part in compound_parts(word)}:
            for number, acronym in self._by_first.get(letter, ()):
                if len(acronym) <= _ACRONYM and stands_for(acronym, name.spoken):
                    yield number

    def _by_words(self, name: Name) -> Iterator[int]:
        """Yield the numbers of entries that share words with a name, but for those that can't resemble it."""
        shared: Counter[int] = Counter()
        common = 0
        for word in name.stems:
            having = self._by_word.get(word, ())
            if len(having) <= _COMMON:
                shared.update(set(having))
            else:
                common += 1
        least = max(1, (len(name.stems) + 1) // 2)
        found = {number for number, count in shared.most_common(_LOOKED_AT) if count >= least}
        for word in {*name.acronyms, *name.words[:1]}:
            found.update(self._by_word.get(word, ())[:_LOOKED_AT])
        own = size_of(name)
        for number in found:
            other = self._sizes[number]
            if not own or not other or may_resemble(own, other, shared[number] + common):
                yield number


def size_of(name: Name) -> int:
    """Return how many stems a name has; 0 if more than its stems decides on what it resembles."""
    acronym = name.is_acronym or name.acronyms or (name.words and name.words[0] in name.acronym_like)
    is_plain = not acronym and not name.variants and name.strong == name.stems and len(name.stems) < _LONG
    return len(name.stems) if is_plain else 0


def may_resemble(one: int, two: int, shared: int) -> bool:
    """Return whether names of so many stems, of which they share so many at most, may be alike enough to be told.

    By their words they are if one is within the other, all but one word agree, or three in five do: the rules of
    :mod:`.compare` that need no acronym. What falls short of these need not be compared.
    """
    both = min(shared, one, two)
    return both >= min(one, two) or both >= max(one, two) - 1 or 5 * both >= 3 * (one + two - both)


def initials_of(name: Name) -> str:
    """Return the letters that any acronym of a name holds, sorted: see :func:`.acronyms.stands_for`."""
    return "".join(sorted({word[0] for word in name.spoken if word not in STOP_WORDS and word not in WEAK_WORDS}))


def keys_of(name: Name) -> set[tuple[str, ...] | str]:
    """Return the keys under which a name is found: word sets as tuples, names run together and acronyms as text."""
    keys: set[tuple[str, ...] | str] = {name.stems, *name.variants, name.strong, *name.acronyms}
    if len(name.joined) >= 6 or name.is_acronym:
        keys.add(name.joined)
    keys.discard(())
    return keys


def names_of(entry: Entry) -> list[Name]:
    """Return the names of an entry, taken apart."""
    return [parse(name) for name in entry.names]
