"""The catalogue's questions beside rdflib on the same graph, in one interleaved run; the ratio is what counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyoxigraph as ox
import rdflib

from buendnis_graph.build import build
from buendnis_graph.queries import answer, read_catalogue
from buendnis_graph.settings import find_project
from buendnis_graph.store import CONSOLIDATED, QUADS, open_read_only, shards
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.report import Cell, Ratio, Table, Timing

ROUNDS = 5


def _ask_rdflib(graph: rdflib.Graph, sparql: str) -> list[object]:
    return list(graph.query(sparql))


def tables(run: Run) -> Iterator[Table]:
    """Yield each question's time here and in rdflib, and their ratio."""
    project = find_project()
    folder, _ = build(project)
    disk = open_read_only(folder)
    view, named = ox.Store(), ox.Store()
    plain, dataset = rdflib.Graph(), rdflib.Dataset()
    for path in shards(folder, CONSOLIDATED):
        view.bulk_load(path=path)
        plain.parse(path)
    for path in shards(folder, QUADS):
        named.bulk_load(path=path)
        dataset.parse(path)
    questions, rounds = (read_catalogue(project)[:3], 1) if run.quick else (read_catalogue(project), ROUNDS)
    rows: list[list[Cell]] = []
    for question in questions:
        run.step(question.name)
        memory, there = (named, dataset) if question.uses_graphs else (view, plain)
        ours: list[float] = []
        in_memory: list[float] = []
        peer: list[float] = []
        for _ in range(rounds):
            ours.append(seconds(partial(answer, disk, question.sparql)))
            in_memory.append(seconds(partial(answer, memory, question.sparql)))
            peer.append(seconds(partial(_ask_rdflib, there, question.sparql)))
        times = [Timing.of(measured, 1000) for measured in (ours, in_memory, peer)]
        rows.append([question.name, *times, Ratio("rdflib", times[2].median / times[0].median)])
    yield Table(
        "The catalogue on the project's own graph",
        ("question", "on disk, ms", "in memory, ms", "rdflib, ms", "rdflib : on disk"),
        rows,
        f"{len(plain):,} triples; {rounds} rounds, interleaved.",
    )
