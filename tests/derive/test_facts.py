"""Stated values: their sources, the preferred one and why, and conflicts."""

from __future__ import annotations

import pytest

from buendnis_graph.derive import derive, read_rules
from buendnis_graph.errors import RuleError
from tests.mini import MiniProject, ask, date, rows


def _founded(lexical: str) -> str:
    return f"id:a schema:foundingDate {date(lexical)} ."


def _preferred(mini: MiniProject, property_: str = "schema:foundingDate") -> list[tuple[str, ...]]:
    return rows(
        mini.derived(),
        f"""SELECT ?value ?reason {{ ?s rdf:subject id:a ; rdf:predicate {property_} ; rdf:object ?value ; bg:preferred true ;
              bg:preference ?r . BIND(STRAFTER(STR(?r), "/preference/") AS ?reason) }}""",
    )


def test_each_stated_value_names_all_its_sources(mini: MiniProject) -> None:
    one, two = mini.source("one", _founded("2001")), mini.source("two", _founded("2001"))
    found = rows(mini.derived(), "SELECT ?source { ?s rdf:subject id:a ; dcterms:source ?source } ORDER BY ?source")
    assert found == [(one,), (two,)]


def test_the_bodys_own_word_goes_first(mini: MiniProject) -> None:
    mini.source("other", _founded("2002"), issued="2024")
    mini.source("own", _founded("2001"), publisher="a")
    assert _preferred(mini) == [("2001", "own-source")]


def test_then_the_latest_source(mini: MiniProject) -> None:
    mini.source("old", _founded("2001"), issued="2010-05-01")
    mini.source("new", _founded("2002"), issued="2011")
    assert _preferred(mini) == [("2002", "latest")]


def test_a_vague_date_does_not_beat_an_exact_one(mini: MiniProject) -> None:
    mini.source("exact", _founded("2023-03"), issued="2023-05-03")
    mini.source("vague", _founded("2023-05"), issued="2023-05")
    assert _preferred(mini) == [("2023-03", "latest")]


def test_then_dated_before_undated(mini: MiniProject) -> None:
    mini.source("dated", _founded("2001"), issued="2010")
    mini.source("undated", _founded("2002"))
    assert _preferred(mini) == [("2001", "dated-before-undated")]


def test_then_what_more_pages_say(mini: MiniProject) -> None:
    mini.source("one", _founded("2001"))
    mini.source("two", _founded("2002"))
    mini.source("three", _founded("2002"))
    assert _preferred(mini) == [("2002", "more-pages")]


def test_at_last_the_order_of_the_sources_iris(mini: MiniProject) -> None:
    mini.source("b-page", _founded("2001"))
    mini.source("a-page", _founded("2002"))
    assert _preferred(mini) == [("2002", "iri-order")]


def test_two_values_on_one_page_are_no_conflict_of_sources(mini: MiniProject) -> None:
    mini.source("one", "id:a org:subOrganizationOf id:b, id:c .")
    assert not ask(mini.derived(), "?c a bg:Conflict")


def test_an_alliance_of_which_no_member_is_known_has_coverage(mini: MiniProject) -> None:
    mini.source(
        "c",
        ":count a bg:MemberCount ; bg:countOf id:y ; bg:countKind count-kind:members ; bg:count 59 ; bg:bound bound:exact ; "
        "dcterms:source SRC .",
    )
    assert ask(mini.derived(), "?c a bg:Coverage ; bg:coverageOf id:y ; bg:knownMembers 0 ; bg:statedCount/bg:count 59")


def test_the_consolidated_view_has_one_value_and_the_sources_keep_theirs(mini: MiniProject) -> None:
    mini.source("one", _founded("2001"), issued="2010")
    mini.source("two", _founded("2002"))
    store = mini.derived()
    assert rows(store, "SELECT ?v { id:a schema:foundingDate ?v }") == [("2001",)]
    assert rows(store, "SELECT ?v { GRAPH ?g { id:a schema:foundingDate ?v } ?g a bg:Source } ORDER BY ?v") == [
        ("2001",),
        ("2002",),
    ]


def test_of_other_properties_all_values_stay(mini: MiniProject) -> None:
    mini.source("one", "id:a schema:url <http://one/> .")
    mini.source("two", "id:a schema:url <http://two/> .")
    assert rows(mini.derived(), "SELECT ?v { id:a schema:url ?v } ORDER BY ?v") == [("http://one/",), ("http://two/",)]


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        ("2023-03", "2023-03-27", False),
        ("2023", "2023-03", False),
        ("2023-03", "2023-05", True),
        ("2022", "2023", True),
    ],
)
def test_dates_conflict_only_if_they_share_no_day(mini: MiniProject, first: str, second: str, conflict: bool) -> None:
    mini.source("one", _founded(first), issued="2010")
    mini.source("two", _founded(second), issued="2020")
    assert ask(mini.derived(), "?c a bg:Conflict ; bg:conflictKind conflict-kind:contradiction") is conflict


