"""Linked data: what there is at the address of a thing, by the rules that Apache and nginx get (publish.hosts)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from buendnis_graph.evidence.bulk import REGISTER
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.addresses import patterns
from buendnis_graph.publish.hosts.negotiation import choose as choose_language
from buendnis_graph.publish.hosts.parts import PATH, VARY, part
from buendnis_graph.serve.facts import Facts
from buendnis_graph.serve.formats import GRAPHS, Format
from buendnis_graph.serve.negotiate import choose

HTML = Format("html", "text/html", None, ("application/xhtml+xml",))
SUFFIXES = {
    "html": HTML,
    **dict(zip(("ttl", "nt", "jsonld", "rdf", "trig", "nq"), GRAPHS, strict=True)),
}
"""The formats of documents by suffix."""
SUFFIX_OF = {format_.name: suffix for suffix, format_ in SUFFIXES.items()}
"""And the other way round, by name of the format."""
_ENTRIES = REGISTER.removeprefix(BASE)
ANY_PATH = rf"(?:{PATH}|(?:en/)?{_ENTRIES}[A-Za-z0-9][A-Za-z0-9_.~%-]*)"
"""A path of ours, or one of an entry of a bulk source, whose number may have had to be quoted."""
_FILE = re.compile(rf"(?:{ANY_PATH}|[.]well-known/void)")
_SUFFIXED = re.compile(rf"({ANY_PATH})[.]({'|'.join(SUFFIXES)})")


@dataclass(frozen=True, slots=True)
class Redirect:
    """To another address: below the site's root."""

    status: int
    path: str
    vary: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site."""

    path: str
    vary: str = ""


@dataclass(frozen=True, slots=True)
class Data:
    """A document's data, to be written in a format that no file has; or of which no site has a file."""

    document: str
    format: Format
    is_entry: bool = False


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The page of an entry of a bulk source, which the site has no file of."""

    document: str
    language: str


Found = Redirect | File | Data | EntryPage | None


class Finder:
    """Finds what there is at an address.

    Args:
        site: the folder of the site; None if there is none: then all documents are data.
        facts: of the build.
    """

    def __init__(self, site: Path | None, facts: Facts) -> None:
        self._site, self._facts = site, facts
        self._offers = (HTML, *GRAPHS) if site else GRAPHS

    def find(self, path: str, accept: str, language: str) -> Found:
        """Return what there is.

        Args:
            path: below the root, decoded, without a slash at its beginning.
            accept: the header; empty if there is none.
            language: the header Accept-Language, likewise.

        Raises:
            RefusalError: 406, if there is no format that the header allows.
        """
        found = self._find(path, accept, language)
        return found if found is not None or _ENTRIES not in path else self._find(_quoted(path), accept, language)

    def _find(self, path: str, accept: str, language: str) -> Found:
        if path == "":
            return self._start(accept, language)
        if path.endswith("/"):
            return File(f"{path}index.html") if self._is_file(f"{path}index.html") else None
        if not _FILE.fullmatch(path):
            return None
        steps: tuple[Callable[[str], Found], ...] = (
            self._merged,
            self._file,
            self._data,
            self._entry_page,
            lambda p: self._document(p, accept, language),
            self._auxiliary,
            self._page,
        )
        return next((found for step in steps if (found := step(path)) is not None), None)

    def _start(self, accept: str, language: str) -> Found:
        chosen = choose(accept, self._offers)
        if chosen is not HTML:
            return Redirect(303, f"dataset.{SUFFIX_OF[chosen.name]}", VARY)
        folder = _folder(language)
        return Redirect(302, folder, VARY) if folder else File("index.html", VARY)

    def _merged(self, path: str) -> Found:
        for stem, suffix in _stems(path):
            folder = "en/" if stem.startswith("en/") else ""
            new = self._facts.redirects.get(stem.removeprefix("en/"))
            if new is not None:
                return Redirect(301, f"{folder}{new}{suffix}")
        return None

    def _file(self, path: str) -> Found:
        return File(path) if self._is_file(path) else None

    def _data(self, path: str) -> Found:
        found = _SUFFIXED.fullmatch(path)
        if found is None or found[2] == "html":
            return None
        is_entry = self._is_entry(found[1])
        return Data(found[1], SUFFIXES[found[2]], is_entry) if is_entry or self._is_document(found[1]) else None

    def _entry_page(self, path: str) -> Found:
        found = _SUFFIXED.fullmatch(path)
        if found is None or found[2] != "html" or self._site is None:
            return None
        stem = found[1].removeprefix("en/")
        return EntryPage(stem, "en" if stem != found[1] else "de") if self._is_entry(stem) else None

    def _document(self, path: str, accept: str, language: str) -> Found:
        is_entry = self._is_entry(path)
        if not is_entry and not self._is_document(path):
            return None
        chosen = choose(accept, self._offers)
        status = 302 if path.split("/")[0] in part("addresses")["information"] else 303
        folder = _folder(language) if chosen is HTML else ""
        return Redirect(status, f"{folder}{path}.{SUFFIX_OF[chosen.name]}", VARY)

    def _auxiliary(self, path: str) -> Found:
        for home in self._homes(path):
            if self._is_document(home):
                return Redirect(303, f"{home}#{path}")
        return None

    def _homes(self, path: str) -> Iterator[str]:
        if path in self._facts.homes:
            yield self._facts.homes[path]
        for pattern in patterns():
            if found := re.match(pattern.regex, path):
                yield from (home.format(None, *found.groups()) for home in pattern.homes)

    def _page(self, path: str) -> Found:
        if self._is_file(f"{path}.html"):
            return Redirect(302, f"{path}.html")
        return Redirect(302, "en/") if path == "en" and self._site else None

    def _is_document(self, path: str) -> bool:
        """Return whether something has a document: with a site, a page of it; so both always agree."""
        return self._is_file(f"{path}.ttl") if self._site else path in self._facts.documents

    def _is_entry(self, path: str) -> bool:
        """Return whether something is an entry of a bulk source without a page of the site: the store answers."""
        return path in self._facts.entries and not self._is_file(f"{path}.ttl")

    def _is_file(self, path: str) -> bool:
        if self._site is None or len(path) > 1000:
            return False
        file = self._site / path
        return file.is_file() and file.resolve().is_relative_to(self._site.resolve())


def _quoted(path: str) -> str:
    """Return the path of an entry as its IRI has it: addresses come decoded."""
    before, entries, number = path.partition(_ENTRIES)
    return f"{before}{entries}{quote(number, safe='')}"


def _folder(language: str) -> str:
    return choose_language("text/html", language)[0]


def _stems(path: str) -> Iterator[tuple[str, str]]:
    """Yield a path as one without suffix, and without its suffix if it has one."""
    yield path, ""
    if found := _SUFFIXED.fullmatch(path):
        yield found[1], f".{found[2]}"
