"""``buendnis release`` as a whole process."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import run
from tests.mini import MiniProject
from tests.publish.releases.made import released, stamp


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project lies of which 0.1.0 is released and 0.2.0 could be."""
    mini = MiniProject(tmp_path_factory.mktemp("made"))
    mini.attest("p", "a", "x")
    released(mini, "0.1.0", "2026-11-25")
    mini.attest("q", "b", "x")
    stamp(mini, "0.2.0", "2026-12-01")
    return mini.root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_it_says_what_it_did(root: Path) -> None:
    done = run("release", "0.2.0", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Least version allowed: 0.2.0.\n" in done.stdout
    assert "Against 0.1.0: " in done.stdout
    assert done.stdout.endswith("0.2.0 of 2026-12-01 is in releases/0.2.0.\n")
    again = run("--lang", "de", "release", "0.2.0", root=root)
    assert again.returncode == 1
    assert "Nicht veröffentlicht:\n  0.2.0 ist schon veröffentlicht.\n" in again.stdout


def test_a_version_too_small_is_refused_with_the_reasons(root: Path) -> None:
    done = run("release", "0.1.1", "--dry-run", root=root)
    assert done.returncode == 1
    assert "0.1.1 is too small: after 0.1.0 at least 0.2.0 is needed, for there is" in done.stdout
    assert "    new: source:example.org/q/2026-11-22\n" in done.stdout
    assert "membership:x/b" in done.stdout
    assert 'data/dataset.ttl states version 0.2.0: put dcat:version "0.1.1" there' in done.stdout


def test_json_says_all(root: Path) -> None:
    done = run("release", "0.2.0", "--dry-run", "--json", "--date", "2026-12-02", root=root)
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert (data["version"], data["least"]) == ("0.2.0", "0.2.0")
    assert [problem["key"] for problem in data["problems"]] == ["stated-date"]
    assert data["written"] is False
    assert {"level": "minor", "kind": "new", "iris": ["https://w3id.org/buendnis-graph/source/example.org/q/2026-11-22"]} in data["reasons"]  # fmt: skip
    assert set(data["files"]) == {"graph.nq.gz", "patch.rdfp", "notes.de.md", "notes.en.md", "redirects.json"}
    assert json.loads(run("release", "0.2.0", "--json", root=root).stdout)["written"] is True


def test_a_day_that_lies_ahead_is_told(root: Path) -> None:
    for language, says in (("de", "Der Tag 2999-01-01 liegt in der Zukunft"), ("en", "The day 2999-01-01 lies ahead")):
        done = run("--lang", language, "release", "0.2.0", "--date", "2999-01-01", "--dry-run", root=root)
        assert says in done.stdout


def test_another_folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "all"
    done = run("release", "0.2.0", "--output", str(other), root=root)
    assert done.returncode == 0
    assert done.stdout.startswith("The first release in this folder.\n")
    assert (other / "0.2.0" / "manifest.json").is_file()
    assert not (root / "releases" / "0.2.0").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        (("1.0",), "'1.0' is no version"),
        (("0.2.0", "--max-drop", "sources"), "is no KIND=PERCENT"),
        (("0.2.0", "--max-drop", "cats=3"), "'cats' is no kind"),
        (("0.2.0", "--max-drop", "sources=nan"), "is no percentage"),
        (("0.2.0", "--date", "tomorrow"), "'tomorrow' is no day"),
    ],
)
def test_a_wrong_call(root: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run("release", *arguments, root=root)
    assert done.returncode == 2
    assert says in done.stderr
