"""Finding the documents of synthetic projects and writing them, by size; in one process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document, documents, turtle
from buendnis_graph.publish.jsonld import of_document
from buendnis_graph.settings import Project
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import cpu_seconds
from tests.bench.growth import Point, growing
from tests.bench.projects import built
from tests.bench.report import Table
from tests.bench.sizes import SIZES

_DOCUMENTS = ("finding the documents", "as Turtle", "as JSON-LD")


def tables(run: Run) -> Iterator[Table]:
    """Yield what documents take, by size."""
    points: list[Point] = []
    for size in (100, 200) if run.quick else SIZES:
        with built(run, size) as project:
            run.step(f"{size:,} organisations: documents")
            times, memory = apart(document_times, str(project.root))
            points += [Point(what, size, time, memory) for what, time in zip(_DOCUMENTS, times, strict=True)]
    yield growing(
        "Documents by size",
        "organisations",
        points,
        "All documents of a build, one after the other, in one process; processor time. An organisation has a document of its "
        "own and some of its membership and sources. As HTML they are most of the site.",
    )


def document_times(root: str) -> list[float]:
    """Return the seconds that finding all documents of a built project takes, and writing them in each form.

    Each is let go when it is written, as an export and a site do.
    """
    graph = Graph(Project(Path(root)))
    found = documents(graph.without_bulk, graph.view_lines())
    times = [0.0, 0.0, 0.0]
    some: list[Document] = []
    while True:
        times[0] += cpu_seconds(lambda: some.extend(islice(found, 1)))
        if not some:
            return times
        one = some.pop()
        times[1] += cpu_seconds(partial(turtle, one))
        times[2] += cpu_seconds(partial(of_document, one))
