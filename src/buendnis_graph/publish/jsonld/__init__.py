"""JSON-LD: a document, or the whole graph, under one versioned context that is never fetched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from buendnis_graph.publish.documents import Document, owned
from buendnis_graph.publish.jsonld.files import files
from buendnis_graph.publish.jsonld.table import CONTEXT, context_text
from buendnis_graph.publish.jsonld.tree import Tree
from buendnis_graph.publish.jsonld.values import quoted

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

__all__ = ["CONTEXT", "context_text", "files", "of_document", "write_whole_graph"]


def of_document(document: Document, context: str = CONTEXT) -> str:
    """Return a document as JSON-LD: the same triples as its Turtle, as a tree.

    Args:
        document: what is written.
        context: the address of the context as it stands in the file.

    Raises:
        FormatError: for an IRI that JSON-LD readers would take for another.
    """
    members = Tree(document.iri, document.own, document.borrowed).members("  ")
    return "{\n  " + ",\n  ".join([f'"@context": {quoted(context)}', *members]) + "\n}\n"


def write_whole_graph(
    store: ox.Store,
    file: TextIO,
    context: str = CONTEXT,
    lines: Iterable[bytes] | None = None,
    aside: Path | None = None,
) -> None:
    """Write the consolidated view as one JSON-LD file, a document after the other, each with its own triples only.

    Args:
        store: its default graph is the consolidated view.
        file: open for writing text in UTF-8, with line feeds as ends of lines.
        context: the address of the context as it stands in the file.
        lines: of that view as N-Triples, if they are at hand: each once, as the store writes it, and those of a subject
            together.
        aside: a folder for what does not fit into memory (default: where the system puts temporary files).
    """
    file.write(f'{{\n  "@context": {quoted(context)},\n  "@graph": [')
    for number, (iri, own) in enumerate(owned(store, lines, aside)):
        members = Tree(iri, own, ()).members("      ")
        file.write((",\n    {\n      " if number else "\n    {\n      ") + ",\n      ".join(members) + "\n    }")
    file.write("\n  ]\n}\n")
