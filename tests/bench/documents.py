"""Finding the documents of synthetic projects and writing them, by size; in one process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document, turtle
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.documents.survey import Survey, survey
from buendnis_graph.publish.jsonld import of_document
from buendnis_graph.settings import Project
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import cpu_seconds
from tests.bench.growth import Point, growing
from tests.bench.projects import built
from tests.bench.report import Table
from tests.bench.sizes import SIZES

_SOME_FROM, _ONE_IN = 100_000, 10
_IN_A_ROW = 50
_EACH = ("finding the documents", "as Turtle", "as JSON-LD")


def tables(run: Run) -> Iterator[Table]:
    """Yield what documents take, by size."""
    points: list[Point] = []
    for size in (100, 200) if run.quick else SIZES:
        with built(run, size) as project:
            run.step(f"{size:,} organisations: documents")
            one_in = _ONE_IN if size >= _SOME_FROM else 1
            (where, *times), memory = apart(document_times, str(project.root), one_in)
            points.append(Point("looking where all stands", size, where, memory))
            points += [Point(what, size, time, memory, size // one_in) for what, time in zip(_EACH, times, strict=True)]
    yield growing(
        "Documents by size",
        "organisations",
        points,
        "Documents of a build, one after the other, in one process; processor time. First the whole view is read once, to "
        "know which documents there are. An organisation has a document of its own and some of its membership and sources. "
        "As HTML they are most of the site, which several processes make. "
        f"From {_SOME_FROM:,} organisations on it is {_IN_A_ROW} documents in a row out of {_ONE_IN * _IN_A_ROW}.",
    )


def document_times(root: str, one_in: int) -> list[float]:
    """Return the seconds that it takes to know all documents of a built project, to find them, and to write each form.

    Each is let go when it is written, as a site does.

    Args:
        root: of the project.
        one_in: how many rows of documents there are for each that is found and written.
    """
    graph = Graph(Project(Path(root)))
    surveys: list[Survey] = []
    times = [cpu_seconds(lambda: surveys.append(survey(graph.without_bulk, graph.view_lines()))), 0.0, 0.0, 0.0]
    near = Near(graph.without_bulk, surveys[0].further, graph.lines_of)
    found: list[Document | None] = []
    every = surveys[0].documents
    for start in range(0, len(every), _IN_A_ROW * one_in):
        for iri in every[start : start + _IN_A_ROW]:
            times[1] += cpu_seconds(lambda iri=iri: found.append(near.document(iri)))  # type: ignore[misc]
            document = found.pop()
            assert document is not None
            times[2] += cpu_seconds(partial(turtle, document))
            times[3] += cpu_seconds(partial(of_document, document))
            if near.has_read_much:
                near.forget()
    return times
