"""The folder of a site: whole or as before, and only what changes."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.dumps.replace import COMMITTED, LISTS, SITE, aside
from buendnis_graph.publish.site import listed
from buendnis_graph.publish.site.folder import MADE, Written, write_site, writing
from buendnis_graph.publish.site.listed import Listed, read_list

FIRST = {"index.html": "start", "id/a.html": "A", "id/b.html": "B", "deep/er/c.html": "C"}


def content(folder: Path) -> dict[str, str]:
    """Return all files below a folder but those that list them."""
    found = {path.relative_to(folder): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    return {path.as_posix(): text for path, text in found.items() if path.parts[0] not in {SITE, LISTS}}


def parts(folder: Path) -> list[str]:
    """Return the files that list those of a site."""
    return sorted(path.relative_to(folder / LISTS).as_posix() for path in (folder / LISTS).rglob("*.json"))


def test_a_site_is_written_and_a_second_run_writes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "new" / "public"
    assert write_site(output, FIRST.items()) == Written(4, 0, 0, 0)
    assert content(output) == FIRST
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    assert write_site(output, FIRST.items()) == Written(0, 0, 4, 0)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*.html")} == before


def test_only_what_changes_is_written_and_what_is_gone_goes_with_its_folder(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST.items())
    kept = (tmp_path / "id" / "a.html").stat()
    now = {"index.html": "new start", "id/a.html": "A", "id/d.html": "D"}
    assert write_site(tmp_path, now.items()) == Written(1, 1, 1, 2)
    assert content(tmp_path) == now
    assert (tmp_path / "id" / "a.html").stat().st_ino == kept.st_ino
    assert not (tmp_path / "deep").exists()


def test_files_of_others_stay(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST.items())
    (tmp_path / "id" / "mine.txt").write_text("mine", encoding="utf-8")
    write_site(tmp_path, {"index.html": "start"}.items())
    assert content(tmp_path) == {"index.html": "start", "id/mine.txt": "mine"}


def test_a_file_that_someone_altered_is_put_right(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST.items())
    (tmp_path / "id" / "a.html").write_text("altered", encoding="utf-8")
    assert write_site(tmp_path, FIRST.items()) == Written(0, 1, 3, 0)
    assert content(tmp_path) == FIRST


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty and holds neither"):
        write_site(tmp_path, FIRST.items())
    assert content(tmp_path) == {"thesis.tex": "precious"}


def test_a_run_that_fails_on_the_way_changes_nothing(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST.items())

    def broken() -> Iterator[tuple[str, str]]:
        yield "index.html", "new start"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_site(tmp_path, broken())
    assert content(tmp_path) == FIRST
    assert write_site(tmp_path, FIRST.items()) == Written(0, 0, 4, 0)


def _die_at_rename(number: int) -> None:
    """Let this process be killed when it is about to rename something for the n-th time: lists, pages, lists."""
    rename, count = os.replace, iter(range(1, number + 1))

    def dying(*of: Any) -> None:
        if next(count, 0) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        rename(*of)

    os.replace = dying  # type: ignore[assignment] # Path.replace calls it, too


def _killed(output: Path, now: dict[str, str], number: int) -> bool:
    """Write a site in a process that is killed before its n-th rename; return whether it got that far."""
    child = os.fork()
    if child == 0:
        _die_at_rename(number)
        write_site(output, now.items())
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


MANY = {f"id/{number}.html": "1" for number in range(40)}
STATES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "a first run": ({}, {"id/a.html": "A2", "id/b.html": "B2"}),
    "one list": (FIRST, {"id/a.html": "A2", "id/b.html": "B2", "id/new.html": "N"}),
    "lists of their own for more": (FIRST, {**MANY, "id/a.html": "A2"}),
    "one list for fewer": ({**MANY, "id/b.html": "B"}, {"id/a.html": "A2", "id/1.html": "2"}),
    "some of many lists": (MANY, {**MANY, "id/a.html": "A2", "id/1.html": "2"}),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "then", [{"id/a.html": "A2", "id/b.html": "B2", "id/new.html": "N"}, {"id/b.html": "B3"}, MANY]
)
def test_a_run_that_is_killed_while_renaming_is_finished_by_the_next(
    tmp_path: Path, state: str, then: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if the next has fewer pages: none of the killed run or of the one before it stays."""
    monkeypatch.setattr(listed, "MOST", 6)
    before, now = STATES[state]
    for number in count(1):
        output = tmp_path / str(number)
        if before:
            write_site(output, before.items())
        if not _killed(output, now, number):
            break
        write_site(output, then.items())
        assert content(output) == then
        assert {path.name for path in output.iterdir()} == {"id", SITE, LISTS}
        whole = tmp_path / "whole"
        write_site(whole, then.items())
        assert parts(output) == parts(whole)
    assert number > 3
    assert content(output) == now


def test_a_run_reads_and_writes_only_the_lists_of_what_comes_and_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST", 6)
    write_site(tmp_path, MANY.items())
    lists = {name: (tmp_path / LISTS / name).stat().st_ino for name in parts(tmp_path)}
    read: list[str] = []
    with writing(tmp_path) as held:
        held.write(MANY.items(), dict)
    with writing(tmp_path) as held:
        text = Path.read_text

        def noted(path: Path, encoding: str) -> str:
            read.append(path.name)
            return text(path, encoding)

        monkeypatch.setattr(Path, "read_text", noted)
        held.renew({"id/1.html": "2", "en/id/1.html": "2"}.items(), ["id/2.html"], dict)
    now = {name: (tmp_path / LISTS / name).stat().st_ino for name in parts(tmp_path)}
    assert len(lists) == 16
    assert now.keys() == lists.keys()
    assert len([name for name in now if now[name] != lists[name]]) == len(read) == 2


