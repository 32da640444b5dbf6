"""Each constraint fires on a file that breaks it, with the line and in both languages, and is silent on one that does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SH

from buendnis_graph.namespaces import BASE, shorten
from buendnis_graph.validate import Fast, Finding, findings, validate_files, validate_view
from tests.mini import REAL, MiniProject

GOOD = """
:m--x--a a bg:Attestation ; org:member id:a ; org:organization id:x ; bg:listedName "A e.V." ; bg:listedRole "Mitglied" ;
  bg:since "2020"^^xsd:gYear ; bg:until "2021-05"^^xsd:gYearMonth ; bg:attestedOn "2022-01-31"^^xsd:date ; dcterms:source SRC .
:count a bg:MemberCount ; bg:countOf id:x ; bg:countKind count-kind:members ; bg:count 5 ; bg:bound bound:exact ;
  bg:asOf "2022"^^xsd:gYear ; dcterms:source SRC .
:grant a bg:Grant ; schema:fundedItem id:x ; bg:programme id:p ; bg:recipient id:b ; bg:amount 100 ;
  bg:since "2022"^^xsd:gYear ; bg:until "2023"^^xsd:gYear ; dcterms:source SRC .
:claim a schema:Claim ; schema:about id:x ; schema:author id:a ; bg:claimKind claim-kind:aim ;
  schema:text "Ziel"@de , "aim"@en ; dcterms:source SRC .
:change a org:ChangeEvent ; org:originalOrganization id:a ; org:resultingOrganization id:b ;
  schema:startDate "2022"^^xsd:gYear ; dcterms:source SRC .
id:a schema:foundingDate "2001"^^xsd:gYear ; bg:legalForm legal-form:ev ; bg:seat id:de ; schema:location id:de ;
  schema:areaServed id:de ; org:subOrganizationOf id:b .
