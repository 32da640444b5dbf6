"""The graph in the hands of rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.rdflib_terms import to_graph
from buendnis_graph.store.askable import Askable, every

if TYPE_CHECKING:
    import rdflib


def to_rdflib(graph: ox.Store | Askable) -> rdflib.Graph:
    """Return the default graph of a store or endpoint as an rdflib graph, with the project's prefixes.

    Literals stay as they are written, also where rdflib would write them another way (``01``).

    Raises:
        EndpointError: if an endpoint gives fewer triples than it has.
    """
    made = to_graph(_triples(graph))
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace, override=True, replace=True)
    return made


def _triples(graph: ox.Store | Askable) -> Iterable[tuple[Any, ...]]:
    if isinstance(graph, ox.Store):
        quads = graph.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return ((quad.subject, quad.predicate, quad.object) for quad in quads)
    return every(graph, "?s ?p ?o", "?s ?p ?o")
