"""What the pages of the site are made from, and single ones: a built graph is read where they look."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.publish.catalogue.document import data_files, with_catalogue
from buendnis_graph.publish.documents import Document, Kind, anchor
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.dumps import Dump
from buendnis_graph.publish.site import asked, lists
from buendnis_graph.publish.site.collect import Terms, page_of
from buendnis_graph.publish.site.fixed import fixed_pages
from buendnis_graph.publish.site.layout import Press, file_of
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.paged import ROWS, Listing, Parts
from buendnis_graph.publish.site.view import NearView
from buendnis_graph.queries.catalogue import Question, read_catalogue
from buendnis_graph.validate import table
from buendnis_graph.wording import LANGUAGES

Step = Callable[[str], None]
Files = Iterator[tuple[str, str | bytes]]
_REPLACED = expand("dcterms:isReplacedBy").value


@dataclass
class Site:
    """What pages of the site are made from. None of its parts reads the whole graph.

    Args:
        graph: a built graph of a project.
        site_url: address of the site, ending in ``/``; empty if it is not known.
        extra: pages of other parts, such as overviews; their paths count as part of the site.
        dumps: the complete files that come with the site.
        catalogue: what an export says of the data set and its dumps; it stands in the data of the data set too.
        embed: objects of schema.org for a page in a language.
        signpost: further links of a page's head in a language, as markup.
        step: told what is being done.
        rows: of a list on a page.
        further: what is at home in documents and can't be found from there, as :class:`Near` takes it.
        uses: by IRI of a property or class: the first subject that it is used of; the page of the ontology shows it.
    """

    graph: Graph
    site_url: str = ""
    extra: tuple[Page, ...] = ()
    dumps: tuple[Dump, ...] = ()
    catalogue: tuple[ox.Triple, ...] = ()
    embed: Callable[[Page, str], list[Mapping[str, Any]]] = lambda _page, _language: []
    signpost: Callable[[Page, str], str] = lambda _page, _language: ""
    step: Step = lambda _text: None
    rows: int = ROWS
    further: Mapping[str, Sequence[str]] = field(default_factory=dict)
    uses: Mapping[str, str] = field(default_factory=dict)
    answers: dict[str, asked.Answer] = field(default_factory=dict)
    """By name of a question: what its page shows of the answer; known once it is made."""
    parts: dict[str, Parts] = field(default_factory=dict)
    """By path of a list: the beginnings that it is cut into; known once it is made."""

    @cached_property
    def near(self) -> Near:
        """Its documents, one by one."""
        return Near(self.graph.without_bulk, self.further, self.graph.lines_of)

    @cached_property
    def view(self) -> NearView:
        """The consolidated view."""
        return NearView(self.graph.without_bulk, lambda: self.near.view)

    def forget(self) -> None:
        """Let go what was read and written so far, so that who makes many pages does not hold the graph in the end."""
        self.near.forget()
        self.view.forget()
        self.press.forget()
        gc.collect()  # pages have cycles

    def document(self, iri: str) -> Document:
        """Return a document by its IRI."""
        found = self.near.document(iri)
        if found is None:
            raise KeyError(iri)
        return found

    def of_kind(self, *kinds: Kind) -> list[Document]:
        """Return the documents of kinds as lists show them, by path, without those that were merged into another."""
        listed = self.near.listed(kinds)
        return [one for one in listed if not self.view.text(one.iri, "dcterms:isReplacedBy")]

    def as_listed(self, iri: str, near: Near | None = None) -> Document | None:
        """Return a document as lists show it; None if no list does.

        Args:
            iri: of the document.
            near: the documents of another state of the graph.
        """
        near = near or self.near
        found = near.as_listed(iri)
        return None if found is None or near.view.text(iri, _REPLACED) else found

    def path_of(self, iri: str) -> str | None:
        """Return the path that leads to something, with anchor; None if it has no home in a document."""
        if iri in self._asked:
            return iri.removeprefix(BASE)
        home = self.near.home(iri)
        if home is None and iri.startswith(BASE) and "#" not in iri and self.near.document(iri) is not None:
            home = iri  # only others are at home there
        if home is None:
            return None
        path = home.removeprefix(BASE)
        return path if home == iri else f"{path}#{anchor(iri)}"

    @cached_property
    def questions(self) -> list[Question]:
        """The catalogue of questions."""
        return read_catalogue(self.graph.project)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(f"{BASE}query/{one.name}" for one in self.questions)

    @cached_property
    def checks(self) -> list[table.Row]:
        """The constraints that the data is checked for."""
        return table.rows(self.graph.project)

    @cached_property
    def terms(self) -> Terms:
        """What the page of the ontology tells of terms."""
        return Terms(asked.checks(self.checks), self.uses)

    def is_used(self, subject: str, term: str) -> bool:
        """Return whether a property or class is used of a subject."""
        store, node, graph = self.graph.without_bulk, ox.NamedNode(subject), ox.DefaultGraph()
        of_property = store.quads_for_pattern(node, ox.NamedNode(term), None, graph)
        return any(True for _ in of_property) or ox.Quad(node, RDF_TYPE, ox.NamedNode(term), graph) in store

    def first_use(self, term: str) -> str:
        """Return the first subject that a property or class is used of; empty if there is none."""
        return min((quad.subject.value for quad in self._used(term)), default="")  # type: ignore[union-attr]

    def _used(self, term: str) -> Iterator[ox.Quad]:
        node, store, graph = ox.NamedNode(term), self.graph.without_bulk, ox.DefaultGraph()
        yield from store.quads_for_pattern(None, node, None, graph)
        yield from store.quads_for_pattern(None, RDF_TYPE, node, graph)

    @cached_property
    def press(self) -> Press:
        """What prints the pages."""
        fixed = {*self.fixed, *self.listings, *(page.path for page in self.extra)}
        view = self.view
        return Press(
            view,
            self.path_of,
            site_url=self.site_url,
            embed=self.embed,
            signpost=self.signpost,
            has=lambda path: path in fixed or BASE + path in view,
        )

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

    def printed(self, page: Page) -> Iterator[tuple[str, str]]:
        """Yield path and text of a page in all languages."""
        for language in LANGUAGES:
            yield file_of(page.path, language), self.press.print(page, language)

    def files_of(self, document: Document) -> Iterator[tuple[str, str]]:
        """Yield path and text of the pages and the data of a document."""
        yield from self.printed(page_of(self.view, document, lambda: self.terms))
        whole = with_catalogue(document, self.catalogue) if document.kind is Kind.DATASET else document
        yield from data_files(whole).items()
