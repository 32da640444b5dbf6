"""Releases of a small project, from files to folder."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import ReleaseError, UsageError
from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.merge import plan_merge
from buendnis_graph.publish.releases import Asked, apply_patch, read_patch, read_releases, release
from buendnis_graph.store import QUADS, dump_lines, shards
from buendnis_graph.store.builds import current_build
from tests.mini import MiniProject
from tests.publish.releases.made import contents, problems, released, stamp


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project lies whose version 0.1.0 is released: a belongs to x."""
    mini = MiniProject(tmp_path_factory.mktemp("made"))
    mini.attest("p", "a", "x")
    released(mini, "0.1.0", "2026-11-25")
    return mini.root


@pytest.fixture
def first(mini: MiniProject, made: Path) -> MiniProject:
    """A copy of that."""
    shutil.copytree(made, mini.root, dirs_exist_ok=True)
    return mini


def _quads(mini: MiniProject, version: str) -> set[ox.Quad]:
    packed = (mini.releases / version / "graph.nq.gz").read_bytes()
    return set(ox.parse(gzip.decompress(packed), format=ox.RdfFormat.N_QUADS))


def _notes(mini: MiniProject, version: str, language: str = "en") -> str:
    return (mini.releases / version / f"notes.{language}.md").read_text("utf-8")


def test_the_first_release(first: MiniProject) -> None:
    names = {"graph.nq.gz", "manifest.json", "notes.de.md", "notes.en.md", "redirects.json"}
    assert {path.name for path in (first.releases / "0.1.0").iterdir()} == names
    build = current_build(first)
    assert build is not None
    dump = gzip.decompress((first.releases / "0.1.0" / "graph.nq.gz").read_bytes())
    assert dump == b"".join(dump_lines(build, QUADS))
    (manifest,) = read_releases(first.releases)
    assert (manifest.version, manifest.issued, manifest.previous) == ("0.1.0", "2026-11-25", "")
    assert manifest.counts["memberships"] == 1
    assert manifest.quads == len(_quads(first, "0.1.0"))
    assert "The first release." in _notes(first, "0.1.0")
    assert "<published>2026-11-25T" in (first.releases / "feed.atom").read_text("utf-8")


def test_old_and_patch_are_new_through_three_releases(first: MiniProject) -> None:
    first.attest("q", "b", "x", more='; bg:since "2023"^^xsd:gYear')
    released(first, "0.2.0")
    first.write("data/registry/b.ttl", 'id:b a org:Organization ; skos:prefLabel "B \\"x\\" \\\\ & . 😀"@de .\n')
    released(first, "0.2.1")
    for old, new in (("0.1.0", "0.2.0"), ("0.2.0", "0.2.1")):
        patch = read_patch((first.releases / new / "patch.rdfp").read_text("utf-8"))
        assert apply_patch(_quads(first, old), patch) == _quads(first, new)
    one, two, three = read_releases(first.releases)
    assert (two.previous, three.previous) == (one.id, two.id)
    assert "**B** joined **X**" in _notes(first, "0.2.0")
    assert "has another name now" in _notes(first, "0.2.1")


def test_an_empty_release_has_a_patch_of_version_and_day_only(first: MiniProject) -> None:
    plan = released(first, "0.1.1", "2026-12-02")
    patch = read_patch((first.releases / "0.1.1" / "patch.rdfp").read_text("utf-8"))
    assert plan.manifest.patch == (len(patch.added), len(patch.removed))
    assert {str(getattr(quad.object, "value", "")) for quad in patch.added} == {"0.1.1", "2026-12-02"}
    assert "The data is the same; only the version and its day have changed." in _notes(first, "0.1.1")
    assert "geändert haben sich nur die Version und ihr Tag." in _notes(first, "0.1.1", "de")


def test_the_notes_tell_what_is_new_in_both_languages(first: MiniProject) -> None:
    first.body("z", "org:Organization , bg:Alliance")
    first.body("d", "org:Organization")
    first.attest("q", "b", "x", more='; bg:since "2023"^^xsd:gYear')
    released(first, "0.2.0")
    english, german = _notes(first, "0.2.0"), _notes(first, "0.2.0", "de")
    for line in ("New alliances: 1 (Z)", "New organisations: 1 (D)", "Joined: 1", "New sources: 1"):
        assert f"* {line}\n" in english
    for line in ("Neue Bündnisse: 1 (Z)", "Neue Organisationen: 1 (D)", "Beitritte: 1", "Neue Quellen: 1"):
        assert f"* {line}\n" in german
    assert "| memberships | 1 | 2 |" in english
    assert "* **B** joined **X**: role member, since 2023 (sources: <https://example.org/q>)" in english
    assert "Released 2026-12-01, after 0.1.0 of 2026-11-25. A minor version" in english


def test_a_merged_entry_redirects_and_asks_for_a_major_version(first: MiniProject) -> None:
    replace_files(first, plan_merge(first, read_corpus(first), "a", "b", "2026-11-25", "the same").files)
    assert problems(first, "0.2.0")["version-small"]["least"] == "1.0.0"
    released(first, "1.0.0", allowed=["organisations"])
    where = json.loads((first.releases / "1.0.0" / "redirects.json").read_text("utf-8"))
    assert where == {"id/a": "id/b", "membership/x/a": "membership/x/b"}
    assert "* Merged: 1 (A)\n" in _notes(first, "1.0.0")
    assert "Left" not in _notes(first, "1.0.0")


