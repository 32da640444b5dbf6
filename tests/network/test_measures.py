"""Measures, beside networkx where it has the same one."""

from __future__ import annotations

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from buendnis_graph.network import centrality
from buendnis_graph.network.measures import MEASURES, communities, measure, projected
from buendnis_graph.network.twomode import TwoMode
from tests.network.test_projection import NETS, table

# Davis, Gardner and Gardner (1941), the data that Borgatti and Everett show their measures on, as networkx has it.
SOUTHERN = nx.davis_southern_women_graph()
WOMEN = [node for node, data in SOUTHERN.nodes(data=True) if data["bipartite"] == 0]
DAVIS = {(event, woman) for woman in WOMEN for event in SOUTHERN[woman]}


def as_networkx(net: set[tuple[str, str]]) -> tuple[nx.Graph, list[str]]:
    graph = nx.Graph((f"body:{body}", f"alliance:{alliance}") for alliance, body in net)
    return graph, [node for node in graph if node.startswith("body:")]


def ours(net: set[tuple[str, str]], name: str) -> dict[str, float]:
    graph = TwoMode(table(net)).to_igraph()
    return dict(zip(graph.vs["name"], getattr(centrality, name)(graph), strict=True))


@settings(deadline=None)
@given(NETS)
def test_degree_and_betweenness_are_those_of_networkx(net: set[tuple[str, str]]) -> None:
    graph, bodies = as_networkx(net)
    assert ours(net, "degree") == pytest.approx(bipartite.degree_centrality(graph, bodies))
    if len(bodies) > 1 and len(graph) - len(bodies) > 1:
        assert ours(net, "betweenness") == pytest.approx(bipartite.betweenness_centrality(graph, bodies))


@settings(deadline=None)
@given(NETS)
def test_closeness_is_that_of_networkx_in_each_part_times_its_reach(net: set[tuple[str, str]]) -> None:
    graph, _ = as_networkx(net)
    found = ours(net, "closeness")
    for nodes in nx.connected_components(graph):
        part = graph.subgraph(nodes)
        within = bipartite.closeness_centrality(part, [node for node in nodes if node.startswith("body:")])
        reach = (len(nodes) - 1) / (len(graph) - 1)
        assert {node: found[node] for node in nodes} == pytest.approx({n: v * reach for n, v in within.items()})
    assert max(found.values()) <= 1 + 1e-9


def test_published_values_are_reached() -> None:
    """Borgatti and Everett (1997), table of the Southern women: Evelyn and Flora, rounded as printed."""
    degree, closeness = ours(DAVIS, "degree"), ours(DAVIS, "closeness")
    assert degree["body:Evelyn Jefferson"] == pytest.approx(8 / 14)
    assert closeness["body:Evelyn Jefferson"] == pytest.approx(0.80, abs=0.005)
    assert degree["alliance:E8"] == pytest.approx(14 / 18)


def test_measures_of_the_projection_are_those_of_networkx() -> None:
    found = measure(table(DAVIS), {}, "alliance")
    weighted = bipartite.weighted_projected_graph(SOUTHERN, sorted({event for event, _ in DAVIS}))
    by = {row["alliance"]: row for row in found.iter_rows(named=True)}
    assert {n: by[n]["core"] for n in by} == nx.core_number(weighted)
    assert {n: by[n]["neighbours"] for n in by} == dict(weighted.degree())
    assert {n: by[n]["brokerage"] for n in by} == pytest.approx(nx.betweenness_centrality(weighted))
    assert {n: by[n]["constraint"] for n in by} == pytest.approx(nx.constraint(weighted, weight="weight"))


def test_a_broker_is_less_constrained_than_those_it_joins() -> None:
    net = {("A", "broker"), ("B", "broker")} | {(a, f"{a}{n}") for a in "AB" for n in range(3)}
    by = {row["body"]: row for row in measure(table(net), {}).iter_rows(named=True)}
    assert by["broker"]["constraint"] < by["A0"]["constraint"]
    assert by["broker"]["brokerage"] > by["A0"]["brokerage"] == 0
    assert by["A0"]["community"] == by["A1"]["community"] != by["B0"]["community"]


def test_who_shares_nothing_has_no_constraint() -> None:
    (row,) = measure(pl.DataFrame({"alliance": ["A"], "body": ["u"]}), {"u": "U"}).iter_rows(named=True)
    assert row["label"] == "U"
    assert (row["constraint"], row["neighbours"], row["brokerage"]) == (None, 0, 0.0)


@settings(deadline=None)
@given(NETS, st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(net: set[tuple[str, str]], seed: int, random: st.DataObject) -> None:
    rows = sorted(net)
    random.shuffle(rows)  # type: ignore[attr-defined]
    shuffled = pl.DataFrame(rows, schema=["alliance", "body"], orient="row")
    found = measure(shuffled, {}, seed=seed)
    assert found.equals(measure(table(net), {}, seed=seed))
    assert found.columns == ["body", "label", *MEASURES]


def test_communities_are_the_best_of_modularity_known() -> None:
    graph = projected(table(DAVIS), sorted(WOMEN), "body")
    found = communities(graph, seed=1)
    assert found == communities(graph, seed=1)
    assert graph.modularity(found, weights="shared") >= 0.1
    assert found.count(1) == max(map(found.count, found))
