"""What has changed between two stores: each kind of change, and how it reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from buendnis_graph.care.diff import KINDS, Change, Difference, diff
from buendnis_graph.care.diff_text import as_json, as_markdown
from buendnis_graph.care.diff_words import FIELDS, SECTIONS, WORDS
from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.merge import plan_merge
from tests.mini import MiniProject

Edit = Callable[[MiniProject], object]


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Edit, Edit], Difference]:
    """Return the difference that an edit makes to a small project."""

    def between(before: Edit, edit: Edit) -> Difference:
        mini = MiniProject(tmp_path)
        before(mini)
        first = mini.derived()
        edit(mini)
        return diff(first, mini.derived())

    return between


def _nothing(_mini: MiniProject) -> None:
    """Change nothing."""


def _kinds(difference: Difference) -> list[str]:
    return [change.kind for change in difference.changes]


def _text(difference: Difference, language: str = "en") -> str:
    return as_markdown(difference, "one", "two", language)


def test_no_difference_is_said(changed: Callable[[Edit, Edit], Difference]) -> None:
    found = changed(lambda m: m.attest("p", "a", "x"), _nothing)
    assert found.is_empty
    assert "No difference: both say the same." in _text(found)
    assert "Kein Unterschied: beide sagen dasselbe." in _text(found, "de")
    assert "|" not in _text(found)


def _attest(more: str = "", role: str = "member", slug: str = "p") -> Edit:
    return lambda mini: mini.attest(slug, "a", "x", role, more=more)


SINCE, UNTIL = '; bg:since "2023"^^xsd:gYear', '; bg:until "2024-05"^^xsd:gYearMonth'
ON = '; bg:attestedOn "2024-05-01"^^xsd:date'


@pytest.mark.parametrize(
    ("before", "after", "kinds", "says"),
    [
        (_nothing, _attest(SINCE), ["joined", "source-new"], "**A** joined **X**: role member, since 2023 (sources: "),
        (_nothing, _attest(), ["listed", "source-new"], "**A** is newly attested in **X**: role member"),
        (_attest(), _attest(UNTIL), ["left"], "**A** left **X**: until 2024-05"),
        (_nothing, _attest(UNTIL), ["left", "source-new"], "**A** left **X**: role member, until 2024-05"),
        (_attest(UNTIL), _attest(), ["reopened"], "**A** is no longer said to have left **X**"),
        (_attest(), _attest(SINCE + ON), ["redated"], "**A** in **X** dated anew: since 2023 (<https://example.org/p>), attested 2024-05-01 (<"),
        (_attest(ON), _attest(ON.replace("01", "02")), ["redated"], "attested 2024-05-01 (<https://example.org/p>) → attested 2024-05-02 (<"),
        (_attest(), _attest(role="founding-member"), ["roles"], "role member → role founding member"),
        (_nothing, _attest(role="carrier"), ["other-new", "source-new"], "**A** has a role in **X** that does not count"),
        (_attest(), _attest(slug="q"), ["sources", "source-new"], "Sources for **A** in **X** changed: new: source <https"),
    ],
)  # fmt: skip
def test_memberships(
    changed: Callable[[Edit, Edit], Difference], before: Edit, after: Edit, kinds: list[str], says: str
) -> None:
    found = changed(before, after)
    assert _kinds(found) == kinds
    assert says in _text(found)


def test_dates_of_several_sources_are_told_each_with_its_source(changed: Callable[[Edit, Edit], Difference]) -> None:
    def both(mini: MiniProject) -> None:
        _attest(SINCE)(mini)
        _attest(SINCE.replace("2023", "2021"), slug="q")(mini)

    found = changed(_attest(SINCE), both)
    assert _kinds(found) == ["redated", "sources", "conflict-new", "source-new"]
    text = _text(found)
    told = "since 2023 (<https://example.org/p>) → since 2021 (<https://example.org/q>), 2023 (<https://example.org/p>)"
    assert f"**A** in **X** dated anew: {told}\n" in text
    assert "New conflict on **A – X**, since: 2021, 2023" in text
    assert "Neuer Widerspruch bei **A – X**, seit: 2021, 2023" in _text(found, "de")
    json = as_json(found, "one", "two")["changes"][0]
    p, q = (f"https://w3id.org/buendnis-graph/source/example.org/{slug}/2026-11-22" for slug in "pq")
    assert [(one["value"], one["source"]) for one in json["said_by"]] == [("2021", q), ("2023", p)]


def test_no_longer_attested_is_not_left(changed: Callable[[Edit, Edit], Difference]) -> None:
    def remove(mini: MiniProject) -> None:
        (mini.data / "sources/example.org/p/2026-11-22.trig").unlink()
        (mini.data / "codings/p-m--x--a.ttl").unlink()

    found = changed(_attest(), remove)
    assert _kinds(found) == ["unlisted", "source-gone"]
    assert "**A** is no longer attested in **X**" in _text(found)
    assert "**A** ist bei **X** nicht mehr belegt" in _text(found, "de")
    assert "Removed: <https://example.org/p>" in _text(found)
    assert found.counts["memberships"] == (1, 0)
    assert "| memberships | 1 | 0 | -1 |" in _text(found)


def _entry(text: str) -> Edit:
    return lambda mini: mini.write("data/registry/a.ttl", f"id:a a org:Organization ; {text} .\n")


def test_names(changed: Callable[[Edit, Edit], Difference]) -> None:
    found = changed(
        _entry('skos:prefLabel "Alt"@de ; skos:altLabel "A1"@de'),
        _entry('skos:prefLabel "Neu"@de ; skos:altLabel "A2"@de ; dcterms:isReplacedBy id:b'),
    )
    assert _kinds(found) == ["renamed", "names", "merged"]
    assert "**Neu** has another name now: name Alt → name Neu" in _text(found)
    assert "Other names of **Neu**: no longer: other name A1; new: other name A2" in _text(found)
    assert "**Neu** was merged into another entry: now B" in _text(found)


def test_new_entries_facts_and_conflicts(changed: Callable[[Edit, Edit], Difference]) -> None:
    def edit(mini: MiniProject) -> None:
        mini.body("d", "org:Organization")
        mini.source(
            "q", 'id:a schema:foundingDate "2001"^^xsd:gYear . id:d bg:legalForm legal-form:ev .', publisher="a"
        )

    found = changed(lambda m: m.source("p", 'id:a schema:foundingDate "1999"^^xsd:gYear .'), edit)
    assert _kinds(found) == ["entry-new", "fact-new", "fact-changed", "conflict-new", "source-new"]
    text = _text(found)
    assert "New entry: **D**" in text
    assert "**D**, legal form: new: registered association" in text
    assert "**A**, founding date: 1999 → 2001" in text
    assert "New conflict on **A**, founding date: 1999, 2001" in text
    assert "**A**, Gründung: 1999 → 2001" in _text(found, "de")


def test_numbers_grants_events_claims_and_topics(changed: Callable[[Edit, Edit], Difference]) -> None:
    facts = """
      :count-1 a bg:MemberCount ; bg:countOf id:x ; bg:countKind count-kind:members ; bg:count 150 ; bg:bound bound:more-than ; dcterms:source SRC .
      :grant-1 a bg:Grant ; schema:fundedItem id:x ; schema:funder id:b ; bg:amount 1000 ; dcterms:source SRC .
      :change-1 a org:ChangeEvent ; org:originalOrganization id:a ; org:resultingOrganization id:c ; dcterms:source SRC .
      :claim-1 a schema:Claim ; schema:about id:a ; schema:text "A tagt."@de , "A meets."@en ; dcterms:source SRC .
    """

    def edit(mini: MiniProject) -> None:
        iri = mini.source("p", facts)
        mini.write(
            "data/codings/topics.ttl",
            f"<{iri.replace('source', 'coding', 1)}/topic> a bg:Coding ; rdf:subject id:x ; rdf:predicate bg:topic ; "
            f"rdf:object id:b ; bg:basis basis:context ; dcterms:source <{iri}> .\n",
        )

    found = changed(_nothing, edit)
    assert _kinds(found) == ["event-new", "number-new", "grant-new", "topic-new", "claim-new", "source-new"]
    text = _text(found)
    assert "**X**: newly stated: members, more than, 150" in text
    assert "**X**: grant newly attested: funder B, euros 1000" in text
    assert "A source reports a change: **A**: result C" in text
    assert "**A**: new claim: A meets." in text
    assert "A tagt." not in text
    assert "A tagt." in _text(found, "de")
    assert "**X**: B added" in text


def _link(judgement: str) -> Edit:
    return lambda mini: mini.write(
        "data/links/bodies.ttl",
        "link:a a owl:Axiom , sssom:Mapping ; owl:annotatedSource id:a ; owl:annotatedProperty schema:sameAs ; "
        f"owl:annotatedTarget <http://www.wikidata.org/entity/Q1> ; bg:judgement judgement:{judgement} .\n",
    )


def test_links(changed: Callable[[Edit, Edit], Difference]) -> None:
    found = changed(_link("unsure"), _link("same"))
    assert _kinds(found) == ["link-changed"]
    assert "**A** and <http://www.wikidata.org/entity/Q1>: judgement changed" in _text(found)


def test_new_links(changed: Callable[[Edit, Edit], Difference]) -> None:
    assert _kinds(changed(_nothing, _link("unsure"))) == ["link-new"]


def test_what_no_list_shows_is_not_called_no_difference(changed: Callable[[Edit, Edit], Difference]) -> None:
    comment = '<https://w3id.org/buendnis-graph/coding/1> rdfs:comment "c" .\n'
    found = changed(_attest(), lambda mini: mini.write("data/codings/more.ttl", comment))
    assert found.changes == ()
    assert not found.is_empty
    assert "1 added, 0 removed" in _text(found)
    assert "None of it belongs to one of this report's lists." in _text(found)


def test_hostile_names_are_text(changed: Callable[[Edit, Edit], Difference]) -> None:
    name = r"*A* <script>|[x](javascript:1)\n\u001B[31m`\n# head"
    text = _text(changed(_nothing, _entry(f'skos:prefLabel "{name}"@de')))
    assert "<script>" not in text
    assert "\x1b" not in text
    assert r"\*A\* \<script\>\|\[x\](javascript:1)" in text
    assert not any(line.startswith("# head") for line in text.splitlines())


def test_json_says_the_same(changed: Callable[[Edit, Edit], Difference]) -> None:
    found = changed(_attest(), _attest(UNTIL))
    data = json.loads(json.dumps(as_json(found, "one", "two")))
    assert data["changes"][0]["kind"] == "left"
    assert data["changes"][0]["after"] == [{"field": "until", "value": "2024-05"}]
    assert data["labels"][data["changes"][0]["about"][1]]["de"] == "A"
    assert (data["from"], data["to"], data["withheld"], data["empty"]) == ("one", "two", False, False)


def test_every_kind_has_words_and_a_section() -> None:
    in_sections = [kind for section in SECTIONS for kind in section.kinds]
    assert sorted(in_sections) == sorted(KINDS)
    assert WORDS["de"].keys() == WORDS["en"].keys() >= set(KINDS)
    assert FIELDS["de"].keys() == FIELDS["en"].keys()
    about = ("https://example.org/a", "https://example.org/b")
    for language in ("de", "en"):
        everything = Difference(tuple(Change(kind, about) for kind in KINDS), {}, 1, 1)
        assert as_markdown(everything, "a", "b", language).count("\n* ") == len(KINDS)


def test_a_merge_is_no_leaving_and_joining(changed: Callable[[Edit, Edit], Difference]) -> None:
    def merge(mini: MiniProject) -> None:
        files = plan_merge(mini, read_corpus(mini), "a", "b", "2026-11-25", "the same").files
        replace_files(mini, files)

    found = changed(_attest(SINCE), merge)
    assert not {"joined", "listed", "unlisted", "left"} & set(_kinds(found))
    assert "merged" in _kinds(found)