@pytest.mark.parametrize(
    ("version", "day", "keys"),
    [
        ("0.1.0", "2026-12-01", {"version-there"}),
        ("0.0.9", "2026-12-01", {"version-old"}),
        ("0.1.1", "2026-12-01", {"version-small"}),
        ("0.2.0", "2026-11-24", {"date-old"}),
        ("0.2.0", "2026-12-01", set()),
        ("3.0.0", "2026-11-25", set()),
    ],
)
def test_version_and_day_must_follow(first: MiniProject, version: str, day: str, keys: set[str]) -> None:
    first.attest("q", "b", "x")
    assert set(problems(first, version, day)) == keys


def test_files_and_command_must_agree(first: MiniProject) -> None:
    stamp(first, "0.1.1", "2026-12-01")
    plan = release(first, Asked("0.1.2", "2026-12-02"))
    assert [problem.key for problem in plan.problems] == ["stated-version", "stated-date"]
    path = first.data / "dataset.ttl"
    path.write_text(path.read_text("utf-8").replace("0.1.1", "0.1.2"), "utf-8")
    plan = release(first, Asked("0.1.2"))
    assert [problem.key for problem in plan.problems] == ["stale"]
    assert len(read_releases(first.releases)) == 1


def test_a_drop_stops_it(first: MiniProject) -> None:
    first.attest("q", "b", "x")
    first.attest("r", "c", "x")
    released(first, "0.2.0")
    for path in [*first.data.glob("codings/r-*"), *first.data.glob("sources/example.org/r/*")]:
        path.unlink()
    found = problems(first, "1.0.0")["drop"]
    assert (found["before"], found["after"], found["limit"]) == (3, 2, "5")
    kinds = ["attestations", "memberships", "sources"]
    assert problems(first, "1.0.0", allowed=kinds) == {}
    assert problems(first, "1.0.0", limits=dict.fromkeys(kinds, 34)) == {}
    assert set(problems(first, "1.0.0", limits=dict.fromkeys(kinds, 33))) == {"drop"}


def test_a_build_that_says_something_else_is_found(first: MiniProject) -> None:
    stamp(first, "0.1.1")
    build = current_build(first)
    assert build is not None
    with shards(build, QUADS)[0].open("a") as dump:
        dump.write("<x:s> <x:p> <x:o> <x:g> .\n")
    assert [problem.key for problem in release(first, Asked("0.1.1")).problems] == ["dumps-differ"]


def test_a_violation_of_the_publication_layer_stops_it(first: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build refuses it already, so the layer must change behind its back."""
    stamp(first, "0.1.1")
    monkeypatch.setattr("buendnis_graph.publish.releases.checks.is_current", lambda _project: True)
    shapes = first.ontology / "shapes" / "publication" / "content.ttl"
    shapes.write_text(
        shapes.read_text("utf-8")
        + "<https://w3id.org/buendnis-graph/shape/none> a <http://www.w3.org/ns/shacl#NodeShape> ;\n"
        "  <http://www.w3.org/ns/shacl#targetNode> <https://w3id.org/buendnis-graph/id/a> ;\n"
        "  <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#Literal> .\n"
    )
    plan = release(first, Asked("0.1.1"), dry_run=True)
    assert {problem.key: problem.parts for problem in plan.problems}["publication"] == {"n": 1}


def test_a_dry_run_writes_nothing(first: MiniProject) -> None:
    first.attest("q", "b", "x")
    stamp(first, "0.2.0")
    before = contents(first.root)
    plan = release(first, Asked("0.2.0"), dry_run=True)
    assert plan.problems == ()
    assert plan.manifest.patch is not None
    record = "build/.stat"  # of what files were like on disk: it says more as soon as they are no longer new
    assert contents(first.root) | {record: before[record]} == before


def test_two_runs_are_the_same_byte_for_byte(first: MiniProject, tmp_path: Path) -> None:
    first.attest("q", "b", "x")
    stamp(first, "0.2.0")
    other = tmp_path / "elsewhere"
    shutil.copytree(first.releases, other)
    release(first, Asked("0.2.0"))
    time.sleep(1.1)  # a clock would show
    release(first, Asked("0.2.0", folder=other))
    assert contents(first.releases) == contents(other)


def test_a_changed_earlier_release_stops_it(first: MiniProject) -> None:
    stamp(first, "0.1.1")
    (first.releases / "0.1.0" / "notes.de.md").write_text("other")
    with pytest.raises(ReleaseError, match=r"0\.1\.0/notes\.de\.md: is not the file that was released"):
        release(first, Asked("0.1.1"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"version": "1"}, "is no version"),
        ({"version": "1.0.0", "issued": "1.12.2026"}, "is no day"),
        ({"version": "1.0.0", "issued": "2026-02-30"}, "is no day"),
        ({"version": "1.0.0", "issued": "20261201"}, "is no day"),
        ({"version": "1.0.0", "allowed": ["cats"]}, "'cats' is no kind"),
        ({"version": "1.0.0", "limits": {"sources": -1}}, "'-1' is no percentage"),
    ],
)
def test_what_is_asked_wrongly(asked: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Asked(**asked)  # type: ignore[arg-type]


def test_two_at_once_follow_one_another(first: MiniProject) -> None:
    stamp(first, "0.1.1")
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(first.root), "release", "0.1.1"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1]
    assert sum("has been released already" in text for text in said) == 1
    assert len(read_releases(first.releases)) == 2
