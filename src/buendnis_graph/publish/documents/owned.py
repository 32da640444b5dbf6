"""What is at home in each document of a built graph, found all at once: the view is sorted by where it is at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.publish.documents.homes import home
from buendnis_graph.publish.documents.survey import Texts, iri_of, lines_of
from buendnis_graph.publish.sorting import in_order


def owned(
    store: ox.Store, lines: Iterable[bytes] | None = None, aside: Path | None = None
) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Yield IRI and own triples of all documents, both sorted; in memory are those of one, and some lines.

    Args:
        store: its default graph is the consolidated view.
        lines: of that view as N-Triples, if they are at hand, as :func:`survey` takes them.
        aside: a folder for what does not fit into memory (default: where the system puts temporary files).
    """
    at_home = _at_home(Texts(store), lines_of(store) if lines is None else lines)
    for document, some in groupby(in_order(at_home, folder=aside), lambda line: line.partition(b"\0")[0]):
        text = b"".join(line[len(document) + 1 :] for line in some)
        yield document.decode(), [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def _at_home(texts: Texts, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines with the document that they are at home in before them; no IRI holds what parts the two."""
    last, document = b"", b""
    for line in lines:
        subject = line.split(b" ", 1)[0]
        if subject != last:  # all of a subject mostly stand together; where they don't, it is looked for again
            last, document = subject, home(texts, iri_of(subject)).encode()
        yield b"%b\0%b" % (document, line)
