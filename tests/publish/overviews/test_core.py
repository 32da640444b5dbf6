"""What is drawn stays small enough to be read, however large the network."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.publish.overviews import OVERVIEWS, Facts, read
from buendnis_graph.publish.overviews.core import MOST_ALLIANCES, MOST_ORGANISATIONS, core

EMPTY = read(ox.Store())
PAIRS = st.sets(st.tuples(st.integers(0, 200), st.integers(0, 90)), max_size=400)


def facts(pairs: set[tuple[int, int]]) -> Facts:
    memberships = {(f"m{member:03}", f"a{alliance:03}"): "dated" for member, alliance in sorted(pairs)}
    names = {slug: (slug.upper(), slug.upper()) for pair in memberships for slug in pair}
    return replace(EMPTY, memberships=memberships, names=names)


@given(PAIRS)
def test_a_core_is_small_and_holds_all_memberships_of_its_members_unless_it_says_otherwise(
    pairs: set[tuple[int, int]],
) -> None:
    whole = facts(pairs)
    part = core(whole)
    assert len({member for member, _ in part.pairs}) <= MOST_ORGANISATIONS
    assert len({alliance for _, alliance in part.pairs}) <= MOST_ALLIANCES
    degree = Counter(member for member, _ in whole.memberships)
    asked = {pair for pair in whole.memberships if degree[pair[0]] >= part.least}
    assert set(part.pairs) <= asked
    assert (set(part.pairs) == asked) == part.whole


@pytest.mark.parametrize("name", ["matrix", "network"])
def test_a_network_too_large_to_be_drawn_is_cut_and_says_so(name: str) -> None:
    large = facts({(member, (member + step) % 300) for member in range(3000) for step in (0, 7)})
    drawn = OVERVIEWS[name].svg(large, "en", str)
    assert "A cutting:" in drawn
    assert 0 < len(OVERVIEWS[name].table(large, "en").rows) <= MOST_ORGANISATIONS * MOST_ALLIANCES
