"""Which things have a document of their own, where it is, and what stands in it.

Every triple of the consolidated view has exactly one home: the documents' own triples together are the view.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.as_turtle import turtle
from buendnis_graph.publish.documents.borrowing import Borrower
from buendnis_graph.publish.documents.homes import anchor, by_home, find_homes
from buendnis_graph.publish.documents.model import Document, Kind
from buendnis_graph.publish.documents.tables import borrowing
from buendnis_graph.publish.documents.titles import kind_of, title_of
from buendnis_graph.publish.documents.view import View
from buendnis_graph.store import consolidate

__all__ = ["Document", "Kind", "anchor", "document_of", "documents", "turtle", "view_of"]


def view_of(store: ox.Store) -> View:
    """Return the consolidated view of a built graph, read once."""
    return View((quad.triple for quad in consolidate(store)), borrowing().inverse_properties)


def documents(store: ox.Store) -> Iterator[Document]:
    """Yield all documents of a built graph, sorted by path.

    Args:
        store: its default graph is the consolidated view.
    """
    view = view_of(store)
    borrower = Borrower(view)
    for iri, subjects in sorted(by_home(find_homes(view)).items()):
        yield _document(view, borrower, iri, subjects)


def document_of(store: ox.Store, iri: str) -> Document:
    """Return the document of one thing of a built graph.

    Raises:
        KeyError: if it has none.
    """
    view = view_of(store)
    return _document(view, Borrower(view), iri, by_home(find_homes(view))[iri])


def _document(view: View, borrower: Borrower, iri: str, subjects: list[str]) -> Document:
    kind = kind_of(view, iri)
    return Document(
        iri=iri,
        path=iri[len(BASE) :],
        kind=kind,
        title=title_of(view, iri, kind),
        own=view.in_order(n for subject in subjects for n in view.of(subject)),
        borrowed=view.in_order(borrower.borrowed(iri, kind, subjects)),
    )
