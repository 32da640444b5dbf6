"""Which pages of a list in parts show something else after a change: those that what changed is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import Document
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.site.layout import file_of
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.paged import Listing, Parts, beside, cut, start_of
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.wording import LANGUAGES

_ROW = re.compile(r'href="\.\./((?:id|source)/[^"#]+)\.html"')
"""A thing that the German page of a part leads to."""


@dataclass
class RenewedList:
    """A list that was in parts, after a change.

    Args:
        listing: the list.
        rows: that a page takes.
        before: its parts as they were.
        was: what changed and was listed, with the key that it was filed under.
        now: what changed and is listed.
        document: gives anything that is listed now by its IRI, as lists show it.
        text: gives the German text of a page as it lies there, by path.
    """

    listing: Listing
    rows: int
    before: Parts
    was: Mapping[str, str]
    now: Mapping[str, Document]
    document: Callable[[str], Document | None]
    text: Callable[[str], str]
    _stay: dict[str, list[Document]] = field(default_factory=dict)

    @cached_property
    def _concerned(self) -> frozenset[str]:
        """The parts that something came to, went from or is shown otherwise in."""
        keys = {*self.was.values(), *map(self.listing.key, self.now.values())}
        return frozenset(start_of(key, self.before) for key in keys) & self.before.keys()

    @cached_property
    def after(self) -> dict[str, int]:
        """Its parts as they are now; none if one page takes all."""
        if not self.is_concerned:
            return dict(self.before)
        there = Counter({start: number for start, number in self.before.items() if start not in self._concerned})
        for start in self._concerned:
            there.update(map(self.listing.key, self._staying(start)))
        there.update(map(self.listing.key, self.now.values()))
        return cut(there, self.rows)

    @property
    def is_concerned(self) -> bool:
        """Whether anything changed that it lists or listed."""
        return bool(self.was or self.now)

    def pages(self) -> Iterator[Page]:
        """Yield the pages that may show something else; its parts, if it still has some.

        Raises:
            NotLocalError: if what lies there is not what was made.
        """
        if not self.is_concerned:
            return
        yield self.listing.overview(self.after)
        neighbours = beside(self.before)
        for start, now in beside(self.after).items():
            if start in self._concerned or neighbours.get(start) != now:
                yield self.listing.part(start, now, self._documents(start))

    def _documents(self, start: str) -> list[Document]:
        """Return what stands under a beginning now, by path."""
        old = [one for one in self.before if one.startswith(start) or start.startswith(one)]
        found = [*(document for one in old for document in self._staying(one)), *self.now.values()]
        return sorted((one for one in found if self.listing.key(one).startswith(start)), key=lambda one: one.path)

    def _staying(self, start: str) -> list[Document]:
        """Return what stood in a part and did not change."""
        found = self._stay.get(start)
        if found is None:
            paths = {*_ROW.findall(self.text(self.listing.path(start)))}
            left = sorted(f"{BASE}{path}" for path in paths if f"{BASE}{path}" not in self.was)
            found = [one for one in map(self.document, left) if one is not None and one.kind is self.listing.kind]
            if len(paths) != self.before[start] or len(found) != len(left):
                raise NotLocalError
            self._stay[start] = found
        return found


@dataclass
class RenewedLists:
    """The lists of all things of a kind, after a change.

    Args:
        site: of the graph as it is.
        old: the documents of the graph as it was.
        before: by path of a list: its parts as they were.
        changed: gives by path of a list what it may show otherwise now, before or after: at least the IRIs of these.
        is_concerned: tells by its path whether a list of one page may show something else now.
        text: gives the German text of a page as it lies there, by path.
    """

    site: Site
    old: Near
    before: Mapping[str, Parts]
    changed: Callable[[str], Iterable[str]]
    is_concerned: Callable[[str], bool]
    text: Callable[[str], str]

    @cached_property
    def _in_parts(self) -> Mapping[str, RenewedList]:
        """Those that were in parts, by path."""
        return {name: self._renewed(listing) for name, listing in self.site.listings.items() if self.before.get(name)}

    def _renewed(self, listing: Listing) -> RenewedList:
        changed, site = sorted(self.changed(listing.name)), self.site
        was, now = (
            {iri: one for iri in changed if (one := site.as_listed(iri, near)) and one.kind is listing.kind}
            for near in (self.old, site.near)
        )
        keys = {iri: listing.key(one) for iri, one in was.items()}
        return RenewedList(listing, site.rows, self.before[listing.name], keys, now, site.as_listed, self.text)

    @cached_property
    def _whole(self) -> Mapping[str, list[Page]]:
        """All pages, by path of their list, of those that are made whole."""
        names = (name for name in self.site.listings if self._is_whole(name))
        return {name: list(self.site.listed(name)) for name in names}

    def _is_whole(self, name: str) -> bool:
        found = self._in_parts.get(name)
        return self.is_concerned(name) if found is None else not found.after

    @property
    def pages(self) -> Iterator[Page]:
        """The pages that may show something else."""
        for name in self.site.listings:
            yield from self._whole[name] if name in self._whole else self._pages_in_parts(name)

    def _pages_in_parts(self, name: str) -> Iterator[Page]:
        if name in self._in_parts:
            yield from self._in_parts[name].pages()

    @cached_property
    def parts(self) -> Mapping[str, Parts]:
        """By path of a list: its parts as they are now."""
        whole = {name: self.site.parts[name] for name in self._whole}
        return {**self.before, **{name: found.after for name, found in self._in_parts.items()}, **whole}

    def shows_otherwise(self, name: str) -> bool:
        """Return whether a list in parts may show something else."""
        return name in self._in_parts and self._in_parts[name].is_concerned

    @property
    def gone(self) -> list[str]:
        """The files of parts that are no longer there."""
        return [file_of(path, language) for path in self._paths(self.before, self.parts) for language in LANGUAGES]

    @property
    def come(self) -> list[str]:
        """The paths of parts that are new."""
        return self._paths(self.parts, self.before)

    def _paths(self, there: Mapping[str, Parts], not_in: Mapping[str, Parts]) -> list[str]:
        return [
            listing.path(start)
            for name, listing in self.site.listings.items()
            for start in there.get(name, {})
            if start not in not_in.get(name, {})
        ]
