"""The site of which single pages are made: it reads from the store what these look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.publish.catalogue.document import data_files
from buendnis_graph.publish.documents import Document, Kind, anchor
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.site.collect import page_of
from buendnis_graph.publish.site.layout import file_of
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.view import NearView
from buendnis_graph.wording import LANGUAGES

_REPLACED = expand("dcterms:isReplacedBy").value


@dataclass
class NearSite(Site):
    """As :class:`Site`, but none of its parts reads the whole graph."""

    @cached_property
    def near(self) -> Near:
        """Its documents, one by one."""
        return Near(self.graph.store)

    @cached_property
    def view(self) -> NearView:
        """The consolidated view."""
        return NearView(self.graph.store)

    def document(self, iri: str) -> Document:
        """Return a document by its IRI."""
        found = self.near.document(iri)
        if found is None:
            raise KeyError(iri)
        return found

    def of_kind(self, *kinds: Kind) -> list[Document]:
        """Return the documents of kinds as lists show them, without those that were merged into another."""
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
        if iri in self._questions:
            return iri.removeprefix(BASE)
        home = self.near.home(iri)
        if home is None and iri.startswith(BASE) and "#" not in iri and self.near.document(iri) is not None:
            home = iri  # only others are at home there
        if home is None:
            return None
        path = home.removeprefix(BASE)
        return path if home == iri else f"{path}#{anchor(iri)}"

    @cached_property
    def _questions(self) -> frozenset[str]:
        return frozenset(f"{BASE}query/{one.name}" for one in self.questions)

    def is_used(self, subject: str, term: str) -> bool:
        """Return whether a property or class is used of a subject."""
        store, node, graph = self.graph.store, ox.NamedNode(subject), ox.DefaultGraph()
        of_property = store.quads_for_pattern(node, ox.NamedNode(term), None, graph)
        return any(True for _ in of_property) or ox.Quad(node, RDF_TYPE, ox.NamedNode(term), graph) in store

    def first_use(self, term: str) -> str:
        """Return the first subject that a property or class is used of; empty if there is none."""
        return min((quad.subject.value for quad in self._used(term)), default="")  # type: ignore[union-attr]

    def _used(self, term: str, subject: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        node, store, graph = ox.NamedNode(term), self.graph.store, ox.DefaultGraph()
        yield from store.quads_for_pattern(subject, node, None, graph)
        yield from store.quads_for_pattern(subject, RDF_TYPE, node, graph)

    def printed(self, page: Page) -> Iterator[tuple[str, str]]:
        """Yield path and text of a page in all languages."""
        for language in LANGUAGES:
            yield file_of(page.path, language), self.press.print(page, language)

    def files_of(self, document: Document) -> Iterator[tuple[str, str]]:
        """Yield path and text of the pages and the data of a document."""
        yield from self.printed(page_of(self.view, document, lambda: self.terms))
        yield from data_files(document).items()
