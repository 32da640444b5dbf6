"""Measures of bodies or alliances, as a table.

On the two-mode network: degree and the centralities of Borgatti and Everett (1997). On the projection: betweenness
(Freeman 1977), constraint (Burt 1992, weighted by shared memberships), k-core (Seidman 1983) and communities (Leiden,
Traag, Waltman and van Eck 2019, for modularity weighted by shared memberships).
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

from buendnis_graph.extras import need
from buendnis_graph.network import centrality
from buendnis_graph.network.projection import project
from buendnis_graph.network.twomode import TwoMode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

MEASURES = (
    "degree",
    "degree_centrality",
    "closeness",
    "betweenness",
    "neighbours",
    "brokerage",
    "constraint",
    "core",
    "community",
)
"""All measures, in the order of the columns. ``brokerage`` is betweenness in the projection."""


def measure(
    memberships: pl.DataFrame,
    labels: Mapping[str, str],
    onto: str = "body",
    seed: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> pl.DataFrame:
    """Return the measures of all bodies, or of all alliances.

    Args:
        memberships: with the columns ``alliance`` and ``body``, each pair once.
        labels: a name for each.
        onto: ``body`` or ``alliance``.
        seed: of the search for communities.
        progress: called with what is being done.

    Returns:
        A table with ``body`` (or ``alliance``), ``label`` and :data:`MEASURES`, most memberships first, then by
        betweenness, then by name. Constraint is empty for what shares nothing with any other.
    """
    import polars as pl

    net = TwoMode(memberships)
    progress("two-mode")
    graph = net.to_igraph()
    names = net.bodies if onto == "body" else net.alliances
    nodes = slice(0, len(net.bodies)) if onto == "body" else slice(len(net.bodies), None)
    columns: dict[str, Any] = {
        onto: names,
        "label": [labels.get(name, name) for name in names],
        "degree": graph.degree()[nodes],
        "degree_centrality": centrality.degree(graph)[nodes],
        "closeness": centrality.closeness(graph)[nodes],
        "betweenness": centrality.betweenness(graph)[nodes],
    }
    progress("projection")
    columns |= _of_projection(projected(memberships, names, onto), seed)
    order = ["degree", "betweenness", onto]
    # Sums of floats can differ in the last place with the order of the nodes; ranks must not.
    rounded = pl.col(pl.Float64).round(12)
    return pl.DataFrame(columns, strict=False).with_columns(rounded).sort(order, descending=[True, True, False])


def projected(memberships: pl.DataFrame, names: list[str], onto: str) -> Any:
    """Return a projection as an ``igraph.Graph`` with its weights; its nodes are the names, in their order."""
    igraph = need("igraph")
    number = {name: n for n, name in enumerate(names)}
    pairs = project(memberships, onto).sort("a", "b")
    graph = igraph.Graph(n=len(names), edges=[(number[a], number[b]) for a, b in pairs.select("a", "b").iter_rows()])
    graph.vs["name"] = names
    for weight in ("shared", "jaccard", "cosine"):
        graph.es[weight] = pairs[weight].to_list()
    return graph


def _of_projection(graph: Any, seed: int) -> dict[str, list[Any]]:
    n = graph.vcount()
    most = (n - 1) * (n - 2) / 2
    constraint = graph.constraint(weights="shared") if graph.ecount() else [math.nan] * n
    return {
        "neighbours": graph.degree(),
        "brokerage": [value / most if most else 0.0 for value in graph.betweenness()],
        "constraint": [None if math.isnan(value) else value for value in constraint],
        "core": graph.coreness(),
        "community": communities(graph, seed),
    }


def communities(graph: Any, seed: int) -> list[int]:
    """Return each node's community in a projection: 1 is the largest; among equals, that of the first node by name."""
    igraph = need("igraph")
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - a fixed sequence, no secret
    try:
        found = graph.community_leiden(objective_function="modularity", weights="shared", n_iterations=-1).membership
    finally:
        igraph.set_random_number_generator(random)
    first = {community: found.index(community) for community in set(found)}
    ranked = sorted(first, key=lambda c: (-found.count(c), first[c]))
    number = {community: n for n, community in enumerate(ranked, start=1)}
    return [number[community] for community in found]
