"""The watch loop: real files, real edits, a real process and a real Ctrl-C."""

from __future__ import annotations

import errno
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

from buendnis_graph.build import build
from buendnis_graph.cli import cli
from buendnis_graph.errors import BuendnisError, LimitError, ReadError
from buendnis_graph.inputs import Inputs, input_list
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build
from buendnis_graph.watching import _files, watch
from tests.mini import MiniProject
from tests.publish.site.conftest import small_project

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .
:s sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxCount 1 ; sh:message "too many" ] .
"""
PATIENCE = 30


def _listens_to_ctrl_c() -> None:
    """A shell's background job, which tests may run in, passes on that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Watched:
    """A process that watches, and the lines that it writes."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "buendnis_graph", "--lang", "en", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=cwd,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            preexec_fn=_listens_to_ctrl_c,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, text: str) -> str:
        """Return what is written until a line holds a text."""
        seen = ""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"no {text!r} in {seen!r}") from None
            seen += line
            if text in line:
                return seen

    def close(self) -> None:
        """End the process if it lives."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()

    def stop(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "s.ttl").write_text(SHAPES, encoding="utf-8")
    path = tmp_path / "d.ttl"
    path.write_text("<http://e/a> <http://e/p> 1 .\n", encoding="utf-8")
    return path


@pytest.fixture
def watched(data: Path) -> Iterator[Watched]:
    process = Watched("validate", "--data", "d.ttl", "--shapes", "s.ttl", "--watch", cwd=data.parent)
    yield process
    process.close()


def test_every_save_is_checked_until_ctrl_c(watched: Watched, data: Path) -> None:
    assert "No findings." in watched.until("Waiting for changes")
    data.write_text("<http://e/a> <http://e/p> 1 , 2 .\n", encoding="utf-8")
    said = watched.until("Waiting for changes")
    assert "Changed: d.ttl" in said
    assert "d.ttl:1: error: too many" in said
    data.write_text("<http://e/a> <http://e/p> 1 , .\n", encoding="utf-8")
    said = watched.until("Waiting for changes")
    assert "d.ttl:1: is not valid Turtle" in said
    assert "Traceback" not in said
    aside = data.with_name(".d.ttl.new")
    aside.write_text("<http://e/a> <http://e/p> 1 .\n", encoding="utf-8")
    aside.replace(data)
    assert "No findings." in watched.until("Waiting for changes")
    data.unlink()
    assert "d.ttl: can't be opened" in watched.until("Waiting for changes")
    shapes = data.with_name("s.ttl")
    data.write_text("<http://e/a> <http://e/p> 1 , 2 , 3 .\n", encoding="utf-8")
    assert "too many" in watched.until("Waiting for changes")
    shapes.write_text(SHAPES.replace("maxCount 1", "maxCount 3"), encoding="utf-8")
    said = watched.until("Waiting for changes")
    assert "Changed: s.ttl" in said
    assert "No findings." in said
    assert watched.stop() == 0


def test_a_project_is_watched(mini: MiniProject) -> None:
    watched = Watched("--root", str(mini.root), "validate", "--watch", cwd=mini.root)
    try:
        assert "error:" not in watched.until("Waiting for changes")
        mini.source("bad", "id:a bg:legalForm state:unknown .")
        said = watched.until("Waiting for changes")
        assert "Changed: data/sources/example.org/bad/2026-11-22.trig" in said
        assert "error:" in said
        assert "bg:legalForm state:unknown" in said
        mini.source("bad", "id:a bg:legalForm legal-form:evv .")
        mini.write("data/codings/broken.ttl", "coding:k rdfs:seeAlso (")
        said = watched.until("Waiting for changes")
        assert "data/codings/broken.ttl:" in said
        assert "error: The file is not valid Turtle" in said
        assert "The shapes were not checked" in said
        (mini.root / "data/codings/broken.ttl").unlink()
        said = watched.until("Waiting for changes")
        assert "Did you mean: legal-form:ev" in said
        mini.source("bad", "id:a bg:legalForm legal-form:ev .")
        assert "error:" not in watched.until("Waiting for changes")
        assert watched.stop() == 0
    finally:
        watched.close()


def test_a_project_is_built_at_every_save(mini: MiniProject) -> None:
    watched = Watched("--root", str(mini.root), "build", "--watch", cwd=mini.root)
    try:
        assert "alliances included" in watched.until("Waiting for changes")
        mini.source("new", "id:a bg:legalForm legal-form:ev .")
        said = watched.until("Waiting for changes")
        assert "Changed: data/sources/example.org/new" in said
        assert "Built: build/" in said
        good = current_build(mini)
        mini.body("a", "bg:Nonsense")
        said = watched.until("Waiting for changes")
        assert "Changed: data/registry/a.ttl" in said
        assert "bg:Nonsense" in said
        assert "Traceback" not in said
        assert current_build(mini) == good
        mini.body("a", "org:Organization")
        watched.until("Waiting for changes")
        assert current_build(mini) == good
        folder = mini.data / "sources" / "example.org"
        folder.rename(mini.root / "aside")
        assert "Built: build/" in watched.until("Waiting for changes")
        (mini.root / "aside").rename(folder)
        assert "Built: build/" in watched.until("Waiting for changes")
        assert watched.stop() == 0
    finally:
        watched.close()
    folder, is_new = build(mini)
    assert not is_new, "what was built while watching is what a build of all files is"
    assert "example.org/new" in "".join(path.read_text() for path in (folder / "quads").iterdir())


