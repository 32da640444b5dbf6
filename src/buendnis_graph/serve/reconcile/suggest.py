"""What a word's beginning may become: things by any word of their names, types and properties by theirs."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from buendnis_graph.resolving.normalise import fold
from buendnis_graph.serve.reconcile.matching import describe
from buendnis_graph.serve.reconcile.offer import Kind, Property, kinds, named
from buendnis_graph.serve.reconcile.things import ENTRY, Thing, Things

USUAL = 10
"""So many are suggested if nobody says how many."""
FARTHEST = 10_000
"""So many may be skipped."""


class Suggester:
    """Suggests things, but no entries of a register.

    Args:
        things: all there are.
    """

    def __init__(self, things: Things) -> None:
        self._things = things
        self._all = [thing for thing in things.by_iri.values() if ENTRY not in thing.kinds]
        self._texts: list[str] = []
        self._owners = array("I")
        for number, thing in enumerate(self._all):
            for name in dict.fromkeys(" ".join(fold(name).split()) for name in thing.names):
                self._texts.append(name)
                self._owners.append(number)
        self._whole = array("I", sorted(range(len(self._texts)), key=lambda n: (self._texts[n], n)))
        begins = [(n, at) for n, text in enumerate(self._texts) for at in _words(text)]
        begins.sort(key=lambda place: (self._texts[place[0]][place[1] :], place))
        self._within, self._at = array("I", (n for n, _ in begins)), array("I", (at for _, at in begins))

    def suggest(self, prefix: str, kind: str | None, limit: int, offset: int, language: str) -> list[dict[str, Any]]:
        """Return the things that have a name with a word that so begins, first those whose whole name does.

        Args:
            prefix: what is typed; empty for all. An identifier suggests its thing.
            kind: identifier of the type that they must have; None for any.
            limit: how many.
            offset: how many are skipped.
            language: of names.
        """
        given = self._things.get(prefix.strip()) if prefix.strip() else None
        found = (thing for thing in self._found(prefix, given) if kind is None or kind in thing.kinds)
        return [
            {
                "id": thing.id,
                "name": thing.name(language),
                "description": describe(thing, self._things, language),
                "notable": [named(kinds()[own], language) for own in thing.kinds],
            }
            for thing in islice(found, offset, offset + limit)
        ]

    def _found(self, prefix: str, given: Thing | None) -> Iterator[Thing]:
        seen: set[int] = set()
        if given is not None:
            yield given
        for number in self._names(" ".join(fold(prefix).split())):
            owner = self._owners[number]
            if owner not in seen and self._all[owner] is not given:
                seen.add(owner)
                yield self._all[owner]

    def _names(self, prefix: str) -> Iterator[int]:
        start = bisect_left(self._whole, prefix, key=lambda n: self._texts[n])
        for place in range(start, len(self._whole)):
            if not self._texts[self._whole[place]].startswith(prefix):
                break
            yield self._whole[place]
        start = bisect_left(range(len(self._within)), prefix, key=self._rest)
        for place in range(start, len(self._within)):
            if not self._texts[self._within[place]].startswith(prefix, self._at[place]):
                break
            yield self._within[place]

    def _rest(self, place: int) -> str:
        return self._texts[self._within[place]][self._at[place] :]


def _words(text: str) -> Iterator[int]:
    """Yield where words begin within a text, but for its beginning."""
    for at in range(1, len(text)):
        if text[at].isalnum() and not text[at - 1].isalnum():
            yield at


def fixed(
    of: Iterable[Kind] | Iterable[Property], prefix: str, limit: int, offset: int, language: str
) -> list[dict[str, Any]]:
    """Return the types, or properties, whose identifier or name has a word that begins so; in the order they have."""
    wanted = fold(prefix.strip())
    found = (one for one in of if any(_begins(fold(text), wanted) for text in (one.id, *one.name.values())))
    return [named(one, language) for one in islice(found, offset, offset + limit)]


def _begins(text: str, prefix: str) -> bool:
    return text.startswith(prefix) or any(text.startswith(prefix, at) for at in _words(text))
