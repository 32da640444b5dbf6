"""What can be written row by row takes no more memory for more data: 100,000 organisations under a hard limit.

``BUENDNIS_ORGANISATIONS=600000 pytest -m system tests/system/test_memory.py`` does so at that many.
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
from buendnis_graph.store.dataset import add_store
from buendnis_graph.store.shards import CONSOLIDATED, QUADS, DumpWriter
from tests.bench.generator import Generator, iri
from tests.mini import REAL, MiniProject

pytestmark = pytest.mark.system

SIZE = int(os.environ.get("BUENDNIS_ORGANISATIONS", "100000"))
ALLOWED = 96 * 1024 * 1024
"""Bytes of data beside what an open store takes; all that is answered or dumped here takes more."""
STACK = 1024 * 1024
"""Bytes of a thread's stack: the engine opens a store by as many threads as there are cores, and more."""
GRAPH = iri("graph:registry")
OPEN = """
import sys
from pathlib import Path
from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue.survey import survey
from buendnis_graph.publish.dumps import rdf
from buendnis_graph.publish.dumps.licences import Licences
from buendnis_graph.publish.dumps.streamed import statements
from buendnis_graph.settings import Project
from buendnis_graph.store.shards import CONSOLIDATED
graph = Graph(Project(Path(sys.argv[1])))
store, into = graph.store, Path(sys.argv[2])
(into / "dumps").mkdir(exist_ok=True)
halves = rdf.Halves(graph.folder, Licences.of(graph), into, into)
"""
NAMES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT * { ?body skos:prefLabel|skos:altLabel ?name ; a ?kind }"
"""More than two rows an organisation."""


def _filled(root: Path, organisations: int) -> Project:
    """Build a small project, and put so many organisations into its store and dumps: all into the view, the registry's part into its graph."""
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
                file.write(f"{triple} .\n")
                if one.graph == GRAPH:
                    file.write(f"{triple} {GRAPH} .\n")
    store = ox.Store(str(folder / "store"))
    store.bulk_load(path=lines, format=ox.RdfFormat.N_QUADS)
    store.flush()
    lines.unlink()
    for dump in (QUADS, CONSOLIDATED):
        shutil.rmtree(folder / dump)
    dumps = DumpWriter(folder)
    add_store(store, dumps)
    dumps.finish()
    return mini


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return _filled(tmp_path_factory.mktemp("large") / "project", SIZE)


@pytest.fixture(scope="module")
def limit(large: Project, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many bytes of data a process may take: what it takes once the store is open, and a little."""
    code = OPEN + "print(open('/proc/self/status').read().partition('VmData:')[2].split()[0])"
    done = _run(["-c", code, str(large.root), str(tmp_path_factory.mktemp("out"))])
    assert done.returncode == 0, done.stderr
    return int(done.stdout) * 1024 + ALLOWED


def _run(arguments: list[str], limit: int | None = None) -> subprocess.CompletedProcess[bytes]:
    def confine() -> None:
        resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    return subprocess.run([sys.executable, *arguments], capture_output=True, check=False, preexec_fn=confine)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_many_rows_are_answered(large: Project, limit: int, tmp_path: Path, form: str) -> None:
    output = tmp_path / f"all.{form}"
    command = ["-m", "buendnis_graph", "--root", str(large.root), "query", NAMES, "--output", str(output)]
    done = _run(command, limit)
    assert done.returncode == 0, done.stderr
    with output.open("rb") as file:
        assert sum(1 for _ in file) > 2 * SIZE


@pytest.mark.parametrize("kind", ["nquads", "trig", "ntriples", "turtle"])
def test_a_dump_is_written(large: Project, limit: int, tmp_path: Path, kind: str) -> None:
    code = f"{OPEN}print(*[dump.count for dump in rdf.graph(halves, {kind!r})])"
    done = _run(["-c", code, str(large.root), str(tmp_path)], limit)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) > 2 * SIZE


def test_a_graph_is_counted(large: Project, limit: int, tmp_path: Path) -> None:
    code = f"{OPEN}print(survey(statements(graph.folder, CONSOLIDATED), into).triples)"
    done = _run(["-c", code, str(large.root), str(tmp_path)], limit)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 2 * SIZE


def test_the_limit_is_one_for_what_holds_all(large: Project, limit: int, tmp_path: Path) -> None:
    for asked, is_small in ((f"{NAMES} LIMIT 1000", True), (NAMES, False)):
        hold = f"{OPEN}rows = [tuple(row) for row in store.query({asked!r})]"
        assert (_run(["-c", hold, str(large.root), str(tmp_path)], limit).returncode == 0) is is_small
