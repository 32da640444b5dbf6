"""Pyoxigraph's terms as rdflib's, literals byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.namespaces import XSD_STRING

if TYPE_CHECKING:
    import rdflib


def to_graph(triples: Iterable[tuple[Any, ...]]) -> rdflib.Graph:
    """Return triples of pyoxigraph's terms as an rdflib graph."""
    import rdflib

    graph, convert = rdflib.Graph(), Converter()
    for triple in triples:
        graph.add(tuple(map(convert, triple)))
    return graph


class Converter:
    """Turns terms into rdflib's, each IRI once."""

    def __init__(self) -> None:
        self._iris: dict[str, rdflib.URIRef] = {}

    def __call__(self, term: object) -> Any:
        """Return a term of rdflib's."""
        import rdflib

        if isinstance(term, ox.NamedNode):
            known = self._iris.get(term.value)
            if known is None:
                known = self._iris[term.value] = rdflib.URIRef(term.value)
            return known
        if isinstance(term, ox.BlankNode):
            return rdflib.BNode(term.value)
        assert isinstance(term, ox.Literal)  # noqa: S101 - readers refuse RDF 1.2
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = None if term.datatype == XSD_STRING else self(term.datatype)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