def test_a_value_that_agrees_with_both_sides_is_no_side_of_the_conflict(mini: MiniProject) -> None:
    mini.source("one", _founded("2023-03"))
    mini.source("two", _founded("2023-05"))
    mini.source("three", _founded("2023"))
    found = rows(mini.derived(), "SELECT ?v { ?c bg:statement/rdf:object ?v } ORDER BY STR(?v)")
    assert found == [("2023-03",), ("2023-05",)]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("2010", "2020", None),
        ("2010", "", "may-be-change"),
        ("", "", "may-be-change"),
        ("2010", "2010-05", "may-be-change"),
        ("2010-05-01", "2010-05-01", "contradiction"),
    ],
)
def test_values_stated_for_different_times_never_conflict(
    mini: MiniProject, first: str, second: str, kind: str | None
) -> None:
    mini.source("one", "id:a bg:legalForm legal-form:ev .", issued=first)
    mini.source("two", "id:a bg:legalForm legal-form:ggmbh .", issued=second)
    found = rows(mini.derived(), "SELECT ?k { ?c a bg:Conflict ; bg:conflictKind ?k }")
    assert found == ([] if kind is None else [(f"https://w3id.org/buendnis-graph/conflict-kind/{kind}",)])


def test_a_reported_change_explains_a_conflict_of_legal_forms(mini: MiniProject) -> None:
    mini.source("one", "id:a bg:legalForm legal-form:ev .")
    mini.source("two", "id:a bg:legalForm legal-form:ggmbh .")
    mini.source(
        "three",
        ":change--a a org:ChangeEvent ; org:originalOrganization id:a ; org:resultingOrganization id:a ; "
        "bg:fromLegalForm legal-form:ev ; bg:toLegalForm legal-form:ggmbh ; dcterms:source SRC .",
    )
    assert ask(mini.derived(), "?c a bg:Conflict ; bg:explainedBy ?change")


def test_statement_iris_do_not_depend_on_other_statements(mini: MiniProject) -> None:
    mini.source("one", _founded("2001"))
    before = set(rows(mini.derived(), "SELECT ?s { ?s a rdf:Statement ; rdf:subject id:a }"))
    mini.source("two", _founded("1999"))
    assert before < set(rows(mini.derived(), "SELECT ?s { ?s a rdf:Statement ; rdf:subject id:a }"))


def test_coverage_compares_with_the_number_stated_last(mini: MiniProject) -> None:
    mini.attest("m1", "a", "x")
    mini.attest("m2", "b", "x", "founding-member")
    for slug, number, bound, as_of in (
        ("c1", 100, "about", "2016"),
        ("c2", 150, "more-than", "2025"),
        ("c3", 170, "exact", ""),
    ):
        when = f" ; bg:asOf {date(as_of)}" if as_of else ""
        mini.source(
            slug,
            f":count a bg:MemberCount ; bg:countOf id:x ; bg:countKind count-kind:members ; bg:count {number} ; "
            f"bg:bound bound:{bound} ; dcterms:source SRC{when} .",
        )
    found = rows(
        mini.derived(),
        """SELECT ?kind ?known ?number { ?c a bg:Coverage ; bg:countKind ?k ; bg:knownMembers ?known .
             OPTIONAL { ?c bg:statedCount/bg:count ?number } BIND(STRAFTER(STR(?k), "/count-kind/") AS ?kind) } ORDER BY ?kind""",
    )
    assert found == [("founding-members", "1", ""), ("members", "2", "150")]


@pytest.mark.parametrize(
    ("made", "says"),
    [("[]", "a blank node: <.*> _:"), ("<<( ?s <http://e/q> 1 )>>", "a triple term of RDF 1.2: <.*> <<")],
)
def test_a_rule_that_makes_what_no_file_may_hold_is_refused(mini: MiniProject, made: str, says: str) -> None:
    rule = mini.ontology / "rules" / "99-odd.rq"
    rule.write_text(f"CONSTRUCT {{ ?s <http://e/p> {made} }} WHERE {{ ?s a <http://www.w3.org/ns/org#Organization> }}")
    with pytest.raises(RuleError, match=f"99-odd.rq.* derives {says}"):
        derive(mini.corpus(), read_rules(mini.ontology / "rules"))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("x.rq", "", "NN-name.rq"),
        ("99-a.rq", "CONSTRUCT {", "can't be read"),
        ("99-b.rq", "ASK { ?s ?p ?o }", "no CONSTRUCT"),
    ],
)
def test_faulty_rules_are_named(mini: MiniProject, name: str, text: str, says: str) -> None:
    (mini.ontology / "rules" / name).write_text(text)
    with pytest.raises(RuleError, match=says) as caught:
        derive(mini.corpus(), read_rules(mini.ontology / "rules"))
    assert name in str(caught.value)
