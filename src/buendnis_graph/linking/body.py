"""A body as it is compared across data sets: what the resolver knows of it, and what else may tell it apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from buendnis_graph.linking.kinds import kinds_of
from buendnis_graph.resolving import Entry, parse
from buendnis_graph.resolving.normalise import Name, fold


@dataclass(frozen=True)
class Body:
    """A body of ours or of another data set.

    Args:
        entry: key, names, places, hosts of websites, legal forms and parents.
        stated_acronyms: acronyms that the data set gives as such.
        founded: years of its foundation, four digits; several if sources differ.
        classes: what the data set says it is, as words: ``university``, ``Bibliothek``.
        is_gone: whether the data set says that its entry is withdrawn, deleted or redirected.
    """

    entry: Entry
    stated_acronyms: frozenset[str] = frozenset()
    founded: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    is_gone: bool = False

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its names, taken apart."""
        return tuple(parse(name) for name in self.entry.names)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Acronyms stated for it or in its names, folded, without hyphens and full stops."""
        stated = {fold(text).replace("-", "").replace(".", "").replace(" ", "") for text in self.stated_acronyms}
        named = {name.joined for name in self.names if name.is_acronym and name.joined in name.acronym_like}
        return frozenset(stated.union(named, *(name.acronyms for name in self.names)) - {""})

    @cached_property
    def kinds(self) -> tuple[frozenset[str], ...]:
        """What each of its names says it is: see :func:`.kinds.kinds_of`."""
        return tuple(kinds_of(name) for name in self.names)
