"""GEXF 1.2 (Gephi Consortium), with a spell for each edge whose time is known.

Version 1.2 and not 1.3, as both Gephi and networkx read it. The file has no date of its own making.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from buendnis_graph.network.export.content import Content, text, xml

_NAMESPACE = "http://www.gexf.net/1.2draft"


def gexf(content: Content) -> str:
    """Return a network as GEXF; what is to be said of it stands in its description."""
    return xml(_lines(content))


def _lines(content: Content) -> Iterator[str]:
    mode = 'mode="dynamic" timeformat="date"' if content.dynamic else 'mode="static"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<gexf xmlns="{_NAMESPACE}" version="1.2">'
    yield "  <meta>"
    yield "    <creator>buendnis-graph</creator>"
    yield f"    <description>{escape(chr(10).join(content.about))}</description>"
    yield "  </meta>"
    yield f'  <graph {mode} defaultedgetype="undirected">'
    for kind in ("nodes", "edges"):
        yield f'    <attributes class="{kind[:-1]}" mode="static">'
        for name, type_ in content.attributes(kind).items():
            yield f'      <attribute id="{name}" title="{name}" type="{type_}"/>'
        yield "    </attributes>"
    yield "    <nodes>"
    names = list(content.attributes("nodes"))
    for node in content.nodes:
        yield f"      <node id={quoteattr(node['id'])} label={quoteattr(node['label'])}>"
        yield from _values(node, names)
        yield "      </node>"
    yield "    </nodes>"
    yield "    <edges>"
    names = list(content.attributes("edges"))
    for number, edge in enumerate(content.edges):
        ends = f"source={quoteattr(edge['source'])} target={quoteattr(edge['target'])}"
        yield f'      <edge id="{number}" {ends} weight="{text(edge["weight"])}">'
        yield from _values(edge, names)
        if edge.get("start") is not None:
            yield f'        <spells><spell start="{edge["start"]}" end="{edge["end"]}"/></spells>'
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _values(row: Mapping[str, Any], names: list[str]) -> Iterator[str]:
    present = [name for name in names if row.get(name) is not None]
    if present:
        yield "        <attvalues>"
        for name in present:
            yield f'          <attvalue for="{name}" value={quoteattr(text(row[name]))}/>'
        yield "        </attvalues>"
