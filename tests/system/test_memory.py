"""What can be written row by row takes no more memory for more data: under a hard limit, at two sizes.

``BUENDNIS_ORGANISATIONS=100000 pytest -m system tests/system/test_memory.py`` does so at that many organisations.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.build import build
from buendnis_graph.settings import Project
from tests.bench.generator import Generator
from tests.mini import REAL, MiniProject

pytestmark = pytest.mark.system

SIZE = int(os.environ.get("BUENDNIS_ORGANISATIONS", "8000"))
ALLOWED = 64 * 1024 * 1024
"""Bytes of data beside what an open store takes; all rows of the larger store take more."""
STACK = 1024 * 1024
"""Bytes of a thread's stack: the engine opens a store by as many threads as there are cores, and more."""
GRAPH = "<https://w3id.org/buendnis-graph/graph/registry>"
OPEN = """
import sys
from pathlib import Path
from buendnis_graph.graph import Graph
from buendnis_graph.publish.dumps import rdf
from buendnis_graph.publish.dumps.licences import Licences
from buendnis_graph.settings import Project
graph = Graph(Project(Path(sys.argv[1])))
store, licences, into = graph.store, Licences.of(graph), Path(sys.argv[2])
(into / "dumps").mkdir(exist_ok=True)
"""
ALL = "SELECT * { ?s ?p ?o }"


def _filled(root: Path, organisations: int) -> Project:
    """Build a small project, and load so many organisations into its store: as triples of the view and of a graph."""
    root.mkdir()
    mini = MiniProject(root)
    mini.attest("p", "a", "x")
    shutil.copy(REAL.data / "dataset.ttl", mini.data)
    folder, _ = build(mini)
    lines = root / "lines.nq"
    with lines.open("w", encoding="utf-8") as file:
        for block in Generator(REAL, organisations).blocks():
            for one in block.statements:
                triple = f"{one.subject} {one.predicate} {one.object}"
                file.write(f"{triple} .\n{triple} {GRAPH} .\n")
    store = ox.Store(str(folder / "store"))
    store.bulk_load(path=lines, format=ox.RdfFormat.N_QUADS)
    store.flush()
    lines.unlink()
    return mini


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> list[Project]:
    """The same with a tenth of the organisations, and with all."""
    root = tmp_path_factory.mktemp("sizes")
    return [_filled(root / str(number), number) for number in (SIZE // 10, SIZE)]


@pytest.fixture(scope="module")
def limit(sizes: list[Project], tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many bytes of data a process may take: what it takes once the larger store is open, and a little."""
    code = OPEN + "print(open('/proc/self/status').read().partition('VmData:')[2].split()[0])"
    done = _run(["-c", code, str(sizes[1].root), str(tmp_path_factory.mktemp("out"))])
    assert done.returncode == 0, done.stderr
    return int(done.stdout) * 1024 + ALLOWED


def _run(arguments: list[str], limit: int | None = None) -> subprocess.CompletedProcess[bytes]:
    def confine() -> None:
        resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    return subprocess.run([sys.executable, *arguments], capture_output=True, check=False, preexec_fn=confine)


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_all_triples_are_answered(sizes: list[Project], limit: int, tmp_path: Path, form: str) -> None:
    lines = []
    for project in sizes:
        output = tmp_path / f"all.{form}"
        command = ["-m", "buendnis_graph", "--root", str(project.root), "query", ALL, "--output", str(output)]
        done = _run(command, limit)
        assert done.returncode == 0, done.stderr
        with output.open("rb") as file:
            lines.append(sum(1 for _ in file))
    assert lines[1] > 5 * lines[0]


@pytest.mark.parametrize(
    "form",
    ["quads(graph.folder, store, licences, into, 'nquads')", "view(store, licences, into, 'ntriples')"],
)
def test_a_dump_is_written(sizes: list[Project], limit: int, tmp_path: Path, form: str) -> None:
    counts = []
    for project in sizes:
        done = _run(
            ["-c", f"{OPEN}print([dump.count for dump in rdf.{form}][-1])", str(project.root), str(tmp_path)], limit
        )
        assert done.returncode == 0, done.stderr
        counts.append(int(done.stdout))
    assert counts[1] > 5 * counts[0]


def test_the_limit_is_one_for_what_holds_all(sizes: list[Project], limit: int, tmp_path: Path) -> None:
    code = f"{OPEN}rows = [tuple(row) for row in store.query({ALL!r})]"
    assert [_run(["-c", code, str(one.root), str(tmp_path)], limit).returncode == 0 for one in sizes] == [True, False]