"""

SOURCE = "data/sources/example.org/good/2026-11-22.trig"
CODINGS = "data/codings/good.ttl"
TOPICS = "data/codings/topics.ttl"
REDIRECT = "data/registry/old.ttl"

CASES = [
    (SOURCE, "schema:url <https://example.org/good> ;", "", "source-address"),
    (SOURCE, "schema:url <https://example.org/good>", "schema:url <ftp://example.org/good>", "source-address"),
    (SOURCE, '"2026-11-22"^^xsd:date', '"2026-11-32"^^xsd:date', "source-seen"),
    (SOURCE, "source-kind:third-party", "source-kind:hearsay", "source-kind"),
    (SOURCE, "bg:legalBasis legal-basis:facts-only ;", "", "source-legal-basis"),
    (
        SOURCE,
        "dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/>",
        'rdfs:comment "x"@en',
        "source-licence",
    ),
    (SOURCE, f"dcterms:isVersionOf <{BASE}source/example.org/good> ;", "", "source-page"),
    (SOURCE, '"2022-02"^^xsd:gYearMonth', '"2022-02-30"^^xsd:date', "source-issued"),
    (SOURCE, "dcterms:publisher id:b", "dcterms:publisher id:nobody", "source-publisher"),
    (SOURCE, "org:member id:a ;", "", "attestation-member"),
    (SOURCE, "org:member id:a ;", "org:member id:nobody ;", "attestation-member"),
    (SOURCE, "org:organization id:x", "org:organization id:b", "attestation-alliance"),
    (SOURCE, "org:member id:a ;", "org:member id:x ;", "attestation-not-itself"),
    (SOURCE, 'bg:listedName "A e.V." ;', "", "attestation-name"),
    (SOURCE, '"Mitglied" ;', '"Mitglied", "Partner" ;', "attestation-role-word"),
    (SOURCE, '"2020"^^xsd:gYear', '"2023-02-30"^^xsd:date', "attestation-since"),
    (SOURCE, '"2020"^^xsd:gYear', '"2020"', "attestation-since"),
    (SOURCE, '"2020"^^xsd:gYear', '"2020Z"^^xsd:gYear', "attestation-since"),
    (SOURCE, '"2020"^^xsd:gYear', '"2020-02-29Z"^^xsd:date', "attestation-since"),
    (SOURCE, '"2021-05"^^xsd:gYearMonth', '"2021-13"^^xsd:gYearMonth', "attestation-until"),
    (SOURCE, '"2022-01-31"^^xsd:date', '"2022-01-31", "2022"^^xsd:gYear', "attestation-date"),
    (SOURCE, 'bg:listedName "A e.V." ;', 'bg:listedName "A e.V." ; bg:spell 1 ;', "attestation-spell"),
    (SOURCE, 'bg:listedName "A e.V." ;', 'bg:listedName "A e.V." ; bg:spell "zwei" ;', "attestation-spell"),
    (SOURCE, "dcterms:source SRC .\n:count", ".\n:count", "attestation-source"),
    (SOURCE, "bg:countOf id:x ;", "", "number-of"),
    (SOURCE, "bg:countKind count-kind:members", "bg:countKind count-kind:sheep", "number-kind"),
    (SOURCE, "bg:count 5", "bg:count -5", "number-value"),
    (SOURCE, "bg:bound bound:exact ;", "", "number-bound"),
    (SOURCE, 'bg:asOf "2022"^^xsd:gYear', 'bg:asOf "spring"', "number-as-of"),
    (SOURCE, "dcterms:source SRC .\n:grant", ".\n:grant", "number-source"),
    (SOURCE, "schema:fundedItem id:x ;", "", "grant-funded"),
    (SOURCE, "bg:programme id:p ;", "", "grant-from"),
    (SOURCE, "bg:programme id:p ;", "bg:programme id:a ;", "grant-programme"),
    (SOURCE, "bg:recipient id:b", "bg:recipient id:p", "grant-recipient"),
    (SOURCE, "bg:amount 100", 'bg:amount "much"', "grant-amount"),
    (SOURCE, 'bg:since "2022"^^xsd:gYear ;', 'bg:since "soon" ;', "grant-since"),
    (SOURCE, 'bg:until "2023"^^xsd:gYear', 'bg:until "2023", "2024"', "grant-until"),
    (SOURCE, "dcterms:source SRC .\n:claim", ".\n:claim", "grant-source"),
    (SOURCE, "schema:about id:x ;", "", "claim-about"),
    (SOURCE, "bg:claimKind claim-kind:aim ;", "", "claim-kind-of"),
    (SOURCE, '"Ziel"@de , ', "", "claim-text"),
    (SOURCE, "schema:author id:a", "schema:author id:nobody", "claim-author"),
    (SOURCE, "dcterms:source SRC .\n:change", ".\n:change", "claim-source"),
    (SOURCE, "org:originalOrganization id:a ;", "", "change-from"),
    (SOURCE, "org:resultingOrganization id:b", "org:resultingOrganization id:nobody", "change-to"),
    (SOURCE, 'schema:startDate "2022"^^xsd:gYear', 'schema:startDate "2022Z"^^xsd:gYear , "x"', "change-date"),
    (SOURCE, "dcterms:source SRC .\nid:a", ".\nid:a", "change-source"),
    (SOURCE, '"2001"^^xsd:gYear', '"2001-1"^^xsd:gYearMonth', "founding-date"),
    (SOURCE, "legal-form:ev", "legal-form:club", "legal-form-known"),
    (SOURCE, "bg:seat id:de", "bg:seat id:a", "seat-known"),
    (SOURCE, "schema:location id:de", "schema:location id:a", "location-known"),
    (SOURCE, "schema:areaServed id:de", "schema:areaServed id:a", "area-known"),
    (SOURCE, "org:subOrganizationOf id:b", "org:subOrganizationOf id:nobody", "parent-known"),
    ("data/registry/a.ttl", '"A"@de', '"A"@fr', "body-name body-name-de"),
    ("data/registry/a.ttl", '"A"@de', '"A"@de , "B"@de', "body-name body-name-de"),
    ("data/registry/p.ttl", '"P"@de', '"P"@en', "programme-name-de"),
    ("data/registry/p.ttl", '"P"@de', '"P"@de , "P2"@en , "P3"@en', "programme-name"),
    ("data/registry/de.ttl", '"Deutschland"@de', '"Germany"@en', "place-name-de"),
    ("data/registry/de.ttl", '"Deutschland"@de', '"Deutschland"@de , "Germany"@en , "G"@en', "place-name"),
    ("data/registry/de.ttl", 'bg:ags "14"', 'bg:ags "141"', "place-key"),
    (CODINGS, "rdf:subject id:a ;", "", "coding-subject"),
    (CODINGS, "rdf:predicate bg:sector ;", "", "coding-property"),
    (CODINGS, "rdf:predicate bg:sector ;", "rdf:predicate org:memberOf ;", "coding-property"),
    (CODINGS, "bg:basis basis:reader ; bg:confidence", "bg:basis sector:media ; bg:confidence", "coding-basis"),
    (CODINGS, "skos:exactMatch", "rdf:type", "link-property"),
    (CODINGS, "rdf:object sector:media ;", "", "coding-value"),
    (CODINGS, "bg:basis basis:reader ; bg:confidence", "bg:confidence", "coding-basis"),
    (CODINGS, "confidence:high", "confidence:total", "coding-confidence"),
    (CODINGS, "; dcterms:source <SRC> .\ncoding:list", ".\ncoding:list", "coding-source"),
    (CODINGS, "dcterms:source <SRC> ; bg:listOf", "bg:listOf", "list-source"),
    (CODINGS, "bg:listOf id:x ;", "", "list-alliance"),
    (CODINGS, "bg:listRole role:member ;", "", "list-role"),
    (CODINGS, "bg:completeness completeness:partial ;", "", "list-degree"),
    (CODINGS, "bg:basis basis:reader .", "rdfs:comment 'x'@en .", "list-basis"),
    (CODINGS, "owl:annotatedSource topic:racism ;", "", "link-ours"),
    (CODINGS, "owl:annotatedProperty skos:exactMatch ;", "", "link-property"),
    (CODINGS, "owl:annotatedTarget <http://e/1> ;", "", "link-theirs"),
    (CODINGS, "sssom:mapping_justification semapv:ManualMappingCuration ;", "", "link-justification"),
    (CODINGS, 'sssom:mapping_date "2026-11-25"^^xsd:date ;', "", "link-date"),
    (CODINGS, "bg:judgement judgement:same", "bg:judgement judgement:perhaps", "link-judgement"),
    (TOPICS, '"Eins"@de ,', '"Eins"@de , "Uno"@es ,', "concept-name"),
    (TOPICS, '"Eins"@de ,', "", "concept-name-de"),
    (TOPICS, '"one"@en ;', '"one"@en , "uno"@en ;', "concept-name concept-name-en"),
    (TOPICS, '"Erstes"@de ,', "", "concept-definition-de"),
    (TOPICS, ', "first"@en', "", "concept-definition-en"),
    (TOPICS, "skos:inScheme coding:scheme ; skos:broader coding:two", "skos:broader coding:two", "concept-scheme"),
    (TOPICS, "skos:broader coding:two ;", "", "concept-placed"),
    (TOPICS, "skos:broader coding:two ;", "skos:broader coding:nothing ;", "concept-broader"),
    (TOPICS, "skos:related coding:five", "skos:related coding:nothing", "concept-related"),
    (TOPICS, '"Einer"@de', '"Eins"@de', "concept-alt"),
    (TOPICS, "skos:broader coding:three ; #", "skos:broader coding:one , coding:three ; #", "concept-no-cycle"),
    (TOPICS, "skos:related coding:five", "skos:related coding:four", "concept-related-not-above"),
    (TOPICS, "# four is below three", "skos:related coding:one ; #", "concept-related-not-above"),
    (TOPICS, '"Einer"@de', '"Zwei"@de', "concept-label-once"),
    (TOPICS, '"Schema"@de ,', "", "scheme-name-de"),
    (TOPICS, ', "scheme"@en', "", "scheme-name-en"),
    (TOPICS, "dcterms:license <http://e/l> ;", "", "scheme-licence"),
    (TOPICS, "bg:countsAsMember true ;", "", "role-counts"),
    (TOPICS, '"Begriff"@de ,', "", "term-label-de"),
    (TOPICS, ', "term"@en', "", "term-label-en"),
    (TOPICS, '"Sinn"@de ,', "", "term-definition-de"),
    (TOPICS, ', "sense"@en', "", "term-definition-en"),
    (TOPICS, "owl:versionIRI <http://e/o/1> ;", "", "ontology-version"),
    (TOPICS, "dcterms:license <http://e/ol>", "rdfs:seeAlso <http://e/ol>", "ontology-licence"),
    (CODINGS, 'bg:judgedName "A" ;', "", "judged-name"),
    (CODINGS, "bg:judgedBody id:a ;", "bg:judgedBody id:nobody ;", "judged-body"),
    (CODINGS, "bg:judgement judgement:not-same ;", "", "judged-verdict"),
    (CODINGS, 'dcterms:date "2026-11-25"^^xsd:date ;', 'dcterms:date "2026" ;', "judged-date"),
    (CODINGS, "bg:basis basis:reader # judged", "rdfs:comment 'x' # judged", "judged-basis"),
    (REDIRECT, "id:b .", "id:nobody .", "redirect-target"),
    (REDIRECT, "id:b .", "id:b ; skos:altLabel 'old'@de .", "redirect-bare"),
]


@pytest.fixture
def good(mini: MiniProject) -> MiniProject:
    """A project that breaks no constraint and has a node for each."""
    mini.body("p", "bg:FundingProgramme")
    mini.write("data/registry/de.ttl", 'id:de a schema:Place ; skos:prefLabel "Deutschland"@de ; bg:ags "14" .\n')
    source = mini.source("good", GOOD, publisher="b", issued="2022-02")
    mini.code_role("good", source, "m--x--a", "member")
    mini.write(
        CODINGS,
        f"""coding:s a bg:Coding ; rdf:subject id:a ; rdf:predicate bg:sector ; rdf:object sector:media ;
  bg:basis basis:reader ; bg:confidence confidence:high ; dcterms:source <{source}> .
