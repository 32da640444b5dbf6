"""Three readers of JSON-LD, none of which may fetch anything."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import rdflib
from pyld import jsonld

from buendnis_graph.publish.jsonld import CONTEXT, context_text

_BUNDLED = json.loads(context_text())


def load(url: str, _options: object = None) -> dict[str, Any]:
    """Return the bundled context, and nothing else; PyLD may keep it (``static``)."""
    assert url == CONTEXT
    kind = {"contentType": "application/ld+json", "contextUrl": None, "tag": "static"}
    return {**kind, "documentUrl": url, "document": _BUNDLED}


def inlined(text: str) -> str:
    """Return JSON-LD with the context put in the place of its address."""
    address = json.dumps(CONTEXT)
    assert text.count(address) == 1
    return text.replace(address, json.dumps(_BUNDLED["@context"]))


def n_triples(triples: Any) -> set[str]:
    """Return triples of pyoxigraph as N-Triples."""
    return {str(triple) for triple in triples}


def by_pyoxigraph(text: str) -> set[str]:
    """Return what pyoxigraph reads, as N-Triples."""
    return n_triples(quad.triple for quad in ox.parse(inlined(text), format=ox.RdfFormat.JSON_LD))


def by_pyld(document: Any) -> set[str]:
    """Return what PyLD reads, as N-Triples."""
    lines = jsonld.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
    # read once more: PyLD escapes other characters than pyoxigraph does
    return n_triples(quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def by_rdflib(text: str) -> set[str]:
    """Return what rdflib reads, as N-Triples; literals as they are written."""
    graph = rdflib.Graph()
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph.parse(data=inlined(text), format="json-ld")
    finally:
        rdflib.NORMALIZE_LITERALS = before
    lines = graph.serialize(format="nt", encoding="utf-8")
    return n_triples(quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
