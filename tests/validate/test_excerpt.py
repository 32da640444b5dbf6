"""A constraint asked of an excerpt finds what it finds in the whole graph, whatever it asks and whatever is in there.

``BUENDNIS_EXCERPTS=10000 pytest tests/validate/test_excerpt.py`` takes that many graphs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.sparql_reader import UnreadError
from buendnis_graph.validate import LAYERS, Data, Fast, Shapes
from buendnis_graph.validate.components import Check
from buendnis_graph.validate.excerpt import Excerpts
from buendnis_graph.validate.query_reader import read
from buendnis_graph.validate.query_tree import parts, with_binds
from buendnis_graph.validate.solving import Solver
from buendnis_graph.validate.stored import Stored
from tests.validate import small
from tests.validate.cases import base, load_cases, shapes_of
from tests.validate.damage import DATATYPES, LANGUAGES, LEXICAL, ODD, Damage, Parts

GRAPHS = int(os.environ.get("BUENDNIS_EXCERPTS", "60"))
HEAD = "@prefix e: <http://example.org/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + small.PREFIXES

PLAIN = [
    "$this ?path ?value . FILTER(isLiteral(?value)) FILTER(REGEX(STR(?value), '^.?$|straße|[^a-z]1', 'i'))",
    "$this ?path ?value . FILTER(!isIRI(?value) && !isBlank(?value) || ?path IN (e:p, e:q))",
    "$this ?path ?value . FILTER(REGEX(?value, 'A', 'i'))",
    "$this ?path ?value . FILTER(!REGEX(?value, 'A', 'q'))",
    "$this ?path ?value . FILTER(!REGEX(STR(?value), '('))",
    "$this ?path ?value . FILTER(STR(?value) = '1')",
    "$this ?path ?value . FILTER(STR(?value) != 'a')",
    "$this ?path ?value . FILTER(!(?value = 'a'))",
    "$this ?path ?value . FILTER(?value = 'a'@de || ?value != 1)",
    "$this ?path ?value . FILTER(?value NOT IN ('a', e:a, 'b'@en))",
    "$this e:p ?value . FILTER(LANG(?value) != 'de')",
    "$this e:p ?value . FILTER(LANG(?value) NOT IN ('', 'de', 'en'))",
    "$this e:p ?value . FILTER(!(LANG(?value) = ''))",
    "$this e:p ?value . FILTER(DATATYPE(?value) = xsd:integer)",
    "$this e:p ?value . FILTER(DATATYPE(?value) NOT IN (xsd:integer, xsd:string, xsd:date))",
    "$this e:p ?value . FILTER(DATATYPE(?value) = 'http://www.w3.org/2001/XMLSchema#integer')",
    "$this e:p ?value . FILTER(STRLEN(?value) > 1 || isIRI(?value))",
    "$this e:p ?value . FILTER(STRLEN(?value) > 1 && isIRI(?value))",
    "$this e:p ?value . FILTER(!(STRLEN(?value) > 1 && isIRI(?value)))",
    "$this ?path ?value . FILTER(IF(isIRI(?value), STRSTARTS(STR(?value), STR(e:)), ?value > 1))",
    "$this ?path ?value . FILTER('false') FILTER('a' || isIRI(?value)) FILTER(1 && true)",
    "$this ?path ?value . FILTER(IF(STRLEN(?value) > 0, false, true))",
    "$this ?path ?value . BIND(REGEX(STR(?value), '1') AS ?odd) FILTER(?odd)",
    "$this ?path ?value . BIND(REGEX(?value, '1') AS ?odd) FILTER(!?odd)",
    "$this ?path ?value . BIND(REGEX(?value, '1') AS ?odd) FILTER(!BOUND(?odd))",
    "$this ?path ?value . BIND(IF(isLiteral(?value), 'l', 'n') AS ?kind) FILTER(?kind = 'n')",
    "$this ?path ?value . BIND(STR(?value) AS ?text) FILTER(CONTAINS(?text, 'a')) BIND(?text AS ?other)",
    "$this e:p ?value . OPTIONAL { ?value e:q ?other } FILTER(!BOUND(?other))",
    "$this e:p ?value . OPTIONAL { ?value e:q ?other FILTER(isLiteral(?other)) } FILTER(BOUND(?other) || ?other = 1)",
    "$this e:p ?value . OPTIONAL { $this e:q ?value }",
    "$this e:p ?value . OPTIONAL { $this e:q ?one } OPTIONAL { ?value e:q ?one } FILTER(isIRI(?one) || !BOUND(?one))",
    "{ $this e:p ?value } UNION { $this e:q ?value FILTER(isIRI(?value)) } FILTER(!isBlank(?value))",
    "{ $this e:p ?value } UNION { ?other e:q $this }",
    "{ $this e:p ?value } UNION { $this e:q ?other . ?other ?path ?value } FILTER NOT EXISTS { ?other e:p ?value }",
    "$this e:p ?value . { ?value e:q ?other } FILTER(?other != $this)",
    "$this e:p ?value . FILTER NOT EXISTS { ?value a ?class }",
    "$this e:p ?value . FILTER NOT EXISTS { ?value a ?class } FILTER NOT EXISTS { $this a ?class }",
    "$this a ?class ; e:p ?value . FILTER NOT EXISTS { ?value a ?class }",
    "$this e:p ?value . OPTIONAL { $this a ?class } FILTER NOT EXISTS { ?value a ?class }",
    "$this e:p ?value . OPTIONAL { $this a ?class } FILTER NOT EXISTS { ?x e:q ?y FILTER(?y = ?class || ?x = ?value) }",
    "$this e:p ?value . BIND(e:A AS ?class) FILTER NOT EXISTS { ?value a ?class }",
    "$this ?path ?value . FILTER NOT EXISTS { ?value e:q ?one . ?one e:q ?two FILTER NOT EXISTS { ?two e:q $this } }",
    "$this ?path ?value . FILTER NOT EXISTS { ?one e:p ?value FILTER(?one != $this) }",
    "$this ?path ?value . FILTER(EXISTS { ?value e:p ?x } = EXISTS { $this e:q ?x })",
    "$this ?path ?value . FILTER EXISTS { $this ?path ?other FILTER(STR(?other) < STR(?value)) }",
    "$this ?path ?value . FILTER NOT EXISTS { { ?value e:p ?x } UNION { ?value e:q ?x FILTER(isIRI(?x)) } }",
    "$this ?path ?value . FILTER NOT EXISTS { ?value e:p ?x OPTIONAL { ?x e:q ?y } FILTER(!BOUND(?y)) }",
    "$this ?path ?value . FILTER(IF(isIRI(?value), NOT EXISTS { ?value ?path ?y }, EXISTS { $this e:q e:a }))",
    "$this e:p ?value . ?other e:p ?value . FILTER(?other != $this) FILTER NOT EXISTS { ?other e:q ?x }",
    "$this e:p ?value ; e:q ?other . FILTER(STRBEFORE(STR($this), '/a') != STR(?value) || ?value = ?other)",
    "$this e:p ?value ; e:q ?other . FILTER(?value != ?other)",
    "$this e:p ?value ; e:q ?other . FILTER(CONCAT(STR(?value), '1') = STR(?other) || STR(?value) = '')",
    "$this e:p ?x . ?y e:q ?value . FILTER(isLiteral(?value))",
    "$this e:p|e:q ?value . FILTER(isLiteral(?value) && STRENDS(STR(?value), '0'))",
    "$this e:p/e:q ?value . FILTER(!isIRI(?value))",
    "$this ^e:p/e:q ?value",
    "$this e:p* ?value . ?value e:q $this",
    "$this e:p ?x . ?x e:p* ?value FILTER NOT EXISTS { ?value e:q* $this }",
    "$this e:p ?x . ?x (e:p|^e:q)+ ?value",
    "$this e:p ?value . ?value (e:p/e:q)? ?other",
    "$this a/rdfs:subClassOf* e:A . $this e:p ?value",
    "$this e:p 1 ; e:q ?value",
    "$this e:p 'a' , ?value",
    "$this e:p 'a'@de ; ?path ?value . FILTER(?path != e:p)",
    "$this ?path ?path . BIND(?path AS ?value)",
    "$this e:p $this ; e:q ?value",
    "$this e:p ?value . e:a e:p e:b .",
    "$this e:p ?value . FILTER NOT EXISTS { e:a e:p e:b }",
    "$this e:p ?value . FILTER NOT EXISTS { e:a e:p ?any }",
    "$this e:p ?value . FILTER NOT EXISTS { $this e:q 1 }",
    "FILTER NOT EXISTS { $this e:q ?x } FILTER EXISTS { $this ?path ?y FILTER(isLiteral(?y)) }",
    "?value ?path ?object . FILTER NOT EXISTS { ?value a ?class }",
]
UNREAD = [
    "$this e:p ?value . OPTIONAL { ?value e:q ?x } ?x e:p ?y",
    "$this e:p ?x . BIND(STR(?x) AS ?y) ?z e:q ?y . BIND(?z AS ?value)",
    "$this !e:p ?value",
    "$this e:p [ e:q ?value ]",
    "GRAPH <urn:g> { $this e:p ?value }",
    "$this e:p ?value . ?x e:p* ?y",
]
APART = [
    (
        "e:a e:p e:v ; e:r '1' ; e:w '2' .",
        "$this e:r ?y . { $this e:p ?value OPTIONAL { $this e:w ?y } }",
    ),
    (
        "e:a e:p e:v ; e:r '1' ; e:w '2' .",
        "$this e:r ?y ; e:p ?value OPTIONAL { $this e:p ?x OPTIONAL { $this e:w ?y } } FILTER(!BOUND(?x))",
    ),
    (
        "e:a e:p e:v ; e:w '2' . e:b e:r '1' .",
        "?other e:r ?y . { $this e:p ?value FILTER EXISTS { $this e:w ?y } }",
    ),
    (
        "e:a e:p '1' . e:v e:r '1' ; e:u e:y . e:y e:w e:other .",
        "?value e:r ?z FILTER EXISTS { { ?value e:u ?y FILTER NOT EXISTS { ?y e:w $this } } }",
    ),
    (
        "e:a e:p e:b . e:b e:p 01 .",
        "$this e:p ?value . ?value e:p+ 1",
    ),
    (
        "e:a e:p 1 . e:z e:r e:A .",
        "$this e:p ?x . ?value e:p* e:A",
    ),
    (
        "e:a e:p 'NaN'^^xsd:double ; e:q 'NaN'^^xsd:double .",
        "$this e:p ?value ; e:q ?other FILTER(?value != ?other)",
    ),
]
"""Graphs, each with a query of which an excerpt of the graph might be told too little."""


def _shapes(text: str) -> Shapes:
    return Shapes(quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE))


def _constraints(bodies: Iterable[str]) -> list[Check]:
    targets = (
        "sh:targetSubjectsOf e:p, e:q",
        "sh:targetClass e:A",
        "sh:targetNode e:a, e:nowhere",
        "sh:targetObjectsOf e:p",
    )
    text = "".join(
        f"""e:s{number} a sh:NodeShape ; {targets[number % len(targets)]} ; sh:sparql e:c{number} .
        e:c{number} sh:prefixes e:prefixes ; sh:message "{{?path}} {{?value}}" ;
            sh:select \"\"\"SELECT $this ?path ?value WHERE {{ {body} }}\"\"\" ."""
        for number, body in enumerate(bodies)
    )
    declared = "".join(
        f'e:prefixes sh:declare [ sh:prefix "{prefix}" ; sh:namespace "{name}" ] .'
        for prefix, name in (
            ("e", "http://example.org/"),
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
            ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        )
    )
    return Fast().plan(_shapes(text + declared)).checks


