"""GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall 2002), as igraph, networkx and Gephi read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from buendnis_graph.network.export.content import Content, text, xml

_TYPES = {"boolean": "boolean", "integer": "long", "double": "double", "string": "string"}


def graphml(content: Content) -> str:
    """Return a network as GraphML; what is to be said of it stands in the graph's ``about``."""
    return xml(_lines(content))


def _lines(content: Content) -> Iterator[str]:
    of_nodes = {"label": "string", **content.attributes("nodes")}
    times = {"start": "string", "end": "string"} if content.dynamic else {}
    of_edges = {"weight": "double", **times, **content.attributes("edges")}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield '  <key id="about" for="graph" attr.name="about" attr.type="string"/>'
    for prefix, kind, attributes in (("n-", "node", of_nodes), ("e-", "edge", of_edges)):
        for name, type_ in attributes.items():
            yield f'  <key id="{prefix}{name}" for="{kind}" attr.name="{name}" attr.type="{_TYPES[type_]}"/>'
    yield '  <graph edgedefault="undirected">'
    yield f'    <data key="about">{escape(chr(10).join(content.about))}</data>'
    for node in content.nodes:
        yield f"    <node id={quoteattr(node['id'])}>"
        yield from _data("n-", node, of_nodes)
        yield "    </node>"
    for edge in content.edges:
        yield f"    <edge source={quoteattr(edge['source'])} target={quoteattr(edge['target'])}>"
        yield from _data("e-", edge, of_edges)
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(prefix: str, row: Mapping[str, Any], attributes: Mapping[str, str]) -> Iterator[str]:
    for name in attributes:
        if row.get(name) is not None:
            yield f'      <data key="{prefix}{name}">{escape(text(row[name]))}</data>'
