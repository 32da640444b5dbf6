"""Merging: a redirect stays, everything follows, and what can't be one is named."""

from __future__ import annotations

import pytest

from buendnis_graph.errors import JudgementError, LayoutError, UsageError
from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.merge import plan_merge
from buendnis_graph.namespaces import BASE
from buendnis_graph.queries.catalogue import Parameter
from buendnis_graph.queries.resolve import resolve
from buendnis_graph.validate import Fast, findings, validate_files
from tests.importing.desk import do, state
from tests.mini import MiniProject, ask, rows


def merge(project: MiniProject, old: str = "b", new: str = "a") -> None:
    replace_files(project, plan_merge(project, read_corpus(project), old, new, "2026-11-25", "one body").files)


@pytest.fixture
def both(mini: MiniProject) -> MiniProject:
    """A is in x, B in y; both have a topic; a page bears the slug of B."""
    do(mini, "Verein;seit\nB;2020\n", alliance="y", address="https://example.org/b")
    mini.attest("p", "a", "x")
    mini.source(
        "facts",
        "id:b bg:legalForm legal-form:ev . :claim--1 a schema:Claim ; schema:about id:b ; bg:claimKind claim-kind:aim ; schema:text 'Ziel'@de , 'aim'@en ; dcterms:source SRC .",
    )
    for slug, confidence in (("a", "high"), ("b", "medium")):
        mini.write(
            f"data/codings/topics/{slug}.ttl",
            f"# Topics of {slug}.\n<{BASE}coding/topic/{slug}/racism> a bg:Coding ; rdf:subject id:{slug} ; rdf:predicate bg:topic ; rdf:object topic:racism ; "
            f"bg:basis basis:reader ; bg:confidence confidence:{confidence} ; dcterms:source <{BASE}source/example.org/{'p' if slug == 'a' else 'b'}/2026-11-22> .\n",
        )
    mini.write(
        "data/links/names.ttl",
        'link:name--old a bg:NameJudgement ; bg:judgedName "Beh" ; bg:judgedBody id:b ; bg:judgement judgement:same ; dcterms:date "2026-01-01"^^xsd:date ; bg:basis basis:reader .\n',
    )
    return mini


def test_the_old_entry_redirects_and_all_is_said_of_the_new(both: MiniProject) -> None:
    (both.data / "codings" / "topics" / "b.ttl").unlink()
    merge(both)
    assert (both.data / "registry" / "b.ttl").read_text(encoding="utf-8").splitlines()[-5:] == [
        "id:b",
        "    a org:Organization ;",
        "    dcterms:isReplacedBy id:a ;",
        '    skos:prefLabel "B"@de ;',
        "    .",
    ]
    store = both.derived()
    assert ask(store, "id:a skos:altLabel 'B'@de ; bg:legalForm legal-form:ev ; org:memberOf id:x, id:y")
    assert ask(
        store,
        f"<{BASE}source/example.org/b/2026-11-22#m--y--a> org:member id:a ; bg:since '2020'^^xsd:gYear ; org:role role:member",
    )
    assert rows(store, "SELECT ?s ?p { ?s ?p id:b }") == []
    assert rows(store, "SELECT ?n { ?j bg:judgedBody id:a ; bg:judgedName ?n } ORDER BY ?n") == [("B",), ("Beh",)]
    corpus = both.corpus()
    assert findings(validate_files(corpus, both, Fast()), corpus, "en") == []


def test_the_slug_of_a_page_is_not_that_of_a_body(both: MiniProject) -> None:
    (both.data / "codings" / "topics" / "b.ttl").unlink()
    merge(both)
    assert (both.data / "sources" / "example.org" / "b" / "2026-11-22.trig").exists()
    codings = (both.data / "codings" / "roles" / "example.org.ttl").read_text(encoding="utf-8")
    assert "<https://w3id.org/buendnis-graph/coding/role/example.org/b/y--a>" in codings
    assert "source/example.org/b/2026-11-22#m--y--a>" in codings


