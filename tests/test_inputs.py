"""What a build depends on is told from contents alone, and files that were not touched are not read."""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph import inputs
from buendnis_graph.errors import DiskError
from buendnis_graph.evidence import read_all
from buendnis_graph.inputs import Inputs, input_list
from buendnis_graph.settings import Project
from tests.mini import MiniProject


@pytest.fixture
def old(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> MiniProject:
    """A project whose files count as written long ago."""
    mini.build.mkdir()
    monkeypatch.setattr(inputs, "_SETTLED", -(10**9))
    return mini


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that were read."""
    found: list[str] = []
    original = inputs._hash

    def noted(path: str) -> str:
        found.append(Path(path).name)
        return original(path)

    monkeypatch.setattr(inputs, "_hash", noted)
    return found


def test_only_what_was_touched_is_read_again(old: MiniProject, read: list[str]) -> None:
    first = input_list(old)
    assert "a.ttl" in read
    read.clear()
    assert input_list(old) == first
    assert read == []
    (old.data / "registry" / "a.ttl").write_text((old.data / "registry" / "a.ttl").read_text())
    assert input_list(old) == first  # a new time, but the same content
    assert read == ["a.ttl"]
    old.body("a", "bg:FundingProgramme")
    assert input_list(old) != first


def test_the_versions_of_engines_are_those_of_their_metadata(mini: MiniProject) -> None:
    engines = [line for line in input_list(mini).splitlines() if line.startswith("engine/")]
    assert engines == [f"engine/{name}\t{version(name)}" for name in inputs.ENGINES]


def test_a_change_that_keeps_size_and_time_is_seen(old: MiniProject) -> None:
    file = old.data / "registry" / "a.ttl"
    status, first = file.stat(), input_list(old)
    file.write_text(file.read_text().replace('"A"', '"Z"'))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert input_list(old) != first


def test_what_was_written_a_moment_ago_is_read_again(
    mini: MiniProject, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_SETTLED", 3600 * 10**9)  # however slow this machine is
    mini.build.mkdir()
    for _ in range(2):
        read.clear()
        input_list(mini)
        assert "a.ttl" in read


def test_a_damaged_record_is_no_harm(old: MiniProject, read: list[str]) -> None:
    first = input_list(old)
    whole = (old.build / ".stat").read_bytes()
    for damage in (b"\xff\xfe", b"x\n\n", b"", b"a\0b\0", whole.partition(b"\0")[2], whole[:20]):
        (old.build / ".stat").write_bytes(damage)
        read.clear()
        assert input_list(old) == first
        assert "a.ttl" in read


def test_a_record_that_can_t_be_kept_leaves_nothing(old: MiniProject) -> None:
    first = input_list(old)
    (old.build / ".stat").unlink()
    (old.build / ".stat").mkdir()
    assert input_list(old) == first
    assert [path.name for path in old.build.iterdir()] == [".stat"]


def test_the_list_does_not_depend_on_the_record(old: MiniProject) -> None:
    first = input_list(old)
    (old.build / ".stat").unlink()
    old.build.rmdir()
    assert input_list(old) == first
    assert not old.build.exists()


def test_a_file_that_goes_while_its_folder_is_read_takes_no_other_with_it(
    old: MiniProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = old.data / "registry"
    first, scan = input_list(old), os.scandir
    (folder / "4913").write_text("")

    def read(path: str) -> Any:
        entries = scan(path)
        if Path(path) != folder:
            return entries
        with entries:
            found = sorted(entries, key=lambda entry: entry.name)  # what goes comes first
        (folder / "4913").unlink()
        return nullcontext(found)

    monkeypatch.setattr(os, "scandir", read)
    assert input_list(old) == first


def test_what_editors_keep_beside_a_file_is_no_input(mini: MiniProject) -> None:
    first = input_list(mini)
    for name in (".a.ttl.swp", "a.ttl~"):
        (mini.data / "registry" / name).write_bytes(b"b0VIM")
    assert input_list(mini) == first
    assert not read_all(mini).faults


_FOLDER = st.sampled_from(["data", "data/sources", "data/sources/x", "data/sources/x/y", "data/registry", "ontology"])
_EDIT = st.tuples(
    st.sampled_from(["write", "remove", "move"]),
    _FOLDER,
    _FOLDER,
    st.sampled_from(["a", "ab", "a\x01", ".a", "a\nb", "a\tb", "a\tc"]),
    st.text("01"),
)


def _edit(root: Path, kind: str, one: Path, other: Path, name: str, said: str) -> list[Path]:
    """Make an edit; return what a system tells of it."""
    if kind == "write":
        new = next((folder for folder in (*reversed(one.parents), one) if not folder.exists()), one / name)
        one.mkdir(parents=True, exist_ok=True)
        (one / name).write_text(said)
        return [new]
    if not one.exists() or root in (one.parent, other.parent) or other.is_relative_to(one) or one.is_relative_to(other):
        return []
    if kind == "remove":
        shutil.rmtree(one)
        return [one]
    shutil.rmtree(other, ignore_errors=True)
    other.parent.mkdir(parents=True, exist_ok=True)
    top = next(folder for folder in (*reversed(other.parents), other) if root in folder.parents)
    one.rename(other)
    return [one, top]


@settings(deadline=None)
@given(edits=st.lists(_EDIT, max_size=12), at_once=st.integers(1, 4))
def test_the_list_of_what_was_touched_is_that_of_all(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str, str, str]], at_once: int
) -> None:
    root = tmp_path_factory.mktemp("project")
    for folder in ("data", "ontology"):
        (root / folder).mkdir()
    files = Inputs(Project(root))
    files.listed()
    for start in range(0, len(edits), at_once):
        for kind, one, other, name, said in edits[start : start + at_once]:
            files.touch(_edit(root, kind, root / one, root / other, name, said))
        assert files.listed() == input_list(Project(root))
    files.touch(None)
    assert files.listed() == input_list(Project(root))


def test_what_was_not_touched_is_not_looked_at(old: MiniProject, read: list[str]) -> None:
    files = Inputs(old)
    first, record = files.listed(), (old.build / ".stat").read_bytes()
    read.clear()
    entry = old.body("a", "bg:FundingProgramme")
    old.source("new", "id:c bg:legalForm legal-form:ev .")
    assert files.listed() == first
    files.touch([entry])
    told = files.listed()
    assert (old.build / ".stat").read_bytes() == record  # of all: writing it takes longer than reading what was touched
    assert told not in (first, input_list(old))
    assert read[0] == "a.ttl"


def test_names_with_tabs_are_told_apart(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_SETTLED", 0)
    names = [mini.data / "registry" / f"a\t{letter}.ttl" for letter in "bc"]
    for name in names:
        name.write_text("a")
    time.sleep(0.01)
    files = Inputs(mini)
    files.listed()
    names[1].unlink()
    files.touch([names[1]])
    assert files.listed() == input_list(mini)


def test_a_file_that_goes_before_it_is_read_is_none(old: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    path, hash_of = old.body("a", "bg:FundingProgramme"), inputs._hash

    def hash_when_gone(name: str) -> str:
        if name == str(path):
            path.unlink()
        return hash_of(name)

    monkeypatch.setattr(inputs, "_hash", hash_when_gone)
    assert "data/registry/a.ttl" not in input_list(old)


def test_what_can_not_be_read_is_told(old: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_of = inputs._hash

    def refuse(path: str) -> str:
        if path.endswith("registry/a.ttl"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return hash_of(path)

    monkeypatch.setattr(inputs, "_hash", refuse)
    old.body("a", "bg:FundingProgramme")
    with pytest.raises(DiskError, match=r"registry/a\.ttl: reading or writing failed: Permission denied"):
        input_list(old)


def test_if_much_is_told_of_at_once_all_is_looked_at(mini: MiniProject) -> None:
    files = Inputs(mini)
    files.listed()
    mini.body("a", "bg:FundingProgramme")
    files.touch([mini.data / f"{number}" for number in range(inputs.MANY)])
    assert files.listed() != input_list(mini)
    files.touch([mini.data / f"{number}" for number in range(inputs.MANY + 1)])
    assert files.listed() == input_list(mini)
