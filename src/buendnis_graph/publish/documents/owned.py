"""What is at home in each document of a built graph, found all at once: the view is sorted by where it is at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.publish.documents.homes import home
from buendnis_graph.publish.documents.survey import StoredTexts, by_subject
from buendnis_graph.publish.sorting import in_order


def owned(
    store: ox.Store, lines: Iterable[bytes] | None = None, aside: Path | None = None
) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Yield IRI and own triples of all documents, both sorted; in memory are those of one, and some lines.

    Args:
        store: its default graph is the consolidated view.
        lines: of that view as N-Triples, if they are at hand: each once, as the store writes it, and those of a subject
            together.
        aside: a folder for what does not fit into memory (default: where the system puts temporary files).
    """
    for document, some in groupby(
        in_order(_at_home(store, lines), folder=aside), lambda line: line.partition(b"\0")[0]
    ):
        text = b"".join(line[len(document) + 1 :] for line in some)
        yield document.decode(), [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def _at_home(store: ox.Store, lines: Iterable[bytes] | None) -> Iterator[bytes]:
    """Yield lines with the document that they are at home in before them; no IRI holds what parts the two."""
    texts = StoredTexts(store)
    for subject, some in by_subject(store, lines, texts):
        document = home(texts, subject).encode()
        yield from (b"%b\0%b" % (document, line) for line in some)
