"""The catalogue's questions beside rdflib on the same graph, in one interleaved run; the ratio is what counts."""

from __future__ import annotations

import platform
import statistics
import sys
from functools import partial
from importlib.metadata import version

import pyoxigraph as ox
import rdflib

from buendnis_graph.build import build
from buendnis_graph.queries import answer, read_catalogue
from buendnis_graph.settings import find_project
from buendnis_graph.store import open_read_only
from tests.bench.clock import seconds

ROUNDS = 5


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.1f} ({min(times) * 1000:.1f} to {max(times) * 1000:.1f})"


def _ask_rdflib(graph: rdflib.Graph, sparql: str) -> list[object]:
    return list(graph.query(sparql))


def run() -> None:
    """Print a Markdown table: each question's time here and in rdflib, and their ratio."""
    project = find_project()
    folder, _ = build(project)
    disk = open_read_only(folder)
    view, named = ox.Store(), ox.Store()
    view.bulk_load(path=str(folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    named.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    plain, dataset = rdflib.Graph(), rdflib.Dataset()
    plain.parse(folder / "graph.ttl")
    dataset.parse(folder / "graph.nq", format="nquads")
    versions = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib"))
    out = sys.stdout
    out.write(
        f"Python {platform.python_version()}, {versions}; {len(plain):,} triples; {ROUNDS} rounds, interleaved.\n\n"
    )
    out.write("| question | on disk, ms | in memory, ms | rdflib, ms | rdflib : on disk |\n|---|--:|--:|--:|--:|\n")
    for question in read_catalogue(project):
        memory, there = (named, dataset) if question.uses_graphs else (view, plain)
        ours: list[float] = []
        in_memory: list[float] = []
        peer: list[float] = []
        for _ in range(ROUNDS):
            ours.append(seconds(partial(answer, disk, question.sparql)))
            in_memory.append(seconds(partial(answer, memory, question.sparql)))
            peer.append(seconds(partial(_ask_rdflib, there, question.sparql)))
        ratio = statistics.median(peer) / statistics.median(ours)
        out.write(f"| {question.name} | {_spread(ours)} | {_spread(in_memory)} | {_spread(peer)} | {ratio:.1f} |\n")
