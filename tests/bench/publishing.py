"""Documents as Turtle, JSON-LD and HTML, beside PyLD framing and rdflib's serialisers on the same triples."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Sequence

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document, documents, turtle
from buendnis_graph.publish.jsonld import context_text, of_document
from buendnis_graph.publish.jsonld.frames import frame
from buendnis_graph.publish.site.collect import page_of
from buendnis_graph.publish.site.whole import whole_site
from buendnis_graph.rdflib_terms import to_graph
from buendnis_graph.settings import find_project
from buendnis_graph.wording import LANGUAGES
from tests.bench.benches import Run
from tests.bench.clock import cpu_seconds
from tests.bench.machine import missing
from tests.bench.report import Cell, Ratio, Table

_STEP = 50
"""The peers get only every fiftieth document: they are slow."""
_Work = Callable[[Document], object]


def tables(run: Run) -> Iterator[Table]:
    """Yield documents a second here (all of them, once) and by the peers (some), and the ratio."""
    build(find_project())
    graph = Graph(find_project())
    published: list[Document] = []
    run.step("reading")
    reading = cpu_seconds(lambda: published.extend(documents(graph.without_bulk, graph.view_lines(), graph.lines_of)))
    some = published[::_STEP]
    if run.quick:
        published = some = some[:3]
    printed = _printer(graph)
    graphs = {document.path: to_graph(tuple(triple) for triple in document.triples) for document in some}
    absent = missing(["PyLD"])
    pair: list[tuple[str, _Work, str, _Work | None]] = [
        ("Turtle", turtle, "rdflib", lambda d: graphs[d.path].serialize(format="turtle")),
        ("JSON-LD", of_document, "PyLD, framed", None if absent else _framer(some)),
        ("HTML, German and English", printed, "rdflib, Turtle", lambda d: graphs[d.path].serialize(format="turtle")),
    ]
    rows: list[list[Cell]] = []
    whole = 0.0
    for name, ours, peer, theirs in pair:
        run.step(name)
        mine = cpu_seconds(lambda ours=ours: [ours(d) for d in published]) / len(published)  # type: ignore[misc]
        whole += mine
        rows.append([name, 1 / mine, peer, *(_peer(peer, some, ours, theirs) if theirs else (None, None))])
    yield Table(
        "Documents",
        ("what", "here, documents/s", "peer", "peer, documents/s", "time, peer : here"),
        [*rows, ["all", 1 / whole, "", None, None]],
        f"{len(published):,} documents, {sum(len(d.own) + len(d.borrowed) for d in published):,} triples, found in {reading:.1f} s; "
        f"processor time. The peers write every fiftieth; the ratio is the median of one straight after the other. {absent}".strip(),
    )


def _peer(name: str, some: Sequence[Document], ours: _Work, theirs: _Work) -> tuple[float, Ratio]:
    """Return how many documents a peer writes in a second, and how much longer it takes."""
    ratio = Ratio(name, statistics.median(_ratios(some, ours, theirs)))
    return len(some) / cpu_seconds(lambda: [theirs(d) for d in some]), ratio


def _printer(graph: Graph) -> _Work:
    """Return what makes and prints the pages of a document, in both languages."""
    site = whole_site(graph)
    press, view, terms = site.press, site.view, site.terms

    def printed(document: Document) -> list[str]:
        page = page_of(view, document, lambda: terms)
        return [press.print(page, language) for language in LANGUAGES]

    return printed


def _ratios(some: Sequence[Document], ours: _Work, theirs: _Work) -> list[float]:
    """Return how much longer the peer takes for each document, one straight after the other."""
    return [cpu_seconds(lambda d=d: theirs(d)) / cpu_seconds(lambda d=d: ours(d)) for d in some]  # type: ignore[misc]


def _framer(some: Sequence[Document]) -> _Work:
    """Return what makes the same tree by PyLD, out of expanded JSON-LD."""
    from pyld import jsonld  # here, as it may be missing

    context = json.loads(context_text())

    def load(url: str, _options: object = None) -> dict[str, object]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    options = {"documentLoader": load}
    expanded = {d.path: jsonld.expand(json.loads(of_document(d)), options) for d in some}
    return lambda d: json.dumps(jsonld.frame(expanded[d.path], frame(d.kind), options))
