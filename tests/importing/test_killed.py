"""An import that is killed leaves the old state or the new one, and no file is ever half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.evidence import replace_files, writing
from buendnis_graph.evidence.replace import COMMITTED
from buendnis_graph.settings import WITHHOLDING
from tests.importing.desk import state
from tests.mini import MiniProject


@pytest.mark.parametrize("steps", range(4))
def test_whoever_reads_next_finishes_what_was_decided(
    mini: MiniProject, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Stop in the middle of moving the files, which is too short a time to hit with a signal."""
    old = state(mini.root)
    files: dict[Path, str | None] = {
        mini.data / "codings" / "one.ttl": "# one\n",
        mini.data / "codings" / "two.ttl": "# two\n",
        mini.data / "registry" / "a.ttl": None,
    }
    done = 0
    replace, unlink = Path.replace, Path.unlink

    def stop() -> None:
        nonlocal done
        if done >= steps:
            raise KeyboardInterrupt
        done += 1

    def stopping_replace(self: Path, target: Path) -> Path:
        stop()
        return replace(self, target)

    def stopping_unlink(self: Path, missing_ok: bool = False) -> None:
        stop()
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopping_replace)
        patch.setattr(Path, "unlink", stopping_unlink)
        with pytest.raises(KeyboardInterrupt):
            replace_files(mini, files)
    assert (mini.data / COMMITTED).is_dir()
    mini.corpus()
    after = state(mini.root)
    assert set(after) - set(old) == {"data/codings/one.ttl", "data/codings/two.ttl"}
    assert set(old) - set(after) == {"data/registry/a.ttl"}


def test_a_run_that_fails_before_the_decision_changes_nothing(
    mini: MiniProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = state(mini.root)

    def no(_self: Path, _target: Path) -> Path:
        raise OSError("no room")

    monkeypatch.setattr(Path, "rename", no)
    with pytest.raises(OSError, match="no room"):
        replace_files(mini, {mini.data / "registry" / "z.ttl": "# z\n"})
    assert state(mini.root) == old


def test_what_a_killed_run_left_aside_is_swept(mini: MiniProject) -> None:
    left = mini.data / ".aside-abc"
    left.mkdir()
    (left / "0.new").write_text("half", encoding="utf-8")
    with writing(mini):
        assert not left.exists()


def test_two_runs_do_not_write_at_once(mini: MiniProject) -> None:
    with writing(mini), pytest.raises(UsageError, match="another run is writing"), writing(mini):
        pass


def test_a_committed_folder_that_leads_elsewhere_is_refused(mini: MiniProject) -> None:
    folder = mini.data / COMMITTED
    folder.mkdir()
    (folder / "0.new").write_text("x", encoding="utf-8")
    (folder / "list.json").write_text('{"../../escaped": "0.new"}', encoding="utf-8")
    with pytest.raises(LayoutError, match=r"leads out of data/"):
        mini.corpus()
    assert not (mini.root.parent / "escaped").exists()


def test_nothing_is_written_while_a_withholding_is_half_done(mini: MiniProject) -> None:
    """To finish it later would undo what is written in between."""
    (mini.root / WITHHOLDING).mkdir()
    with pytest.raises(UsageError, match="--finish"), writing(mini):
        pass
    with writing(mini, withholding=True):
        pass
