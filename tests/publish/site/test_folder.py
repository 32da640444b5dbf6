"""The folder of a site: whole or as before, and only what changes."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.dumps.replace import COMMITTED, SITE, aside
from buendnis_graph.publish.site.folder import Written, write_site, writing
from buendnis_graph.publish.site.listed import Listed

FIRST = {"index.html": "start", "id/a.html": "A", "id/b.html": "B", "deep/er/c.html": "C"}


def content(folder: Path) -> dict[str, str]:
    """Return all files below a folder but the manifest."""
    found = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }
    found.pop(SITE, None)
    return found


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
    """Let this process be killed when it is about to rename a file for the n-th time: the list, pages, the list."""
    rename, count = Path.replace, iter(range(1, number + 1))

    def dying(self: Path, target: Path) -> Path:
        if next(count) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(self, target)

    Path.replace = dying  # type: ignore[method-assign,assignment]


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("then", [{"id/a.html": "A2", "id/b.html": "B2", "id/new.html": "N"}, {"id/b.html": "B3"}])
def test_a_run_that_is_killed_while_renaming_is_finished_by_the_next(
    tmp_path: Path, number: int, then: dict[str, str]
) -> None:
    """Also if the next has fewer pages: none of the killed run or of the one before it stays."""
    now = {"id/a.html": "A2", "id/b.html": "B2", "id/new.html": "N"}
    write_site(tmp_path, FIRST.items())
    child = os.fork()
    if child == 0:
        _die_at_rename(number)
        write_site(tmp_path, now.items())
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert json.loads((tmp_path / SITE).read_text(encoding="utf-8"))
    write_site(tmp_path, then.items())
    assert content(tmp_path) == then
    assert {path.name for path in tmp_path.iterdir()} == {"id", SITE}


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


@pytest.mark.parametrize("path", ["../out.html", "/etc/x.html", "a/../../b", "", SITE, "a\\b"])
def test_no_file_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(LayoutError):
        write_site(tmp_path / "site", {path: "x"}.items())
    assert not list(tmp_path.rglob("*.html"))


def test_a_manifest_that_names_files_elsewhere_removes_none(tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text("precious", encoding="utf-8")
    site = tmp_path / "site"
    write_site(site, FIRST.items())
    (site / SITE).write_text(json.dumps({"files": {"../precious.txt": "0"}}), encoding="utf-8")
    write_site(site, FIRST.items())
    assert outside.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 3}', "\x00"])
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    write_site(tmp_path, FIRST.items())
    (tmp_path / SITE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"):
        write_site(tmp_path, FIRST.items())


def test_a_damaged_line_of_the_manifest_is_told_where_it_is_read(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST.items())
    text = (tmp_path / SITE).read_text("utf-8").replace('"id/a.html"', '"id/a.html')
    (tmp_path / SITE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"), writing(tmp_path) as held:
        held.renew({"id/a.html": "A"}.items(), (), lambda: None)


paths = st.text(st.sampled_from('ab"\\ä,\n😀'), min_size=1, max_size=3)
hashes = st.sampled_from(["0f", "1e"])


@given(before=st.dictionaries(paths, hashes), put=st.dictionaries(paths, hashes), data=st.data(), read=st.booleans())
def test_a_list_of_files_changes_as_a_dictionary_does(
    before: dict[str, str], put: dict[str, str], data: st.DataObject, read: bool
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(before)))) - put.keys() if before else set()
    listed = Listed(Listed.of(before).text)
    if read:
        assert dict(listed) == before
    now = listed.changed(put, gone)
    wanted = {path: said for path, said in (before | put).items() if path not in gone}
    assert now.text == Listed.of(wanted).text
    assert (len(now), dict(now)) == (len(wanted), wanted)
    assert all(now[path] == said for path, said in wanted.items())
    assert not any(path in now for path in gone)


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