coding:list a bg:ListCompleteness ; dcterms:source <{source}> ; bg:listOf id:x ; bg:listRole role:member ;
  bg:completeness completeness:partial ; bg:basis basis:reader .
link:l a sssom:Mapping ; owl:annotatedSource topic:racism ; owl:annotatedProperty skos:exactMatch ;
  owl:annotatedTarget <http://e/1> ; sssom:mapping_justification semapv:ManualMappingCuration ;
  sssom:mapping_date "2026-11-25"^^xsd:date ; bg:judgement judgement:same .
link:name--1 a bg:NameJudgement ; bg:judgedName "A" ; bg:judgedBody id:a ; bg:judgement judgement:not-same ;
  dcterms:date "2026-11-25"^^xsd:date ; bg:basis basis:reader # judged
  .
""",
    )
    mini.write(REDIRECT, 'id:old a org:Organization ; skos:prefLabel "Old"@de ; dcterms:isReplacedBy id:b .\n')
    mini.write(
        TOPICS,
        """coding:scheme a skos:ConceptScheme ; skos:prefLabel "Schema"@de , "scheme"@en ; dcterms:license <http://e/l> ;
  rdfs:comment "x"@en .
coding:one a skos:Concept ; skos:inScheme coding:scheme ; skos:broader coding:two ; skos:related coding:five ;
  skos:prefLabel "Eins"@de , "one"@en ; skos:altLabel "Einer"@de ; skos:definition "Erstes"@de , "first"@en .
