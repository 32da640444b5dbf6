"""Memberships rest on attestations, mix nothing, and claim nothing about the present."""

from __future__ import annotations

import pytest

from tests.mini import MiniProject, ask, rows

MEMBERSHIP = "<https://w3id.org/buendnis-graph/membership/x/a>"


def test_what_two_sources_say_apart_is_never_combined(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", "founding-member", more='; bg:listedRole "Gründungsmitglied"')
    mini.attest(
        "two", "a", "x", "member", more='; bg:since "2019"^^xsd:gYear ; bg:attestedOn "2020-05"^^xsd:gYearMonth'
    )
    store = mini.derived()
    combinations = """
      SELECT ?role ?since { ?m a org:Membership . { ?m org:role ?role ; bg:since ?since } UNION
        { ?m bg:attestation ?t . ?t org:role ?role ; bg:since ?since } }"""
    assert rows(store, combinations) == [("https://w3id.org/buendnis-graph/role/member", "2019")]
    assert not ask(store, "?m a org:Membership ; org:role ?role"), "roles belong to attestations"
    assert not ask(store, "?m a org:Membership ; bg:since ?since"), "stated dates belong to attestations"
    assert not ask(store, "?t a bg:Attestation ; org:role role:founding-member ; bg:sinceEarliest ?since")
    assert rows(store, f"SELECT (COUNT(?t) AS ?n) {{ {MEMBERSHIP} bg:attestation ?t }}") == [("2",)]


def test_beginnings_that_agree_are_intersected(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:since "2023"^^xsd:gYear')
    mini.attest("two", "a", "x", more='; bg:since "2023-03"^^xsd:gYearMonth')
    store = mini.derived()
    assert rows(store, f"SELECT ?a ?b {{ {MEMBERSHIP} bg:sinceEarliest ?a ; bg:sinceLatest ?b }}") == [
        ("2023-03-01", "2023-03-31")
    ]
    assert not ask(store, "?c a bg:Conflict")


def test_an_attestation_without_dates_hides_no_others(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:since "2023"^^xsd:gYear ; bg:attestedOn "2024"^^xsd:gYear')
    mini.attest("two", "a", "x")
    assert rows(
        mini.derived(),
        f"SELECT ?a ?b ?c ?d {{ {MEMBERSHIP} bg:sinceEarliest ?a ; bg:sinceLatest ?b ; bg:firstAttested ?c ; bg:lastAttested ?d }}",
    ) == [("2023-01-01", "2023-12-31", "2024-12-31", "2024-01-01")]


@pytest.mark.parametrize(
    ("attested", "latest"),
    [
        ('"2023-03-27"^^xsd:date', "2023-03-27"),
        ('"2023-03"^^xsd:gYearMonth', "2023-03-31"),
        ('"2023"^^xsd:gYear', "2023-12-31"),
        ('"2024"^^xsd:gYear', "2023-12-31"),
        ('"2022-11"^^xsd:gYearMonth', "2023-12-31"),  # all of the beginning lies later: a contradiction, nothing is cut
    ],
)
def test_a_member_has_begun_by_its_first_attestation(mini: MiniProject, attested: str, latest: str) -> None:
    mini.attest("one", "a", "x", more='; bg:since "2023"^^xsd:gYear')
    mini.attest("two", "a", "x", more=f"; bg:attestedOn {attested}")
    mini.attest("three", "a", "x", "carrier", more='; bg:attestedOn "2023-01-05"^^xsd:date')
    assert rows(mini.derived(), f"SELECT ?a ?b {{ {MEMBERSHIP} bg:sinceEarliest ?a ; bg:sinceLatest ?b }}") == [
        ("2023-01-01", latest)
    ]


def test_beginnings_that_exclude_each_other_span_both_and_are_a_conflict(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:since "2021"^^xsd:gYear')
    mini.attest("two", "a", "x", more='; bg:since "2023-03"^^xsd:gYearMonth')
    store = mini.derived()
    assert rows(store, f"SELECT ?a ?b {{ {MEMBERSHIP} bg:sinceEarliest ?a ; bg:sinceLatest ?b }}") == [
        ("2021-01-01", "2023-03-31")
    ]
    assert rows(
        store, "SELECT ?s (COUNT(?t) AS ?n) { ?c a bg:Conflict ; rdf:subject ?s ; bg:attestation ?t } GROUP BY ?s"
    ) == [(MEMBERSHIP.strip("<>"), "2")]


@pytest.mark.parametrize(
    ("more", "state", "is_member"),
    [
        ("", "unknown", True),
        ('; bg:attestedOn "2023"^^xsd:gYear', "attested", True),
        ("; bg:ended true", "ended-undated", False),
        ('; bg:until "2018"^^xsd:gYear ; bg:attestedOn "2018-12"^^xsd:gYearMonth', "ended-dated", False),
        ('; bg:until "2018"^^xsd:gYear', "ended-dated", False),
        ('; bg:until "2030"^^xsd:gYear ; bg:attestedOn "2026"^^xsd:gYear', "attested", True),
    ],
)
def test_states(mini: MiniProject, more: str, state: str, is_member: bool) -> None:
    mini.attest("one", "a", "x", more=more)
    store = mini.derived()
    assert rows(store, f"SELECT ?s {{ {MEMBERSHIP} bg:state ?s }}") == [
        (f"https://w3id.org/buendnis-graph/state/{state}",)
    ]
    assert ask(store, "id:a org:memberOf id:x") is is_member
    assert ask(store, "id:x org:hasMember id:a") is is_member


@pytest.mark.parametrize(
    ("role", "counts"),
    [("member", True), ("founding-member", True), ("consortium-partner", True), ("carrier", False), ("active", False)],
)
def test_only_roles_that_count_make_a_member(mini: MiniProject, role: str, counts: bool) -> None:
    mini.attest("one", "a", "x", role)
    store = mini.derived()
    assert ask(store, f"{MEMBERSHIP} bg:countsAsMember {str(counts).lower()}")
    assert ask(store, "id:a org:memberOf id:x") is counts


def test_later_evidence_outweighs_an_earlier_end(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:until "2010"^^xsd:gYear')
    mini.attest("two", "a", "x", more='; bg:attestedOn "2025"^^xsd:gYear')
    store = mini.derived()
    assert ask(store, f"{MEMBERSHIP} bg:state state:attested")
    assert ask(store, "id:a org:memberOf id:x")


def test_dates_of_a_role_that_does_not_count_are_not_those_of_the_member(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", "member")
    mini.attest("two", "a", "x", "carrier", more='; bg:since "2019"^^xsd:gYear ; bg:until "2020"^^xsd:gYear')
    store = mini.derived()
    assert ask(store, f"{MEMBERSHIP} bg:countsAsMember true ; bg:state state:unknown")
    assert not ask(store, f"{MEMBERSHIP} bg:sinceEarliest ?date")
    assert not ask(store, f"{MEMBERSHIP} bg:untilLatest ?date")
    assert ask(store, "id:a org:memberOf id:x")


@pytest.mark.parametrize(
    ("first", "second", "property_"),
    [
        ('bg:until "2005"^^xsd:gYear', 'bg:until "2010"^^xsd:gYear', "bg:until"),
        ('bg:since "2012"^^xsd:gYear', 'bg:until "2010"^^xsd:gYear', "bg:until"),
    ],
)
def test_ends_that_exclude_each_other_and_ends_before_beginnings_are_conflicts(
    mini: MiniProject, first: str, second: str, property_: str
) -> None:
    mini.attest("one", "a", "x", more=f"; {first}")
    mini.attest("two", "a", "x", more=f"; {second}")
    assert ask(mini.derived(), f"?c a bg:Conflict ; rdf:subject {MEMBERSHIP} ; rdf:predicate {property_}")


def test_seen_is_not_dated(mini: MiniProject) -> None:
    mini.attest("one", "a", "x")
    assert not ask(mini.derived(), f"{MEMBERSHIP} bg:lastAttested ?date")


def test_a_second_spell_is_a_membership_of_its_own(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:until "2010"^^xsd:gYear')
    mini.attest("two", "a", "x", more='; bg:spell 2 ; bg:since "2015"^^xsd:gYear')
    store = mini.derived()
    assert rows(store, "SELECT ?m { ?m a org:Membership } ORDER BY ?m") == [
        (MEMBERSHIP.strip("<>"),),
        (MEMBERSHIP.strip("<>") + "/2",),
    ]
    assert ask(store, "id:a org:memberOf id:x")


def test_missing_from_a_later_complete_list_is_no_longer_listed_and_not_left(mini: MiniProject) -> None:
    mini.attest("old", "a", "x", more='; bg:attestedOn "2019"^^xsd:gYear', issued="2019")
    new = mini.attest("new", "b", "x", more='; bg:attestedOn "2023"^^xsd:gYear', issued="2023").partition("#")[0]
    mini.write(
        "data/codings/complete.ttl",
        f"coding:l a bg:ListCompleteness ; dcterms:source <{new}> ; bg:listOf id:x ; bg:listRole role:member ; "
        "bg:completeness completeness:complete ; bg:basis basis:reader .\n",
    )
    store = mini.derived()
    assert rows(store, "SELECT ?m ?s { ?m bg:noLongerListedIn ?s }") == [(MEMBERSHIP.strip("<>"), new)]
    assert ask(store, "id:a org:memberOf id:x"), "not listed is not left"
    assert ask(store, f"{MEMBERSHIP} bg:state state:attested")


def test_a_vague_attestation_that_may_be_later_than_the_list_is_not_missed(mini: MiniProject) -> None:
    mini.attest("old", "a", "x", more='; bg:attestedOn "2023"^^xsd:gYear', issued="2023")
    new = mini.attest("new", "b", "x", more='; bg:attestedOn "2023-05"^^xsd:gYearMonth', issued="2023-05").partition(
        "#"
    )[0]
    mini.write(
        "data/codings/complete.ttl",
        f"coding:l a bg:ListCompleteness ; dcterms:source <{new}> ; bg:listOf id:x ; bg:listRole role:member ; "
        "bg:completeness completeness:complete ; bg:basis basis:reader .\n",
    )
    assert not ask(mini.derived(), "?m bg:noLongerListedIn ?s")


def test_a_partial_list_says_nothing_about_who_is_missing(mini: MiniProject) -> None:
    mini.attest("old", "a", "x", more='; bg:attestedOn "2019"^^xsd:gYear', issued="2019")
    mini.attest("new", "b", "x", more='; bg:attestedOn "2023"^^xsd:gYear', issued="2023")
    assert not ask(mini.derived(), "?m bg:noLongerListedIn ?s")
