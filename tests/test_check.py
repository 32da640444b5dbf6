"""A project checked at once, file by file, and since a revision: the same findings."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.build import build
from buendnis_graph.check import Checked, Watch, check_changed, check_project
from buendnis_graph.errors import BuendnisError, FaultsError, InvalidDataError, ReadError, UsageError
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


def test_before_the_edits_nothing_is_found(mini: MiniProject) -> None:
    assert not check_project(mini, ENGINE).results


@pytest.mark.parametrize("edits", EDITS, ids=lambda edits: f"{edits[0][0].rpartition('/')[2]}-{edits[0][2]}"[:60])
def test_edits_are_found_the_same_in_every_way(mini: MiniProject, edits: list[tuple[str, str, str]]) -> None:
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
    with pytest.raises(FaultsError) as raised:
        watch.update([file])
    assert [(fault.name, str(fault.path)) for fault in raised.value.reading.faults] == [("syntax", source("one"))]
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
    with pytest.raises(FaultsError, match="speaks of"):
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


def faults(checked: Checked) -> set[tuple[str, str, int]]:
    """Return the reader's findings: rule, file, line."""
    return {(r.rule.partition("reading-")[2], *r.place) for r in checked.results if r.place}


def break_files(mini: MiniProject) -> set[tuple[str, str, int]]:
    """Break files in many ways; return what must be told."""
    made = set()

    def bad(name: str, path: str, text: str, mark: str) -> None:
        file = mini.write(path, text)
        lines = file.read_text(encoding="utf-8").split("\n")
        made.add((name, path, 1 + next(n for n, line in enumerate(lines) if mark in line) if mark else 0))

    bad("syntax", "data/codings/broken.ttl", "id:a id:b id:c .\nid:a id:b oops .\n", "oops")
    bad("blank-node", "data/codings/blank.ttl", 'coding:k rdfs:comment "c"@en ;\n dcterms:source [ ] .\n', "[")
    bad("registry-subject", "data/registry/d.ttl", 'id:e a org:Organization ;\n skos:prefLabel "E"@de .\n', "id:e")
    bad("registry-name", "data/registry/two words.ttl", "id:q a org:Organization .\n", "")
    bad("suffix", "data/registry/d.nt", "", "")
    bad("folder", "data/elsewhere/z.ttl", "id:q rdfs:comment 'x'@en .\n", "")
    return made


def test_all_faults_of_all_files_are_told_in_one_run_and_by_the_build(mini: MiniProject) -> None:
    made = break_files(mini)
    change(mini, source("one"), '"2020"^^xsd:gYear', '"2020-13"^^xsd:gYearMonth')
    checked = check_project(mini, ENGINE)
    told_of = faults(checked)
    assert {name for name, *_ in told_of} == {name for name, *_ in made} | {"date"}
    assert made <= told_of
    assert len(told_of) == len(checked.results) == len(made) + 1
    assert [note.name for note in checked.notes] == ["unread"]
    with pytest.raises(InvalidDataError) as raised:
        build(mini)
    for _, path, line in told_of:
        assert f"{path}:{line}: error: " in str(raised.value) or (not line and f"{path}: error: " in str(raised.value))
    assert "shapes were not checked" in str(raised.value)


def test_what_could_be_read_is_checked_beside_what_is_wrong_with_it(mini: MiniProject) -> None:
    change(mini, source("two"), "org:member id:b ;", "")
    alone = check_project(mini, ENGINE)
    change(mini, source("one"), '"2020"^^xsd:gYear', '"2020-13"^^xsd:gYearMonth')
    change(mini, source("three"), "id:a ;", "id:nobody ;")
    checked = check_project(mini, ENGINE)
    assert {name for name, *_ in faults(checked)} == {"date", "undescribed"}
    assert not checked.notes
    assert set(told(alone)) <= set(told(checked))
    since, _ = check_changed(mini, "HEAD", ENGINE)
    assert told(since) == told(checked)


def test_a_year_beyond_counting_does_not_hide_the_other_faults(mini: MiniProject) -> None:
    change(mini, source("one"), '"2020"^^xsd:gYear', '"99999999999999999999-01-01"^^xsd:date')
    checked = check_project(mini, ENGINE)
    assert {name for name, *_ in faults(checked)} == {"date"}
    since, _ = check_changed(mini, "HEAD", ENGINE)
    assert {name for name, *_ in faults(since)} == {"date"}


def test_a_source_that_can_t_be_read_hides_no_other_source_and_gives_no_false_finding(mini: MiniProject) -> None:
    change(mini, source("one"), "org:member id:a ;", "org:member id:a ;;; (")
    checked = check_project(mini, ENGINE)
    assert [r.rule.partition("reading-")[2] for r in checked.results] == ["syntax"]
    assert [note.name for note in checked.notes] == ["unread-sources"]
    change(mini, source("two"), "org:member id:b ;", "")
    found = [r for r in check_project(mini, ENGINE).results if not r.place]
    assert {str(r.source) for r in found} == {"<https://w3id.org/buendnis-graph/source/example.org/two/2026-11-22>"}
    since, _ = check_changed(mini, "HEAD", ENGINE)
    assert {name for name, *_ in faults(since)} == {"syntax"}
    assert [note.name for note in since.notes] == ["unread"]


def test_a_name_is_not_called_undescribed_while_a_file_can_t_be_read(mini: MiniProject) -> None:
    change(mini, "data/registry/a.ttl", "id:a a", "id:a a oops")
    assert {name for name, *_ in faults(check_project(mini, ENGINE))} == {"syntax"}
