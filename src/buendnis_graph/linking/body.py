"""A body as it is compared across data sets: what the resolver knows of it, and what else may tell it apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from buendnis_graph.linking.kinds import kinds_of, kinds_stated
from buendnis_graph.resolving import Entry, parse
from buendnis_graph.resolving.normalise import Name, fold
from buendnis_graph.resolving.resolver import host_of

_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{3,8}\b")
"""Words of a name that are acronyms: Fraunhofer ILT."""
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Body:
    """A body of ours or of another data set.

    Args:
        entry: key, names, places, hosts of websites, legal forms and parents.
        stated_acronyms: acronyms that the data set gives as such.
        founded: years of its foundation, four digits; several if sources differ.
        classes: what the data set says it is, as words: ``university``, ``Bibliothek``.
        same: ids of other data sets under which its own knows it.
        within: places that it lies in, where no seat is stated: of any level, so another one says nothing.
        pages: sites with an article on it, such as ``dewiki``.
        is_gone: whether the data set says that its entry is withdrawn, deleted or redirected.
    """

    entry: Entry
    stated_acronyms: frozenset[str] = frozenset()
    founded: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
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
        within = {fold(word) for text in self.entry.names for word in _CAPITALS.findall(text) if not text.isupper()}
        return frozenset(stated.union(named, within, *(name.acronyms for name in self.names)) - {""})

    @cached_property
    def stated_kinds(self) -> frozenset[str]:
        """What the data set says it is: see :func:`.kinds.kinds_stated`."""
        return kinds_stated(self.classes)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What its names say it is: see :func:`.kinds.kinds_of`."""
        return frozenset[str]().union(*map(kinds_of, self.names))


def made(key: str, names: Iterable[str], told: Mapping[str, Iterable[str]], *, is_gone: bool = False) -> Body:
    """Return a body of another data set from what that says; what is empty is left out.

    Args:
        key: its id there.
        names: the preferred one first.
        told: texts by what they are: ``acronyms``, ``places`` (names of towns), ``websites`` (addresses), ``founded``
            (years, or dates that begin with one), ``classes``, ``parents`` (names), ``same`` (ids elsewhere),
            ``within`` (names of places), ``forms`` (words for legal forms), ``pages`` (sites with an article).
        is_gone: see :class:`Body`.
    """

    def all_of(kind: str) -> frozenset[str]:
        return frozenset(told.get(kind, ())) - {""}

    entry = Entry(
        key,
        tuple(dict.fromkeys(name for name in names if name)),
        all_of("places"),
        frozenset(map(host_of, all_of("websites"))) - {""},
        frozenset().union(*(parse(f"X {form}").legal_forms for form in all_of("forms"))),
        parents=all_of("parents"),
    )
    years = frozenset(year[0] for text in all_of("founded") if (year := _YEAR.match(text)))
    return Body(
        entry,
        all_of("acronyms"),
        years,
        all_of("classes"),
        all_of("same"),
        all_of("within"),
        all_of("pages"),
        is_gone,
    )