def test_a_list_of_an_earlier_version_is_known(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST.items())
    shutil.rmtree(tmp_path / LISTS)
    (tmp_path / SITE).write_text(json.dumps({"files": dict.fromkeys(FIRST, "0f")}), encoding="utf-8")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert write_site(tmp_path, {"id/a.html": "A", "new.html": "N"}.items()) == Written(1, 0, 1, 3)
    assert content(tmp_path) == {"id/a.html": "A", "new.html": "N", "mine.txt": "mine"}
    assert parts(tmp_path) == ["1/0.json"]


def test_another_run_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    with writing(tmp_path) as held:
        for second in (lambda: write_site(tmp_path, FIRST.items()), lambda: aside(tmp_path).__enter__()):
            with pytest.raises(UsageError, match="another run is writing into this folder"):
                second()
        held.write({"index.html": "start"}.items())
    assert content(tmp_path) == {"index.html": "start"}


def test_what_a_killed_export_had_decided_is_finished_first(tmp_path: Path) -> None:
    with aside(tmp_path) as folder:
        folder.joinpath("void.ttl").write_text("new", encoding="utf-8")
        folder.joinpath(".gone.json").write_text("[]", encoding="utf-8")
        folder.rename(tmp_path / COMMITTED)
    with writing(tmp_path) as held:
        assert (tmp_path / "void.ttl").read_text("utf-8") == "new"
        held.write({"index.html": "start"}.items())
    assert content(tmp_path) == {"index.html": "start", "void.ttl": "new"}


def test_a_refused_run_leaves_no_new_folder(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for output in (tmp_path / "new" / "public", tmp_path / "there" / "public", tmp_path / "there"):
        with pytest.raises(KeyError), writing(output):
            raise KeyError
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


@pytest.mark.parametrize(
    "path", ["../out.html", "/etc/x.html", "a/../../b", "", SITE, LISTS, f"{LISTS}/1/0.json", "a\\b"]
)
def test_no_file_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(LayoutError):
        write_site(tmp_path / "site", {path: "x"}.items())
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize("path", ["../precious.txt", "/precious.txt", SITE, f"{LISTS}/1/0.json", MADE])
def test_a_list_that_names_files_elsewhere_removes_none(tmp_path: Path, path: str) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text("precious", encoding="utf-8")
    site = tmp_path / "site"
    write_site(site, FIRST.items())
    path = path.replace("/precious", f"{tmp_path}/precious")
    (site / LISTS / "1" / "0.json").write_text(json.dumps([path]), encoding="utf-8")
    write_site(site, FIRST.items())
    assert outside.read_text(encoding="utf-8") == "precious"
    assert write_site(site, FIRST.items()) == Written(0, 0, 4, 0)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"files": 3}', "\x00", '{"lists": 0}', '{"lists": "../1"}', '{"lists": 16}', '"lists"']
)
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    write_site(tmp_path, FIRST.items())
    (tmp_path / SITE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"):
        write_site(tmp_path, FIRST.items())


@pytest.mark.parametrize("text", ["", "{}", "[1]", '["id/a.html', "\x00", "[" * 100_000, None])
def test_a_damaged_list_is_told_where_it_is_read(tmp_path: Path, text: str | None) -> None:
    write_site(tmp_path, FIRST.items())
    file = tmp_path / LISTS / "1" / "0.json"
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"), writing(tmp_path) as held:
        held.renew({"id/a.html": "A"}.items(), (), lambda: None)


def test_a_list_that_says_what_another_one_should_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST", 6)
    write_site(tmp_path, MANY.items())
    one, two = sorted((tmp_path / LISTS / "16").iterdir())[:2]
    one.write_bytes(two.read_bytes())
    with pytest.raises(UsageError, match="damaged"):
        write_site(tmp_path, MANY.items())


paths = st.text(st.sampled_from('ab"/.ä,\n😀'), min_size=1, max_size=3)
some = st.sets(paths, max_size=30)


@given(before=some, come=some, gone=some, is_read=st.booleans())
def test_a_list_of_files_changes_as_a_set_does(
    before: set[str], come: set[str], gone: set[str], is_read: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    output = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listed, "MOST", 3)
        _kept(read_list(output).changed(before, ()))
        found = read_list(output, len(before))
        if is_read:
            assert {*found} == before
        _kept(found.changed(come - before, gone & before - come))
        now = read_list(output)
        wanted = (before | come) - (gone & before - come)
        assert (len(now), {*now}) == (len(wanted), wanted)
        assert all(path in now for path in wanted)
        assert not any(path in now for path in gone - wanted)
        _kept(read_list(output / "other").changed(wanted, ()))
        assert {name: (output / LISTS / name).read_text("utf-8") for name in parts(output)} == {
            name: (output / "other" / LISTS / name).read_text("utf-8") for name in parts(output / "other")
        }


def _kept(found: Listed) -> None:
    """Write a list."""
    aside = found.output / "aside"
    aside.mkdir(parents=True)
    found.keep(aside)
    found.tidy()
    aside.rmdir()


names = st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(lambda parts: "/".join(parts) + ".html")
sites = st.dictionaries(names, st.sampled_from(["1", "2"]), max_size=6)


@settings(max_examples=40, deadline=None)
@given(before=sites, after=sites)
def test_after_a_run_the_folder_holds_the_site_whatever_was_there(
    before: dict[str, str], after: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    output = tmp_path_factory.mktemp("site")
    write_site(output, before.items())
    written = write_site(output, after.items())
    assert content(output) == after
    assert written.new + written.changed + written.same == len(after)
    assert written.removed == len(before.keys() - after.keys())
