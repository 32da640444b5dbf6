"""An export replaces the last one as a whole; a run that is killed leaves the old one, or one that the next finishes."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import UsageError
from buendnis_graph.publish.dumps.replace import COMMITTED, aside, finish, put_in_place

NAMES = st.sets(st.sampled_from(["a", "b", "c/d", "c/e", "f/g/h"]))


def _fill(folder: Path, names: set[str], text: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _content(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


@given(old=NAMES, new=NAMES)
def test_afterwards_the_new_files_are_there_and_no_old_one(
    tmp_path_factory: pytest.TempPathFactory, old: set[str], new: set[str]
) -> None:
    output = tmp_path_factory.mktemp("out")
    (output / "mine").write_text("not ours", encoding="utf-8")
    _fill(output, old, "old")
    with aside(output) as folder:
        _fill(folder, new, "new")
        assert put_in_place(folder, output, old) == sorted(new)
    assert _content(output) == {"mine": "not ours"} | dict.fromkeys(new, "new")


def _break_off(output: Path) -> None:
    with contextlib.suppress(KeyboardInterrupt), aside(output) as folder:
        _fill(folder, {"a"}, "new")
        raise KeyboardInterrupt


def test_a_run_that_fails_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    _fill(tmp_path, {"a"}, "old")
    _break_off(tmp_path)
    assert _content(tmp_path) == {"a": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_what_a_killed_run_had_decided_is_finished(tmp_path: Path, moved: int) -> None:
    _fill(tmp_path, {"a", "b", "gone"}, "old")
    with aside(tmp_path) as folder:
        _fill(folder, {"a", "b"}, "new")
        folder.joinpath(".gone.json").write_text('["gone"]', encoding="utf-8")
        folder.rename(tmp_path / COMMITTED)
    for name in ("a", "b")[:moved]:
        (tmp_path / COMMITTED / name).replace(tmp_path / name)
    finish(tmp_path)
    assert _content(tmp_path) == {"a": "new", "b": "new"}
    assert not (tmp_path / COMMITTED).exists()


def test_nothing_outside_is_removed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("stays", encoding="utf-8")
    output = tmp_path / "out"
    with aside(output) as folder:
        put_in_place(folder, output, ["../outside", str(tmp_path / "outside")])
    assert (tmp_path / "outside").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="can't be a folder"), aside(tmp_path / "file"):
        pass


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    with aside(tmp_path) as folder:
        _fill(folder, {"a"}, "first")
        with pytest.raises(UsageError, match="another run"), aside(tmp_path):
            pass
        put_in_place(folder, tmp_path, [])
    assert _content(tmp_path) == {"a": "first"}
    with aside(tmp_path):
        pass
