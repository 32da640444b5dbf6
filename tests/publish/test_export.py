"""``buendnis export`` as a whole: the same bytes every time, the old files until the new ones are whole."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue import Release
from buendnis_graph.publish.dumps import MANIFEST
from buendnis_graph.publish.export import export
from buendnis_graph.publish.hosts import site_address
from buendnis_graph.publish.site.whole import publish_site
from tests.command import run
from tests.mini import MiniProject
from tests.publish.releases.made import released
from tests.publish.small import REGISTER, publishable


def _content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return publishable(MiniProject(tmp_path_factory.mktemp("small")))


def test_two_runs_of_other_processes_give_the_same_bytes(small: Graph, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(small.project.root), "export", "--output"]
    for name, seed, zone in (("one", "1", "Pacific/Auckland"), ("two", "2", "America/Anchorage")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([*command, str(tmp_path / name)], capture_output=True, check=True, env=env)
    one, two = _content(tmp_path / "one"), _content(tmp_path / "two")
    assert one == two
    assert len(one) > 30


def test_a_killed_run_leaves_the_old_files(small: Graph, tmp_path: Path) -> None:
    output = tmp_path / "out"
    export(small, output, ["turtle"])
    old = _content(output)
    script = (
        "import sys, time; from pathlib import Path; import buendnis_graph\n"
        "from buendnis_graph.publish.export import export\n"
        "def step(text):\n"
        "    print(text, flush=True)\n"
        "    time.sleep(60 if text == 'moving into place' else 0)\n"
        "export(buendnis_graph.open(sys.argv[1]), Path(sys.argv[2]), ['csv'], step=step)\n"
    )
    command = [sys.executable, "-c", script, str(small.project.root), str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "moving into place" not in process.stdout.readline():
            time.sleep(0)
        process.send_signal(signal.SIGKILL)
    left = {name: data for name, data in _content(output).items() if not name.startswith(".buendnis-aside-")}
    assert left == old
    export(small, output, ["csv"])
    assert not [path for path in output.iterdir() if path.name.startswith(".")]
    assert not (output / "dumps" / "buendnis-graph-view.ttl").exists()
    assert (output / "dumps" / "csv" / "bodies.csv").exists()


def test_files_of_the_last_export_that_are_not_asked_for_go(small: Graph, tmp_path: Path) -> None:
    export(small, tmp_path, ["turtle", "csv"])
    (tmp_path / "mine.txt").touch()
    done = export(small, tmp_path, ["turtle"])
    names = set(_content(tmp_path))
    assert names == {*done.files, "mine.txt"}
    assert not any("csv" in name for name in names)


def test_a_damaged_manifest_is_told(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    (tmp_path / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match="no manifest of ours"):
        export(small, tmp_path, ["turtle"])


def test_dumps_without_their_manifest_are_refused_until_they_are_gone(small: Graph, tmp_path: Path) -> None:
    publish_site(small, tmp_path)
    export(small, tmp_path, ["turtle", "csv"])
    (tmp_path / MANIFEST).unlink()
    before = _content(tmp_path)
    for publish in (export, publish_site):
        with pytest.raises(ReadError, match=r"dumps: holds dumps, but no manifest.*\n.*Remove this folder"):
            publish(small, tmp_path)
    assert _content(tmp_path) == before
    shutil.rmtree(tmp_path / "dumps")
    export(small, tmp_path, ["turtle"])
    assert not (tmp_path / "dumps" / "csv").exists()


def test_what_follows_from_a_graph_under_cc_by_is_not_in_the_cc0_dump(small: Graph, tmp_path: Path) -> None:
    export(small, tmp_path, ["ntriples", "csv"])
    name = tmp_path / "dumps" / "buendnis-graph-view"
    whole, free = (
        gzip.decompress(Path(f"{name}{end}.nt.gz").read_bytes()).decode().splitlines() for end in ("", "-cc0")
    )
    gone = set(whole) - set(free)
    assert set(free) < set(whole)
    assert all(REGISTER in line or "link/register--a" in line for line in gone)
    assert f"<https://w3id.org/buendnis-graph/id/a> <https://schema.org/sameAs> <{REGISTER}> ." in gone


def test_the_command_says_what_it_wrote_and_what_is_open(small: Graph, tmp_path: Path) -> None:
    root = small.project.root
    done = run("--lang", "de", "export", "-f", "turtle", "-o", str(tmp_path / "out"), root=root)
    assert done.returncode == 0
    assert "2 Dateien mit Daten" in done.stdout
    assert "Herausgeber" in done.stdout
    done = run("export", "-f", "turtle", "-o", str(tmp_path / "out"), "--json", root=root)
    told = json.loads(done.stdout)
    assert told["open"] == ["publisher", "contact", "contributorID", "doi", "w3id"]
    assert {dump["path"] for dump in told["dumps"]} < set(told["files"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "pdf"), "is not one of"),
        (("--site-url", "example.org"), "is no address of a site"),
        (("--site-url", 'https://example.org/"><x'), "is no address of a site"),
        (("--output", "/dev/null/x"), "can't be a folder"),
    ],
)
def test_a_wrong_call_is_told_and_writes_nothing(
    small: Graph, arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    done = run("export", *arguments, root=small.project.root, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.glob("dist*")) == []


def test_before_the_first_build_it_says_how_to_build(mini: MiniProject, tmp_path: Path) -> None:
    done = run("export", "-o", str(tmp_path / "out"), root=mini.root)
    assert done.returncode == 1
    assert "buendnis build" in done.stderr


def test_a_format_that_is_none_is_refused(small: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'pdf'"):
        export(small, tmp_path, ["pdf"])


def test_a_version_before_that_was_not_released_before_is_refused(mini: MiniProject, tmp_path: Path) -> None:
    publishable(mini)
    _refused(mini, tmp_path / "out", "There is none yet: no --previous.")
    released(mini, "0.0.9")
    released(mini, "0.1.0", "2026-12-02")
    _refused(mini, tmp_path / "out", "--previous is one of: 0.0.9.")
    export(Graph(mini), tmp_path / "out", ["turtle"], Release(previous="0.0.9"))


def _refused(project: MiniProject, output: Path, hint: str) -> None:
    for previous in ("0.0.1", "0.1.0", "9.0.0", "../x"):
        with pytest.raises(UsageError, match=r"is no release before 0\.1\.0") as refused:
            export(Graph(project), output, ["turtle"], Release(previous=previous))
        assert refused.value.hint == hint


def test_the_site_is_where_the_files_are_said_to_be(small: Graph, tmp_path: Path) -> None:
    assert site_address("https://example.org/graph") == "https://example.org/graph/"
    export(small, tmp_path, ["turtle"], Release(site=site_address("https://example.org/graph/")))
    text = (tmp_path / "dataset.ttl").read_text(encoding="utf-8")
    assert "dcat:downloadURL <https://example.org/graph/dumps/buendnis-graph-view.ttl>" in text


def test_a_folder_with_other_files_is_refused_and_left_alone(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text("mine")
    with pytest.raises(UsageError, match="is not empty and holds neither"):
        export(small, tmp_path, ["turtle"])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("CITATION.cff", "mine")]