def _sample() -> list[ox.Triple]:
    """Return a graph in which most of the queries find something."""
    values = "e:a, e:b, e:c, 1, 01, 'a', 'a'@de, 'b'@fr, 'Straße', '', '10', 'a1', _:x, 5.50, 'x'^^xsd:date"
    text = " ".join(f"e:{s} a e:A ; e:p {values} ; e:q e:a, 'a1', '1', 1, e:c ; e:r 'a' ." for s in "ab")
    text += " e:c e:p e:b . e:B rdfs:subClassOf e:A . e:d a e:B ; e:p e:d, e:e, 'c' ; e:q e:b . e:f e:p e:p ; e:p e:q ."
    return [quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)]


EVERY = [check for turn in range(4) for check in _constraints(PLAIN[turn:] + PLAIN[:turn])]
SOME = 12
"""Queries that a random graph is asked."""

_names = st.sampled_from([ox.NamedNode(f"http://example.org/{name}") for name in ("a", "b", "c", "A", "B", "a/b", "p")])
_blanks = st.sampled_from([ox.BlankNode("x"), ox.BlankNode("y")])
_properties = st.sampled_from(
    [ox.NamedNode(f"http://example.org/{name}") for name in "ppqqr"]
    + [
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf"),
    ]
)
_texts = st.sampled_from(
    ["", "a", "A", "1", "01", "1.0", "Straße", "STRASSE", "STRAẞE", "a\nb", "http://example.org/a", *ODD[:3]]
)
_literals = st.one_of(
    st.builds(ox.Literal, _texts),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), _texts, st.sampled_from(LANGUAGES)),
    st.builds(
        lambda text, datatype: ox.Literal(text, datatype=datatype), st.sampled_from(LEXICAL), st.sampled_from(DATATYPES)
    ),
    st.builds(lambda text: ox.Literal(text, datatype=DATATYPES[1]), st.sampled_from(["1", "01", "+1", "a"])),
)
_triples = st.builds(ox.Triple, _names | _blanks, _properties, _names | _names | _literals | _blanks)


