"""All files and dumps parse with a second implementation, raptor."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from buendnis_graph.evidence.corpus import data_files
from buendnis_graph.graph import Graph
from buendnis_graph.store import CONSOLIDATED, QUADS, shards
from tests.mini import REAL

FILES = [*data_files(REAL), *sorted((REAL.ontology / "shapes").rglob("*.ttl"))]
SYNTAX = {".ttl": "turtle", ".trig": "trig", ".nt": "ntriples", ".nq": "nquads"}


def _rapper(path: Path) -> int:
    """Return the number of triples raptor reads; it fails on any error."""
    done = subprocess.run(
        ["rapper", "-q", "-i", SYNTAX[path.suffix], "-o", "nquads", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return len(set(done.stdout.splitlines()))


@pytest.mark.system
def test_raptor_reads_every_file_as_we_do() -> None:
    for path in FILES:
        assert _rapper(path) == len(set(ox.parse(path=path))), path


@pytest.mark.system
def test_raptor_reads_the_dumps(graph: Graph) -> None:
    for path in [*shards(graph.folder, QUADS), *shards(graph.folder, CONSOLIDATED)]:
        assert _rapper(path) == sum(1 for _ in ox.parse(path=path))


def test_rdflib_reads_every_file_as_we_do() -> None:
    rdflib.NORMALIZE_LITERALS = False
    for path in FILES:
        dataset = rdflib.Dataset()
        dataset.parse(path, format="trig")
        assert sum(len(graph) for graph in dataset.graphs()) == len(set(ox.parse(path=path))), path
