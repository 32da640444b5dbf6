"""The network as it is handed to Python."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph.errors import MissingExtraError, NetworkError, UsageError
from buendnis_graph.extras import need
from buendnis_graph.network import MIN_ALLIANCES, MIN_BODIES, Drawing, Network, open_network
from tests.network.made import Made


def enough(made: Made, alliances: int = MIN_ALLIANCES, bodies: int = MIN_BODIES) -> Made:
    for n in range(alliances):
        made.complete(
            f"alliance-{n}", *(f"body-{b}" for b in range(bodies) if b % alliances in {n, (n + 1) % alliances})
        )
    return made


def opened(made: Made, path: Path, **filters: Any) -> Network:
    return open_network(made.folder(path), language="en", **filters)


def test_measures_and_tests_come_from_the_minimum_on(tmp_path: Path) -> None:
    net = opened(enough(Made()), tmp_path)
    assert len(net.measures()) == MIN_BODIES
    assert len(net.measures("alliances")) == MIN_ALLIANCES
    assert len(net.chance(samples=20)) == MIN_ALLIANCES * (MIN_ALLIANCES - 1) // 2


@pytest.mark.parametrize(("alliances", "bodies"), [(MIN_ALLIANCES - 1, MIN_BODIES), (MIN_ALLIANCES, MIN_BODIES - 1)])
def test_below_the_minimum_they_are_refused_and_bounds_offered(tmp_path: Path, alliances: int, bodies: int) -> None:
    net = opened(enough(Made(), alliances, bodies), tmp_path)
    for ask in (net.measures, net.chance):
        with pytest.raises(NetworkError) as error:
            ask()
        assert f"{alliances} alliances" in str(error.value)
        assert f"{bodies} bodies" in str(error.value)
        assert ".bounds()" in str(error.value)
    assert len(net.bounds(drawing=Drawing(samples=10))) == bodies


def test_lists_of_founders_and_partial_lists_do_not_count_for_the_minimum(tmp_path: Path) -> None:
    made = enough(Made(), MIN_ALLIANCES - 1).complete("founders", "body-0", role="founding-member")
    made.list("p", "partial", "partial").member("partial", "body-0", on="p")
    with pytest.raises(NetworkError):
        opened(made, tmp_path, completeness="partial").measures()


def test_predecessor_and_successor_together_are_refused(tmp_path: Path) -> None:
    made = enough(Made()).succeeds("alliance-1", "alliance-0")
    with pytest.raises(NetworkError, match="Predecessor"):
        opened(made, tmp_path, alliance=[f"alliance-{n}" for n in range(MIN_ALLIANCES)]).measures()


def test_pairs_are_named_and_sorted_by_what_is_asked(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b", "c").complete("y", "a", "b").complete("z", "c", "d")
    net = opened(made, tmp_path)
    first = net.pairs().row(0, named=True)
    assert (first["a"], first["a_label"], first["b"], first["shared"]) == ("a", "A", "b", 2)
    assert net.pairs(at_least=2).height == 1
    by_cosine = net.pairs("alliances", by="cosine")
    assert by_cosine["cosine"].to_list() == sorted(by_cosine["cosine"], reverse=True)
    assert net.bodies().row(0) == ("a", "A", "organization", 2)
    with pytest.raises(UsageError, match="jaccard"):
        net.pairs(by="size")
    with pytest.raises(UsageError, match="alliances"):
        net.pairs("two-mode")


def test_the_summary_is_the_same_for_programs_and_people(tmp_path: Path) -> None:
    net = opened(enough(Made()).member("loose", "a"), tmp_path)
    numbers = net.summary()
    assert numbers["from_complete_lists"] == MIN_ALLIANCES
    assert f"alliances {numbers['alliances']}, bodies {numbers['bodies']}" in net.describe()
    assert "LOOSE" in net.describe()
    assert "LOOSE" not in net.describe(names=0)


def test_a_missing_package_is_an_error_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'buendnis-graph\[network\]'"):
        need("igraph")


def test_no_such_language(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        open_network(tmp_path, language="fr")
