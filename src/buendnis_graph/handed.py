"""The graph in the hands of rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.namespaces import PREFIXES, XSD_STRING

if TYPE_CHECKING:
    import rdflib

    from buendnis_graph.queries.run import Askable


def to_rdflib(graph: Askable) -> rdflib.Graph:
    """Return the default graph of a store or endpoint as an rdflib graph, with the project's prefixes.

    Literals stay as they are written, also where rdflib would write them another way (``01``).

    Raises:
        EndpointError: if an endpoint gives fewer triples than it has.
    """
    import rdflib

    made = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace, override=True, replace=True)
    for triple in _triples(graph):
        made.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return made


def _triples(graph: Any) -> Iterable[Any]:
    if isinstance(graph, ox.Store):
        return graph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    triples = list(graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    (counted,) = graph.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    if int(counted[0].value) != len(triples):
        raise EndpointError(
            f"the endpoint gives {len(triples):,} of {int(counted[0].value):,} triples.",
            hint="It cuts its answers; load the dump instead.",
        )
    return triples


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Any:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype == XSD_STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
