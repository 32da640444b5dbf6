"""A body of the real data is withheld: it is gone from every byte of files, builds, differences and all releases."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from buendnis_graph.care.withheld import KEY_VARIABLE, new_key, open_guard
from buendnis_graph.care.withhold import carry_out, check, left_over, plan
from buendnis_graph.evidence import format_file, read_corpus
from buendnis_graph.evidence.corpus import data_files
from buendnis_graph.graph import Graph
from buendnis_graph.publish.releases import Asked, release
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build
from tests.care.test_withhold import git, tells_nothing
from tests.command import run
from tests.mini import REAL, copy_of
from tests.publish.releases.made import released, traces

SLUG = "jumu-deutschland"
NAMES = ("jumu",)
"""In its slug, its names, its websites and the addresses of what was read of it, in any case."""


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("safe") / "key"
    new_key(file)
    return file


@pytest.fixture(scope="module")
def version(graph: Graph) -> str:
    """The version that the files state."""
    found = re.search(r'dcat:version "(.*?)"', (graph.project.data / "dataset.ttl").read_text("utf-8"))
    assert found
    return found[1]


@pytest.fixture(scope="module")
def real(graph: Graph, version: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project's own files, built and released, in a git repository, with a review file, and no prose that names the body."""
    project = copy_of(graph.project, tmp_path_factory.mktemp("real"))
    assert release(project, Asked(version)).problems == ()
    shutil.copytree(REAL.root / "docs", project.root / "docs")
    shutil.copy(REAL.root / ".gitignore", project.root)
    for name in traces(project.root / "docs", NAMES):
        (project.root / "docs" / name).unlink()
    (project.data / "review").mkdir(exist_ok=True)
    (project.data / "review" / "names.csv").write_text(
        'listed,entry\r\n"JUMU\nDeutschland gGmbH",id:jumu-deutschland\r\nOther,id:balu-und-du\r\n', newline=""
    )
    git(project.root, "init", "-q")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "all")
    return project


@pytest.fixture(scope="module")
def withheld(real: Project, version: str, key: Path) -> Project:
    """That, after the body was withheld."""
    named = traces(real.root, NAMES, without=(".git",))
    assert f"releases/{version}/graph.nq.gz" in named
    assert {"build", "data"} <= {path.partition("/")[0] for path in named}
    done = run("withhold", SLUG, "--yes", "--key-file", str(key), root=real.root)
    assert done.returncode == 0, done.stdout + done.stderr
    return real


def test_nothing_is_left_in_any_file(withheld: Project) -> None:
    assert traces(withheld.root, NAMES, without=(".git", "releases")) == []
    assert (withheld.data / "review" / "names.csv").read_bytes() == b"listed,entry\r\nOther,id:balu-und-du\r\n"
    assert run("fmt", "--check", root=withheld.root).returncode == 0


def test_no_difference_tells_of_it(withheld: Project) -> None:
    tells_nothing(run("diff", "HEAD", ".", root=withheld.root).stdout, NAMES)


def test_nothing_is_left_in_the_next_build_and_in_any_release(
    withheld: Project, version: str, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    shutil.copytree(withheld.root, tmp_path, ignore=shutil.ignore_patterns(".git"), dirs_exist_ok=True)
    project = Project(tmp_path)
    entry = project.data / "registry" / "balu-und-du.ttl"
    entry.write_text(entry.read_text("utf-8").replace("Balu und Du", "Balu + Du"), "utf-8")
    done = released(project, "99.0.0", "2999-12-02")  # validates and builds, too
    assert traces(project.root, NAMES) == []
    folder = current_build(project)
    assert folder is not None
    assert {path.name for path in folder.iterdir()} == {"kept", "store", "tables", "quads", "view", "report.json"}
    assert run("withhold", "--check", root=project.root).returncode == 0
    assert [manifest.version for manifest in done.withdrawn] == [version]
    assert {path.name for path in (project.releases / version).iterdir()} == {"manifest.json"}
    left = (project.releases / version / "manifest.json").read_text("utf-8")
    assert set(json.loads(left)) == {"format", "version", "issued", "id", "previous", "withdrawn"}
    assert not (project.releases / "99.0.0" / "patch.rdfp").exists()
    _tells_no_number((project.releases / "99.0.0" / "notes.en.md").read_text("utf-8"))


def _tells_no_number(notes: str) -> None:
    """Check that notes of a release say that something was withheld, but not how much of what."""
    assert "Something was withheld" in notes
    assert "has another name now" in notes
    assert "## Memberships" not in notes
    rows = [line.split(" | ") for line in notes.splitlines() if line.startswith("| ") and "before" not in line]
    assert rows
    assert all(before == after.strip(" |") for _kind, before, after in rows)


def test_the_real_data_stays_canonical_and_whole(copy: Project, tmp_path: Path, key: Path) -> None:
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(copy.root / folder, tmp_path / folder)
    project = Project(tmp_path)
    mentions = []
    for slug in ("balu-und-du", "zweites-deutsches-fernsehen", "deutscher-frauenrat", "netzwerk-tolerantes-sachsen"):
        planned = plan(project, slug, open_guard(project, key))
        carry_out(project, planned)
        mentions.append(planned.mentions)
    left = [place for one in mentions for place in left_over(project, one)] + check(project, open_guard(project, key))
    assert [place for place in left if not place.startswith("queries/")] == []
    assert [str(file) for file in data_files(project) if len(set(format_file(file))) != 1] == []
    corpus = read_corpus(project)
    entries = {item.quad.subject for item in corpus.quads if item.path.parts[:2] == ("data", "registry")}
    spoken_of = {
        term
        for item in corpus.quads
        for term in (item.quad.subject, item.quad.object)
        if getattr(term, "value", "").startswith("https://w3id.org/buendnis-graph/id/")
    }
    assert spoken_of == entries
    assert not any(folder.is_dir() and not any(folder.iterdir()) for folder in project.data.rglob("*"))
