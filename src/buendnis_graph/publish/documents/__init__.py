"""Which things have a document of their own, where it is, and what stands in it.

Every triple of the consolidated view has exactly one home: the documents' own triples together are the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.publish.documents.as_turtle import turtle
from buendnis_graph.publish.documents.homes import anchor
from buendnis_graph.publish.documents.model import Document, Kind
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.documents.owned import owned
from buendnis_graph.publish.documents.survey import survey
from buendnis_graph.publish.documents.view import Lines

__all__ = ["Document", "Kind", "anchor", "document_of", "documents", "owned", "turtle"]


def documents(
    store: ox.Store, lines: Iterable[bytes] | None = None, lines_of: Lines | None = None
) -> Iterator[Document]:
    """Yield all documents of a built graph, sorted by path, one after the other: only what they look at is held.

    Args:
        store: its default graph is the consolidated view.
        lines: of that view as N-Triples, if they are at hand, as :func:`survey` takes them.
        lines_of: gives those of a subject, as :class:`~buendnis_graph.publish.documents.view.View` takes them.
    """
    found = survey(store, lines)
    near = Near(store, found.further, lines_of)
    for iri in found.documents:
        document = near.document(iri)
        assert document is not None  # noqa: S101 - a survey names no others
        yield document
        if near.has_read_much:
            near.forget()


def document_of(store: ox.Store, iri: str, lines: Iterable[bytes] | None = None) -> Document:
    """Return the document of one thing of a built graph.

    Args:
        store: as :func:`documents` takes it.
        iri: of the thing.
        lines: likewise.

    Raises:
        KeyError: if it has none.
    """
    found = Near(store, survey(store, lines).further).document(iri)
    if found is None:
        raise KeyError(iri)
    return found
