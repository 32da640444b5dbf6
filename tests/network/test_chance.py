"""The null model: what it keeps, that it is uniform, and that its p-values are those of counting."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from math import comb

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.network.chance import adjusted, more_than_chance, overlaps, samples, samples_needed
from buendnis_graph.network.twomode import TwoMode
from tests.network.test_projection import NETS, plainly, table

ROWS = st.lists(st.sets(st.integers(0, 7), max_size=8), min_size=1, max_size=5)


def degrees(rows: list[list[int]]) -> tuple[list[int], Counter[int]]:
    return [len(row) for row in rows], Counter(b for row in rows for b in row)


@settings(deadline=None, max_examples=50)
@given(ROWS, st.integers(0, 2**32))
def test_every_body_and_alliance_keeps_its_number(rows: list[set[int]], seed: int) -> None:
    start = [sorted(row) for row in rows]
    for drawn in samples(start, 3, seed):
        found = [row.tolist() for row in drawn]
        assert degrees(found) == degrees(start)
        assert all(len(set(row)) == len(row) for row in found)


def test_all_networks_of_the_same_numbers_are_equally_likely() -> None:
    start, bodies = [[0, 1], [0, 2], [1, 3], [0]], range(4)
    choices = [combinations(bodies, len(row)) for row in start]
    possible = {net for net in product(*choices) if degrees([list(r) for r in net]) == degrees(start)}
    number = 200 * len(possible)
    drawn = Counter(tuple(tuple(row.tolist()) for row in net) for net in samples(start, number, seed=7))
    assert set(drawn) == possible
    expected = number / len(possible)
    chi_square = sum((count - expected) ** 2 / expected for count in drawn.values())
    freedom = len(possible) - 1
    # Wilson and Hilferty (1931): the 99.9 per cent point of chi-square.
    assert chi_square < freedom * (1 - 2 / (9 * freedom) + 3.09 * (2 / (9 * freedom)) ** 0.5) ** 3


@settings(deadline=None)
@given(NETS)
def test_overlaps_are_those_of_a_plain_reading(net: set[tuple[str, str]]) -> None:
    names = sorted({alliance for alliance, _ in net})
    number = {body: n for n, body in enumerate(sorted({body for _, body in net}))}
    counts = overlaps(np, [np.array([number[b] for a, b in sorted(net) if a == name]) for name in names])
    found = {(names[a], names[b]): int(counts[a, b]) for a, b in zip(*counts.nonzero(), strict=True)}
    assert found == {pair: values[0] for pair, values in plainly(net, "alliance").items()}


def test_shares_are_hypergeometric_where_that_is_exact() -> None:
    """Each body is in one of two alliances: the first one's members are any six of twelve, equally likely.

    So how many of them are among six given bodies is hypergeometric.
    """
    bodies, size, given_bodies = 12, 6, set(range(2, 8))
    observed = 4
    ways = [comb(6, k) * comb(bodies - 6, size - k) for k in range(observed, size + 1)]
    exact = sum(ways) / comb(bodies, size)
    number = 4000
    drawn = samples([list(range(size)), list(range(size, bodies))], number, seed=3)
    share = sum(len(given_bodies.intersection(first.tolist())) >= observed for first, _ in drawn) / number
    assert share == pytest.approx(exact, abs=4 * (exact * (1 - exact) / number) ** 0.5)


def planted() -> pl.DataFrame:
    """Two alliances with the same members among eight that share by chance only."""
    rng = np.random.default_rng(5)
    net = {("twin-1", f"b{n}") for n in range(8)} | {("twin-2", f"b{n}") for n in range(8)}
    for k in range(8):
        net |= {(f"other-{k}", f"b{n}") for n in rng.choice(60, 8, replace=False)}
    return table(net)


def test_a_planted_overlap_is_found_and_no_other() -> None:
    found = more_than_chance(planted(), {"twin-1": "One"}, number=1000, seed=2)
    assert len(found) == comb(10, 2)
    best = found.row(0, named=True)
    assert (best["a"], best["a_label"], best["b"], best["shared"]) == ("twin-1", "One", "twin-2", 8)
    assert best["p"] == pytest.approx(1 / 1001)
    assert best["p_adjusted"] < 0.05
    assert best["z"] > 4
    assert best["expected"] < 4
    assert found.filter(pl.col("p_adjusted") < 0.05).height == 1


def test_the_same_seed_gives_the_same_and_another_one_does_not() -> None:
    first, again, other = (more_than_chance(planted(), {}, number=50, seed=seed) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_where_nothing_can_vary_there_is_no_z_and_no_finding() -> None:
    found = more_than_chance(table({("A", "u"), ("B", "u")}), {}, number=20)
    assert found.row(0, named=True) == {
        "a": "A",
        "a_label": "A",
        "b": "B",
        "b_label": "B",
        "shared": 1,
        "expected": 1.0,
        "z": None,
        "p": 1.0,
        "p_adjusted": 1.0,
    }


def test_adjustment_is_that_of_benjamini_and_hochberg() -> None:
    """Their own example (1995, section 4): at 0.05 four of fifteen stand."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    found = adjusted(np, np.array(p[::-1]))[::-1]
    assert sum(value <= 0.05 for value in found) == 4
    assert found[0] == pytest.approx(0.0015)
    assert found.max() <= 1


def test_samples_needed_lets_one_pair_stand_out() -> None:
    needed = samples_needed(136)
    assert 136 / (needed + 1) <= 0.05 < 136 / needed


def test_no_alliance_is_drawn_as_a_member_of_itself() -> None:
    rows = [("x", "y"), ("x", "a"), ("y", "b"), ("y", "c"), ("z", "x"), ("z", "b")]
    net = TwoMode(pl.DataFrame(rows, schema=["alliance", "body"], orient="row"))
    numbers = {name: place for place, name in enumerate(net.bodies)}
    own = [numbers.get(name) for name in net.alliances]
    body, alliance = net.pairs()
    members = [body[alliance == a].tolist() for a in range(len(net.alliances))]
    drawn = list(samples(members, 300, 1, own))
    assert all(own[a] not in set(row.tolist()) for network in drawn for a, row in enumerate(network))
    assert any(numbers["x"] in set(network[1].tolist()) for network in drawn), "an alliance can be drawn into another"
    assert any(own[a] in set(row.tolist()) for network in samples(members, 300, 1) for a, row in enumerate(network))
