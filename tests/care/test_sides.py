"""Sides of a difference from real git repositories and builds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from buendnis_graph.build import build
from buendnis_graph.care.sides import read_side
from buendnis_graph.errors import NotBuiltError, UsageError
from buendnis_graph.graph import Graph
from tests.care.test_withhold import git
from tests.command import run
from tests.mini import MiniProject


@pytest.fixture
def repository(mini: MiniProject) -> MiniProject:
    """Two commits: a joined, then b; and c in the working tree."""
    git(mini.root, "init", "-q")
    for slug in "ab":
        mini.attest(f"p-{slug}", slug, "x")
        git(mini.root, "add", "-A")
        git(mini.root, "commit", "-qm", slug)
    mini.attest("p-c", "c", "x")
    return mini


@pytest.mark.parametrize(
    ("sides", "new"),
    [
        (("HEAD~1", "HEAD"), "B"),
        (("HEAD",), "C"),
        (("HEAD", "WORKTREE"), "C"),
        (("HEAD~1", "."), "BC"),
        (("HEAD", "HEAD"), ""),
    ],
)
def test_revisions_and_the_working_tree(repository: MiniProject, sides: tuple[str, ...], new: str) -> None:
    text = run("diff", *sides, root=repository.root).stdout
    assert [line.split("**")[1] for line in text.splitlines() if "newly attested in **X**" in line] == list(new)
    assert ("No difference" in text) is (new == "")


def test_nothing_in_repository_or_working_tree_is_touched(repository: MiniProject) -> None:
    before = {file: file.stat().st_mtime_ns for file in repository.root.rglob("*") if file.is_file()}
    run("diff", "HEAD~1", "HEAD", root=repository.root)
    assert {file: file.stat().st_mtime_ns for file in repository.root.rglob("*") if file.is_file()} == before


def test_a_project_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    root = tmp_path / "sub"
    root.mkdir()
    mini = MiniProject(root)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "1")
    mini.attest("p", "a", "x")
    assert "**A** is newly attested" in run("diff", "HEAD", root=root).stdout


def test_builds_by_folder_and_hash(repository: MiniProject) -> None:
    first, _ = build(repository)
    (repository.root / "data" / "codings" / "p-c-m--x--c.ttl").unlink()
    (repository.root / "data" / "sources" / "example.org" / "p-c" / "2026-11-22.trig").unlink()
    for name in (first.name, str(first)):
        text = run("diff", "HEAD", name, root=repository.root).stdout
        assert "**C** is newly attested in **X**" in text
    assert "No difference" in run("diff", first.name, first.name, root=repository.root).stdout
    (first / "report.json").unlink()
    with pytest.raises(NotBuiltError, match="no finished build"):
        read_side(repository, first.name)


@pytest.mark.parametrize("name", ["no-such", "--output=x", "HEAD:data", "HEAD~99", ""])
def test_what_is_no_side_is_refused(repository: MiniProject, name: str) -> None:
    with pytest.raises(UsageError, match="neither a revision"):
        read_side(repository, name)
    assert not (repository.root / "x").exists()


def test_a_revision_without_the_graph_and_a_folder_without_git(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="neither a revision"):
        read_side(mini, "HEAD")
    git(mini.root, "init", "-q")
    (mini.root / "readme").write_text("x")
    git(mini.root, "add", "readme")
    git(mini.root, "commit", "-qm", "1")
    with pytest.raises(UsageError, match="has no folder"):
        read_side(mini, "HEAD")


def test_without_git_it_says_so(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="need git"):
        read_side(mini, "HEAD")


def test_json(repository: MiniProject) -> None:
    data = json.loads(run("diff", "HEAD~1", "HEAD", "-f", "json", root=repository.root).stdout)
    assert [change["kind"] for change in data["changes"]] == ["listed", "source-new"]


def test_the_real_data_is_as_its_build(graph: Graph) -> None:
    done = run("diff", ".", graph.folder.name, root=graph.project.root)
    assert "No difference" in done.stdout