def _same(triples: Iterable[ox.Triple], checks: Iterable[Check]) -> int:
    """Compare what constraints find in excerpts and in the whole; return how much that is."""
    data = Data(triples)
    checks = list(checks)
    excerpts = Excerpts(data.columns, checks)
    found = 0
    for check in checks:
        part = excerpts.results(check)
        if part is None:
            continue
        whole = check.results(data)
        assert {(r, *sorted(r.messages.items())) for r in part} == {(r, *sorted(r.messages.items())) for r in whole}, (
            f"{check.focus}\n{getattr(check, 'text', '')}"
        )
        assert len(part) == len(whole)
        found += len(whole)
    return found


@settings(max_examples=GRAPHS, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_triples, max_size=25, unique=True), st.integers(0, len(EVERY) - SOME))
def test_any_query_finds_the_same_in_any_graph(triples: list[ox.Triple], first: int) -> None:
    _same(triples, EVERY[first : first + SOME])


@pytest.mark.parametrize("check", EVERY[: len(PLAIN)], ids=lambda check: check.text.partition("{")[2])
def test_each_of_these_queries_is_read_and_finds_something(check: Check) -> None:
    triples = _sample()
    assert Excerpts(Data(triples).columns, [check]).results(check) is not None
    _same(triples, [check])


