"""Whether the answer to a question may be another one after a change is told from its text; where it is not, it is asked."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.namespaces import PREFIXES, expand
from buendnis_graph.publish.site.asked import MAX_ROWS, Answer, answer_to, question_page
from buendnis_graph.publish.site.renewed.change import Change
from buendnis_graph.publish.site.renewed.pattern_reader import groups_of
from buendnis_graph.publish.site.renewed.shared import Shared
from buendnis_graph.queries.catalogue import read_catalogue
from tests.mini import REAL

Graph = frozenset[ox.Triple]
_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
_CATALOGUE = read_catalogue(REAL)
SHOWN = 2


def _graph(turtle: str) -> Graph:
    return frozenset(quad.triple for quad in ox.parse(_HEAD + turtle, format=ox.RdfFormat.TURTLE))


def _store(graph: Graph) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in graph)
    return store


def _by_subject(graph: Iterable[ox.Triple]) -> dict[str, list[ox.Triple]]:
    found = defaultdict(list)
    for triple in graph:
        found[str(triple.subject)].append(triple)
    return found


def _shared(before: Graph, after: Graph) -> Shared:
    change = Change(_by_subject(before - after), _by_subject(after - before))
    return Shared(change, _store(before), _store(after))


def _concerns(text: str, before: Graph, after: Graph) -> bool:
    return _shared(before, after).uses(text) != []


def _shown(graph: Graph, text: str) -> Answer:
    found = answer_to(dataclasses.replace(_CATALOGUE[0], sparql=text), _store(graph))
    return dataclasses.replace(found, rows=found.rows[:SHOWN])


def _told(text: str, before: Graph, after: Graph) -> Answer | None:
    """Return the answer after a change as it is told from that before, of which two rows are shown."""
    question = dataclasses.replace(_CATALOGUE[0], sparql=text)
    return _shared(before, after).answer(question, _shown(before, text))


PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("bg", "id", "org"))
LABEL = _graph('org:Organization rdfs:label "Organisation" .')
COME = _graph("id:a a org:Organization ; bg:topic topic:x .")


@pytest.mark.parametrize(
    "where",
    [
        "?s ?p ?o",
        "<https://w3id.org/buendnis-graph/id/a> ?p ?o .",
        "id:a ?p ?o",
        "id:a ?p topic:x",
        "?s bg:topic ?t ; ?p ?o .",
        "?s bg:topic ?t ;\n  ?p topic:x .",
        "?s a ?class",
        "?s a [ ]",
        "?s a/rdfs:subClassOf* org:Organization",
        "?s rdf:type/rdfs:label ?name",
        "?s !bg:seat ?o",
        "?o ^bg:topic ?s",
        "?s bg:seat|bg:topic ?o",
        "VALUES ?p { bg:topic } ?s ?p ?o",
        "{ SELECT ?s WHERE { ?s ?p ?o } }",
        "{ SELECT ?s FROM id:a WHERE { ?s bg:seat ?o } }",
        "\n  SELECT ?s WHERE { ?s ?p ?o }\n",
    ],
)
def test_a_question_that_what_came_answers_is_asked_anew(where: str) -> None:
    assert _concerns(f"SELECT ?s ?o\nWHERE {{ {where} }}\nGROUP BY ?s ?o\n", LABEL, LABEL | COME)


@pytest.mark.parametrize(
    "where",
    [
        "?s bg:seat ?o",
        "?s a bg:Alliance",
        "?s bg:topic ?t ; bg:seat ?o",
        "?s a/rdfs:subClassOf ?class",
        "VALUES ?s { id:b } ?s bg:topic ?o",
        "VALUES ?p { bg:seat } ?s ?p ?o",
        "?s bg:seat ?o OPTIONAL { ?s bg:topic ?t }",
        "?s bg:seat ?o MINUS { ?s bg:topic ?t }",
        "?s bg:seat ?o FILTER NOT EXISTS { ?s bg:topic ?t }",
    ],
)
def test_a_question_that_what_came_can_not_answer_is_left_alone(where: str) -> None:
    assert not _concerns(f"SELECT ?s ?o\nWHERE {{ {where} }}\n", LABEL, LABEL | COME)


@pytest.mark.parametrize(
    "where",
    [
        "?s bg:topic ?o OPTIONAL { ?s bg:seat ?t OPTIONAL { ?t org:memberOf ?o } }",
        "?s bg:topic ?o OPTIONAL { ?s bg:seat ?t MINUS { ?t org:memberOf ?o } }",
        "?s bg:topic ?o { ?s bg:seat ?t MINUS { ?t org:memberOf ?o } } UNION { ?s bg:topic ?t }",
        "VALUES ?o { id:a } ?s bg:topic ?u OPTIONAL { ?s bg:seat ?t OPTIONAL { ?t org:memberOf ?o } }",
        "?s bg:topic* ?o",
        "?s bg:topic ?u . ?o bg:topic? ?t",
        "VALUES ?s { id:a id:c } ?s bg:topic? id:c",
        "VALUES ?o { id:c } { ?s bg:topic* ?o } UNION { ?s bg:topic ?o }",
    ],
)
def test_what_stands_further_out_or_nowhere_keeps_no_question_from_being_asked_anew(where: str) -> None:
    before = _graph("id:a bg:topic id:a ; bg:seat id:b .")
    after = before | _graph("id:b org:memberOf id:c .")
    text = f"{PROLOGUE}SELECT ?s ?o ?t\nWHERE {{ {where} }}\n"
    assert _answer(before, text) != _answer(after, text)
    assert _concerns(text, before, after)


def test_a_question_with_prefixes_of_its_own_is_asked_anew() -> None:
    asked = "SELECT ?s\nWHERE { ?s o:member ?o . ?o a bg:Alliance }\n"
    assert _concerns(f"PREFIX o: <http://www.w3.org/ns/org#>\n{asked}", LABEL, LABEL | COME)
    assert _concerns(f"BASE <http://www.w3.org/ns/>\n{asked}", LABEL, LABEL | COME)
    usual = f"PREFIX org: <http://www.w3.org/ns/org#>\n{asked.replace('o:member', 'org:member')}"
    assert not _concerns(usual, LABEL, LABEL | COME)


def test_all_questions_of_the_catalogue_are_read() -> None:
    for question in _CATALOGUE:
        assert question.uses_graphs or groups_of(question.body)


def test_the_name_of_an_organisation_concerns_no_question_about_alliances_alone() -> None:
    before, after = (_graph(f'id:a a org:Organization ; skos:prefLabel "{name}"@de .') for name in ("A", "B"))
    change = Change(_by_subject(before - after), _by_subject(after - before))
    shared = Shared(change, _store(before), _store(after))
    asked = {one.name for one in _CATALOGUE if shared.uses(one.body) != []}
    assert asked.isdisjoint({"alliances", "completeness-of-lists", "coverage-of-alliances", "who-says-so"})
    assert len(asked) < len(_CATALOGUE) / 5


THINGS = ("id:a", "id:b", "id:c")
PROPERTIES = ("bg:topic", "bg:seat", "org:memberOf")
graphs = st.sets(
    st.tuples(*(st.sampled_from(parts) for parts in (THINGS, PROPERTIES, THINGS))).map(" ".join), max_size=6
).map(lambda lines: _graph("".join(f"{line} .\n" for line in sorted(lines))))
WHERE = (
    "?s bg:topic ?o . ?s bg:seat ?t",
    "?s bg:topic/bg:seat ?o",
    "?s bg:topic ?o OPTIONAL { ?s bg:seat ?t . ?t org:memberOf ?u }",
    "OPTIONAL { ?s bg:seat ?o } ?s bg:topic ?t",
    "?s bg:topic ?o MINUS { ?o bg:seat ?s }",
    "?s bg:topic ?o MINUS { ?u bg:seat ?v }",
    "?s bg:topic ?o FILTER NOT EXISTS { ?o bg:seat ?u . ?u org:memberOf ?s }",
    "FILTER EXISTS { ?s bg:seat ?u } ?s bg:topic ?o",
    "{ ?s bg:topic ?o } UNION { ?s bg:seat ?o . ?o bg:topic ?t } ?o org:memberOf ?u",
    "{ SELECT ?s (COUNT(?u) AS ?o) WHERE { ?s bg:topic ?u . ?u bg:seat ?t } GROUP BY ?s } ?s org:memberOf ?t",
    "VALUES ?s { id:a id:b } ?s bg:topic|bg:seat ?o . ?o org:memberOf id:c",
    "?s bg:topic+ ?o . ?o bg:seat ?t",
    "?s ^bg:topic ?o . ?o bg:seat ?s",
    "VALUES ?p { bg:seat } ?s ?p ?o . ?o bg:topic ?t BIND(EXISTS { ?t org:memberOf ?s } AS ?v)",
    "?s bg:topic ?o OPTIONAL { ?o bg:seat ?t OPTIONAL { ?t org:memberOf ?s } FILTER(BOUND(?t)) }",
    "{ ?s bg:topic ?o OPTIONAL { ?o bg:seat ?t } } ?t org:memberOf ?u",
)


@pytest.mark.parametrize("where", WHERE)
@given(before=graphs, after=graphs)
def test_where_a_question_is_left_alone_its_answer_is_the_same(where: str, before: Graph, after: Graph) -> None:
    text = f"{PROLOGUE}SELECT ?s ?o ?t ?u ?v\nWHERE {{ {where} }}\n"
    assert _concerns(text, before, after) or _answer(before, text) == _answer(after, text)


def _answer(graph: Graph, text: str) -> list[str]:
    return sorted(map(str, _rows(graph, text)))


def _rows(graph: Graph, text: str) -> list[tuple[object, ...]]:
    solutions = _store(graph).query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(row) for row in solutions]


CUT = (
    "?l ?o WHERE { ?s org:memberOf ?o ; bg:topic ?l } ORDER BY ?l ?o",
    "?l ?o WHERE { ?s org:memberOf ?o ; bg:topic ?l } ORDER BY DESC(?l) ?o",
    "?l ?o WHERE { ?o org:memberOf ?s . ?s bg:topic ?l FILTER NOT EXISTS { ?s bg:seat ?l } } ORDER BY ?l ?o",
    "DISTINCT ?l ?o WHERE { ?s org:memberOf ?o ; bg:topic ?l } ORDER BY ?l ?o",
    "DISTINCT ?o WHERE { ?s org:memberOf ?o ; bg:topic ?l } ORDER BY ?o",
    "?l (COUNT(?o) AS ?n) WHERE { ?s bg:topic ?l OPTIONAL { ?s bg:seat ?o } } GROUP BY ?s ?l ORDER BY DESC(?n) ?l",
    "?l (COUNT(?o) AS ?n) WHERE { ?s bg:topic ?l OPTIONAL { ?s bg:seat ?o } } GROUP BY ?l ORDER BY DESC(?n) ?l",
    "?l ?o WHERE { OPTIONAL { ?s bg:topic ?l } ?s bg:seat ?o } ORDER BY ?l ?o",
    "?l ?o WHERE { BIND(?s AS ?l) ?s bg:seat ?o } ORDER BY ?l ?o",
    "?l ?o WHERE { ?s bg:topic ?l { SELECT ?s (COUNT(?u) AS ?o) WHERE { ?s bg:seat ?u } GROUP BY ?s } } ORDER BY ?l ?o",
    "?l ?o WHERE { ?s bg:topic ?l ; bg:seat ?o } ORDER BY ?l ?o LIMIT 4",
)
several = st.sets(st.sampled_from([f"id:{s} {p} id:{o}" for s in "abcd" for p in PROPERTIES for o in "abcd"]))


@pytest.mark.parametrize("asked", CUT)
@settings(max_examples=60)
@given(stays=several, goes=several, comes=several)
def test_where_a_question_is_left_alone_its_page_is_the_same(
    asked: str, stays: set[str], goes: set[str], comes: set[str]
) -> None:
    text = f"{PROLOGUE}SELECT {asked}\n"
    before, after = (_graph("".join(f"{line} .\n" for line in sorted(stays | some))) for some in (goes, comes))
    assert _told(text, before, after) in (None, _shown(after, text))


@pytest.mark.parametrize(
    ("asked", "stays", "gone", "come"),
    [
        (
            "?l ?o WHERE { ?s bg:topic ?l ; org:memberOf+ ?o } ORDER BY ?l ?o",
            "id:a bg:topic id:a ; org:memberOf id:d . id:d bg:topic id:d",
            "id:d org:memberOf id:e",
            "id:d org:memberOf id:f",
        ),
        (
            "?l ?o WHERE { ?s bg:topic ?l ; org:memberOf ?u OPTIONAL { ?u bg:seat ?o OPTIONAL { ?s bg:seat ?o } } }"
            " ORDER BY ?l ?o",
            "id:a bg:topic id:a ; org:memberOf id:b . id:b bg:topic id:b ; org:memberOf id:b ; bg:seat id:c ."
            " id:d bg:topic id:d ; org:memberOf id:e",
            "id:d bg:seat id:f",
            "id:d bg:seat id:c",
        ),
        (
            "(1 AS ?l) WHERE { ?s bg:topic ?o } HAVING (COUNT(*) > 1) ORDER BY ?l",
            "id:a bg:topic id:a",
            "id:b bg:seat id:b",
            "id:b bg:topic id:b",
        ),
        (
            "?o ?t WHERE { ?s bg:topic ?l ; bg:seat ?t BIND(IF(?l = id:f, 1.0, 1) AS ?o) } ORDER BY ?o",
            "id:a bg:topic id:a ; bg:seat id:a . id:b bg:topic id:b ; bg:seat id:b . id:c bg:topic id:c ; bg:seat id:c ."
            " id:d bg:topic id:f",
            "id:d bg:seat id:a",
            "id:d bg:seat id:b",
        ),
    ],
)
def test_a_question_is_asked_anew_where_rows_of_others_change_or_stand_as_high(
    asked: str, stays: str, gone: str, come: str
) -> None:
    before, after = (_graph(f"{stays} . {said} .") for said in (gone, come))
    text = f"{PROLOGUE}SELECT {asked}\n"
    assert _told(text, before, after) is None


def test_a_name_behind_what_a_page_shows_does_not_concern_it() -> None:
    question = next(one for one in _CATALOGUE if one.name == "single-source-memberships")
    said = "".join(
        f"membership:{n} a org:Membership ; bg:countsAsMember true ; org:member id:{n} ; org:organization id:all ;"
        f" bg:attestation <urn:attestation:{n}> . <urn:attestation:{n}> org:role role:member ; dcterms:source <urn:page> ."
        for n in "abc"
    )
    said += 'role:member bg:countsAsMember true . id:all skos:prefLabel "All"@de . id:b skos:prefLabel "B"@de .'
    said += '<urn:page> schema:url <urn:page> ; dcterms:isVersionOf <urn:page> . id:a skos:prefLabel "A"@de .'
    before, after, first = (_graph(f'{said} id:c skos:prefLabel "{name}"@de .') for name in ("C", "D", "1"))
    assert _told(question.body, before, after) == _shown(before, question.body)
    assert _told(question.body, before, first) is None


NAMED = (
    "?n ?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } ORDER BY ?n ?o",
    "?n ?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } ORDER BY DESC(?n) ?o",
    "?n ?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } ORDER BY ?o ?n",
    "?n ?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } ORDER BY ?o",
    "?n ?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o }",
    'DISTINCT ?n WHERE { ?s skos:prefLabel ?n . FILTER(LANG(?n) = "de") } ORDER BY ?n',
    '?n WHERE { ?s skos:prefLabel ?n . FILTER(?n > "m"@de) } ORDER BY ?n',
    "?n (COUNT(?o) AS ?m) WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } GROUP BY ?n ORDER BY DESC(?m) ?n",
    "?m ?n WHERE { ?s skos:prefLabel ?n ; org:memberOf/skos:prefLabel ?m } ORDER BY ?m ?n",
    "?n ?m WHERE { ?s skos:prefLabel ?n . OPTIONAL { ?t skos:altLabel ?m , ?n } } ORDER BY ?n ?m",
    "?n ?m WHERE { ?s skos:prefLabel ?n . BIND(STR(?n) AS ?m) } ORDER BY ?n",
    "?n ?m WHERE { ?s skos:prefLabel ?n . { SELECT (MIN(?l) AS ?m) WHERE { ?t skos:prefLabel ?l } } } ORDER BY ?n",
    '?n WHERE { VALUES ?n { "c"@de } ?s skos:prefLabel ?n } ORDER BY ?n',
    "?n WHERE { ?s skos:prefLabel ?n } ORDER BY ?n LIMIT 2",
    "?n (MIN(?o) AS ?m) WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } GROUP BY ?n ORDER BY ?m ?n",
    "?n (GROUP_CONCAT(DISTINCT ?m) AS ?all) WHERE { { SELECT ?n ?m WHERE { ?s skos:prefLabel ?n ; org:memberOf/skos:prefLabel ?m }"
    " ORDER BY ?n ?m } } GROUP BY ?n ORDER BY ?n",
    "?o (GROUP_CONCAT(DISTINCT ?n) AS ?all) WHERE { { SELECT ?o ?n WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o }"
    " ORDER BY ?n } } GROUP BY ?o ORDER BY ?o",
    "?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } ORDER BY ?n ?o",
    "?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o }",
    "?o ?t WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o . BIND(1 AS ?t) } ORDER BY ?t",
    "?n ?o WHERE { { SELECT ?s ?o WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } } ?s skos:altLabel? ?n } ORDER BY ?n",
    "?o (COUNT(?s) AS ?m) WHERE { ?s skos:prefLabel ?n ; org:memberOf ?o } GROUP BY ?o ORDER BY ?m",
)
letters = st.sampled_from("acegikmoqsuwy")


@pytest.mark.parametrize("asked", NAMED)
@settings(max_examples=60)
@given(
    stays=several, names=st.tuples(*[letters] * 4), other=st.sampled_from("abcxyz"), alt=st.sets(letters, max_size=2)
)
def test_an_answer_that_is_called_otherwise_is_the_one_that_is_asked_for(
    asked: str, stays: set[str], names: tuple[str, ...], other: str, alt: set[str]
) -> None:
    text = f"{PROLOGUE}PREFIX skos: <{PREFIXES['skos']}>\nSELECT {asked}\n"
    both = [*sorted(stays), *(f'id:{s} skos:prefLabel "{n}"@de' for s, n in zip("bcd", names[1:], strict=True))]
    both += [f'id:x skos:altLabel "{name}"@de' for name in sorted(alt)]
    before, after = (
        _graph("".join(f"{line} .\n" for line in [*both, f'id:a skos:prefLabel "{name}"@de']))
        for name in (names[0], other)
    )
    assert _told(text, before, after) in (None, _shown(after, text))


@pytest.mark.parametrize("asked", [*NAMED[:3], *NAMED[7:9]])
@pytest.mark.parametrize(
    ("old", "new", "is_told"), [("b", "c", True), ("b", "a", True), ("b", "y", False), ("z", "y", True)]
)
def test_a_name_is_replaced_where_its_row_can_be_told(asked: str, old: str, new: str, is_told: bool) -> None:
    text = f"{PROLOGUE}PREFIX skos: <{PREFIXES['skos']}>\nSELECT {asked}\n"
    said = "".join(f'id:{n} skos:prefLabel "{n}"@de ; org:memberOf id:x .' for n in "defghx")
    before, after = (_graph(f'{said} id:a skos:prefLabel "{name}"@de ; org:memberOf id:x .') for name in (old, new))
    told = _told(text, before, after)
    if is_told and "DESC(?n)" not in asked:
        assert told == _shown(after, text)
    assert told in (None, _shown(after, text))


def test_a_question_about_named_graphs_is_asked_anew_if_these_differ() -> None:
    question = next(one for one in _CATALOGUE if one.uses_graphs)
    shown = Answer(("licence", "graphs", "sources"), (), 0)
    asked: list[frozenset[ox.NamedNode]] = []

    def differs(properties: frozenset[ox.NamedNode]) -> bool:
        asked.append(properties)
        return len(asked) == 1

    shared = Shared(Change({}, {}), ox.Store(), ox.Store(), differs)
    assert shared.answer(question, shown) is None
    assert shared.answer(question, shown) == shown
    assert asked[0] == {expand("dcterms:license")}


@pytest.mark.parametrize(
    "where", ["", "OPTIONAL { ?s bg:topic ?o }", "FILTER NOT EXISTS { ?s bg:topic ?o }", "{ BIND(1 AS ?o) }"]
)
def test_a_question_that_any_named_graph_answers_is_asked_anew(where: str) -> None:
    shared = Shared(Change({}, {}), ox.Store(), ox.Store(), lambda _properties: False)
    text = f"{PROLOGUE}SELECT ?g WHERE {{ GRAPH ?g {{ {where} }} }} ORDER BY ?g"
    assert shared.answer(dataclasses.replace(_CATALOGUE[0], sparql=text), Answer(("g",), (), 0)) is None


@pytest.mark.parametrize(
    "other", ['BIND("a" AS ?m)', "?s skos:altLabel ?l BIND(STR(?l) AS ?m)", 'BIND(CONCAT("", "a") AS ?m)']
)
def test_a_text_that_reads_as_a_name_does_not_change_with_it(other: str) -> None:
    text = f"{PROLOGUE}PREFIX skos: <{PREFIXES['skos']}>\nSELECT ?n ?m WHERE {{ ?s skos:prefLabel ?n . {other} }} ORDER BY ?n"
    before, after = (_graph(f'id:a skos:prefLabel "{name}" ; skos:altLabel "a"@de .') for name in "ab")
    assert _told(text, before, after) is None


MANY = 300
"""More rows than the engine sorts in a stable way."""


@pytest.mark.parametrize(
    ("columns", "gone", "come"),
    [
        ("?n ?o", 'skos:prefLabel "a"@de ; org:memberOf id:o0a', 'skos:prefLabel "z"@de ; org:memberOf id:o0a'),
        ("?s ?o", 'skos:prefLabel "a"@de ; org:memberOf id:o1', 'skos:prefLabel "a"@de ; org:memberOf id:o9'),
    ],
    ids=["renamed", "behind"],
)
def test_rows_that_are_ordered_by_the_same_may_change_places_with_any_other_row(
    columns: str, gone: str, come: str
) -> None:
    text = (
        f"{PROLOGUE}PREFIX skos: <{PREFIXES['skos']}>\n"
        f"SELECT {columns} WHERE {{ ?s skos:prefLabel ?n ; org:memberOf ?o }} ORDER BY ?o"
    )
    others = "".join(f'id:{n} skos:prefLabel "{n}"@de ; org:memberOf id:o{n % 2} .\n' for n in range(MANY))
    before, after = (_graph(f"{others} id:a {said} .") for said in (gone, come))
    shown = answer_to(dataclasses.replace(_CATALOGUE[0], sparql=text), _store(before))
    if columns == "?s ?o":
        shown = dataclasses.replace(shown, rows=shown.rows[: MANY // 3])
    question = dataclasses.replace(_CATALOGUE[0], sparql=text)
    assert _shared(before, after).answer(question, shown) is None


def test_one_row_more_than_a_page_shows_is_known() -> None:
    text = f"{PROLOGUE}SELECT ?s WHERE {{ ?s org:memberOf ?o }} ORDER BY ?s"
    question = dataclasses.replace(_CATALOGUE[0], sparql=text)
    store = _store(_graph("".join(f"id:{n} org:memberOf id:o .\n" for n in range(MAX_ROWS + 2))))
    answer = answer_to(question, store)
    assert (len(answer.rows), answer.total, answer.is_cut) == (MAX_ROWS + 1, MAX_ROWS + 2, True)
    assert question_page(question, answer).context["rows"] == answer.rows[:MAX_ROWS]
