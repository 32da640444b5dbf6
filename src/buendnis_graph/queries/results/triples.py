"""Graphs: answers of CONSTRUCT and DESCRIBE."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES

_FORMATS = {"json-ld": ox.RdfFormat.JSON_LD, "n-triples": ox.RdfFormat.N_TRIPLES}


def write(turtle: str, form: str) -> str:
    """Return a graph, given in Turtle, as Turtle, JSON-LD or N-Triples; sorted."""
    if form == "turtle":
        return turtle
    triples = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    prefixes = PREFIXES if form == "json-ld" else None
    written = ox.serialize(triples, format=_FORMATS[form], prefixes=prefixes) or b""
    return written.decode() + ("" if written.endswith(b"\n") or not written else "\n")