@pytest.mark.parametrize("body", UNREAD)
def test_what_is_not_plain_is_left_to_the_whole_graph(body: str) -> None:
    (check,) = _constraints([body])
    data = Data(_sample())
    assert Excerpts(data.columns, [check]).results(check) is None


@pytest.mark.parametrize(("graph", "body"), APART)
def test_an_excerpt_leaves_out_nothing_that_its_query_looks_at(graph: str, body: str) -> None:
    _same([quad.triple for quad in ox.parse(HEAD + graph, format=ox.RdfFormat.TURTLE)], _constraints([body]))


@pytest.mark.parametrize("layer", LAYERS)
def test_our_constraints_find_the_same_in_damaged_graphs(layer: str) -> None:
    shapes = shapes_of(layer)
    checks = Fast().plan(shapes).checks
    named = {str(term.value) for t in shapes.triples for term in t if isinstance(term, ox.NamedNode)}
    parts = Parts(base(layer), named)
    number = st.integers(0, 10**5)
    recipe = st.tuples(
        st.lists(number, min_size=1, max_size=2),
        st.lists(st.builds(Damage, number, number, number), min_size=1, max_size=3),
    )

    found = []

    @settings(
        max_examples=max(2, GRAPHS // 30),
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(recipe, min_size=200, max_size=200))
    def same(batch: list[tuple[list[int], list[Damage]]]) -> None:
        copies = (parts.copy(chosen, damages, number) for number, (chosen, damages) in enumerate(batch))
        triples = dict.fromkeys(quad.triple for copy in (parts.quads, *copies) for quad in copy)
        found.append(_same(triples, checks))

    same()
    assert max(found) > 0
    excerpts = Excerpts(Data(quad.triple for quad in base(layer)).columns, checks)
    assert [check.place.shape for check in checks if excerpts.results(check) is None] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_our_constraints_find_the_same_where_they_must_find_something(layer: str) -> None:
    checks = {f"{getattr(check, 'constraint', '')}": check for check in Fast().plan(shapes_of(layer)).checks}
    waiting = set(checks)
    for case in load_cases():
        rule = f"{PREFIXES['shape']}{case.shape}"
        if case.layer == layer and rule in waiting:
            waiting.remove(rule)
            assert _same((quad.triple for quad in case.quads), [checks[rule]]), case.id
    assert not waiting


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $this { $this <urn:p> ?x } LIMIT 1",
        "SELECT $this { { SELECT ?x { ?x ?y ?z } } }",
        "CONSTRUCT { ?x ?y ?z } WHERE { ?x ?y ?z }",
        "SELECT $this {",
        "",
    ],
)
def test_what_is_not_plain_is_not_read(text: str) -> None:
    with pytest.raises(UnreadError):
        read(text)


