"""The formats that answers can have, the preferred first."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.publish.hosts.parts import typed


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers.

    Attributes:
        name: short, as in ``?format=json``.
        media_type: that is sent.
        engine: how Oxigraph knows it; None if it does not, as with pages.
        others: other media types that mean it.
    """

    name: str
    media_type: str
    engine: ox.QueryResultsFormat | ox.RdfFormat | None
    others: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header ``Content-Type``."""
        return typed(self.media_type)


_RESULTS, _RDF = ox.QueryResultsFormat, ox.RdfFormat
RESULTS = (
    Format("json", "application/sparql-results+json", _RESULTS.JSON, ("application/json",)),
    Format("xml", "application/sparql-results+xml", _RESULTS.XML, ("application/xml", "text/xml")),
    Format("csv", "text/csv", _RESULTS.CSV),
    Format("tsv", "text/tab-separated-values", _RESULTS.TSV),
)
"""Of SELECT and ASK."""
GRAPHS = (
    Format("turtle", "text/turtle", _RDF.TURTLE, ("application/x-turtle", "text/n3")),
    Format("ntriples", "application/n-triples", _RDF.N_TRIPLES, ("text/plain",)),
    Format("jsonld", "application/ld+json", _RDF.JSON_LD, ("application/json",)),
    Format("rdfxml", "application/rdf+xml", _RDF.RDF_XML, ("application/xml", "text/xml")),
    Format("trig", "application/trig", _RDF.TRIG, ("application/x-trig",)),
    Format("nquads", "application/n-quads", _RDF.N_QUADS, ("text/x-nquads",)),
)
"""Of CONSTRUCT, DESCRIBE, documents and descriptions."""
BY_NAME = {format_.name: format_ for format_ in (*RESULTS, *GRAPHS)}


def offered(form: str) -> tuple[Format, ...]:
    """Return the formats for a query by the word it begins with, in capitals."""
    return RESULTS if form in {"SELECT", "ASK"} else GRAPHS
