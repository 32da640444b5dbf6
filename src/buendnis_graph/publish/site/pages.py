"""All files of the site: those of documents first, some at a time, then the pages that need to know of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import chain

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import search
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.documents.survey import Survey, survey
from buendnis_graph.publish.site import asked
from buendnis_graph.publish.site.cards import cards
from buendnis_graph.publish.site.folder import Files
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.page import Page

AT_ONCE = 500
"""Documents that a process makes at once."""


@dataclass
class WholeSite(Site):
    """The site of a graph, of which all is made.

    Args:
        more: gives path and content of the files of other parts, after the pages.
        appended: gives pages of which there are many, made one by one.
        made: gives path and content of the files of all documents, and notes what they give to be found.
    """

    more: Callable[[WholeSite], Files] = lambda _site: iter(())
    appended: Callable[[], Iterator[Page]] = lambda: iter(())
    made: Callable[[WholeSite], Files] = lambda site: made_here(site)
    paths: set[str] = field(default_factory=set)
    """Paths of the pages of no document that were written."""
    found: list[search.Found] = field(default_factory=list)
    """What documents give to be found, by path; known once these are made."""

    @cached_property
    def survey(self) -> Survey:
        """Which documents there are."""
        self.step("reading the graph")
        found = survey(self.graph.without_bulk, self.graph.view_lines())
        self.uses = found.uses
        return found

    @cached_property
    def near(self) -> Near:
        """Its documents, one by one, each whole."""
        return Near(self.graph.without_bulk, self.survey.further, self.graph.lines_of)

    def of_kind(self, *kinds: Kind) -> list[Document]:
        """Return the documents of kinds as lists show them, by path, without those that were merged into another."""
        merged = self.view.saying("dcterms:isReplacedBy")
        listed = (one for one in self.found if one.kind in kinds and BASE + one.path not in merged)
        return [Document(BASE + one.path, one.path, one.kind, one.title, (), ()) for one in listed]

    def pages(self) -> Iterator[Page]:
        """Yield the pages of no document: fixed ones, lists, those of other parts, of questions and checks."""
        yield from (make() for make in self.fixed.values())
        yield from chain.from_iterable(map(self.listed, self.listings))
        yield from self.extra
        yield from asked.question_pages(self.questions, self.graph.without_bulk, self.step, self.answers.__setitem__)
        yield from asked.shape_pages(self.checks)
        yield from self.appended()

    def files(self) -> Files:
        """Yield path and content of every file of the site, each path once."""
        for name, content in assets():
            yield f"assets/{name}", content
        yield from self.made(self)
        self.step("writing lists and overviews")
        for page in self.pages():
            self.paths.add(page.path)
            yield from self.printed(page)
            if self.near.has_read_much:
                self.forget()
        if self.site_url:  # a card is of use only under a whole address
            self.step("drawing share cards")
            yield from cards(self.view, self.alliances)
        yield from self.more(self)
        self.step("putting the files in place")


def made_here(site: WholeSite) -> Files:
    """Yield path and content of the files of all documents of a site, made in this process."""
    for number, iris in enumerate(batches(site.survey.documents)):
        site.step(progress(site, number))
        yield from made(site, iris, site.found)


def progress(site: WholeSite, number: int) -> str:
    """Return how far the documents of a site are made, by the number of a batch."""
    return f"writing pages: {number * AT_ONCE:,} of {len(site.survey.documents):,}"


def batches(documents: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield documents some at a time."""
    return (documents[start : start + AT_ONCE] for start in range(0, len(documents), AT_ONCE))


def made(site: Site, iris: Iterable[str], found: list[search.Found]) -> Iterator[tuple[str, str]]:
    """Yield path and text of the files of some documents; let go what was read for them when it is much.

    Args:
        site: that they are of.
        iris: theirs.
        found: what they give to be found is added to it.
    """
    for iri in iris:
        document = site.document(iri)
        if (one := search.found_in(document)) is not None:
            found.append(one)
        yield from site.files_of(document)
        if site.near.has_read_much:
            site.forget()


def assets() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files that every page loads: style and pictures, all ours."""
    for file in sorted(files(__package__ or "").joinpath("assets").iterdir(), key=lambda one: one.name):
        if file.is_file():
            yield file.name, file.read_bytes()