def test_codings_of_both_become_one_with_both_sources(mini: MiniProject) -> None:
    mini.source("p", "id:a bg:legalForm legal-form:ev .")
    mini.source("q", "id:b bg:legalForm legal-form:ev .")
    text = "".join(
        f"<{BASE}coding/sector/{slug}/media> a bg:Coding ; rdf:subject id:{slug} ; rdf:predicate bg:sector ; rdf:object sector:media ; "
        f"bg:basis basis:reader ; bg:confidence confidence:{level} ; dcterms:source <{BASE}source/example.org/{page}/2026-11-22> .\n"
        for slug, level, page in (("a", "high", "p"), ("b", "medium", "q"))
    )
    mini.write("data/codings/sectors.ttl", text)
    merge(mini)
    found = rows(
        mini.derived(),
        "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?k a bg:Coding ; rdf:subject id:a ; bg:confidence ?c ; dcterms:source ?s } GROUP BY ?c",
    )
    assert found == [(f"{BASE}confidence/high", "2")]


def test_names_found_later_lead_to_the_new_entry(both: MiniProject) -> None:
    (both.data / "codings" / "topics" / "b.ttl").unlink()
    merge(both)
    made = do(both, "Verein\nB\nBeh\n", address="https://other.example/list")
    assert {o.slug for o in made.outcomes} == {"a"}


def test_queries_by_the_old_name_or_slug_find_the_new_entry(mini: MiniProject) -> None:
    mini.attest("p", "b", "x")
    merge(mini)
    parameter = Parameter("organisation", "iri", {})
    store = mini.derived()
    for value in ("b", "B", "a", "A", f"{BASE}id/b"):
        assert resolve(store, parameter, value).value == f"{BASE}id/a"


def test_both_in_one_source_is_named_with_file_and_line(mini: MiniProject) -> None:
    do(mini, "Verein\nA\nB\n")
    before = state(mini.root)
    with pytest.raises(LayoutError, match=r"2026-11-22\.trig:\d+ and data/sources/.*\.trig:\d+"):
        merge(mini)
    assert state(mini.root) == before


def test_a_member_does_not_become_its_own_alliance(mini: MiniProject) -> None:
    mini.attest("p", "a", "x")
    with pytest.raises(LayoutError, match="member of itself"):
        merge(mini, "a", "x")


def test_a_judgement_that_speaks_against_it_stops_it(mini: MiniProject) -> None:
    mini.write(
        "data/links/names.ttl",
        'link:n1 a bg:NameJudgement ; bg:judgedName "Beh" ; bg:judgedBody id:b ; bg:judgement judgement:same .\n'
        'link:n2 a bg:NameJudgement ; bg:judgedName "Beh" ; bg:judgedBody id:a ; bg:judgement judgement:not-same .\n',
    )
    with pytest.raises(JudgementError) as caught:
        merge(mini)
    assert caught.value.line


@pytest.mark.parametrize(("old", "new"), [("a", "a"), ("a", "nobody"), ("nobody", "a")])
def test_what_is_not_there_can_not_be_merged(mini: MiniProject, old: str, new: str) -> None:
    with pytest.raises(UsageError):
        merge(mini, old, new)


def test_an_alliance_keeps_its_members(mini: MiniProject) -> None:
    mini.attest("p", "a", "x")
    do(mini, "Verein\nB\n", alliance="y")
    merge(mini, "x", "y")
    assert rows(mini.derived(), "SELECT ?m { ?m org:memberOf id:y } ORDER BY ?m") == [
        (f"{BASE}id/a",),
        (f"{BASE}id/b",),
    ]
    corpus = mini.corpus()
    assert findings(validate_files(corpus, mini, Fast()), corpus, "en") == []


def test_what_would_contradict_or_relate_to_itself_is_refused(mini: MiniProject) -> None:
    mini.source("two", "id:a bg:legalForm legal-form:ev . id:b bg:legalForm legal-form:ggmbh .")
    with pytest.raises(LayoutError, match="two/2026-11-22"):
        plan_merge(mini, read_corpus(mini), "a", "b", "2026-11-25", "alike")
    mini.source("two", "id:a org:subOrganizationOf id:b .")
    with pytest.raises(LayoutError, match="related to itself"):
        plan_merge(mini, read_corpus(mini), "a", "b", "2026-11-25", "alike")
