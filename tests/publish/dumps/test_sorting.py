"""Lines are sorted as if all were held at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.publish.dumps.sorting import in_order

LINES = st.lists(st.binary(max_size=4).map(lambda line: line.replace(b"\n", b"") + b"\n"))


@given(LINES, st.integers(1, 5))
def test_they_are_sorted_however_few_are_held(lines: list[bytes], at_once: int) -> None:
    assert list(in_order(iter(lines), at_once)) == sorted(lines)


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
    assert len(list(in_order(lines, 10))) == 1000
    assert _Counted.most <= 11
