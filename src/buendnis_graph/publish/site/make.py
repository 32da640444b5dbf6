"""All files of the site, made from a built graph: one pass over the documents, each page printed in both languages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.resources import files
from itertools import chain
from typing import Any

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.catalogue.document import data_files, with_catalogue
from buendnis_graph.publish.documents import Document, Kind, anchor, documents
from buendnis_graph.publish.dumps import Dump
from buendnis_graph.publish.site import asked, lists
from buendnis_graph.publish.site.cards import cards
from buendnis_graph.publish.site.collect import Terms, page_of
from buendnis_graph.publish.site.fixed import fixed_pages
from buendnis_graph.publish.site.layout import Press, file_of
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.paged import ROWS, Listing, Parts
from buendnis_graph.publish.site.terms import first_uses
from buendnis_graph.publish.site.view import View
from buendnis_graph.queries.catalogue import Question, read_catalogue
from buendnis_graph.validate import table
from buendnis_graph.wording import LANGUAGES

Step = Callable[[str], None]


@dataclass
class Site:
    """What the files of the site are made from.

    Args:
        graph: a built graph of a project.
        site_url: address of the site, ending in ``/``; empty if it is not known.
        extra: pages of other parts, such as overviews; their paths count as part of the site.
        more: gives path and content of the files of other parts, after the pages.
        dumps: the complete files that come with the site.
        catalogue: what an export says of the data set and its dumps; it stands in the data of the data set too.
        embed: objects of schema.org for a page in a language.
        signpost: further links of a page's head in a language, as markup.
        step: told what is being done.
        further: gives pages of which there are many, made one by one.
        rows: of a list on a page.
    """

    graph: Graph
    site_url: str = ""
    extra: tuple[Page, ...] = ()
    more: Callable[[Site], Iterator[tuple[str, str | bytes]]] = lambda _site: iter(())
    dumps: tuple[Dump, ...] = ()
    catalogue: tuple[ox.Triple, ...] = ()
    embed: Callable[[Page, str], list[Mapping[str, Any]]] = lambda _page, _language: []
    signpost: Callable[[Page, str], str] = lambda _page, _language: ""
    step: Step = lambda _text: None
    further: Callable[[], Iterator[Page]] = lambda: iter(())
    rows: int = ROWS
    paths: set[str] = field(default_factory=set)
    """Paths of the pages that :meth:`files` has written."""
    answers: dict[str, asked.Answer] = field(default_factory=dict)
    """By name of a question: what its page shows of the answer; known once it is made."""
    parts: dict[str, Parts] = field(default_factory=dict)
    """By path of a list: the beginnings that it is cut into; known once it is made."""

    @cached_property
    def view(self) -> View:
        """The consolidated view: what is at home in any document."""
        return View(triple for document in self.documents for triple in document.own)

    @cached_property
    def documents(self) -> list[Document]:
        """All documents of the graph."""
        self.step("reading the graph")
        return list(documents(self.graph.without_bulk))

    @cached_property
    def _by_iri(self) -> Mapping[str, Document]:
        return {document.iri: document for document in self.documents}

    def document(self, iri: str) -> Document:
        """Return a document by its IRI."""
        return self._by_iri[iri]

    @cached_property
    def questions(self) -> list[Question]:
        """The catalogue of questions."""
        return read_catalogue(self.graph.project)

    @cached_property
    def checks(self) -> list[table.Row]:
        """The constraints that the data is checked for."""
        return table.rows(self.graph.project)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """By IRI of everything that has a home in a document: the path that leads there, with anchor."""
        found: dict[str, str] = {}
        for document in self.documents:
            found[document.iri] = document.path
            for triple in document.own:
                subject = triple.subject.value if hasattr(triple.subject, "value") else ""
                if subject not in found:
                    found[subject] = f"{document.path}#{anchor(subject)}"
        found |= {f"{BASE}query/{one.name}": f"query/{one.name}" for one in self.questions}
        return found

    @cached_property
    def uses(self) -> Mapping[str, str]:
        """By IRI of a property or class: the first subject that it is used of."""
        return first_uses(self.view)

    @cached_property
    def terms(self) -> Terms:
        """What the page of the ontology tells of terms."""
        return Terms(asked.checks(self.checks), self.uses)

    def of_kind(self, *kinds: Kind) -> list[Document]:
        """Return the documents of kinds, without those that were merged into another."""
        return [
            one for one in self.documents if one.kind in kinds and not self.view.text(one.iri, "dcterms:isReplacedBy")
        ]

    @cached_property
    def press(self) -> Press:
        """What prints the pages."""
        fixed = {*self.fixed, *self.listings, *(page.path for page in self.extra)}
        view, path_of = self.view, self.path_of
        gc.freeze()  # the graph stays: looking through it for garbage again and again took a quarter of the time
        return Press(
            view,
            path_of,
            site_url=self.site_url,
            embed=self.embed,
            signpost=self.signpost,
            has=lambda path: path in fixed or BASE + path in view,
        )

    def path_of(self, iri: str) -> str | None:
        """Return the path that leads to something, with anchor; None if it has no home in a document."""
        return self.homes.get(iri)

    @cached_property
    def alliances(self) -> list[lists.AllianceRow]:
        """All alliances as lists show them."""
        return lists.alliance_rows(self.view, self.view.of_class("bg:Alliance"))

    @cached_property
    def listings(self) -> Mapping[str, Listing]:
        """The lists of all things of a kind, by path."""
        view = self.view
        found = (
            Listing("alliances", Kind.ALLIANCE, lists.name_of, partial(lists.alliances, view)),
            Listing("organisations", Kind.ORGANISATION, lists.name_of, partial(lists.organisations, view)),
            Listing("programmes", Kind.PROGRAMME, lists.name_of, lists.programmes),
            Listing("sources", Kind.SOURCE, lists.reading_of, partial(lists.sources, view)),
        )
        return {one.name: one for one in found}

    def listed(self, name: str) -> Iterator[Page]:
        """Yield the pages of a list by its path: one, or an overview and its parts."""
        listing = self.listings[name]
        documents = self.of_kind(listing.kind)
        self.parts[name] = listing.parts(documents, self.rows)
        yield from listing.pages(documents, self.parts[name])

    @cached_property
    def fixed(self) -> Mapping[str, Callable[[], Page]]:
        """What makes the pages that are there whatever the data says, by path."""
        view = self.view
        return {
            "topics": lambda: lists.topics(view),
            "places": lambda: lists.places(view, self.of_kind(Kind.PLACE)),
            "queries": lambda: asked.question_list(self.questions),
            "shapes": lambda: asked.shape_list(self.checks),
            **fixed_pages(view, lambda: self.alliances, self.questions, self.dumps, self.extra, self.site_url),
        }

    def pages(self) -> Iterator[Page]:
        """Yield all pages: the fixed ones, those of other parts, then those of documents, questions and checks."""
        yield from (make() for make in self.fixed.values())
        yield from chain.from_iterable(map(self.listed, self.listings))
        yield from self.extra
        yield from (page_of(self.view, document, lambda: self.terms) for document in self.documents)
        yield from asked.question_pages(self.questions, self.graph.without_bulk, self.step, self.answers.__setitem__)
        yield from asked.shape_pages(self.checks)
        yield from self.further()

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield path and content of every file of the site, each path once."""
        for name, content in assets():
            yield f"assets/{name}", content
        known = len(self.documents)
        for number, page in enumerate(self.pages()):
            if number % 200 == 0:
                self.step(f"writing pages: {min(number, known):,} of {known:,}")
            self.paths.add(page.path)
            for language in LANGUAGES:
                yield file_of(page.path, language), self.press.print(page, language)
        yield from self._data()
        if self.site_url:  # a card is of use only under a whole address
            self.step("drawing share cards")
            yield from cards(self.view, self.alliances)
        yield from self.more(self)

    def _data(self) -> Iterator[tuple[str, str | bytes]]:
        for number, document in enumerate(self.documents):
            if number % 500 == 0:
                self.step(f"writing data: {number:,} of {len(self.documents):,}")
            whole = with_catalogue(document, self.catalogue) if document.kind is Kind.DATASET else document
            yield from data_files(whole).items()


def assets() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files that every page loads: style and pictures, all ours."""
    for file in sorted(files(__package__ or "").joinpath("assets").iterdir(), key=lambda one: one.name):
        if file.is_file():
            yield file.name, file.read_bytes()
