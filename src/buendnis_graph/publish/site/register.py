"""The pages of a register of associations: an index of the courts, and the entries of each in parts.

An entry has no page of its own on the site, as there are hundreds of thousands; ``buendnis serve`` makes it when it is
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.evidence.bulk import REGISTER, RegisterEntry, register_entries
from buendnis_graph.namespaces import expand
from buendnis_graph.publish.site.lists import fixed
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.publish.site.view import View
from buendnis_graph.wording import LANGUAGES

INDEX = "associations"
"""Path of the index of courts; those of the parts begin with it."""
PART = 300
"""Entries on a page."""
_DIGITS = re.compile(r"([0-9]+)")
_STATE = f"<{expand('bg:isRegistered').value}>".encode()


@dataclass(frozen=True, slots=True)
class Court:
    """A court.

    Attributes:
        name: as the register spells it.
        code: its part of the register, as in the names of shards and in addresses.
        entries: how many entries are taken in of it.
        shard: the file of these.
    """

    name: str
    code: str
    entries: int
    shard: Path

    @property
    def parts(self) -> int:
        """How many pages its entries take."""
        return -(-self.entries // PART)

    def path(self, part: int) -> str:
        """Return the path of a page of its entries.

        Args:
            part: its number, from 1.
        """
        return f"{INDEX}/{self.code}-{part}"


def courts_of(shards: Sequence[Path]) -> list[Court]:
    """Return the courts of a register by name.

    Args:
        shards: the files of its entries, one for each court, as a build holds them.
    """
    found = []
    for shard in shards:
        first = next(register_entries([shard]), None)
        if first is not None:
            number = shard.read_bytes().count(_STATE)
            found.append(Court(first.court, shard.name.rpartition("-")[0], number, shard))
    return sorted(found, key=lambda court: (court.name, court.code))


def index_page(courts: Sequence[Court], source: str) -> Page:
    """Return the page that lists the courts.

    Args:
        courts: by name.
        source: IRI of the register as read on a day.
    """
    total = sum(court.entries for court in courts)
    return fixed(INDEX, "register", {"courts": courts, "total": total, "source": source})


def court_pages(court: Court, source: str) -> Iterator[Page]:
    """Yield the pages of a court: its entries by number."""
    entries = sorted(register_entries([court.shard]), key=_by_number)
    for part in range(1, court.parts + 1):
        shown = entries[(part - 1) * PART : part * PART]
        title = {
            language: texts(language)["court_title"].format(court=court.name, part=part, parts=court.parts)
            for language in LANGUAGES
        }
        context = {"court": court, "part": part, "entries": shown, "source": source, "anchor": slug_of}
        yield Page(court.path(part), "court", title, context, crumbs=((INDEX, INDEX),))


def entry_page(view: View, iri: str, *, is_listed: bool) -> Page:
    """Return the page of an entry.

    Args:
        view: what is said of it, and of its source.
        iri: of the entry.
        is_listed: whether the site has the index of courts.
    """
    name = view.text(iri, "bg:registeredName")
    crumbs = ((INDEX, INDEX),) if is_listed else ()
    return Page(f"register/{slug_of(iri)}", "entry", dict.fromkeys(LANGUAGES, name), {"thing": iri}, crumbs=crumbs)


def slug_of(iri: str) -> str:
    """Return the number of an entry as its address has it."""
    return iri.removeprefix(REGISTER)


def _by_number(entry: RegisterEntry) -> tuple[list[tuple[int, str]], str]:
    """Return what an entry is sorted by: VR 2 before VR 10."""
    return [(int(part) if part.isdigit() else 0, part) for part in _DIGITS.split(entry.number)], entry.iri
