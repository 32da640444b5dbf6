"""The document of the data set with the catalogue in it: what export and site both publish as ``dataset``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from buendnis_graph.publish import jsonld
from buendnis_graph.publish.documents import Document, turtle

TURTLE = "dataset.ttl"
"""Its file of an export that a site reads the catalogue from."""


def with_catalogue(document: Document, said: Iterable[ox.Triple]) -> Document:
    """Return the document of the data set with what a catalogue says; if that stands in it already, as it is.

    Args:
        document: as the graph has it.
        said: by the catalogue, or by such a document of an export.
    """
    own = {*document.own, *said} - {*document.borrowed}
    return replace(document, own=tuple(sorted(own, key=str)))


def data_files(document: Document) -> dict[str, str]:
    """Return a document's files of data by path: Turtle, and JSON-LD with the same triples."""
    return {f"{document.path}.ttl": turtle(document), f"{document.path}.jsonld": jsonld.of_document(document)}
