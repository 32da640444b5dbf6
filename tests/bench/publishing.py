"""Documents as Turtle, JSON-LD and HTML, beside PyLD framing and rdflib's serialisers on the same triples."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from pyld import jsonld

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document, documents, turtle
from buendnis_graph.publish.jsonld import context_text, of_document
from buendnis_graph.publish.jsonld.frames import frame
from buendnis_graph.publish.site import asked
from buendnis_graph.publish.site.collect import page_of
from buendnis_graph.publish.site.whole import whole_site
from buendnis_graph.rdflib_terms import to_graph
from buendnis_graph.settings import find_project
from buendnis_graph.store import open_read_only
from buendnis_graph.wording import LANGUAGES

_STEP = 50
"""The peers get only every fiftieth document: they are slow."""


def run() -> None:
    """Print a Markdown table: documents a second here (all of them, once) and by the peers (some), and the ratio."""
    folder, _ = build(find_project())
    published: list[Document] = []
    reading = seconds(lambda: published.extend(documents(open_read_only(folder))))
    some = published[::_STEP]
    printed = _printer(Graph(find_project()))
    graphs = {document.path: to_graph(tuple(triple) for triple in document.triples) for document in some}
    pair = [
        ("Turtle", turtle, "rdflib", lambda d: graphs[d.path].serialize(format="turtle")),
        ("JSON-LD", of_document, "PyLD, framed", _framer(some)),
        ("HTML, German and English", printed, "rdflib, Turtle", lambda d: graphs[d.path].serialize(format="turtle")),
    ]
    out = sys.stdout
    triples = sum(len(d.own) + len(d.borrowed) for d in published)
    out.write(
        f"\nPublishing: {len(published):,} documents, {triples:,} triples, found in {reading:.1f} s; processor time.\n\n"
    )
    out.write("| what | documents/s | peer | documents/s | ratio |\n|---|--:|---|--:|--:|\n")
    whole = 0.0
    for name, ours, peer, theirs in pair:
        mine = seconds(lambda ours=ours: [ours(d) for d in published]) / len(published)  # type: ignore[misc]
        whole += mine
        ratio = statistics.median(_ratios(some, ours, theirs))
        other = seconds(lambda theirs=theirs: [theirs(d) for d in some]) / len(some)  # type: ignore[misc]
        out.write(f"| {name} | {1 / mine:,.0f} | {peer} | {1 / other:,.0f} | {ratio:.0f} |\n")
    out.write(f"| all | {1 / whole:,.0f} | | | |\n")


def _printer(graph: Graph) -> Callable[[Document], object]:
    """Return what makes and prints the pages of a document, in both languages."""
    site = whole_site(graph)
    press, view, checks = site.press, site.view, asked.checks(site.checks)

    def printed(document: Document) -> list[str]:
        page = page_of(view, document, checks)
        return [press.print(page, language) for language in LANGUAGES]

    return printed


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call took, in seconds of the processor: all of it is one thread's."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _ratios(
    some: Sequence[Document], ours: Callable[[Document], object], theirs: Callable[[Document], object]
) -> list[float]:
    """Return how much longer the peer takes for each document, one straight after the other."""
    return [seconds(lambda d=d: theirs(d)) / seconds(lambda d=d: ours(d)) for d in some]  # type: ignore[misc]


def _framer(some: Sequence[Document]) -> Callable[[Document], object]:
    """Return what makes the same tree by PyLD, out of expanded JSON-LD."""
    context = json.loads(context_text())

    def load(url: str, _options: object = None) -> dict[str, object]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    options = {"documentLoader": load}
    expanded = {d.path: jsonld.expand(json.loads(of_document(d)), options) for d in some}
    return lambda d: json.dumps(jsonld.frame(expanded[d.path], frame(d.kind), options))
