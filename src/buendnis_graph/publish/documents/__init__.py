"""Which things have a document of their own, where it is, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from buendnis_graph.publish.documents.model import Document, Kind

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Document", "Kind", "documents"]


def documents(store: ox.Store) -> Iterator[Document]:
    """Yield all documents of a built graph, sorted by path.

    Args:
        store: its default graph is the consolidated view.
    """
    raise NotImplementedError