coding:two a skos:Concept ; skos:inScheme coding:scheme ; skos:topConceptOf coding:scheme ; skos:broader coding:four ;
  skos:prefLabel "Zwei"@de , "two"@en ; skos:definition "Zweites"@de , "second"@en .
coding:three a skos:Concept ; skos:inScheme coding:scheme ; skos:topConceptOf coding:scheme ;
  skos:prefLabel "Drei"@de , "three"@en ; skos:definition "Drittes"@de , "third"@en .
coding:five a skos:Concept ; skos:inScheme coding:scheme ; skos:topConceptOf coding:scheme ;
  skos:prefLabel "Fünf"@de , "five"@en ; skos:definition "Fünftes"@de , "fifth"@en .
coding:four a skos:Concept ; skos:inScheme coding:scheme ; skos:broader coding:three ; # four is below three
  skos:prefLabel "Vier"@de , "four"@en ; skos:definition "Viertes"@de , "fourth"@en .
role:new a org:Role ; bg:countsAsMember true ; rdfs:comment "x"@en .
bg:new a owl:Class ; rdfs:label "Begriff"@de , "term"@en ; skos:definition "Sinn"@de , "sense"@en .
<http://e/o> a owl:Ontology ; owl:versionIRI <http://e/o/1> ; dcterms:license <http://e/ol> .
<http://e/d> a dcat:Dataset ; dcterms:title "Daten"@de , "data"@en ; dcterms:license <http://e/dl> .
""",
    )
    return mini


def _check(mini: MiniProject) -> list[Finding]:
    corpus = mini.corpus(checked=False)
    return findings(validate_files(corpus, mini, Fast()), corpus, "de")


def _change(mini: MiniProject, path: str, old: str, new: str) -> None:
    file = mini.root / path
    source = f"{BASE}source/example.org/good/2026-11-22"
    text = file.read_text(encoding="utf-8")
    for pattern in (("<SRC>", f"<{source}>"), ("SRC", f"<{source}>")):
        old, new = old.replace(*pattern), new.replace(*pattern)
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_good_project_is_good(good: MiniProject) -> None:
    assert _check(good) == []
    store = good.derived()
    quads = store.quads_for_pattern(None, None, None, None)
    assert validate_view((q for q in quads if "DefaultGraph" in repr(q.graph_name)), good, Fast()) == []


@pytest.mark.parametrize(("path", "old", "new", "shapes"), CASES, ids=[f"{i}-{c[3]}" for i, c in enumerate(CASES)])
def test_a_constraint_fires_and_no_other(good: MiniProject, path: str, old: str, new: str, shapes: str) -> None:
    _change(good, path, old, new)
    found = _check(good)
    assert {finding.shape.removeprefix("shape:") for finding in found} == set(shapes.split())
    assert all(finding.path == path and finding.line > 0 for finding in found)


def _constraints(path: Path) -> dict[str, set[str]]:
    graph = rdflib.Graph().parse(path)
    shapes = {*graph.subjects(rdflib.RDF.type, SH.PropertyShape), *graph.subjects(rdflib.RDF.type, SH.SPARQLConstraint)}
    return {shorten(str(s)): {str(m.language) for m in graph.objects(s, SH.message)} for s in shapes}  # type: ignore[attr-defined]


SHAPE_FILES = sorted((REAL.ontology / "shapes").glob("*/*.ttl"))


@pytest.mark.parametrize("path", SHAPE_FILES, ids=lambda path: path.stem)
def test_every_constraint_speaks_german_and_english(path: Path) -> None:
    constraints = _constraints(path)
    assert constraints
    assert {name: languages for name, languages in constraints.items() if languages != {"de", "en"}} == {}


def test_every_constraint_on_files_has_a_failing_case() -> None:
    names = {
        n.removeprefix("shape:")
        for path in SHAPE_FILES
        if path.parent.name in {"evidence", "registry"}
        for n in _constraints(path)
    }
    assert names - {name for case in CASES for name in case[3].split()} == set()


def test_every_shape_bears_a_name_of_its_own() -> None:
    names = [
        n for path in SHAPE_FILES for n in re.findall(r"^(shape:[a-z-]+) a ", path.read_text(encoding="utf-8"), re.M)
    ]
    assert len(names) == len(set(names))
