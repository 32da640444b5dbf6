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
