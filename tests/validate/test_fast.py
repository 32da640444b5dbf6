"""The everyday engine: equal to the reference, and to itself asked node by node."""

from __future__ import annotations

import gc
import sys

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import ShapesError
from buendnis_graph.validate import Data, Fast, PyShacl, Shapes
from buendnis_graph.validate.fast import LARGE
from buendnis_graph.validate.sparql import SparqlCheck, focus_nodes
from buendnis_graph.validate.sparql_text import faults, fill_in, is_set_safe
from tests.validate import small


def shapes(text: str) -> Shapes:
    return Shapes(quad.triple for quad in ox.parse(small.PREFIXES + text, format=ox.RdfFormat.TURTLE))


def data(text: str) -> Data:
    return Data(quad.triple for quad in ox.parse(small.PREFIXES + text, format=ox.RdfFormat.TURTLE))


def constraint(query: str, more: str = "") -> str:
    return f"""e:s a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:sparql e:c . e:c sh:select '''{query}''' {more} ."""


def keys(results: list) -> list[tuple[str, ...]]:  # type: ignore[type-arg]
    return sorted(result.key for result in results)


@pytest.mark.parametrize("large", [LARGE, 0])
def test_the_small_graph_gives_the_reference_s_results(large: int) -> None:
    found = keys(Fast(large=large).validate(Data(small.data()), small.shapes()))
    assert found == keys(PyShacl().validate(Data(small.data()), small.shapes()))
    assert len(found) == 3


@pytest.mark.parametrize(
    ("query", "safe"),
    [
        ("SELECT $this ?value WHERE { $this <urn:p> ?value . FILTER NOT EXISTS { ?x <urn:q> $this } }", True),
        ("SELECT DISTINCT $this ?value WHERE { { $this a ?value } UNION { ?value a $this } }", True),
        ("SELECT $this WHERE { $this a ?b . OPTIONAL { $this <urn:q> ?c FILTER($this != ?c) } }", True),
        ("SELECT $this WHERE { { FILTER($this = <urn:a>) } }", False),
        ("SELECT $this WHERE { $this a ?b OPTIONAL { ?c a ?b FILTER($this != ?c) } }", False),
        ("SELECT $this WHERE { $this a ?b . { OPTIONAL { ?c a $this } } }", False),
        ("SELECT $this (COUNT(?b) AS ?value) WHERE { $this a ?b } GROUP BY $this", False),
        ("SELECT $this WHERE { $this a ?b } LIMIT 1", False),
        ("SELECT $this WHERE { { SELECT $this (MAX(?x) AS ?m) { $this a ?x } GROUP BY $this } }", False),
    ],
)
def test_a_constraint_is_asked_once_for_all_only_where_that_is_the_same(query: str, safe: bool) -> None:
    assert is_set_safe(query) == safe


@pytest.mark.parametrize("check", Fast().plan(small.shapes()).checks, ids=lambda check: str(check.place.shape))
def test_asked_once_and_asked_node_by_node_give_the_same(check: SparqlCheck) -> None:
    graph = Data(
        [*small.data(), *data("e:a e:part e:c ; e:name 'B'@de ; e:x 1, 2 . e:b e:part e:q . e:c e:size 9 .").triples]
    )
    nodes = focus_nodes(graph, check.focus)
    assert keys(check.results(graph)) == keys(check.results(graph, nodes))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT $this WHERE { $this ?p ?o MINUS { $this ?p 1 } }", "MINUS"),
        ("SELECT $this WHERE { VALUES ?x { 1 } $this ?p ?x }", "VALUES"),
        ("SELECT $this WHERE { SERVICE <http://x.invalid/> { $this ?p ?o } }", "SERVICE"),
        ("SELECT $this WHERE { BIND(1 AS $this) }", "anew"),
        ("SELECT $this WHERE { $this ?p ?o { SELECT ?o { ?o ?p ?q } } }", "inner SELECT"),
        ("SELECT $this WHERE { $this $PATH ?o }", "$PATH"),
        ("SELECT $this WHERE { $this ?p", "can't be run"),
        ("ASK { $this ?p ?o }", "SELECT"),
    ],
)
def test_a_constraint_that_shacl_forbids_is_refused_by_name(query: str, said: str) -> None:
    with pytest.raises(ShapesError) as raised:
        Fast().validate(data("e:a e:p 1 ."), shapes(constraint(query)))
    assert said in str(raised.value)
    assert "http://example.org/c" in str(raised.value)


@pytest.mark.parametrize(
    "query", ["SELECT $this { # MINUS { VALUES\n $this ?p 'SERVICE MINUS' . ?minus <urn:VALUES> 1 }"]
)
def test_words_in_comments_strings_and_names_are_no_fault(query: str) -> None:
    assert faults(query, {"this"}) == []


def test_terms_stand_for_variables_but_where_only_a_variable_may_stand() -> None:
    text = "SELECT $this (STR($this) AS ?s) WHERE { ?this ?p '?this' FILTER(BOUND(?this)) } GROUP BY ?this"
    filled = fill_in(text, {"this": "<urn:a>"})
    assert filled == "SELECT $this (STR(<urn:a>) AS ?s) WHERE { <urn:a> ?p '?this' FILTER((true)) } GROUP BY ?this"


