"""The catalogue's headers, and parameters that are bound as terms."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import QueryError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.queries import Question, Table, answer, find_question, read_catalogue
from buendnis_graph.queries.catalogue import read_question
from buendnis_graph.queries.resolve import resolve
from tests.mini import REAL

QUESTIONS = read_catalogue(REAL)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_headers_explain_every_column_and_parameter(question: Question, graph: Graph) -> None:
    table = answer(graph.store, question.sparql)
    assert isinstance(table, Table)
    assert tuple(question.columns) == table.columns
    assert all(texts["de"] and texts["en"] for texts in question.columns.values())
    assert all(parameter.labels["de"] and parameter.labels["en"] for parameter in question.parameters)
    assert question.keywords
    assert question.uses_graphs == (question.name == "licences-of-graphs"), "provenance needs no GRAPH"


def test_names_are_unique() -> None:
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS) >= 34


def test_an_unknown_question_suggests_similar_ones() -> None:
    with pytest.raises(QueryError, match="members-of-alliance"):
        find_question(REAL, "member-of-alliances")


@pytest.mark.parametrize(
    "value",
    [
        "netzwerk-tolerantes-sachsen",
        "id:netzwerk-tolerantes-sachsen",
        f"{BASE}id/netzwerk-tolerantes-sachsen",
        "Netzwerk Tolerantes Sachsen",
        "tolsax",
    ],
)
def test_things_are_named_by_iri_prefixed_name_slug_or_name(graph: Graph, value: str) -> None:
    by_default = graph.query("stated-sizes")
    given = graph.query("stated-sizes", alliance=value)
    assert isinstance(given, Table)
    assert given == by_default


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("Tolerantes Saxen", "Did you mean"),
        ("xyzzy", "nothing in the graph is called"),
        ("https://example.org/a b", "no valid IRI"),
        ("id:x } UNION { ?s ?p ?o", "no valid IRI"),
        ("} INSERT DATA { <a> <b> <c> }", "nothing in the graph is called"),
        ('"', "nothing in the graph is called"),
    ],
)
def test_what_names_nothing_is_refused(graph: Graph, value: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        graph.query("stated-sizes", alliance=value)


def test_an_injection_attempt_is_a_literal_that_finds_nothing() -> None:
    question = next(q for q in QUESTIONS if q.name == "stated-sizes")
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("o")))
    for attempt in ('de" } { ?s ?p ?o } #', 'de\\" } #', "de' }", "}\n#", 'de"@en } UNION { ?s ?p ?o }'):
        table = answer(store, question.bound({"lang": ox.Literal(attempt)}))
        assert isinstance(table, Table)
        assert len(table) == 0


@pytest.mark.parametrize(
    ("question", "parameters", "says"),
    [
        ("stated-sizes", {"lang": "fr"}, "takes de or en, not 'fr'"),
        ("members-of-alliance", {"alliance": "Sachsen"}, "not what parameter 'alliance' takes"),
        ("members-of-alliance", {"alliance": "Haus der sozialen Vielfalt"}, "not what parameter 'alliance' takes"),
        ("members-of-alliance", {"alliance": "weltoffenes-sachsen"}, "not what parameter 'alliance' takes"),
    ],
)
def test_values_of_the_wrong_kind_are_no_empty_answer(
    graph: Graph, question: str, parameters: dict[str, str], says: str
) -> None:
    with pytest.raises(QueryError, match=says):
        graph.query(question, **parameters)


def test_properties_are_found_by_their_local_name(graph: Graph) -> None:
    assert graph.query("sources-of-fact", property="foundingDate") == graph.query("sources-of-fact")


@pytest.mark.parametrize(
    "sparql", ["INSERT DATA { <http://e/a> <http://e/b> 1 }", "PREFIX e: <http://e/>\nDELETE WHERE { ?s ?p ?o }"]
)
def test_an_update_is_told_that_the_graph_is_read_only(graph: Graph, sparql: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        graph.query(sparql)


@pytest.mark.parametrize(
    "sparql", ["SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }", "ASK { ?s ?p '" + "x" * 200_000 + "' }"]
)
def test_a_query_that_would_exhaust_the_parser_is_refused(graph: Graph, sparql: str) -> None:
    with pytest.raises(QueryError, match="Break it up"):
        graph.query(sparql)


def test_the_projects_prefixes_need_not_be_declared(graph: Graph) -> None:
    assert graph.query("ASK { id:netzwerk-tolerantes-sachsen a bg:Alliance }") is True


def test_an_unknown_parameter_is_named(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no parameter 'aliance'"):
        graph.query("stated-sizes", aliance="x")


def _question(tmp_path: Path, text: str) -> Question:
    path = tmp_path / "theme" / "q.rq"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return read_question(path)


HEADER = "# title@de: a\n# title@en: a\n# description@de: a\n# description@en: a\n# keywords: a\n"
COLUMN = "# column x: a | a\n"
NUMBER = "# param x: number | a | b\n"
SELECT_X = "SELECT ?x\nWHERE {{ VALUES ?x {{ {0} }} ?s ?p ?x }}".format


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SELECT_X(1), r"q.rq:1: has no title or description in 'de'"),
        (HEADER.replace("# keywords: a\n", "") + COLUMN + NUMBER + SELECT_X(1), "has no keywords"),
        (HEADER + "# colour: red\n", "q.rq:6: has the unknown entry 'colour: red'"),
        (HEADER + "# title@fr: a\n", "q.rq:6: has the unknown entry 'title@fr: a'"),
        (HEADER + "# title@de: b\n", "q.rq:6: gives 'title@de' a second time"),
        (HEADER + "# scale@en: slow\n" + COLUMN + SELECT_X(1), "q.rq:6: says in one language only how it scales"),
        (HEADER + "# note\n", "q.rq:6: is no entry of the form"),
        (HEADER + "# column x: a\n", "q.rq:6: must give German and English"),
        (HEADER + "# param x: number | a\n", "q.rq:6: must give German and English"),
        (HEADER + "# param x: colour | a | b\n" + SELECT_X(1), "q.rq:6: gives parameter 'x' the unknown kind 'colour'"),
        (HEADER + NUMBER + COLUMN + "SELECT ?x\nWHERE { ?s ?p ?x }", "q.rq:6: must bind parameter 'x' in one line"),
        (HEADER + NUMBER + COLUMN + SELECT_X(""), "q.rq:6: gives parameter 'x' no default"),
        (HEADER + NUMBER + "# column s: a | a\nSELECT ?s\nWHERE { VALUES ?x { 1 } ?s ?p ?o }", "q.rq:6: does not use"),
        (HEADER + SELECT_X(1), "does not explain column 'x'"),
        (
            HEADER + COLUMN + "# column y: a | a\n" + SELECT_X(1),
            "q.rq:7: explains column 'y', which it does not return",
        ),
        (HEADER + "# column y: a | a\n" + COLUMN + "SELECT ?x (1 AS ?y)\nWHERE { }", "in another order"),
        (HEADER + COLUMN + "SELECT ?x\nWHERE { GRAPH ?g { ?s ?p ?x } }", "uses: graphs"),
        (HEADER + "# uses: graphs\n" + COLUMN + SELECT_X(1), "q.rq:6: must say '# uses: graphs' if"),
        (HEADER + "ASK { }", "is no SELECT"),
    ],
)
def test_faulty_headers_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        _question(tmp_path, text)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("date", "2023", '"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("date", "2023-03", '"2023-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("date", "2023-03-27", '"2023-03-27"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("number", "-5", '"-5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("language", "de", '"de"'),
        ("text", 'a "b" }', '"a \\"b\\" }"'),
    ],
)
def test_values_become_terms(tmp_path: Path, kind: str, value: str, term: str) -> None:
    question = _question(
        tmp_path,
        HEADER + f"# param x: {kind} | a | b\n" + COLUMN + "SELECT ?x\nWHERE { VALUES ?x { 1 } BIND(?x AS ?y) }",
    )
    resolved = resolve(ox.Store(), question.parameters[0], value)
    assert str(resolved) == term
    table = answer(ox.Store(), question.bound({"x": resolved}))
    assert isinstance(table, Table)
    assert table.rows == [(resolved,)]


@pytest.mark.parametrize(
    ("kind", "value"), [("date", "27. März 2023"), ("date", "2023-3"), ("number", "many"), ("number", "1.5")]
)
def test_values_of_the_wrong_kind_are_refused(tmp_path: Path, kind: str, value: str) -> None:
    question = _question(
        tmp_path,
        HEADER + f"# param x: {kind} | a | b\n" + COLUMN + "SELECT ?x\nWHERE { VALUES ?x { 1 } BIND(?x AS ?y) }",
    )
    with pytest.raises(QueryError, match="takes a"):
        resolve(ox.Store(), question.parameters[0], value)


def test_a_name_of_several_things_asks_which(tmp_path: Path) -> None:
    question = _question(tmp_path, HEADER + "# param x: iri | a | b\n" + COLUMN + SELECT_X(1))
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for slug in ("a", "b"):
        store.add(ox.Quad(ox.NamedNode(f"{BASE}id/{slug}"), label, ox.Literal("Same", language="de")))
    with pytest.raises(QueryError, match="several things: id/a, id/b"):
        resolve(store, question.parameters[0], "same")


def test_a_syntax_error_shows_the_line_and_the_place(graph: Graph) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query("SELECT ?s\nWHERE { ?s ?p }")
    assert caught.value.line == 2
    assert "WHERE { ?s ?p }" in str(caught.value)
    assert "^" in str(caught.value)


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELECT ?x { ?x foo:bar ?y }", "the prefix 'foo:' is not known; declare it: PREFIX foo: <…>."),
        ("SELECT ?x { ?x a bg:Alliance ", 'expected "," or "." or ";"'),
        ("SELECT ?y (COUNT(?x) AS ?n) { ?x a ?y } GROUP BY ?z", "The SELECT contains a variable that is unbound."),
    ],
)
def test_a_syntax_error_is_said_without_the_grammar(graph: Graph, sparql: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query(sparql)
    assert says in caught.value.message
    assert "[" not in caught.value.message


def test_ask_and_construct(graph: Graph) -> None:
    assert graph.query("ASK { ?s ?p ?o }") is True
    turtle = graph.query(
        "CONSTRUCT { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> [] } WHERE { ?s a <https://w3id.org/buendnis-graph/ontology#FundingProgramme> }"
    )
    assert isinstance(turtle, str)
    assert "id:weltoffenes-sachsen" in turtle


def test_what_is_bound_is_never_read_again(tmp_path: Path) -> None:
    question = _question(
        tmp_path,
        HEADER + COLUMN + "# param a: text | a | b\n# param b: text | a | b\n"
        'SELECT ?x\nWHERE { VALUES ?a { "" } VALUES ?b { "" } BIND(CONCAT(?a, "|", ?b) AS ?x) }',
    )
    values = {"a": "VALUES ?b { }", "b": " } BIND(1 AS ?hacked) VALUES ?z { "}
    table = answer(ox.Store(), question.bound({name: ox.Literal(value) for name, value in values.items()}))
    assert isinstance(table, Table)
    assert [row[0].value for row in table.rows if row[0]] == ["|".join(values.values())]
