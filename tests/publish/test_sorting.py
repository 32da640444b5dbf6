"""Lines are sorted as if all were held at once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from sys import getsizeof
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.publish.sorting import in_order

LINES = st.lists(st.binary(max_size=4).map(lambda line: line.replace(b"\n", b"") + b"\n"))


@given(LINES, st.integers(1, 200), st.integers(2, 4))
def test_they_are_sorted_however_few_are_held(lines: list[bytes], at_once: int, most: int) -> None:
    assert list(in_order(iter(lines), at_once, most=most)) == sorted(lines)


def test_they_are_sorted_as_texts_are() -> None:
    texts = ["ä\n", "z\n", "😀\n", "\uffff\n", "a\n"]
    assert [line.decode() for line in in_order((text.encode() for text in texts), 2)] == sorted(texts)


class _Counted(bytes):
    """A line that knows how many such lines there are."""

    alive = most = 0

    def __init__(self, _line: bytes) -> None:
        _Counted.alive += 1
        _Counted.most = max(_Counted.most, _Counted.alive)

    def __del__(self) -> None:
        _Counted.alive -= 1


def test_no_more_are_held_than_were_allowed() -> None:
    lines = (_Counted(f"{number * 7919 % 1000}\n".encode()) for number in range(1000))
    size = getsizeof(_Counted(b"100\n"))
    assert len(list(in_order(lines, 10 * size))) == 1000
    assert 5 <= _Counted.most <= 11


def test_few_files_are_open_and_each_line_is_written_few_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(**how: Any) -> IO[bytes]:
        are_open.append(len([*Path("/dev/fd").iterdir()]) - before)
        file: IO[bytes] = temporary_file(**how)
        return file

    temporary_file = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", made)
    are_open: list[int] = []
    before = len([*Path("/dev/fd").iterdir()])
    assert len(list(in_order((f"{number}\n".encode() for number in range(999)), 1, tmp_path, most=10))) == 999
    assert max(are_open) <= 30, "ten of each level of files"
    assert len(are_open) == 999 + 99 + 9, "each line alone, with nine others, with ninety-nine"
    assert len([*Path("/dev/fd").iterdir()]) == before
