"""What is given back: commands byte for byte, nothing repeated, nothing contradicted silently, nothing of others' lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from buendnis_graph.linking.claims import Claim, Reference, claims
from buendnis_graph.linking.giving import giving_files
from buendnis_graph.linking.items import Item, Statement
from buendnis_graph.linking.quickstatements import BATCH, command, give
from tests.mini import MiniProject

WD = "http://www.wikidata.org/entity/"
PAGE = Reference("https://example.org/a", "2026-11-22", "Über uns", "de", "Q9", "https://archive.example/a")
FOUNDED = Claim("urn:a", "Q1", "P571", "2023-03", PAGE)
SITE = Claim("urn:a", "Q1", "P856", "https://a.example/", PAGE)
MEMBER = Claim("urn:a", "Q1", "P463", "Q7", PAGE, (("P580", "2019"), ("P2868", "Q5")))
KIND = Claim("urn:a", "Q1", "P31", "Q124964", PAGE)


def _item(**statements: str) -> dict[str, Item]:
    told: dict[str, tuple[Statement, ...]] = {
        name: (Statement(value, references=("https://ref.example",)),) for name, value in statements.items()
    }
    return {"Q1": Item("Q1", "Q1", statements=told)}


def test_commands_are_those_of_quickstatements_v1() -> None:
    source = (
        'S854\t"https://example.org/a"\tS1476\tde:"Über uns"\tS123\tQ9\tS1065\t"https://archive.example/a"\t'
        "S813\t+2026-11-22T00:00:00Z/11"
    )
    assert [command(claim) for claim in (FOUNDED, SITE, MEMBER)] == [
        f"Q1\tP571\t+2023-03-00T00:00:00Z/10\t{source}",
        f'Q1\tP856\t"https://a.example/"\t{source}',
        f"Q1\tP463\tQ7\tP580\t+2019-00-00T00:00:00Z/9\tP2868\tQ5\t{source}",
    ]


@pytest.mark.parametrize("title", ['Ein "Wort"', "Ein „Wort“", "a|b", "a\tb", "zwei\nZeilen"])
def test_nothing_of_a_source_breaks_out_of_its_field(title: str) -> None:
    reference = Reference('https://example.org/"|\t\nQ2', "2026-11-22", title, "de")
    line = command(replace(SITE, reference=reference))
    assert line.split("\t") == [
        "Q1", "P856", '"https://a.example/"', "S854", '"https://example.org/%22%7C%09%0AQ2"',
        "S813", "+2026-11-22T00:00:00Z/11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "statements", "outcome"),
    [
        (FOUNDED, {}, "told"),
        (FOUNDED, {"P571": "+2023-03-27T00:00:00Z/11"}, "said"),
        (FOUNDED, {"P571": "+2023-00-00T00:00:00Z/9"}, "said"),
        (FOUNDED, {"P571": "+2020-00-00T00:00:00Z/8"}, "said"),  # the decade
        (FOUNDED, {"P571": "+2010-00-00T00:00:00Z/8"}, "against"),
        (FOUNDED, {"P571": "+2023-05-00T00:00:00Z/10"}, "against"),
        (SITE, {"P856": "http://www.a.example"}, "said"),
        (SITE, {"P856": "https://b.example/"}, "against"),
        (KIND, {"P31": "Q43229"}, "said"),
        (KIND, {}, "told"),
        (MEMBER, {"P463": "Q8"}, "told"),
        (replace(MEMBER, qualifiers=()), {"P463": "Q7"}, "said"),
        (MEMBER, {"P463": "Q7"}, "told"),  # the start is what the item lacks
    ],
)
def test_each_claim_is_compared_with_the_item(claim: Claim, statements: dict[str, str], outcome: str) -> None:
    given = give([claim], _item(**statements))
    found = "told" if given.batches else "against" if given.contradictions else "said"
    assert found == outcome
    assert all(one.references == ("https://ref.example",) for one in given.contradictions)


def test_only_the_qualifiers_that_are_lacking_are_told() -> None:
    """QuickStatements would put a second start beside the one that is there."""
    there = Statement("Q7", {"P580": ("+2019-05-00T00:00:00Z/10",)})
    given = give([MEMBER], {"Q1": Item("Q1", "Q1", statements={"P463": (there,)})})
    (batch,) = given.batches
    assert batch.startswith("Q1\tP463\tQ7\tP2868\tQ5\tS854\t")
    whole = Statement("Q7", {"P580": ("+2019-05-00T00:00:00Z/10",), "P2868": ("Q6",)})
    assert not give([MEMBER], {"Q1": Item("Q1", "Q1", statements={"P463": (whole,)})}).batches


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("P580", "2019"), ("P582", "+2015-06-00T00:00:00Z/10")),
        (("P582", "2014-05"), ("P580", "+2015-00-00T00:00:00Z/9")),
    ],
)
def test_another_spell_of_a_membership_is_not_mixed_with_the_one_that_is_there(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    there = Statement("Q7", {theirs[0]: (theirs[1],)})
    given = give([replace(MEMBER, qualifiers=(ours,))], {"Q1": Item("Q1", "Q1", statements={"P463": (there,)})})
    assert not given.batches
    assert len(given.contradictions) == 1


def test_a_start_that_the_item_gives_otherwise_is_a_contradiction() -> None:
    there = Statement("Q7", {"P580": ("+2015-00-00T00:00:00Z/9",)})
    given = give([MEMBER], {"Q1": Item("Q1", "Q1", statements={"P463": (there,)})})
    assert not given.batches
    assert [one.theirs for one in given.contradictions] == ["Q7"]


@pytest.mark.parametrize(
    "items", [{}, {"Q1": Item("Q2", "Q1")}, {"Q1": Item("Q1", "Q1", is_missing=True)}], ids=["unread", "merged", "gone"]
)
def test_nothing_is_told_without_comparing(items: dict[str, Item]) -> None:
    given = give([SITE], items)
    assert (given.batches, given.uncached) == ((), ("Q1",))


def test_a_batch_holds_fifty_statements() -> None:
    many = [replace(MEMBER, value=f"Q{number}", qualifiers=()) for number in range(1, 2 * BATCH + 2)]
    batches = give(many, _item()).batches
    assert [batch.count("\n") for batch in batches] == [50, 50, 1]
    assert give(reversed(many), _item()).batches == batches


def _link(slug: str, qid: str, judgement: str, reviewer: str = "editor") -> str:
    return (
        f"link:{slug} a sssom:Mapping , owl:Axiom ; owl:annotatedSource id:{slug} ; owl:annotatedProperty schema:sameAs ; "
        f'owl:annotatedTarget <{WD}{qid}> ; bg:judgement judgement:{judgement} ; bg:seenIn "Liste" ; '
        f'bg:reviewer reviewer:{reviewer} ; sssom:mapping_date "2026-11-25"^^xsd:date ; '
        f'sssom:mapping_justification semapv:ManualMappingCuration ; sssom:object_label "{slug}" .\n'
    )


LINKS = "".join(
    _link(*link) for link in (("a", "Q1", "same"), ("b", "Q2", "unsure"), ("c", "Q3", "same"), ("x", "Q7", "same"))
)


@pytest.fixture
def mini(tmp_path: Path) -> MiniProject:
    project = MiniProject(tmp_path)
    project.write("data/registry/d.ttl", 'id:d a org:Organization ; skos:prefLabel "D"@de .\n')
    project.write("data/links/links.ttl", LINKS)
    project.write("data/links/by-rule.ttl", _link("d", "Q4", "same", "rule"))
    return project


def test_only_what_the_alliance_or_the_member_published_is_told(mini: MiniProject) -> None:
    mini.attest("own", "a", "x", publisher="x", more='; bg:since "2019"^^xsd:gYear')
    mini.attest("third", "c", "x")
    mini.attest("unsure", "b", "x", publisher="x")
    mini.attest("no-item", "a", "y", publisher="y")
    mini.attest("by-rule", "d", "x", publisher="x")
    found = [claim for claim in claims(mini.derived()) if claim.property == "P463"]
    assert [(c.item, c.value, c.qualifiers, c.reference.publisher) for c in found] == [
        ("Q1", "Q7", (("P580", "2019"),), "Q7")
    ]


def test_a_start_on_which_sources_differ_is_left_out(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", publisher="x", more='; bg:since "2019"^^xsd:gYear')
    mini.attest("two", "a", "x", publisher="a", more='; bg:since "2021-05"^^xsd:gYearMonth')
    assert [c.qualifiers for c in claims(mini.derived()) if c.property == "P463"] == [()]


def test_facts_name_the_bodys_own_page(mini: MiniProject) -> None:
    facts = 'id:a schema:foundingDate "1999"^^xsd:gYear ; schema:url <https://a.example/> .'
    mini.source("other", facts)
    mini.source("own", facts, publisher="a")
    mini.source("of-b", "id:b schema:url <https://b.example/> .")
    found = claims(mini.derived())
    assert [(c.property, c.value, c.reference.url) for c in found if c.item == "Q1"] == [
        ("P571", "1999", "https://example.org/own"),
        ("P856", "https://a.example/", "https://example.org/own"),
    ]
    assert not [c for c in found if c.item == "Q2"]


def test_only_a_seat_that_is_stated_as_one_is_told_as_headquarters(mini: MiniProject) -> None:
    mini.write("data/registry/p.ttl", 'id:p a schema:Place ; skos:prefLabel "P"@de .\n')
    mini.write("data/links/places.ttl", _link("p", "Q2", "same"))
    mini.source("seat", "id:a bg:seat id:p .")
    mini.source("location", "id:c schema:location id:p .")
    assert [(c.item, c.value) for c in claims(mini.derived()) if c.property == "P159"] == [("Q1", "Q2")]


def test_bodies_without_an_item_are_a_table_to_discuss_and_no_batch(mini: MiniProject) -> None:
    mini.attest("own", "a", "y", publisher="y")
    given = giving_files(mini.derived(), {"Q1": Item("Q1", "Q1")})
    assert given.files["new-items.csv"].splitlines() == [
        "body,name,alliances,website,kind",
        "https://w3id.org/buendnis-graph/id/y,Y,0,,alliance",
    ]
    assert not [name for name in given.files if name.endswith(".qs")]
