"""A small graph and shapes of every kind, to be damaged at random."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.validate import Shapes

PREFIXES = """
@prefix e: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DATA = """
e:Alliance rdfs:subClassOf e:Body .
e:a a e:Body ; e:name "A"@de, "A"@en ; e:founded "2001-02-03"^^xsd:date ; e:ended "2010-01-01"^^xsd:date ; e:size 5 .
e:b a e:Alliance ; e:name "B"@de ; e:in e:place ; e:part e:a ; e:size 1 .
e:c a e:Alliance ; e:name "C"@de ; e:in e:place ; e:part e:b ; e:also e:a .
e:place a e:Place ; e:name "P"@de ; e:within e:land .
e:land a e:Place ; e:name "L"@de .
e:m1 a e:Membership ; e:member e:a ; e:of e:b .
e:m2 a e:Membership ; e:member e:b ; e:of e:c ; e:extra "x" .
"""

SHAPES = """
e:body a sh:NodeShape ; sh:targetClass e:Body ;
    sh:property e:body-name, e:body-dates, e:body-size, e:body-place, e:body-above, e:body-members ;
    sh:sparql e:no-cycle, e:name-once, e:part-of-known, e:small-or-dated .
e:body-name sh:path e:name ; sh:minCount 1 ; sh:uniqueLang true ; sh:languageIn ( "de" "en" ) .
e:body-dates sh:path e:founded ; sh:maxCount 1 ; sh:datatype xsd:date ; sh:lessThan e:ended .
e:body-size sh:path e:size ; sh:datatype xsd:integer ; sh:minInclusive 1 ; sh:pattern "^[1-9]" .
e:body-place sh:path e:in ; sh:class e:Place ; sh:node e:placed ; sh:property e:place-name .
e:place-name sh:path ( e:within e:name ) ; sh:minCount 1 .
e:placed a sh:NodeShape ; sh:property [ sh:path [ sh:oneOrMorePath e:within ] ; sh:class e:Place ; sh:minCount 1 ] .
e:body-above sh:path [ sh:alternativePath ( e:part e:also ) ] ; sh:class e:Body ; sh:disjoint e:in .
e:body-members sh:path ( [ sh:inversePath e:of ] e:member ) ;
    sh:qualifiedValueShape [ sh:class e:Alliance ] ; sh:qualifiedMaxCount 1 .
e:membership a sh:NodeShape ; sh:targetSubjectsOf e:member ;
    sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
    sh:property [ sh:path e:member ; sh:class e:Body ; sh:disjoint e:of ], [ sh:path e:of ; sh:class e:Alliance ] .
e:reached a sh:NodeShape ; sh:targetObjectsOf e:within ; sh:nodeKind sh:IRI ;
    sh:or ( [ sh:property [ sh:path e:within ; sh:minCount 1 ] ] [ sh:property [ sh:path e:name ; sh:minCount 1 ] ] ) ;
    sh:not [ sh:property [ sh:path e:size ; sh:minCount 1 ] ] .
e:prefixes sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/" ] .
e:no-cycle sh:prefixes e:prefixes ; sh:message "{?value} is above {$this}"@en ;
    sh:select "SELECT $this ?value WHERE { $this e:part ?value . ?value e:part* $this }" .
e:name-once sh:prefixes e:prefixes ;
    sh:select "SELECT $this ?value WHERE { $this e:name ?value . ?other e:name ?value . FILTER(?other != $this) }" .
e:part-of-known sh:prefixes e:prefixes ; sh:select '''SELECT $this ?value WHERE {
    { $this e:part ?value } UNION { $this e:also ?value FILTER($this != ?value) }
    OPTIONAL { ?value e:name ?name FILTER(LANG(?name) = "de") }
    FILTER(!BOUND(?name) && NOT EXISTS { ?m e:of ?value ; e:member $this }) }''' .
e:small-or-dated sh:prefixes e:prefixes ; sh:select '''SELECT $this (?n AS ?value) WHERE {
    { SELECT $this (COUNT(?x) AS ?n) WHERE { $this ?x ?y } GROUP BY $this } FILTER(?n > 6) }''' .
e:member-shape a sh:NodeShape ; sh:targetNode e:m1, e:nowhere ; sh:property e:of-size .
e:graph a sh:NodeShape ; sh:targetNode e:all ; sh:sparql e:no-class .
e:no-class sh:prefixes e:prefixes ;
    sh:select "SELECT $this ?value WHERE { ?value ?p ?o . FILTER NOT EXISTS { ?value a ?c } }" .
e:of-size sh:path ( e:of e:size ) ; sh:sparql [ sh:prefixes e:prefixes ; sh:message "small" ;
    sh:select "SELECT $this ?value WHERE { $this $PATH ?value . FILTER(?value < 3) }" ] ; e:most 4 .
e:MostComponent a sh:ConstraintComponent ; sh:parameter [ sh:path e:most ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER($value <= $most) }" ] .
"""


def data() -> list[ox.Triple]:
    """Return the triples of the small graph."""
    return [quad.triple for quad in ox.parse(PREFIXES + DATA, format=ox.RdfFormat.TURTLE)]


def shapes() -> Shapes:
    """Return the shapes of the small graph."""
    return Shapes(quad.triple for quad in ox.parse(PREFIXES + SHAPES, format=ox.RdfFormat.TURTLE))
