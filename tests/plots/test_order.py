"""Rows and columns are ordered by structure."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.plots.order import seriated

PAIRS = st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("stuvwxyz")), min_size=1, max_size=24)


def test_a_hidden_band_is_found_again() -> None:
    names = [f"r{i:02}" for i in range(12)]
    random.Random(3).shuffle(names)  # noqa: S311 - no secret
    band = [(names[i], f"c{j:02}") for i in range(12) for j in range(i, i + 3)]
    rows, columns = seriated(band)
    assert rows in (names, names[::-1])
    assert columns in ([f"c{j:02}" for j in range(14)], [f"c{j:02}" for j in range(13, -1, -1)])


def test_parts_stand_one_after_the_other_the_largest_first() -> None:
    rows, columns = seriated([("z", "1"), ("a", "2"), ("a", "3"), ("b", "3")])
    assert rows[2:] == ["z"]
    assert columns[2:] == ["1"]


@settings(max_examples=40, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_of_the_input_does_not_matter(
    pairs: set[tuple[str, str]], chance: random.Random
) -> None:
    shuffled = sorted(pairs)
    chance.shuffle(shuffled)
    rows, columns = seriated(shuffled)
    assert sorted(rows) == sorted({row for row, _ in pairs})
    assert sorted(columns) == sorted({column for _, column in pairs})
    assert (rows, columns) == seriated(pairs)
