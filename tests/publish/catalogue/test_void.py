"""VoID counts right: against SPARQL on the store, and by hand on a small graph."""

from __future__ import annotations

import json
from collections import Counter

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.evidence.turtle import statement
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, RDF_TYPE
from buendnis_graph.publish.catalogue.survey import survey
from buendnis_graph.publish.catalogue.triples import NAMES
from buendnis_graph.store import consolidate
from tests.publish.catalogue.conftest import Described

HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in NAMES.items())
TINY = """
@prefix : <http://example.org/> .
:a a :Body ; :name "A" ; :in :x . :b a :Body , :Old ; :name "B"@de . :x a :Group ; :name "X" . :q :name "Q" .
"""
NODES = [ox.NamedNode(f"http://example.org/{name}") for name in ("a", "a#b", "b", "c")]
LITERALS = [
    ox.Literal("a"),
    ox.Literal("a", language="de"),
    ox.Literal("2020", datatype=ox.NamedNode(NAMES["xsd"] + "gYear")),
]
TRIPLES = st.builds(
    ox.Triple, st.sampled_from(NODES), st.sampled_from([RDF_TYPE, *NODES[:2]]), st.sampled_from([*NODES, *LITERALS])
)


def _ask(store: ox.Store, sparql: str) -> list[tuple[str, ...]]:
    found = store.query(HEAD + sparql)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(term.value for term in row) for row in found)


def _void(described: Described) -> ox.Store:
    store = ox.Store()
    store.load(path=described.folder / "void.ttl")
    return store


def test_a_small_graph_counted_by_hand() -> None:
    counted = survey(map(statement, ox.parse(TINY, format=ox.RdfFormat.TURTLE)))
    short = "http://example.org/"
    assert (counted.triples, counted.subjects, counted.objects) == (9, 4, 8)
    assert counted.entities == {short + "Body": 2, short + "Old": 1, short + "Group": 1}
    assert counted.properties[short + "name"] == 4
    assert counted.used[short + "Body", short + "name"] == 2
    assert counted.values == {(short + "Body", short + "in", short + "Group"): 1}
    assert counted.datatypes[short + "Old", short + "name", NAMES["rdf"] + "langString"] == 1


@given(st.sets(TRIPLES))
def test_any_graph_is_counted_as_if_all_were_held(triples: set[ox.Triple]) -> None:
    quads = sorted((ox.Quad(*triple) for triple in triples), key=str)  # those of a subject stand together
    counted = survey(map(statement, quads))
    classes = {
        node: [
            q.object.value
            for q in quads
            if q.subject == node and q.predicate == RDF_TYPE and isinstance(q.object, ox.NamedNode)
        ]
        for node in {*(q.subject for q in quads), *(q.object for q in quads)}
    }
    assert counted.triples == len(quads)
    assert counted.subjects == len({q.subject for q in quads})
    assert counted.objects == len({q.object for q in quads})
    assert counted.entities == Counter(c for of in classes.values() for c in of)
    assert counted.properties == Counter(q.predicate.value for q in quads)
    assert counted.used == Counter((c, q.predicate.value) for q in quads for c in classes[q.subject])
    assert counted.values == Counter(
        (c, q.predicate.value, d) for q in quads for c in classes[q.subject] for d in classes[q.object]
    )
    assert counted.datatypes == Counter(
        (c, q.predicate.value, q.object.datatype.value)
        for q in quads
        for c in classes[q.subject]
        if isinstance(q.object, ox.Literal)
    )


