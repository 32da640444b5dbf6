"""Who says a statement, however it is given."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from buendnis_graph.errors import QueryError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import PREFIXES, expand
from buendnis_graph.queries import Table

SAXON = expand("id:buendnis-gegen-antimuslimischen-rassismus-in-sachsen")
HOUSE = expand("id:haus-der-sozialen-vielfalt")


def test_a_membership_rests_on_its_attestations(graph: Graph) -> None:
    said = graph.sources_of("haus-der-sozialen-vielfalt", "org:memberOf", SAXON)
    expected = graph.query(
        f"SELECT DISTINCT ?source {{ ?m a org:Membership ; org:member {HOUSE} ; org:organization {SAXON} ; "
        "bg:attestation ?a . ?a org:role/bg:countsAsMember true ; dcterms:source ?source }"
    )
    assert isinstance(expected, Table)
    assert {row["source"] for row in said} == {row["source"] for row in expected}
    assert len(said) == 4, "l-iz.de, parisax.de and jugendhilfetag.de call it the carrier, which is no membership"
    assert {row["kind"].value for row in said if row["kind"]} == {"source"}


def test_a_triple_of_rdflib_or_pyoxigraph_is_a_statement_too(graph: Graph) -> None:
    by_name = graph.sources_of(SAXON, "schema:foundingDate", "2023-03")
    literal = ox.Literal("2023-03", datatype=expand("xsd:gYearMonth"))
    triple = ox.Triple(SAXON, expand("schema:foundingDate"), literal)
    theirs = (
        rdflib.URIRef(SAXON.value),
        rdflib.URIRef(PREFIXES["schema"] + "foundingDate"),
        rdflib.Literal("2023-03", datatype=rdflib.XSD.gYearMonth),
    )
    assert [row["address"].value.split("/")[2] for row in by_name if row["address"]] == ["www.adb-sachsen.de"]
    assert graph.sources_of(triple).rows == graph.sources_of(theirs).rows == by_name.rows


def test_what_the_graph_does_not_say_has_no_source(graph: Graph) -> None:
    assert len(graph.sources_of(HOUSE, "org:memberOf", HOUSE)) == 0


def test_what_can_be_no_term_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError, match="names nothing"):
        graph.sources_of("Haus der sozialen Vielfalt", "org:memberOf", SAXON)
