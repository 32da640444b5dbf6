"""VoID: how large the consolidated view is, by class and property, where its files are, and whither it links."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand, shorten
from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.survey import Survey, survey
from buendnis_graph.publish.catalogue.triples import DATASET, Triples, iri, typed
from buendnis_graph.publish.catalogue.words import told
from buendnis_graph.publish.dumps import Manifest
from buendnis_graph.publish.dumps.licences import Licences
from buendnis_graph.publish.dumps.streamed import statements
from buendnis_graph.store.shards import CONSOLIDATED, QUADS

_MATCHES = (
    "schema:sameAs",
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:broadMatch",
    "skos:narrowMatch",
    "skos:relatedMatch",
)
_FEATURES = {
    "turtle": "http://www.w3.org/ns/formats/Turtle",
    "ntriples": "http://www.w3.org/ns/formats/N-Triples",
    "jsonld": "http://www.w3.org/ns/formats/JSON-LD",
    "trig": "http://www.w3.org/ns/formats/TriG",
    "nquads": "http://www.w3.org/ns/formats/N-Quads",
}


def void(
    about: About,
    graph: Graph,
    manifest: Manifest,
    example: str = BASE + "id/netzwerk-tolerantes-sachsen",
    folder: Path | None = None,
) -> Triples:
    """Return the description of the data set in VoID.

    Args:
        about: the data set.
        graph: the built graph.
        manifest: its dumps.
        example: a thing to look at first; left out if the graph has no such thing.
        folder: where there is room for what is sorted (default: where the system puts temporary files).
    """
    out, store = Triples(), graph.without_bulk
    counted = survey(statements(graph.folder, CONSOLIDATED), folder)
    _say_head(out, about, counted)
    out.say(DATASET, "dcterms:license", about.licence, *Licences.of(graph).others)
    if next(store.quads_for_pattern(ox.NamedNode(example), None, None, ox.DefaultGraph()), None):
        out.say(DATASET, "void:exampleResource", example)
    for dump in manifest.dumps:
        if dump.kind in _FEATURES:
            out.say(DATASET, "void:dataDump", about.release.site + dump.path)
            out.say(DATASET, "void:feature", _FEATURES[dump.kind])
    _say_classes(out, counted)
    for verb, number in counted.properties.items():
        node = f"{DATASET}#property/{_key(verb)}"
        out.say(DATASET, "void:propertyPartition", node)
        _say_property(out, node, verb, number)
    _say_linksets(out, store)
    _say_graphs(out, graph)
    return out


def _say_head(out: Triples, about: About, counted: Survey) -> None:
    document = BASE + "void.ttl"
    out.say(document, "a", "void:DatasetDescription")
    out.say(document, "foaf:primaryTopic", DATASET)
    out.say_both(document, "dcterms:title", {"de": "VoID-Beschreibung", "en": "VoID description"})
    out.say(DATASET, "a", "void:Dataset")
    out.say_both(DATASET, "dcterms:title", about.titles)
    out.say_both(DATASET, "dcterms:description", about.descriptions)
    out.say(DATASET, "dcterms:issued", typed(about.issued, "xsd:date"))
    out.say(DATASET, "dcterms:modified", typed(about.modified, "xsd:date"))
    out.say(DATASET, "foaf:homepage", about.page)
    out.say(DATASET, "void:uriSpace", typed(BASE, "xsd:string"))
    out.say(DATASET, "void:triples", counted.triples)
    out.say(DATASET, "void:distinctSubjects", counted.subjects)
    out.say(DATASET, "void:distinctObjects", counted.objects)
    out.say(DATASET, "void:entities", counted.subjects)
    out.say(DATASET, "void:classes", len(counted.entities))
    out.say(DATASET, "void:properties", len(counted.properties))
    spaces = {_space(term) for term in (*counted.entities, *counted.properties)}
    out.say(DATASET, "void:vocabulary", *sorted(spaces))


def _say_classes(out: Triples, counted: Survey) -> None:
    for of_class, number in counted.entities.items():
        node = f"{DATASET}#class/{_key(of_class)}"
        out.say(DATASET, "void:classPartition", node)
        out.say(node, "a", "void:Dataset")
        out.say(node, "void:class", of_class)
        out.say(node, "void:entities", number)
    for (of_class, verb), number in counted.used.items():
        inner = _inner(of_class, verb)
        out.say(f"{DATASET}#class/{_key(of_class)}", "void:propertyPartition", inner)
        _say_property(out, inner, verb, number)
    for (of_class, verb, other), number in counted.values.items():
        node = f"{_inner(of_class, verb)}/class/{_key(other)}"
        out.say(_inner(of_class, verb), "void:classPartition", node)
        out.say(node, "a", "void:Dataset")
        out.say(node, "void:class", other)
        out.say(node, "void:triples", number)
    for (of_class, verb, datatype), number in counted.datatypes.items():
        node = f"{_inner(of_class, verb)}/datatype/{_key(datatype)}"
        out.say(_inner(of_class, verb), "void-ext:datatypePartition", node)
        out.say(node, "a", "void:Dataset")
        out.say(node, "void-ext:datatype", datatype)
        out.say(node, "void:triples", number)


def _say_property(out: Triples, node: str, verb: str, number: int) -> None:
    out.say(node, "a", "void:Dataset")
    out.say(node, "void:property", verb)
    out.say(node, "void:triples", number)


def _say_linksets(out: Triples, store: ox.Store) -> None:
    """Describe the accepted links, by the data set that they lead to and the property.

    Entries of the register of associations have IRIs of ours and are described here: those lead to a graph of our own.
    """
    found: Counter[tuple[str, str]] = Counter()
    for match in _MATCHES:
        for quad in store.quads_for_pattern(None, iri(match), None, ox.DefaultGraph()):
            value = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
            space = max((s for s in told()["linksets"] if value.startswith(s)), key=len, default=None)
            if space:
                found[space, match] += 1
    for (space, match), number in found.items():
        name = told()["linksets"][space]
        is_ours = space.startswith(BASE)
        node, target = (
            f"{DATASET}#links/{name}/{_key(match)}",
            f"{BASE}graph/{name}" if is_ours else f"{DATASET}#target/{name}",
        )
        out.say(DATASET, "void:subset", node)
        out.say(node, "a", "void:Linkset")
        out.say(node, "void:subjectsTarget", DATASET)
        out.say(node, "void:objectsTarget", target)
        out.say(node, "void:linkPredicate", match)
        out.say(node, "void:triples", number)
        out.say(target, "a", "void:Dataset")
        if not is_ours:
            out.say(target, "dcterms:title", typed(name, "xsd:string"))
        out.say(target, "void:uriSpace", typed(space, "xsd:string"))


def _say_graphs(out: Triples, graph: Graph) -> None:
    """Describe the named graphs of the data set, and the graphs of its sources, with size and licence."""
    sizes = Counter(name for *_, name in statements(graph.folder, QUADS))
    for name, number in ((name[1:-1], number) for name, number in sizes.items()):
        out.say(DATASET, "void:subset", name)
        out.say(name, "a", "void:Dataset")
        out.say(name, "void:triples", number)
        stated = (ox.NamedNode(name), expand("dcterms:license"), None, ox.DefaultGraph())
        for quad in graph.without_bulk.quads_for_pattern(*stated):
            if isinstance(quad.object, ox.NamedNode):
                out.say(name, "dcterms:license", quad.object)


def _inner(of_class: str, verb: str) -> str:
    return f"{DATASET}#class/{_key(of_class)}/property/{_key(verb)}"


def _key(term: str) -> str:
    """Return a name for the fragment of a partition: the prefixed name, with a point for the colon."""
    prefix, _, local = (term if ":" in term and not term.startswith("http") else shorten(term)).partition(":")
    return (
        f"{prefix}.{local}" if prefix not in {"http", "https"} else local.strip("/").replace("#", ".").replace("/", ".")
    )


def _space(term: str) -> str:
    """Return the namespace of a term."""
    return term[: max(term.rfind("#"), term.rfind("/")) + 1]