def test_blank_nodes_keep_their_names_in_results_of_both_kinds() -> None:
    who, what = ox.BlankNode("who"), ox.BlankNode("what")
    graph = Data([ox.Triple(who, ox.NamedNode(f"http://example.org/{name}"), what) for name in "pr"])
    text = constraint("SELECT $this ?value WHERE { $this <http://example.org/p> ?value }")
    text += " e:s sh:property [ sh:path e:p ; sh:nodeKind sh:IRI ] ; sh:closed true ; sh:ignoredProperties () ."
    found = Fast().validate(graph, shapes(text))
    assert [(str(r.focus), str(r.value)) for r in found] == [("_:who", "_:what")] * 3
    assert sorted(r.component for r in found) == [
        "ClosedConstraintComponent", "NodeKindConstraintComponent", "SPARQLConstraintComponent",
    ]  # fmt: skip


def test_messages_are_filled_in_each_language() -> None:
    more = "; sh:message '{?value} zu {$this}'@de, '{?value} of {?nothing}'@en"
    (result,) = Fast().validate(
        data("e:a e:p 7 ."), shapes(constraint("SELECT $this ?value { $this ?p ?value }", more))
    )
    assert result.messages == {"de": "7 zu http://example.org/a", "en": "7 of {?nothing}"}
    assert (result.shape, result.constraint) == ("http://example.org/s", "http://example.org/c")


def test_what_the_quick_way_can_t_do_goes_to_pyshacl_and_is_said() -> None:
    said: list[str] = []
    text = """e:s a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:not e:odd .
        e:odd a sh:NodeShape ; sh:sparql [ sh:select "SELECT $this WHERE { $this <http://example.org/p> 1 }" ] .
        e:t a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:property [ sh:path e:q ; sh:minCount 1 ] ."""
    found = keys(Fast(said.append).validate(data("e:a e:p 1 . e:b e:p 2 ."), shapes(text)))
    assert found == keys(PyShacl().validate(data("e:a e:p 1 . e:b e:p 2 ."), shapes(text)))
    assert [key[3] for key in found].count("NotConstraintComponent") == 1
    assert len(said) == 1
    assert "<http://example.org/s>" in said[0]
    assert "<http://example.org/t>" not in said[0]


def test_a_path_that_doubles_at_each_level_is_refused() -> None:
    levels = " ".join(f"_:p{n} sh:alternativePath ( _:p{n + 1} _:p{n + 1} ) ." for n in range(40))
    text = f"e:s a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:property e:q . e:q sh:path _:p0 ; sh:minCount 1 . {levels} _:p40 sh:alternativePath ( e:p e:p ) ."
    with pytest.raises(ShapesError, match="nested too deeply"):
        Fast().validate(data("e:a e:p 1 ."), shapes(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "e:s sh:targetNode e:gone ; sh:sparql [ sh:select 'SELECT $this ?value { $this <urn:p>* ?value }' ] .",
            "step",
        ),
        (
            """e:s sh:targetNode e:gone ; sh:property [ sh:path [ sh:zeroOrMorePath e:p ] ;
            sh:sparql [ sh:select 'SELECT $this ?value { $this $PATH ?value }' ] ] .""",
            "step",
        ),
    ],
)
def test_what_the_quick_way_would_get_wrong_is_left_to_the_reference_and_said(text: str, why: str) -> None:
    said: list[str] = []
    graph = data("e:a e:p e:b . e:b e:q 'x' .")
    found = keys(Fast(said.append).validate(graph, shapes(text)))
    assert found == keys(PyShacl().validate(graph, shapes(text)))
    assert len(found) == 1
    assert len(said) == 1
    assert why in said[0]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this a e:C . FILTER(EXISTS { SELECT $this WHERE { $this <urn:p> ?v } }) }",
        "SELECT $this WHERE { { FILTER(bound($this)) } }",
        "SELECT $this WHERE { { FILTER(BOUND( ?this ) && STR('BOUND($this)') != '') } }",
    ],
)
def test_variables_bound_beforehand_count_wherever_they_stand(query: str) -> None:
    graph = data("_:b e:p 1 ; a e:C ; <urn:p> 2 . e:a e:p 1 ; a e:C ; <urn:p> 3 .")
    text = constraint(query.replace("e:C", "<http://example.org/C>"))
    found = keys(Fast().validate(graph, shapes(text)))
    assert found == keys(PyShacl().validate(graph, shapes(text)))
    assert len(found) == 2


def test_a_query_that_fails_on_the_way_leaves_nothing_to_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: ignored.append(what.exc_value))
    with pytest.raises(ShapesError, match="does not select"):
        Fast().validate(data("e:a e:p 1, 2 ."), shapes(constraint("SELECT ?value WHERE { $this ?p ?value }")))
    gc.collect()
    assert not ignored


def test_messages_are_filled_when_asked_node_by_node_too() -> None:
    query = "SELECT $this ?value { $this ?p ?value }"
    (check,) = Fast().plan(shapes(constraint(query, "; sh:message '{?value} of {$this}'@en"))).checks
    graph = data("e:a e:p 7 .")
    for results in (check.results(graph), check.results(graph, focus_nodes(graph, check.focus))):
        assert [result.messages for result in results] == [{"en": "7 of http://example.org/a"}]
