"""Lists of more things than a page takes: an overview of how names begin, and a page for each beginning.

A list is cut where names differ, not by number: what comes or goes concerns the page that it stands on, and no other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.site.lists import Entry, fixed
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.publish.site.view import sort_key
from buendnis_graph.wording import LANGUAGES

ROWS = 500
"""Rows of a list on a page."""
_LONGEST = 60
"""Characters of a name by which it is filed; what does not differ within these stays together."""
_END, _NO_LETTER = "__", "0"
_OTHER = re.compile("[^a-z0-9.-]+")

Parts = Mapping[str, int]
"""How many rows stand under each beginning, sorted; empty if a list is one page."""


def key_of(name: str) -> str:
    """Return what a name is filed under: letters, digits and marks that addresses may have, and where it ends.

    >>> key_of("Über uns"), key_of("1. Verein")
    ('uber_uns__', '01._verein__')
    """
    key = _OTHER.sub("_", sort_key(name)).rstrip("_") + _END
    return (key if "a" <= key[0] <= "z" else _NO_LETTER + key)[:_LONGEST]


def shown(start: str) -> str:
    """Return a beginning as people read it: what may follow is an ellipsis.

    >>> shown("a"), shown("verein_f"), shown("verein__"), shown("0"), shown("01")
    ('A…', 'Verein f…', 'Verein', '#', '1…')
    """
    text = start.removeprefix(_NO_LETTER)
    name = text.removesuffix(_END).replace("_", " ")
    return "#" if not name.strip() else name[:1].upper() + name[1:] + ("" if text.endswith(_END) else "…")


def cut(keys: Mapping[str, int], rows: int) -> dict[str, int]:
    """Return the shortest beginnings under which no more rows stand than a page takes; none if one page takes all.

    Args:
        keys: how many rows each key has; instead of those of a part that stays below the limit, its beginning.
        rows: that a page takes. Where all keys are the same, there are more on it.
    """
    found = {}
    todo = [("", keys)] if sum(keys.values()) > rows else []
    while todo:
        start, within = todo.pop()
        total = sum(within.values())
        if start and (total <= rows or start in within):
            found[start] = total
            continue
        below: dict[str, dict[str, int]] = defaultdict(dict)
        for key, number in within.items():
            below[key[: len(start) + 1]][key] = number
        todo += below.items()
    return dict(sorted(found.items()))


Beside = tuple[str, str]
"""The beginnings before and after one; empty if there is none."""


def beside(parts: Parts) -> dict[str, Beside]:
    """Return what stands beside each beginning."""
    starts = ["", *parts, ""]
    return {start: (starts[at], starts[at + 2]) for at, start in enumerate(parts)}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of all things of a kind.

    Attributes:
        name: path of its page; those of its parts begin with it.
        kind: what it lists.
        filed: gives the name that a document is filed under.
        page: gives the page of some documents.
    """

    name: str
    kind: Kind
    filed: Callable[[Document], str]
    page: Callable[[Iterable[Document]], Page]

    def key(self, document: Document) -> str:
        """Return what a document is filed under."""
        return key_of(self.filed(document))

    def path(self, start: str) -> str:
        """Return the path of the page of a beginning."""
        return f"{self.name}/{start}"

    def parts(self, documents: Iterable[Document], rows: int) -> dict[str, int]:
        """Return the beginnings that a list is cut into, if it has more rows than a page takes."""
        return cut(Counter(map(self.key, documents)), rows)

    def pages(self, documents: Iterable[Document], parts: Parts) -> Iterator[Page]:
        """Yield the pages of a list.

        Args:
            documents: all that it lists.
            parts: of these.
        """
        if not parts:
            yield self.page(documents)
            return
        yield self.overview(parts)
        within: dict[str, list[Document]] = {start: [] for start in parts}
        for document in documents:
            within[start_of(self.key(document), parts)].append(document)
        for start, neighbours in beside(parts).items():
            yield self.part(start, neighbours, within[start])

    def overview(self, parts: Parts) -> Page:
        """Return the page that leads to all parts, with how many rows each has."""
        letters: dict[str, list[Entry]] = {}
        for start, number in parts.items():
            letter = "#" if start[0] == _NO_LETTER else start[0].upper()
            entry = Entry(self.path(start), dict.fromkeys(LANGUAGES, shown(start)), note=(("n_entries", number),))
            letters.setdefault(letter, []).append(entry)
        return fixed(self.name, "list", {"letters": [*letters.items()], "total": sum(parts.values())})

    def part(self, start: str, neighbours: Beside, documents: Iterable[Document]) -> Page:
        """Return the page of a beginning.

        Args:
            start: the beginning.
            neighbours: the ones beside it.
            documents: those under it.
        """
        page, (before, after) = self.page(documents), neighbours
        titles = {
            language: texts(language)["part_title"].format(list=title, part=shown(start))
            for language, title in page.title.items()
        }
        series = (("prev", before), ("", start), ("next", after))
        return replace(
            page,
            path=self.path(start),
            title=titles,
            crumbs=((self.name, self.name),),
            series=tuple((rel, self.path(one), shown(one)) for rel, one in series if one),
        )


def start_of(key: str, parts: Parts) -> str:
    """Return the beginning under which a key stands; empty if there is none."""
    return next((key[:end] for end in range(1, len(key) + 1) if key[:end] in parts), "")
