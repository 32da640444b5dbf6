"""Documents that several processes make are those that one makes; what ends one of them is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from buendnis_graph.build import build
from buendnis_graph.errors import LostProcessError, NotBuiltError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.site import crew, pages
from buendnis_graph.publish.site.crew import Batch, Order, _crew, _Process
from buendnis_graph.publish.site.whole import publish_site
from buendnis_graph.settings import Project
from tests.mini import MiniProject
from tests.publish.site.conftest import small_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> MiniProject:
    """The small project, built."""
    project = small_project(tmp_path_factory.mktemp("crew") / "project")
    build(project)
    return project


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a site by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_several_processes_make_what_one_makes(
    project: MiniProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = Graph(project)
    monkeypatch.setattr(crew, "processors", lambda: 1)
    alone = publish_site(graph, tmp_path / "alone", site_url="https://example.org/graph")
    monkeypatch.setattr(crew, "_FEW", 0)
    monkeypatch.setattr(crew, "processors", lambda: 3)
    monkeypatch.setattr(pages, "AT_ONCE", 7)
    steps: list[str] = []
    together = publish_site(graph, tmp_path / "together", site_url="https://example.org/graph", step=steps.append)
    assert together == alone
    assert contents(tmp_path / "together") == contents(tmp_path / "alone")
    assert sum(step.startswith("writing pages: ") for step in steps) > 5
    again = publish_site(graph, tmp_path / "together", site_url="https://example.org/graph", force=True)
    assert (again.written.new, again.written.changed, again.written.removed) == (0, 0, 0)


def _order(project: Project, output: Path) -> Order:
    graph = Graph(project)
    return Order(project.root, graph.folder, output, "", 500, {}, {})


def test_what_a_process_can_not_do_is_told_as_what_it_is(project: MiniProject, tmp_path: Path) -> None:
    order, in_the_way = _order(project, tmp_path / "public"), tmp_path / "file"
    in_the_way.touch()
    work = [Batch([f"{BASE}id/{name}"], str(tmp_path / name)) for name in "abc"]
    assert len([*_crew(order, work, 2)]) == 3
    with pytest.raises(KeyError, match="not-there") as told:
        [*_crew(order, [*work, Batch([f"{BASE}id/not-there"], str(tmp_path / "d"))], 2)]
    assert "in made" in told.value.__notes__[0], "what was not foreseen is told with where it was"
    with pytest.raises(NotADirectoryError):
        [*_crew(order, [*work, Batch([f"{BASE}id/x"], str(in_the_way / "x"))], 2)]
    with pytest.raises(NotBuiltError):
        [*_crew(replace(order, build=tmp_path / "gone"), work, 2)]


def test_a_process_that_is_gone_is_told(project: MiniProject, tmp_path: Path) -> None:
    order, batch = _order(project, tmp_path / "public"), Batch([f"{BASE}id/a"], str(tmp_path / "a"))
    process = _Process(order)
    assert next(path for path, _ in process.do(batch).files) == "id/a.html"
    os.kill(process.number, signal.SIGKILL)
    with pytest.raises(LostProcessError, match="has ended before"):
        process.do(batch)
    process.close()


def test_a_process_that_can_not_begin_is_told(
    project: MiniProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = replace(_order(project, tmp_path), uses={str(number): "x" * 1000 for number in range(1000)})
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(LostProcessError):
        [*_crew(order, [Batch([f"{BASE}id/a"], str(tmp_path / "a"))], 2)]


def test_who_stops_early_waits_for_nobody(project: MiniProject, tmp_path: Path) -> None:
    order = _order(project, tmp_path / "public")
    made = _crew(order, (Batch([f"{BASE}id/a"], str(tmp_path / str(number))) for number in range(10_000)), 2)
    next(made)
    made.close()
    assert len([*tmp_path.iterdir()]) < 1000


def test_processes_end_with_who_began_them(project: MiniProject, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from buendnis_graph.settings import Project; "
        "from tests.publish.site.test_crew import _order; from buendnis_graph.publish.site.crew import _Process; "
        "one = _Process(_order(Project(Path(sys.argv[1])), Path(sys.argv[2]))); print(one.number, flush=True); "
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(project.root), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert Path("/proc").is_dir(), "it is looked for there"
    for _ in range(600):
        if not _runs(int(done.stdout)):
            return
        time.sleep(0.1)
    raise AssertionError(done.stdout)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
