"""The folder of releases is replaced as a whole."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from buendnis_graph.errors import ReleaseError
from buendnis_graph.publish.releases.folder import alone, finish, replace
from tests.publish.releases.made import contents

NEW = {"0.1.0": {"manifest.json": b"withdrawn"}, "0.2.0": {"graph": b"2", "notes": b"n"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two releases, a feed, and what somebody else put there."""
    found = tmp_path / "releases"
    for version in ("0.0.1", "0.1.0"):
        (found / version).mkdir(parents=True)
        (found / version / "graph").write_text(version)
    (found / "feed.atom").write_text("old")
    (found / "README").write_text("hand-written")
    (found / "other").mkdir()
    (found / "other" / "x").write_text("x")
    (found / "latest").symlink_to("0.1.0")
    return found


AFTER = {
    "0.0.1/graph": b"0.0.1",
    "0.1.0/manifest.json": b"withdrawn",
    "0.2.0/graph": b"2",
    "0.2.0/notes": b"n",
    "README": b"hand-written",
    "feed.atom": b"new",
    "other/x": b"x",
}


def test_what_is_new_is_there_and_the_rest_stays(folder: Path) -> None:
    replace(folder, NEW, {"feed.atom": b"new"})
    (folder / "latest").unlink()
    assert contents(folder) == AFTER
    assert [path.name for path in folder.parent.iterdir()] == ["releases"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_the_first_release_makes_the_folder(tmp_path: Path) -> None:
    replace(tmp_path / "releases", {"0.1.0": {"graph": b"1"}}, {"feed.atom": b"new"})
    assert contents(tmp_path) == {"releases/0.1.0/graph": b"1", "releases/feed.atom": b"new"}


def _run_until(folder: Path, step: int) -> int:
    """Replace in a process that is killed before its n-th change of a name on the disk; return its exit code."""
    code = f"""
import os, pathlib, signal, sys
left = {step}
def watch(event, arguments):
    global left
    if event in ("os.rename", "os.mkdir", "os.link", "os.rmdir", "os.remove", "shutil.rmtree", "tempfile.mkdtemp"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.path.insert(0, {str(Path.cwd())!r})
from buendnis_graph.publish.releases.folder import replace
from tests.publish.releases.test_folder import NEW
sys.addaudithook(watch)
replace(pathlib.Path({str(folder)!r}), NEW, {{"feed.atom": b"new"}})
"""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode


def test_a_run_killed_at_any_step_leaves_the_old_state_or_all_of_the_new(folder: Path, tmp_path: Path) -> None:
    (folder / "latest").unlink()
    before = contents(folder)
    outcomes = set[str]()
    for step in range(1, 80):
        root = tmp_path / str(step)
        root.mkdir()
        copy = root / "releases"
        shutil.copytree(folder, copy)
        code = _run_until(copy, step)
        found = contents(copy) if copy.is_dir() else None  # for the time between two renames
        assert found in (None, before, AFTER), step
        finish(copy)
        outcomes.add("old" if contents(copy) == before else "new" if contents(copy) == AFTER else "half")
        assert [path.name for path in root.iterdir()] == ["releases"], step
        if code == 0:
            break
        assert code == -signal.SIGKILL
    else:
        pytest.fail("the run never ended by itself")
    assert outcomes == {"old", "new"}


def test_what_cannot_be_written_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(ReleaseError, match="can't be written"):
        replace(folder, {"0.2.0": {"no/such/folder": b""}}, {})
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["releases"]


def test_a_second_run_waits(folder: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with alone(folder, order.append):
            order.append("second")

    with alone(folder, order.append):
        thread = threading.Thread(target=second)
        thread.start()
        while not order:
            pass
        order.append("first")
    thread.join()
    assert order == ["waiting for another release to end", "first", "second"]


def test_a_folder_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="there is no folder"), alone(tmp_path / "no" / "releases", print):
        pass
