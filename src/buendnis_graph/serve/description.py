"""What ``/sparql`` says of itself: SPARQL 1.1 Service Description, with the data set's description in VoID."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES
from buendnis_graph.publish.catalogue.triples import DATASET, Triples
from buendnis_graph.serve.facts import Facts
from buendnis_graph.serve.formats import GRAPHS, RESULTS, Format

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
_DEFAULT_GRAPH = {
    "de": "Die konsolidierte Sicht: jedes Tripel einmal, von jeder einwertigen Eigenschaft nur der bevorzugte Wert. "
    "Was einzelne Quellen sagen, steht in den benannten Graphen. Ein FROM mit einem Graphen, den es hier nicht gibt, "
    "ist ein leerer Graph; nichts wird aus dem Netz geholt.",
    "en": "The consolidated view: each triple once, and of each property with one value only the preferred one. What "
    "single sources say stands in the named graphs. A FROM of a graph that is not here is an empty graph; nothing is "
    "fetched from the network.",
}


def triples(facts: Facts, endpoint: str) -> list[ox.Triple]:
    """Return the description of a service.

    Args:
        facts: of the build that is served.
        endpoint: the service's address, which is also its IRI.
    """
    out = Triples()
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    out.say(endpoint, "a", f"{_SD}Service")
    out.say(endpoint, f"{_SD}endpoint", endpoint)
    out.say(endpoint, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query")
    out.say(endpoint, f"{_SD}resultFormat", *(_FORMATS + _NAMES[format_.name] for format_ in (*RESULTS, *GRAPHS)))
    out.say(endpoint, f"{_SD}defaultDataset", dataset)
    out.say(dataset, "a", f"{_SD}Dataset")
    out.say(dataset, f"{_SD}defaultGraph", default)
    out.say(default, "a", f"{_SD}Graph", "void:Dataset")
    out.say(default, "dcterms:isPartOf", DATASET)
    out.say_both(default, "dcterms:description", _DEFAULT_GRAPH)
    out.say(DATASET, "void:sparqlEndpoint", endpoint)
    for graph in facts.graphs:
        node = f"{endpoint}#{graph.removeprefix(BASE)}"
        out.say(dataset, f"{_SD}namedGraph", node)
        out.say(node, "a", f"{_SD}NamedGraph")
        out.say(node, f"{_SD}name", graph)
        out.say(node, f"{_SD}graph", graph)
        out.say(graph, "a", f"{_SD}Graph")
    said = (quad.triple for quad in ox.parse(facts.void, format=ox.RdfFormat.N_TRIPLES))
    return sorted({*said, *(quad.triple for quad in out.quads)}, key=str)


def write(found: list[ox.Triple], format_: Format) -> bytes:
    """Return triples in a format of graphs."""
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - one of GRAPHS
    short = format_.name in {"turtle", "trig", "rdfxml"}
    return ox.serialize(found, format=format_.engine, prefixes=PREFIXES | {"sd": _SD} if short else None) or b""