def test_a_site_is_built_and_written_at_every_save(tmp_path: Path) -> None:
    mini = small_project(tmp_path / "p", ("A", "B", "C"))
    watched = Watched("--root", str(mini.root), "site", "--watch", cwd=mini.root)
    try:
        watched.until("Waiting for changes")
        page = mini.root / "public" / "id" / "a.html"
        assert "<h1><bdi>A</bdi></h1>" in page.read_text(encoding="utf-8")
        mini.write("data/registry/a.ttl", 'id:a a org:Organization ; skos:prefLabel "Anders"@de .')
        said = watched.until("Waiting for changes")
        assert "public: 0 new" in said
        assert "<h1><bdi>Anders</bdi></h1>" in page.read_text(encoding="utf-8")
        assert watched.stop() == 0
    finally:
        watched.close()


def test_a_half_written_file_is_read_again_before_it_is_called_broken(tmp_path: Path) -> None:
    file = tmp_path / "d.ttl"
    file.write_text("half", encoding="utf-8")
    seen: list[str] = []

    def check(_changed: frozenset[Path]) -> None:
        seen.append(file.read_text(encoding="utf-8"))
        if seen[-1] == "half":
            file.write_text("whole", encoding="utf-8")
            raise ReadError("is half-written.")
        if len(seen) == 3:
            raise KeyboardInterrupt

    watch([tmp_path], check, lambda error: seen.append(error.message))
    assert seen == ["half", "whole", "whole"]


def test_files_of_editors_are_passed_over_and_folders_are_walked(tmp_path: Path) -> None:
    (tmp_path / "below" / "deep").mkdir(parents=True)
    changes: list[frozenset[Path]] = []

    def check(changed: frozenset[Path]) -> None:
        changes.append(changed)
        for name in (".d.ttl.swp", "d.ttl~", "below/deep/d.ttl"):
            (tmp_path / name).write_text(str(len(changes)) * len(changes), encoding="utf-8")
        if len(changes) == 3:
            raise KeyboardInterrupt

    watch([tmp_path], check, lambda _error: None)
    deep = frozenset({tmp_path / "below" / "deep" / "d.ttl"})
    assert changes == [frozenset(), deep, deep]


def _swap_folders(root: Path) -> None:
    (root / "data/a").rename(root / "old")
    (root / "aside").rename(root / "data/a")


def _put_a_folder_in_place_of_a_file(root: Path) -> None:
    (root / "data/c").unlink()
    (root / "data/c").mkdir()


def _link_to_a_folder(root: Path) -> None:
    (root / "data/link").symlink_to(root / "aside")
    (root / "aside/2").write_text("3")
    (root / "data/a/1").write_text("2")


def _put_another_folder_in_place_of_all(root: Path) -> None:
    (root / "data").rename(root / "old")
    shutil.copytree(root / "aside", root / "data/b")


@pytest.mark.parametrize(
    "edit",
    [_swap_folders, _put_a_folder_in_place_of_a_file, _link_to_a_folder, _put_another_folder_in_place_of_all],
    ids=lambda edit: edit.__name__[1:],
)
def test_what_is_moved_while_something_is_done_is_known_afterwards(
    tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    for name in ("data/a/1", "data/a/2", "data/c", "aside/2", "ontology/o"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    project = Project(tmp_path)
    files, edits = Inputs(project), [lambda root: (root / "data/new").write_text("new"), edit]
    is_known = False

    def again(changed: frozenset[Path]) -> None:
        nonlocal is_known
        files.touch(changed)
        if files.listed() != input_list(project):
            return  # the rest is told of next
        if not edits:
            is_known = True
            raise KeyboardInterrupt
        edits.pop()(tmp_path)

    late = threading.Timer(PATIENCE, os.kill, (os.getpid(), signal.SIGINT))
    late.start()
    watch((project.data, project.ontology), again, lambda error: pytest.fail(str(error)))
    late.cancel()
    assert is_known


def test_what_the_system_says_of_files_does_not_end_the_watching(tmp_path: Path) -> None:
    said = []

    def again(_changed: frozenset[Path]) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "a.ttl")

    def fail(error: BuendnisError) -> None:
        said.append(str(error))
        raise KeyboardInterrupt

    watch([tmp_path], again, fail)
    assert said[0].startswith("a.ttl: reading or writing failed: Permission denied.")


def test_what_the_system_can_not_watch_later_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changes(*_paths: Path, **_options: object) -> Iterator[set[object]]:
        yield set()
        raise WatchfilesRustInternalError("error in underlying watcher: OS file watch limit reached.")

    monkeypatch.setattr(watchfiles, "watch", changes)
    with pytest.raises(LimitError, match="OS file watch limit reached"):
        watch([tmp_path], lambda _changed: None, lambda error: pytest.fail(str(error)))


def test_a_new_folder_may_go_while_it_is_looked_at(tmp_path: Path) -> None:
    for name in ("a/1", "a/b/2", "a/b/c/3"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = iter(_files((watchfiles.Change.added, str(tmp_path / "a"))))
    assert next(found) == tmp_path / "a/1"
    shutil.rmtree(tmp_path / "a")
    assert list(found) == []


def test_where_there_are_no_questions_all_around_is_not_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, watched = small_project(tmp_path / "project"), list[Path]()
    shutil.rmtree(project.queries, ignore_errors=True)

    def changes(*paths: Path, **_options: object) -> Iterator[set[object]]:
        watched.extend(paths)
        yield set()
        raise KeyboardInterrupt

    monkeypatch.setattr(watchfiles, "watch", changes)
    output = str(tmp_path / "public")
    cli(["--root", str(project.root), "site", "--watch", "--output", output], standalone_mode=False)
    assert sorted(watched) == [project.data, project.ontology]
