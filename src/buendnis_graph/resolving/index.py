"""Find the few entries that a name may stand for, among hundreds or hundreds of thousands."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from buendnis_graph.resolving.model import Entry
from buendnis_graph.resolving.normalise import Name, parse, parse_once

_FEW = 3_000
"""Up to this many entries an acronym is tried on every one; beyond, only on those that share a word or state it."""

_COMMON = 2_000
"""A word in more entries than this tells nothing (Verein, Sport)."""

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
        for number, entry in enumerate(self.entries):
            for name in entry.names:
                self._add(number, parse_once(name))

    def __len__(self) -> int:
        return len(self.entries)

    def _add(self, number: int, name: Name) -> None:
        for found in _keys(name):
            self._by_key.setdefault(found, array("I")).append(number)
        for word in name.stems:
            self._by_word.setdefault(word, array("I")).append(number)

    def candidates(self, name: Name) -> Iterator[Entry]:
        """Yield the entries worth comparing with a name, each once, in the order of the index."""
        numbers: set[int] = set()
        for found in _keys(name):
            numbers.update(self._by_key.get(found, ()))
        shared: Counter[int] = Counter()
        for word in name.stems:
            having = self._by_word.get(word, ())
            if len(having) <= _COMMON:
                shared.update(set(having))
        least = max(1, (len(name.stems) + 1) // 2)
        numbers.update(number for number, count in shared.most_common(_LOOKED_AT) if count >= least)
        if name.is_acronym and len(self.entries) <= _FEW:
            numbers.update(range(len(self.entries)))
        for acronym in {*name.acronyms, *name.words[:1]}:
            numbers.update(self._by_word.get(acronym, ())[:_LOOKED_AT])
        for number in sorted(numbers):
            yield self.entries[number]


def _keys(name: Name) -> set[tuple[str, ...] | str]:
    """Return the keys under which a name is found: word sets as tuples, names run together and acronyms as text."""
    keys: set[tuple[str, ...] | str] = {name.stems, *name.variants, name.strong, *name.acronyms}
    if len(name.joined) >= 6 or name.is_acronym:
        keys.add(name.joined)
    keys.discard(())
    return keys


def names_of(entry: Entry) -> list[Name]:
    """Return the names of an entry, taken apart."""
    return [parse(name) for name in entry.names]
