"""Checking again what a change affects finds what checking everything finds."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.settings import find_project
from buendnis_graph.validate import LAYERS, Data, Fast, Result, Shapes, layer_shapes
from buendnis_graph.validate.delta import situations
from buendnis_graph.validate.incremental import Incremental
from buendnis_graph.validate.paths import Term
from tests.validate import small

BASE = small.data()
SHAPES = small.shapes()
ENGINE = Fast()
NODES = sorted({t.subject for t in BASE} | {t.object for t in BASE} | {ox.BlankNode("b")}, key=str)
PREDICATES = sorted({t.predicate for t in BASE}, key=str)
SUBJECTS = [node for node in NODES if not isinstance(node, ox.Literal)]
LITERALS = [
    ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    for kind, text in [
        ("integer", "1"),
        ("integer", "01"),
        ("integer", "-5"),
        ("date", "2001-02-30"),
        ("date", "2011-01-01"),
    ]
]
TRIPLES = st.builds(
    ox.Triple,
    st.sampled_from(SUBJECTS),
    st.sampled_from(PREDICATES),
    st.sampled_from([*NODES, *LITERALS, ox.Literal("B", language="de"), ox.Literal("x")]),
)
EDITS = st.lists(
    st.tuples(st.lists(TRIPLES, max_size=3), st.lists(st.integers(0, 1000), max_size=2)), min_size=1, max_size=6
)


def told(results: list[Result]) -> Counter[tuple[str, ...]]:
    return Counter((*result.key, result.shape, str(result.messages)) for result in results)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(EDITS)
def test_after_any_edits_the_findings_are_those_of_a_full_run(edits: list[tuple[list[ox.Triple], list[int]]]) -> None:
    checker = Incremental(BASE, SHAPES, ENGINE)
    now = set(BASE)
    for added, picks in edits:
        come = sorted(set(added) - now, key=str)
        gone = sorted({sorted(now, key=str)[pick % len(now)] for pick in picks} if now else (), key=str)
        now = (now - set(gone)) | set(come)
        checker.update(gone, come)
        assert told(checker.results) == told(ENGINE.validate(Data(sorted(now, key=str)), SHAPES))
        assert set(checker.live.triples) == now


def test_an_edit_is_checked_where_it_counts_and_nowhere_else() -> None:
    checker = Incremental(BASE, SHAPES, ENGINE)
    name = next(t for t in BASE if t.subject.value.endswith("/land") and t.predicate.value.endswith("/name"))  # type: ignore[union-attr]
    checked = checker.update([name], [])
    assert _names(checked) >= {"land", "place"}, "places that lie within it look at its name"
    assert not _names(checked) & {"a", "m1", "m2"}


def test_the_small_graph_breaks_every_kind_of_shape_when_it_is_damaged() -> None:
    """So that the test above is about something: each constraint fires under some damage."""
    missing = {
        "UniqueLang", "LanguageIn", "MaxCount", "Datatype", "LessThan", "MinInclusive", "Pattern", "Class", "Node",
        "MinCount", "Disjoint", "QualifiedMaxCount", "Closed", "Or", "Not", "NodeKind", "SPARQL",
        "http://example.org/MostComponent",
        *map("http://example.org/{}".format, ("no-cycle", "name-once", "part-of-known", "small-or-dated", "no-class")),
    }  # fmt: skip
    checker = Incremental(BASE, SHAPES, ENGINE)
    damage = [*map(ox.Triple, *zip(*itertools.product(SUBJECTS, PREDICATES, [*NODES, *LITERALS]), strict=True))]
    random.Random(1).shuffle(damage)  # noqa: S311 - no secret
    for triple in damage:
        if triple not in BASE and missing:
            checker.update([], [triple])
            for result in checker.results:
                missing -= {result.component.removesuffix("ConstraintComponent"), result.constraint}
            checker.update([triple], [])
    assert not missing


def _names(terms: set[Term]) -> set[str]:
    return {str(term).strip("<>").rpartition("/")[2] for term in terms}


def test_values_are_looked_at_as_the_shapes_beside_look_at_them() -> None:
    """``sh:qualifiedValueShapesDisjoint``: values do not count that conform to the shape of a property beside."""
    text = """e:s sh:targetNode e:a ; sh:property [ sh:path e:p ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ;
        sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] , [ sh:path e:q ;
        sh:qualifiedValueShape [ sh:property [ sh:path e:r ; sh:minCount 1 ] ] ; sh:qualifiedMaxCount 9 ] .
        """
    shapes = Shapes(quad.triple for quad in ox.parse(small.PREFIXES + text, format=ox.RdfFormat.TURTLE))
    first, second = (
        quad.triple for quad in ox.parse(small.PREFIXES + "e:a e:p e:v . e:v e:r 1 .", format=ox.RdfFormat.TURTLE)
    )
    checker = Incremental([first], shapes, ENGINE)
    assert not checker.results
    checker.update([], [second])
    assert told(checker.results) == told(ENGINE.validate(Data([first, second]), shapes))
    assert len(checker.results) == 1


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("sh:targetSubjectsOf e:p", "this_object"),
        ("sh:targetSubjectsOf e:p", "focus_object"),
        ("sh:targetObjectsOf e:of", "this_subject"),
        ("sh:targetObjectsOf e:of", "focus_subject"),
        ("sh:targetNode e:root ; sh:property [ sh:path e:of ; sh:property [ sh:path e:p", "focus0"),
    ],
)
def test_a_query_may_call_its_variables_as_it_likes(target: str, name: str) -> None:
    """What the checker puts beside a query to find its focus nodes must not be joined with it by a name."""
    query = f"SELECT $this WHERE {{ $this <http://example.org/q> ?{name} }}"
    text = f"""e:s {target} ; sh:sparql [ sh:select "{query}" ; sh:message "q" ] {"] ]" * ("[" in target)} ."""
    shapes = Shapes(quad.triple for quad in ox.parse(small.PREFIXES + text, format=ox.RdfFormat.TURTLE))
    data = "e:root e:of e:a . e:a e:p e:b . e:a e:q e:c ."
    *before, come = (quad.triple for quad in ox.parse(small.PREFIXES + data, format=ox.RdfFormat.TURTLE))
    checker = Incremental(before, shapes, ENGINE)
    assert not checker.results
    checker.update([], [come])
    assert told(checker.results) == told(ENGINE.validate(Data([*before, come]), shapes))
    assert len(checker.results) == 1


def test_a_triple_touches_only_patterns_of_its_property_and_a_literal_is_never_a_property() -> None:
    query = "SELECT $this WHERE { $this ?path ?value . ?link <urn:of> $this ; <urn:by> ?path }"
    found = situations(query)
    assert found is not None
    by = next(one for one in found if str(one.pattern.path) == "<urn:by>")

    def questions(predicate: str, value: ox.NamedNode | ox.Literal) -> list[str | None]:
        return list(by.questions(ox.Triple(ox.NamedNode("urn:l"), ox.NamedNode(predicate), value)))

    assert questions("urn:other", ox.NamedNode("urn:p")) == []
    assert questions("urn:by", ox.Literal("c")) == []
    (question,) = questions("urn:by", ox.NamedNode("urn:p"))
    assert question is not None
    ox.Store().query(question)


def test_every_constraint_of_the_project_can_be_taken_apart() -> None:
    """If this fails, a change of one file means that all is built anew: the constraint needs a plainer query."""
    checks = ENGINE.plan(layer_shapes(find_project(), *LAYERS)).checks
    assert checks
    assert [check for check in checks if situations(check.whole) is None] == []


@pytest.mark.parametrize(
    "within",
    ["OPTIONAL { ?v <urn:r> ?u }", "FILTER NOT EXISTS { ?v <urn:r> ?u }", "OPTIONAL { ?v <urn:r> ?x . ?u <urn:s> ?x }"],
)
def test_a_variable_that_a_group_within_does_not_bind_is_another_one_in_its_conditions(within: str) -> None:
    """So what stands around that group need not hold of it; the query is not taken apart, but for one that binds it."""
    around = "SELECT $this WHERE { $this <urn:p> ?u . { ?v <urn:q> %s %s } }"
    assert situations(around % ("?w", within)) is None
    assert situations(around % ("?u", within))


def test_a_triple_counts_only_if_the_rest_of_the_query_holds() -> None:
    """A triple that binds the focus node counts only if what the query says of its other end holds, too."""
    (first, *_) = situations("SELECT $this WHERE { $this <urn:p> ?value . ?value <urn:q>/<urn:r> <urn:c> }") or ()
    store = ox.Store()
    node, value, between = (ox.NamedNode(f"urn:{name}") for name in ("n", "v", "b"))

    def touched() -> list[str]:
        (question,) = first.questions(ox.Triple(node, ox.NamedNode("urn:p"), value))
        assert question is not None
        return [row["this"].value for row in store.query(question)]  # type: ignore[union-attr]

    assert first.pattern.path is not None
    store.add(ox.Quad(value, ox.NamedNode("urn:q"), between))
    assert touched() == []
    store.add(ox.Quad(between, ox.NamedNode("urn:r"), ox.NamedNode("urn:c")))
    assert touched() == ["urn:n"]


@pytest.mark.parametrize(
    ("before", "gone", "come"),
    [
        ("", "", "e:a e:part e:b ."),
        ("e:b e:name 1 .", "", "e:a e:part e:b ."),
        ("e:a e:part e:b .", "", "e:b e:name 1 ."),
        ("e:a e:part e:b . e:b e:name 1 .", "e:b e:name 1 .", ""),
        ("e:a e:part e:b .", "e:a e:part e:b .", ""),
        ("e:b e:name 1 .", "", "e:a e:part e:b , e:c ."),
    ],
)
@pytest.mark.parametrize("shape", ["sh:property [ sh:path e:part ; e:known true ]", "e:known true"])
def test_what_does_not_meet_a_validator_is_found_anew(shape: str, before: str, gone: str, come: str) -> None:
    """An ASK validator finds something where its query does not hold."""
    text = f"""e:s sh:targetSubjectsOf e:part ; {shape} .
        e:KnownComponent a sh:ConstraintComponent ; sh:parameter [ sh:path e:known ] ;
            sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK {{ $value <http://example.org/name> ?name }} # {{" ] ."""
    said, first, less, more = (
        [quad.triple for quad in ox.parse(small.PREFIXES + part, format=ox.RdfFormat.TURTLE)]
        for part in (text, before, gone, come)
    )
    checker = Incremental(first, Shapes(said), ENGINE)
    checker.update(less, more)
    now = [triple for triple in [*first, *more] if triple not in less]
    assert told(checker.results) == told(ENGINE.validate(Data(now), Shapes(said)))


@pytest.mark.parametrize(
    ("asked", "written"),
    [("1", "01"), ("01", "1"), ("1.0", "1.00"), ("true", '"1"^^xsd:boolean'), ('"1"^^xsd:boolean', "true")],
)
def test_literals_are_one_if_the_store_writes_them_alike(asked: str, written: str) -> None:
    assert _comes(f"$this e:p {asked}", "", f"e:a e:p {written} .") == 1


def test_a_path_may_begin_with_a_step_backwards_from_a_literal() -> None:
    assert _comes("$this e:p ?x . ?x (e:p|^e:q)+ ?value", 'e:b e:q "x" .', 'e:a e:p "x" .') == 1
    assert _comes("$this e:p ?x . ?x (e:p|e:q)+ ?value", 'e:b e:q "x" .', 'e:a e:p "x" .') == 0


def _comes(body: str, before: str, added: str) -> int:
    """Return how many results come when something is said: as many as a full run finds."""
    prefixes = "".join(f"PREFIX {line[8:-2]}\n" for line in small.PREFIXES.splitlines() if line)
    constraint = f'sh:select """{prefixes} SELECT $this ?value WHERE {{ {body} }}"""'
    said, base, come = (
        [quad.triple for quad in ox.parse(small.PREFIXES + text, format=ox.RdfFormat.TURTLE)]
        for text in (f"e:s sh:targetSubjectsOf e:t ; sh:sparql [ {constraint} ] .", f"e:a e:t e:t . {before}", added)
    )
    checker = Incremental(base, Shapes(said), ENGINE)
    assert not checker.results
    checker.update([], come)
    assert told(checker.results) == told(ENGINE.validate(Data([*base, *come]), Shapes(said)))
    return len(checker.results)
