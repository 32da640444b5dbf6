"""Files are written as a whole, through links, and never in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.errors import UsageError
from buendnis_graph.whole import write_whole


def test_a_link_is_followed_and_the_mode_kept(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(target)
    write_whole({link: "new"})
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"target", "link"}


def test_if_one_file_can_not_be_written_none_is_changed(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.write_text("old", encoding="utf-8")
    with pytest.raises(UsageError, match="can't be written"):
        write_whole({first: "new", tmp_path / "missing" / "second": b"new"})
    assert first.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


def test_a_device_is_written_to_as_it_is() -> None:
    write_whole({Path("/dev/null"): "gone"})
    assert not Path("/dev/null").is_file()
