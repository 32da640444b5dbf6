"""Bounds, beside counting over all networks that small evidence allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import NetworkError
from buendnis_graph.network.bounds import Drawing, _degrees, _Ground, assumptions, bounds
from buendnis_graph.network.evidence import Places, places
from buendnis_graph.network.filters import Filters
from buendnis_graph.network.ranks import most_satisfied, ranks
from buendnis_graph.network.sizes import interval
from tests.network.made import Made, day

ALLIANCES, BODIES = 3, 4


@st.composite
def evidence(draw: st.DrawFn) -> tuple[list[int], list[frozenset[int]], dict[int, int]]:
    """Known memberships, who can take an open place where, and how many places there are."""
    capacity = {a: draw(st.integers(1, 3)) for a in range(draw(st.integers(0, ALLIANCES)))}
    bodies = range(draw(st.integers(1, BODIES)))
    open_to = [frozenset(draw(st.sets(st.sampled_from(sorted(capacity))))) if capacity else frozenset() for _ in bodies]
    return [draw(st.integers(0, 3)) for _ in bodies], open_to, capacity


def all_networks(low: list[int], open_to: list[frozenset[int]], capacity: dict[int, int]) -> Iterator[list[int]]:
    """Yield the degrees of every network: any eligible bodies, no more than there are places; others go outside."""
    choices = []
    for alliance, places_ in capacity.items():
        eligible = [body for body, alliances in enumerate(open_to) if alliance in alliances]
        choices.append([c for k in range(min(places_, len(eligible)) + 1) for c in combinations(eligible, k)])
    for chosen in product(*choices):
        yield [least + sum(body in those for those in chosen) for body, least in enumerate(low)]


@settings(deadline=None, max_examples=100)
@given(evidence())
def test_ranks_are_those_of_all_networks(found: tuple[list[int], list[frozenset[int]], dict[int, int]]) -> None:
    low, open_to, capacity = found
    every = [
        [1 + sum(d > degree for d in degrees) for degree in degrees] for degrees in all_networks(low, open_to, capacity)
    ]
    for body, rank in enumerate(ranks(low, open_to, capacity)):
        assert rank.best == min(network[body] for network in every)
        worst = max(network[body] for network in every)
        assert rank.worst == worst if rank.exact else rank.worst >= worst


def test_where_places_are_few_the_worst_rank_is_exact_by_flow() -> None:
    low, open_to = [1, 1, 1, 1, 0], [frozenset({0})] * 5
    (first, *_) = ranks(low, open_to, {0: 2})
    assert (first.best, first.worst, first.exact) == (1, 3, True)


def test_a_flow_moves_places_given_before() -> None:
    wishes = [(1, frozenset({0, 1})), (1, frozenset({0})), (2, frozenset({1, 2}))]
    assert most_satisfied(wishes, {0: 1, 1: 1, 2: 1}) == (2, 2)
    assert most_satisfied(wishes, {0: 1, 1: 2, 2: 1}) == (3, 3)


def test_where_the_two_numbers_do_not_meet_both_are_given() -> None:
    """The first stands in the way of the two others, whom places would suffice for."""
    wishes = [(2, frozenset({1, 2})), (2, frozenset({0, 1})), (2, frozenset({2, 3}))]
    assert most_satisfied(wishes, dict.fromkeys(range(4), 1)) == (1, 2)
    (last,) = ranks([0, 0, 0, 1], [alliances for _, alliances in wishes] + [frozenset()], dict.fromkeys(range(4), 1))[
        3:
    ]
    assert (last.worst, last.exact) == (3, False)


@pytest.mark.parametrize(
    ("bound", "number", "expected"),
    [
        ("exact", 20, (20, 20)),
        (None, 20, (20, 20)),
        ("more-than", 20, (21, None)),
        ("about", 100, (90, 110)),
        ("almost", 50, (45, 49)),
        ("almost", 3, (2, 2)),
        ("at-least", 5, (5, None)),
        ("at-most", 5, (0, 5)),
    ],
)
def test_a_bound_leaves_an_interval(bound: str | None, number: int, expected: tuple[int, int | None]) -> None:
    assert interval(bound, number) == expected


def count(
    body: str, number: int, bound: str = "exact", as_of: str | None = None, kind: str = "members"
) -> dict[str, Any]:
    days = {"as_of_earliest": day(as_of), "as_of_latest": day(as_of)}
    return {"count": f"{body}-{number}", "body": body, "kind": kind, "number": number, "bound": bound} | days


def found(made: Made, path: Path, slack: float = 0.0, **filters: Any) -> dict[str, Places]:
    return places(made.source(path), Filters(**filters), slack)


def test_a_complete_list_leaves_no_place_open(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b").member("x", "c").member("y", "c").add("counts", **count("x", 9))
    x = found(made, tmp_path)["x"]
    assert (x.members, x.high, x.basis) == (frozenset("ab"), 0, "complete-list")


def test_open_is_what_the_stated_size_exceeds_the_known_members_by(tmp_path: Path) -> None:
    made = Made().member("x", "a").member("x", "b").add("counts", **count("x", 5))
    made.member("x", "gone", state="ended-unknown")
    x = found(made, tmp_path)["x"]
    assert (x.low, x.high, x.candidates) == (3, 3, None)
    assert x.barred == {"gone", "x"}


def test_without_an_upper_end_the_smallest_size_is_taken_or_more_on_request(tmp_path: Path) -> None:
    made = Made().member("x", "a").add("counts", **count("x", 9, "more-than")).member("y", "a")
    plain = found(made, tmp_path / "plain")
    assert (plain["x"].low, plain["x"].high, plain["x"].unbounded) == (9, 9, True)
    assert (plain["y"].high, plain["y"].basis) == (0, "nothing-stated")
    more = found(made, tmp_path / "more", slack=1.0)
    assert (more["x"].low, more["x"].high) == (9, 19)
    assert (more["y"].high, more["y"].candidates) == (1, None)


def test_more_known_members_than_stated_leave_nothing_open_and_are_said(tmp_path: Path) -> None:
    made = Made().member("x", "a").member("x", "b").add("counts", **count("x", 1))
    x = found(made, tmp_path)["x"]
    assert (x.high, x.exceeded) == (0, True)


def test_of_stated_sizes_the_latest_counts_and_undated_ones_all(tmp_path: Path) -> None:
    made = Made().member("x", "a").member("y", "a")
    for number, as_of in ((3, "2019-01-01"), (7, "2021-01-01"), (50, None)):
        made.add("counts", **count("x", number, as_of=as_of))
    made.add("counts", **count("y", 4)).add("counts", **count("y", 6)).add("counts", **count("y", 99, kind="reach"))
    now = found(made, tmp_path / "now")
    assert (now["x"].low, now["x"].high) == (6, 6)
    assert (now["y"].low, now["y"].high) == (3, 5)
    made.member("x", "b", attested="2020-01-01")
    then = found(made, tmp_path / "then", at="2020-01-01")
    assert (then["x"].low, then["x"].high) == (2, 2)


def test_who_may_have_been_in_then_can_take_a_place(tmp_path: Path) -> None:
    made = Made().member("x", "a", attested="2020-01-01").member("x", "b").member("x", "c", since="2022-01-01")
    x = found(made, tmp_path, at="2020-01-01")["x"]
    assert (x.members, x.candidates, x.low, x.high) == (frozenset("a"), frozenset("b"), 0, 1)
    assert x.barred == {"c", "x"}


def test_what_was_not_there_then_takes_no_place(tmp_path: Path) -> None:
    made = Made().member("x", "a", attested="2020-01-01").member("x", "b").member("x", "c").member("late", "a")
    made.add("bodies", body="b", label_de="B", kind="formal", founded_earliest=day("2021-01-01"))
    made.add("bodies", body="c", label_de="C", kind="formal", dissolved="2019")
    made.add("bodies", body="late", label_de="Late", is_alliance=True, founded_earliest=day("2022-01-01"))
    (x,) = found(made, tmp_path, at="2020-01-01").values()
    assert (x.high, x.barred) == (0, frozenset({"b", "c", "late", "x"}))


OPEN = {
    "x": Places(frozenset("ab"), frozenset("x"), None, 1, 3, "stated"),
    "y": Places(frozenset("c"), frozenset("ay"), None, 2, 2, "stated", unbounded=True),
    "z": Places(frozenset("abcd"), frozenset(), frozenset(), 0, 0, "complete-list"),
}


def test_drawn_ranks_lie_within_the_bounds_and_degrees_in_theirs() -> None:
    table = bounds(OPEN, {"a": "A e. V."}, Drawing(samples=300))
    for row in table.iter_rows(named=True):
        assert row["rank_best"] <= row["rank_p05"] <= row["rank_median"] <= row["rank_p95"] <= row["rank_worst"]
        assert 0 <= row["in_top"] <= 1
    assert table["degree_low"].to_list() == [2, 2, 2, 1]
    (a,) = table.filter(pl.col("body") == "a").iter_rows(named=True)
    assert (a["label"], a["degree_low"], a["degree_high"]) == ("A e. V.", 2, 2)
    assert table.equals(bounds(OPEN, {"a": "A e. V."}, Drawing(samples=300)))


def test_if_all_places_go_outside_only_the_known_remains() -> None:
    table = bounds(OPEN, {}, Drawing(samples=20, inside=0.0))
    assert (table["rank_p05"] == table["rank_p95"]).all()


def test_the_number_taken_inside_is_uniform_where_nothing_is_known() -> None:
    one = {
        "x": Places(frozenset("a"), frozenset(), None, 4, 4, "stated"),
        "y": Places(frozenset("bcdefgh"), frozenset(), frozenset(), 0, 0, "complete-list"),
    }
    ground = _Ground(one)
    sums = [int(d.sum()) - sum(ground.low) for d in _degrees(np, ground, Drawing(samples=5000), lambda _: None)]
    shares = np.bincount(sums, minlength=5) / 5000
    assert shares == pytest.approx([0.2] * 5, abs=0.03)


def test_nobody_is_an_error() -> None:
    with pytest.raises(NetworkError):
        bounds({}, {}, Drawing())


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_assumed_is_said(language: str) -> None:
    texts = assumptions(OPEN, Drawing(samples=7, seed=3), 0.5, language)
    assert "7" in texts[-1]
    assert any("50%" in text for text in texts)
    assert len(texts) == 8
    assert str(len(bounds(OPEN, {}, Drawing(samples=1)))) in texts[0], "the number of bodies that are ranked"


def test_a_complete_list_of_one_role_leaves_an_alliance_open_that_has_members_in_others(tmp_path: Path) -> None:
    made = Made().complete("x", "a", role="consortium-partner").member("x", "b").add("counts", **count("x", 5))
    x = found(made, tmp_path)["x"]
    assert (x.members, x.low, x.basis) == (frozenset("ab"), 3, "stated")
    only = found(Made().complete("x", "a", role="consortium-partner"), tmp_path / "only")["x"]
    assert (only.members, only.basis) == (frozenset("a"), "complete-list")
