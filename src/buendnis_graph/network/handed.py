"""The same nodes and edges in the hands of igraph and networkx."""

from __future__ import annotations

from typing import Any

from buendnis_graph.extras import need
from buendnis_graph.network.export.content import Content


def to_igraph(content: Content) -> Any:
    """Return an undirected ``igraph.Graph``: ``name`` of nodes is their id, ``type`` is True for alliances."""
    igraph = need("igraph")
    number = {node["id"]: n for n, node in enumerate(content.nodes)}
    graph = igraph.Graph(
        n=len(content.nodes), edges=[(number[edge["source"]], number[edge["target"]]) for edge in content.edges]
    )
    graph.vs["name"] = list(number)
    graph.vs["type"] = [node["mode"] == "alliance" for node in content.nodes]
    for sequence, rows, own in ((graph.vs, content.nodes, {"id"}), (graph.es, content.edges, {"source", "target"})):
        for name in sorted({name for row in rows for name in row} - own):
            sequence[name] = [row.get(name) for row in rows]
    graph["about"] = "\n".join(content.about)
    return graph


def to_networkx(content: Content) -> Any:
    """Return a ``networkx.Graph``: ``bipartite`` of nodes is 0 for bodies, 1 for alliances; no attribute is None."""
    networkx = need("networkx")
    graph = networkx.Graph(about="\n".join(content.about))
    for node in content.nodes:
        graph.add_node(node["id"], bipartite=int(node["mode"] == "alliance"), **_known(node, {"id"}))
    for edge in content.edges:
        graph.add_edge(edge["source"], edge["target"], **_known(edge, {"source", "target"}))
    return graph


def _known(row: Any, own: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in own and value is not None}
