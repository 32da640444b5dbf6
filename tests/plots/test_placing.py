"""Labels are placed where they cover nothing."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.plots.labels import place_labels
from buendnis_graph.plots.placing import Box, Room

GROUND = Box(0, 0, 300, 200)
SPOTS = st.lists(st.tuples(st.integers(5, 290), st.integers(5, 190)), min_size=1, max_size=9, unique=True)


@settings(max_examples=40, deadline=None)
@given(SPOTS)
def test_no_label_covers_another_or_a_node_or_leaves_the_ground(spots: list[tuple[int, int]]) -> None:
    nodes = [Box(x - 2, y - 2, x + 2, y + 2) for x, y in spots]
    lines = [(i, i + 1) for i in range(len(nodes) - 1)]
    labels, unplaced = place_labels(GROUND, nodes, lines, [(i, f"Verein Nummer {i}") for i in range(len(nodes))])
    assert sorted([label.node for label in labels] + unplaced) == list(range(len(nodes)))
    for label in labels:
        assert label.box.within(GROUND)
        assert not any(label.box.overlaps(node) for node in nodes)
    assert not any(one.box.overlaps(other.box) for one, other in combinations(labels, 2))


def test_where_there_is_no_room_there_is_no_label() -> None:
    assert Room(Box(0, 0, 20, 20)).place((10, 10), [(50, 6)], (2.0, 5.0)) is None
    _, unplaced = place_labels(Box(0, 0, 20, 20), [Box(8, 8, 12, 12)], [], [(0, "Ein langer Name")])
    assert unplaced == [0]


def test_a_label_stands_right_unless_something_is_there() -> None:
    room = Room(GROUND)
    found = room.place((100, 100), [(40, 6)], (4.0, 8.0))
    assert found is not None
    assert found[1].left == 104
    room.take(found[1])
    other = room.place((100, 100), [(40, 6)], (4.0, 8.0))
    assert other is not None
    assert other[1].right == 96


def test_a_label_rather_goes_aside_than_over_a_line() -> None:
    room = Room(GROUND)
    room.draw(((100, 100), (200, 100)))
    found = room.place((100, 100), [(40, 6)], (4.0,))
    assert found is not None
    assert not found[1].meets(((100, 100), (200, 100)))


def test_a_line_meets_a_box_that_it_passes_through() -> None:
    box = Box(10, 10, 20, 20)
    assert box.meets(((0, 15), (30, 15)))
    assert box.meets(((0, 0), (30, 30)))
    assert not box.meets(((0, 25), (30, 25)))
    assert not box.meets(((0, 0), (9, 9)))
    assert not box.meets(((0, 30), (12, 21)))
