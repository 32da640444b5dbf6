"""A project checked at once, file by file, and since a revision: the same findings."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.check import Checked, Watch, check_changed, check_project
from buendnis_graph.errors import BuendnisError, LayoutError, ReadError, UsageError
from buendnis_graph.validate import Fast
from buendnis_graph.validate.checker import Checker
from tests.mini import MiniProject

ENGINE = Fast()


@pytest.fixture
def mini(tmp_path: Path) -> MiniProject:
    project = MiniProject(tmp_path / "p")
    project.attest("one", "a", "x", more='; bg:since "2020"^^xsd:gYear')
    project.attest("two", "b", "x")
    project.attest("three", "a", "y")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t", "commit", "-qm", "1"]):
        subprocess.run(["git", "-C", str(project.root), *command], check=True)
    return project


def told(checked: Checked) -> Counter[tuple[str, ...]]:
    return Counter((*r.key, str(r.source), r.rule) for r in checked.results)


def change(project: MiniProject, path: str, old: str, new: str) -> Path:
    file = project.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def source(slug: str) -> str:
    return f"data/sources/example.org/{slug}/2026-11-22.trig"


EDITS = [
    [(source("one"), "org:member id:a ;", "org:member id:x ;")],
    [(source("one"), "org:member id:a ;", "")],
    [(source("two"), "source-kind:third-party", "role:member"), (source("two"), 'bg:listedName "b"', 'bg:listedName ""')],
    [(source("three"), "dcterms:license", "rdfs:seeAlso")],
    [("data/registry/a.ttl", '"A"@de', '"A"@fr')],
    [("data/registry/x.ttl", ", bg:Alliance", "")],
    [("data/registry/b.ttl", '"B"@de', '"A"@de')],
    [("ontology/topics.ttl", '"Rassismus"@de , ', "")],
    [(source("one"), '"2020"^^xsd:gYear', '"2020"^^xsd:gYear, "2021"^^xsd:gYear'), ("data/registry/y.ttl", '"Y"@de', '"Y"@en')],
]  # fmt: skip


@pytest.mark.parametrize("edits", EDITS, ids=lambda edits: f"{edits[0][0].rpartition('/')[2]}-{edits[0][2]}"[:60])
def test_edits_are_found_the_same_in_every_way(mini: MiniProject, edits: list[tuple[str, str, str]]) -> None:
    assert not check_project(mini, ENGINE).results
    watch = Watch(mini, ENGINE)
    assert not watch.whole().results
    files = [change(mini, *edit) for edit in edits]
    full = check_project(mini, ENGINE)
    watch.update(files)
    after = watch.whole()
    assert (told(after), after.view) == (told(full), full.view)
    since, changed = check_changed(mini, "HEAD", ENGINE)
    assert (told(since), since.view) == (told(full), full.view)
    assert set(changed) == set(files)
    subprocess.run(["git", "-C", str(mini.root), "checkout", "-q", "."], check=True)
    watch.update(files)
    assert not watch.whole().results


def test_most_edits_above_are_faults(mini: MiniProject) -> None:
    found = []
    for edits in EDITS:
        for edit in edits:
            change(mini, *edit)
        found.append(bool(check_project(mini, ENGINE).results))
        subprocess.run(["git", "-C", str(mini.root), "checkout", "-q", "."], check=True)
    assert sum(found) >= len(EDITS) - 1


def test_what_was_wrong_before_and_has_nothing_to_do_with_the_change_is_not_told(mini: MiniProject) -> None:
    change(mini, source("one"), "org:member id:a ;", "")
    subprocess.run(
        ["git", "-C", str(mini.root), "-c", "user.name=t", "-c", "user.email=t", "commit", "-qam", "2"], check=True
    )
    change(mini, source("two"), "org:member id:b ;", "")
    since, _ = check_changed(mini, "HEAD", ENGINE)
    assert {str(r.focus).rpartition("--")[2].strip(">") for r in since.results} == {"b"}
    since, _ = check_changed(mini, "HEAD~1", ENGINE)
    assert {str(r.focus).rpartition("--")[2].strip(">") for r in since.results} == {"a", "b"}


def test_new_and_deleted_files_count_as_changes(mini: MiniProject) -> None:
    watch = Watch(mini, ENGINE)
    new = mini.source("four", "")
    (mini.root / source("two")).unlink()
    (mini.root / "data/codings/two-m--x--b.ttl").unlink()
    since, changed = check_changed(mini, "HEAD", ENGINE)
    assert {path.name for path in changed} == {"2026-11-22.trig", "two-m--x--b.ttl"}
    full = check_project(mini, ENGINE)
    watch.update(changed)
    assert told(since) == told(full) == told(watch.whole())
    assert any(
        str(item.quad.graph_name) == f"<{new}>" or str(item.quad.subject) == f"<{new}>" for item in watch.corpus.quads
    )


def test_a_file_that_can_t_be_read_leaves_the_findings_as_they_were(mini: MiniProject) -> None:
    watch = Watch(mini, ENGINE)
    file = change(mini, source("one"), "org:member id:a ;", "org:member id:a ;;; (")
    with pytest.raises(ReadError) as raised:
        watch.update([file])
    assert (raised.value.path, raised.value.line) != (None, None)
    change(mini, source("one"), ";;; (", "; org:membr id:b ;")
    with pytest.raises(BuendnisError):
        watch.update([mini.root / "data/registry/a.ttl", change(mini, "data/registry/a.ttl", "id:a a", "id:nobody a")])
    subprocess.run(["git", "-C", str(mini.root), "checkout", "-q", "."], check=True)
    assert not watch.update([file, mini.root / "data/registry/a.ttl"]).results


def test_shapes_that_change_are_read_anew(mini: MiniProject) -> None:
    watch = Watch(mini, ENGINE)
    shape = mini.write(
        "ontology/shapes/registry/extra.ttl",
        'shape:no-a a sh:NodeShape ; sh:targetNode id:a ; sh:hasValue id:b ; sh:severity sh:Warning ; sh:message "x"@de .',
    )
    assert [r.rule.rpartition("/")[2] for r in watch.update([shape]).results] == ["no-a"]
    since, _ = check_changed(mini, "HEAD", ENGINE)
    assert [r.rule.rpartition("/")[2] for r in since.results] == ["no-a"]


def test_an_unknown_revision_is_said(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="no revision"):
        check_changed(mini, "--output=x", ENGINE)


def test_two_files_that_describe_one_thing_are_told_on_update(mini: MiniProject) -> None:
    watch = Watch(mini, ENGINE)
    twin = mini.write("data/registry/zz.ttl", 'id:a skos:altLabel "Z"@de .')
    with pytest.raises(LayoutError):
        watch.update([twin])


def test_a_line_written_twice_goes_with_the_last_of_the_two(mini: MiniProject) -> None:
    change(mini, source("one"), "org:member id:a ;", "org:member id:a ; org:member id:a ;")
    watch = Watch(mini, ENGINE)
    assert not watch.findings().results
    file = change(mini, source("one"), "org:member id:a ; org:member id:a ;", "org:member id:a ;")
    assert not watch.update([file]).results
    change(mini, source("one"), "org:member id:a ;", "")
    assert told(watch.update([file])) == told(check_project(mini, ENGINE))
    assert watch.findings().results


def test_after_a_check_that_breaks_off_the_next_one_begins_anew(
    mini: MiniProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(mini, ENGINE)
    assert not watch.whole().results
    file = change(mini, source("one"), "org:member id:a ;", "")
    real = Checker.update

    def broken(self: Checker, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> int:
        real(self, removed, added)
        raise ReadError("is beyond what can be checked.")

    with monkeypatch.context() as patch:
        patch.setattr(Checker, "update", broken)
        with pytest.raises(ReadError):
            watch.update([file])
    assert told(watch.update([file])) == told(check_project(mini, ENGINE))
    subprocess.run(["git", "-C", str(mini.root), "checkout", "-q", "."], check=True)
    assert not watch.update([file]).results
    assert not watch.whole().results
    file = change(mini, source("two"), 'bg:listedName "b"', 'bg:listedName "c"')
    watch.update([file])
    with monkeypatch.context() as patch:
        patch.setattr(Checker, "update", broken)
        with pytest.raises(ReadError):
            watch.whole()
    assert told(watch.whole()) == told(check_project(mini, ENGINE))
