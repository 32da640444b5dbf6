"""Lines are sorted as if all were held at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sys import getsizeof

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.publish.dumps.sorting import in_order

LINES = st.lists(st.binary(max_size=4).map(lambda line: line.replace(b"\n", b"") + b"\n"))


@given(LINES, st.integers(1, 200), st.integers(1, 4))
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


def test_no_more_files_are_open_than_were_allowed(tmp_path: Path) -> None:
    def lines() -> Iterator[bytes]:
        for number in range(100):
            yield f"{number}\n".encode()
            are_open.append(len([*Path("/dev/fd").iterdir()]) - before)

    are_open: list[int] = []
    before = len([*Path("/dev/fd").iterdir()])
    assert len(list(in_order(lines(), 1, tmp_path, most=10))) == 100
    assert max(are_open) == 10