def test_counts_of_classes_and_properties_are_those_of_sparql(graph: Graph, described: Described) -> None:
    store = _void(described)
    classes = _ask(store, "SELECT ?c ?n WHERE { <https://w3id.org/buendnis-graph/dataset> void:classPartition [ void:class ?c ; void:entities ?n ] }")  # fmt: skip
    assert classes == _ask(graph.store, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c")
    properties = _ask(store, "SELECT ?p ?n WHERE { <https://w3id.org/buendnis-graph/dataset> void:propertyPartition [ void:property ?p ; void:triples ?n ] }")  # fmt: skip
    assert properties == _ask(graph.store, "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p")
    nested = _ask(store, "SELECT ?c ?p ?n WHERE { ?part void:class ?c ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }")  # fmt: skip
    assert nested == _ask(graph.store, "SELECT ?c ?p (COUNT(*) AS ?n) WHERE { ?s a ?c ; ?p ?o } GROUP BY ?c ?p")


def test_the_whole_is_as_large_as_the_view(graph: Graph, described: Described) -> None:
    ((number,),) = _ask(
        _void(described), "SELECT ?n WHERE { <https://w3id.org/buendnis-graph/dataset> void:triples ?n }"
    )
    assert int(number) == sum(1 for _ in consolidate(graph.store))


def test_every_accepted_link_is_in_a_linkset(graph: Graph, described: Described) -> None:
    ((told,),) = _ask(_void(described), "SELECT (SUM(?n) AS ?all) WHERE { ?set a void:Linkset ; void:triples ?n }")
    ((there,),) = _ask(graph.store, "SELECT (COUNT(*) AS ?all) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/derived/accepted-')) }")  # fmt: skip
    assert told == there
    names = _ask(
        _void(described), "SELECT DISTINCT ?name WHERE { ?set a void:Linkset ; void:objectsTarget/dcterms:title ?name }"
    )
    assert ("Wikidata",) in names
    assert ("GND",) in names


def test_each_graph_bears_size_and_licence(described: Described) -> None:
    rows = _ask(_void(described), "SELECT ?g ?l WHERE { <https://w3id.org/buendnis-graph/dataset> void:subset ?g . ?g dcterms:license ?l FILTER(?l != <https://creativecommons.org/publicdomain/zero/1.0/>) }")  # fmt: skip
    assert rows == [
        (f"{BASE}graph/{name}", "https://creativecommons.org/licenses/by/4.0/")
        for name in ("derived/accepted-register-links", "register-links")
    ]


def test_links_lead_from_ours_to_what_describes_their_objects(graph: Graph, described: Described) -> None:
    """Data sets of others have IRIs of others; where the objects are ours, the target is the graph that describes them."""
    rows = _ask(
        _void(described),
        """SELECT ?link ?target ?space ?n WHERE { ?set a void:Linkset ; void:linkPredicate ?link ; void:triples ?n ;
          void:subjectsTarget <https://w3id.org/buendnis-graph/dataset> ; void:objectsTarget ?target .
          ?target a void:Dataset ; void:uriSpace ?space }""",
    )
    for link, target, space, number in rows:
        found = _ask(
            graph.store,
            f"SELECT ?o WHERE {{ GRAPH ?g {{ ?s <{link}> ?o }} FILTER(CONTAINS(STR(?g), '/derived/accepted-') && STRSTARTS(STR(?o), '{space}')) }}",
        )
        assert len(found) == int(number)
        if space.startswith(BASE):
            described_there = _ask(graph.store, f"SELECT DISTINCT ?s WHERE {{ GRAPH <{target}> {{ ?s a ?class }} }}")
            assert set(found) <= set(described_there)
        else:
            assert target.startswith(f"{BASE}dataset#target/")
    assert (NAMES["schema"] + "sameAs", f"{BASE}graph/register-links", f"{BASE}register/") in {row[:3] for row in rows}


def test_the_whole_is_under_all_licences_of_its_graphs(described: Described) -> None:
    rows = _ask(_void(described), "SELECT ?l WHERE { <https://w3id.org/buendnis-graph/dataset> dcterms:license ?l }")
    told = json.loads((described.folder / "dataset.schema.jsonld").read_text(encoding="utf-8"))
    assert [licence for (licence,) in rows] == sorted(told["license"])
    assert {licence for (licence,) in rows} == {dump.licence for dump in described.manifest.dumps}
    assert len(rows) == 2


def test_nodes_have_names_and_dumps_are_there(described: Described) -> None:
    quads = list(_void(described))
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    dumps = {quad.object.value for quad in quads if quad.predicate.value == NAMES["void"] + "dataDump"}
    assert dumps == {
        f"https://w3id.org/buendnis-graph/{d.path}" for d in described.manifest.dumps if d.kind in {"nquads", "turtle"}
    }


def test_editors_that_complete_from_void_find_what_they_ask_for(described: Described) -> None:
    """The pattern by which the SIB's sparql-editor asks for classes, their properties and what those lead to."""
    rows = _ask(
        _void(described),
        """SELECT DISTINCT ?class ?property ?leads WHERE {
          [] void:class ?class ; void:propertyPartition ?part . ?part void:property ?property .
          { ?part void:classPartition [ void:class ?leads ] } UNION { ?part void-ext:datatypePartition [ void-ext:datatype ?leads ] } }""",
    )
    attestation = NAMES["bg"] + "Attestation"
    assert (attestation, NAMES["org"] + "member", NAMES["org"] + "Organization") in rows
    assert (attestation, NAMES["bg"] + "listedName", NAMES["xsd"] + "string") in rows
