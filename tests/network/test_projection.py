"""Projections, beside a plain reading of what they are."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.network.projection import project

NETS = st.sets(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("uvwxyz")), min_size=1)


def table(net: set[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(sorted(net), schema=["alliance", "body"], orient="row")


def plainly(net: set[tuple[str, str]], onto: str) -> dict[tuple[str, str], tuple[int, float, float]]:
    """Pair by pair, from sets."""
    of: dict[str, set[str]] = {}
    for alliance, body in net:
        node, other = (body, alliance) if onto == "body" else (alliance, body)
        of.setdefault(node, set()).add(other)
    return {
        (a, b): (
            len(of[a] & of[b]),
            len(of[a] & of[b]) / len(of[a] | of[b]),
            len(of[a] & of[b]) / (len(of[a]) * len(of[b])) ** 0.5,
        )
        for a, b in combinations(sorted(of), 2)
        if of[a] & of[b]
    }


@settings(deadline=None)
@given(NETS, st.sampled_from(["body", "alliance"]), st.integers(1, 3))
def test_pairs_are_those_of_a_plain_reading(net: set[tuple[str, str]], onto: str, at_least: int) -> None:
    found = project(table(net), onto, at_least)
    expected = {pair: values for pair, values in plainly(net, onto).items() if values[0] >= at_least}
    assert {(a, b) for a, b, *_ in found.iter_rows()} == set(expected)
    for a, b, *values in found.iter_rows():
        assert values == pytest.approx(expected[a, b])
    assert found["shared"].to_list() == sorted(found["shared"], reverse=True)


CHAINED = pl.DataFrame(
    [("old", "u", "c"), ("old", "v", "c"), ("new", "u", "c"), ("new", "v", "c"), ("new", "w", "c"), ("x", "u", "x")],
    schema=["alliance", "body", "chain"],
    orient="row",
)


def test_predecessor_and_successor_are_no_pair() -> None:
    pairs = project(CHAINED, "alliance")
    assert [row[:3] for row in pairs.iter_rows()] == [("new", "x", 1), ("old", "x", 1)]


def test_two_bodies_that_meet_in_both_share_one_and_who_never_met_shares_none() -> None:
    pairs = project(CHAINED, "body")
    assert {row[:3] for row in pairs.iter_rows()} == {("u", "v", 1), ("u", "w", 1), ("v", "w", 1)}
    assert project(CHAINED, "body", 2).is_empty()
    jaccard = {(a, b): value for a, b, _, value, _ in pairs.iter_rows()}
    assert jaccard["u", "v"] == pytest.approx(1 / 2)


def test_nothing_gives_nothing() -> None:
    empty = CHAINED.clear()
    for at_least in (1, 2):
        assert project(empty, "body", at_least).columns == ["a", "b", "shared", "jaccard", "cosine"]
