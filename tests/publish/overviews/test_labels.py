"""Names in a drawing keep clear of one another and fit."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.plots.placing import Box
from buendnis_graph.publish.overviews.labels import placed
from buendnis_graph.publish.overviews.type import lines, shortened, width

NAMES = st.text(st.sampled_from("abcMW -–.i\U0001f30d"), min_size=1, max_size=90).filter(str.strip)
SPOTS = st.tuples(st.integers(20, 580), st.integers(20, 380))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SPOTS, NAMES), min_size=1, max_size=9, unique_by=lambda node: node[0]))
def test_labels_keep_clear_of_one_another_and_stay_on_the_ground(
    given_nodes: list[tuple[tuple[int, int], str]],
) -> None:
    ground = Box(0, 0, 600, 400)
    nodes = [Box(x - 3, y - 3, x + 3, y + 3) for (x, y), _ in given_nodes]
    edges = [(i - 1, i) for i in range(1, len(nodes))]
    labels = placed(ground, nodes, edges, [name for _, name in given_nodes], [1] * len(nodes))
    boxes = [label.box for label in labels.values()]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert not any(box.overlaps(node) for box in boxes for node in nodes)
    for label in labels.values():
        assert label.box.within(ground)
        assert all(width(words, 11) <= label.box.right - label.box.left for words in label.words)


@given(NAMES, st.floats(40, 400))
def test_a_shortened_text_fits_and_is_the_beginning(name: str, room: float) -> None:
    short = shortened(name, room)
    assert width(short) <= room
    assert short == name or (short.endswith("…") and name.startswith(short[:-1]))


@given(NAMES, st.floats(60, 300), st.integers(1, 4))
def test_lines_fit_and_are_few(name: str, room: float, most: int) -> None:
    found = lines(name, room, most)
    assert 1 <= len(found) <= most
    assert all(width(line) <= room for line in found)
    if "…" not in "".join(found):
        assert " ".join(found) == " ".join(name.split())
