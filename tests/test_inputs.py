"""What a build depends on is told from contents alone, and files that were not touched are not read."""

from __future__ import annotations

import os
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph import inputs
from buendnis_graph.inputs import input_hash, input_list
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
    status, first = file.stat(), input_hash(old)
    file.write_text(file.read_text().replace('"A"', '"Z"'))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert input_hash(old) != first


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