def test_a_query_that_can_t_be_run_is_told_even_if_nothing_is_sought() -> None:
    (check,) = _constraints(["$this e:r ?value FILTER(NOTHING(?value))"])
    with pytest.raises(ShapesError):
        Excerpts(Data(_sample()[:1]).columns, [check]).results(check)


def test_conditions_that_double_again_and_again_are_not_followed() -> None:
    doubled = "".join(f"BIND(?b{n} || ?b{n} AS ?b{n + 1}) " for n in range(60))
    query = read(f"SELECT $this {{ $this ?p ?v . BIND(isIRI(?v) AS ?b0) {doubled} FILTER(?b60) }}")
    assert sum(1 for _ in parts(with_binds(query.group.filters[0], query.group.binds))) < 100_000


def test_parts_that_share_little_are_not_multiplied() -> None:
    triples = [
        quad.triple
        for quad in ox.parse(
            HEAD + " ".join(f"e:{n} e:p 'x' ; e:q 'x' ." for n in range(1500)), format=ox.RdfFormat.TURTLE
        )
    ]
    solver = Solver(Stored(Data(triples).columns))
    body = " ".join(f"?{n} e:p ?len ; e:q ?len ." for n in "abcdefgh")
    found, sure = solver.solve(read(f"PREFIX e: <http://example.org/> SELECT $this {{ {body} }}").group)
    assert found is not None
    assert not sure
    assert len(found) < 3_000_000
