"""Every question of the catalogue on synthetic data, derived by the real rules, beside the same text in bare pyoxigraph."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.derive.rules import Rule, _run, read_rules
from buendnis_graph.namespaces import BASE, derived_graph
from buendnis_graph.queries import answer, read_catalogue
from buendnis_graph.settings import Project, find_project
from tests.bench.clock import seconds
from tests.bench.generator import Generator, Statement

SWITCH = "BUENDNIS_BENCH_CATALOGUE"
SIZES = (10_000, 100_000) if os.environ.get("BUENDNIS_BENCH_LARGE") else (10_000,)
ROUNDS = 5
LIMIT = 2.0
"""Seconds a question may take at 100,000 organisations."""
IN_VIEW = tuple(f"<{BASE}graph/{name}>" for name in ("registry", "codings", "ontology", "sources", "dataset"))


def _statements(generator: Generator) -> Iterator[Statement]:
    yield from generator.background()
    for block in generator.blocks():
        yield from block.statements


def _lines(generator: Generator) -> Iterator[str]:
    """Yield N-Quads: each statement in its graph, and in the default graph what is consolidated as it is."""
    for s, p, o, graph in _statements(generator):
        yield f"{s} {p} {o} {graph} .\n"
        if graph in IN_VIEW or s.startswith(graph[:-1] + "#"):
            yield f"{s} {p} {o} .\n"


def _derive(store: ox.Store, rule: Rule) -> None:
    graph, triples = derived_graph(rule.name), _run(store, rule)
    store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)


def made(project: Project, organisations: int, folder: Path) -> ox.Store:
    """Return an on-disk store with synthetic data and all that the rules derive from it; say how long each rule took."""
    store, out = ox.Store(), sys.stdout
    store.bulk_load("".join(_lines(Generator(project, organisations))).encode(), format=ox.RdfFormat.N_QUADS)
    for rule in read_rules(project.ontology / "rules"):
        taken = seconds(partial(_derive, store, rule))
        if taken > 1:
            out.write(f"rule {rule.name}: {taken:.1f} s\n")
            out.flush()
    disk = ox.Store(str(folder))
    disk.bulk_extend(store)
    disk.flush()
    disk.optimize()
    return disk


def _bare(store: ox.Store, text: str) -> list[object]:
    result = store.query(text)
    assert isinstance(result, ox.QuerySolutions)
    return list(result)


def run() -> None:
    """Print a Markdown table a size: each question's time, the bare engine's, their ratio, and whether it is too slow."""
    project, out = find_project(), sys.stdout
    if not os.environ.get(SWITCH):
        out.write(
            f"\nThe catalogue: not timed, as rule 41-preferred grows quadratically; ask for it: {SWITCH}=1 make bench\n"
        )
        return
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            out.write(f"\nThe catalogue at {size:,} organisations, on disk.\n\n")
            store = made(project, size, Path(folder) / "store")
            out.write("| question | here, s | bare pyoxigraph, s | ratio | |\n|---|--:|--:|--:|---|\n")
            for question in read_catalogue(project):
                first = seconds(partial(_bare, store, question.sparql))
                rounds = ROUNDS if first < 1 else 1
                bare = [seconds(partial(_bare, store, question.sparql)) for _ in range(rounds)]
                ours = [seconds(partial(answer, store, question.sparql)) for _ in range(rounds)]
                here, peer = statistics.median(ours), statistics.median(bare)
                slow = "too slow" if here > LIMIT else ""
                out.write(f"| {question.name} | {here:.4f} | {peer:.4f} | {here / peer:.2f} | {slow} |\n")
                out.flush()
