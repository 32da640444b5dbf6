"""Writes things, values, dates and sources into pages of one language: escaped, linked, isolated from what is near.

A name is data: it may hold markup, quotes or marks that turn the direction of writing. It is escaped, and stands in a
``<bdi>``, so that none of it reaches the text beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph as ox
from markupsafe import Markup, escape

from buendnis_graph.namespaces import BASE, shorten
from buendnis_graph.publish.documents import anchor
from buendnis_graph.publish.site.plan import plan
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.publish.site.view import Term, View, iri
from buendnis_graph.publish.site.words import date_words, number_words

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATES = {_XSD + name for name in ("date", "gYear", "gYearMonth")}
_WAY = 42
"""So many letters of the way to a page are shown behind the name of its site."""
_SAFE = "/#-._~!$&'()*+,;=:@"


class Pen:
    """Writes for the pages of one language that lie equally deep.

    Args:
        view: what is known.
        language: ``de`` or ``en``.
        root: from such a page to the root of its language, such as ``../``; empty at the root.
        path_of: from an IRI of ours to the path of its document, with anchor; None if it has none.
    """

    def __init__(self, view: View, language: str, root: str, path_of: Callable[[str], str | None]) -> None:
        self.view, self.language, self.root, self._path_of = view, language, root, path_of
        self.texts = texts(language)
        self._named: dict[str, Markup] = {}
        self._linked: dict[str, Markup] = {}
        self._dated: dict[str, Markup] = {}
        self._cited: dict[tuple[str, str], Markup] = {}

    def t(self, name: str, **values: object) -> str:
        """Return a text by name, its gaps filled."""
        return str(self.texts[name]).format(**values) if values else str(self.texts[name])

    def count(self, name: str, number: int) -> str:
        """Return a text that counts: ``name`` gives two forms, for one and for many."""
        one, many = self.texts[name]
        return str(one if number == 1 else many).format(n=number_words(number, self.language))

    def href(self, path: str) -> str:
        """Return the relative address of a page of this language by its path, anchor included; quoted for a URL."""
        return self.root + page_address(path)

    @staticmethod
    def iri(name: str) -> str:
        """Return the IRI of a prefixed name."""
        return iri(name)

    @staticmethod
    def anchor(node: str) -> str:
        """Return the anchor of a node on the page that it is at home on; for a document of its own, its path."""
        return anchor(node)

    def name(self, thing: str) -> Markup:
        """Return the name of a thing, isolated, with its language if that is another than the page's."""
        written = self._named.get(thing)
        if written is None:
            text, language = self.view.label(thing, self.language)
            written = self._named[thing] = self.isolated(text, language)
        return written

    def isolated(self, text: str, language: str | None = "") -> Markup:
        """Return a text of the data, escaped and isolated."""
        lang = f' lang="{escape(language)}"' if language and language != self.language else ""
        return Markup(f"<bdi{lang}>{escape(text)}</bdi>")  # noqa: S704 - escaped

    def address_of(self, thing: str) -> str:
        """Return the relative address of the page of a thing; empty if it has none."""
        path = self._path_of(thing)
        return "" if path is None else self.href(path)

    def link_as(self, thing: str, text: str) -> Markup:
        """Return a link to the page of a thing under another text than its name; only the text if it has no page."""
        address = self.address_of(thing)
        shown = self.isolated(text)
        return Markup(f'<a href="{escape(address)}">{shown}</a>') if address else shown  # noqa: S704 - escaped

    def link(self, thing: str) -> Markup:
        """Return a thing as a link to its page, or to its address elsewhere; only its name if it has neither."""
        written = self._linked.get(thing)
        if written is None:
            written = self._linked[thing] = self._link(thing)
        return written

    def _link(self, thing: str) -> Markup:
        path = self._path_of(thing)
        if path is not None:
            return Markup(f'<a href="{escape(self.href(path))}">{self.name(thing)}</a>')  # noqa: S704 - escaped
        return self.outside(thing) if not thing.startswith(BASE) else self.name(thing)

    def outside(self, address: str, text: str = "") -> Markup:
        """Return an address elsewhere as a link, if it is one a browser may follow safely; else as text."""
        shown = self.isolated(text or self.texts["names"].get(address) or _readable(address))
        if not address.startswith(("https://", "http://")):
            return shown
        return Markup(f'<a class="out" rel="external noreferrer" href="{escape(address)}">{shown}</a>')  # noqa: S704

    def address(self, address: str) -> Markup:
        """Return an address as people read it, without a link."""
        return self.isolated(_readable(address))

    def number(self, number: int) -> str:
        """Return a number as the language writes it."""
        return number_words(number, self.language)

    @staticmethod
    def is_number(term: Term | None) -> bool:
        """Return whether a value is a whole number, which stands to the right in a column."""
        return isinstance(term, ox.Literal) and term.datatype.value == _XSD + "integer"

    def date(self, date: str) -> Markup:
        """Return a date in words, for people and machines."""
        written = self._dated.get(date)
        if written is None:
            words = escape(date_words(date, self.language))
            written = self._dated[date] = Markup(f'<time datetime="{escape(date)}">{words}</time>')  # noqa: S704
        return written

    def value(self, term: Term) -> Markup:
        """Return any value: a link, a date, a number or a text."""
        if isinstance(term, ox.NamedNode):
            return self.link(term.value)
        kind = term.datatype.value
        if kind in _DATES:
            return self.date(term.value)
        if kind == _XSD + "boolean":
            return escape(self.t(f"is_{term.value}"))
        if kind == _XSD + "integer" and term.value.lstrip("-").isdigit():
            return escape(number_words(int(term.value), self.language))
        return self.isolated(term.value, term.language)

    def values(self, terms: Iterable[Term | str]) -> Markup:
        """Return values parted by commas; a text is the IRI of a thing."""
        return Markup(  # noqa: S704 - each is markup
            ", ".join([self.link(term) if isinstance(term, str) else self.value(term) for term in terms])
        )

    def cite(self, source: str, on: str = "") -> Markup:
        """Return a source as it stands behind a statement: its site and page, and its date or the day it was read.

        Args:
            source: its IRI.
            on: the date for which it attests the statement; told if the source itself bears none.
        """
        written = self._cited.get((source, on))
        if written is None:
            written = self._cited[source, on] = self._cite(source, on)
        return written

    def _cite(self, source: str, on: str) -> Markup:
        if not self.view.is_a(source, "bg:Source"):
            return self.link(source)
        issued, seen = (self.view.text(source, name) for name in ("dcterms:issued", "bg:seenOn"))
        form = "{date}" if issued else self.texts["attests_for" if on else "undated_seen"]
        when = Markup(form).format(date=self.date(issued or on or seen))  # noqa: S704 - a text of ours
        site = f"<bdi>{escape(site_of(source) + _page(self.view.text(source, 'schema:url')))}</bdi>"
        path = self._path_of(source)
        linked = f'<a href="{escape(self.href(path))}">{site}</a>' if path else site
        return Markup(f'<span class="cite">{linked}, {when}</span>')  # noqa: S704 - escaped


@lru_cache(maxsize=100_000)
def page_address(path: str) -> str:
    """Return the address of a page from the root of its language, anchor included, quoted for a URL."""
    page, mark, part = path.partition("#")
    return f"{quote(page, safe=_SAFE)}.html" + (f"#{quote(part, safe=_SAFE)}" if mark else "")


def site_of(source: str) -> str:
    """Return the website that a source's IRI names."""
    return source.removeprefix(BASE + "source/").partition("/")[0]


def _page(address: str) -> str:
    """Return the way from a website to a page of it, shortened in the middle; it tells pages of one site apart."""
    parts = urlsplit(address)
    way = unquote(parts.path).rstrip("/") + (f"?{unquote(parts.query)}" if parts.query else "")
    return way if len(way) <= _WAY else f"{way[: _WAY // 3]}…{way[-_WAY * 2 // 3 :]}"


def _readable(address: str) -> str:
    """Return an address as people read it: known data sets by name, web addresses without what all have."""
    for start, name in plan("elsewhere").items():
        if address.startswith(start):
            return f"{name} {address[len(start) :].rstrip('/')}".strip()
    shortened = shorten(address)
    if shortened != address:
        return shortened
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
