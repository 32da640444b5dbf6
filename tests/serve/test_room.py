"""Answers that clients are still reading take no more memory than they may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.serve.room import SMALL, Held, Room


@given(st.lists(st.integers(SMALL + 1, 20 * SMALL), max_size=30))
def test_never_more_is_taken_and_nobody_waits_for_ever(sizes: list[int]) -> None:
    limit = 40 * SMALL
    room, taken, waiting = Room(limit), list[int](), list[int]()

    def go_on(size: int) -> None:
        waiting.remove(size)
        taken.append(size)

    for size in sizes:
        (taken if room.take(size, lambda size=size: go_on(size)) else waiting).append(size)  # type: ignore[misc]
        assert sum(taken) <= limit
    while taken:
        room.give(taken.pop(0))
        assert sum(taken) <= limit
    assert not waiting


def test_what_is_small_needs_no_room_and_one_that_is_too_large_gets_all() -> None:
    room = Room(2 * SMALL)
    assert room.take(100 * SMALL, lambda: None)
    assert room.take(SMALL, lambda: None)
    assert not room.take(SMALL + 1, lambda: None)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 2 * SMALL)), max_size=60))
def test_answers_of_pieces_take_no_more_than_there_is_and_give_all_back(pieces: list[tuple[int, int]]) -> None:
    limit = 5 * SMALL
    room = Room(limit)
    answers, sizes = [Held(room) for _ in range(4)], [0] * 4
    for which, size in pieces:
        grown = sizes[which] + size
        others = sum(taken for n, taken in enumerate(sizes) if n != which and taken > SMALL)
        fits = grown <= SMALL or not others or others + grown <= limit
        assert answers[which].more(size) == fits
        sizes[which] = grown if fits else sizes[which]
    for answer in answers:
        answer.give()
    assert room.take(limit, lambda: None)
    assert not room.take(SMALL + 1, lambda: None)
