"""The catalogue and the data set in DCAT 3, as DCAT-AP 3.0.1 and DCAT-AP.de 3.0 ask for it."""

from __future__ import annotations

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.agents import say_agents
from buendnis_graph.publish.catalogue.distributions import say_distribution
from buendnis_graph.publish.catalogue.facts import Facts
from buendnis_graph.publish.catalogue.triples import DATASET, Triples, iri, typed
from buendnis_graph.publish.catalogue.words import licence, words
from buendnis_graph.publish.dumps import Manifest

CATALOGUE = DATASET + "#catalogue"
SHAPES = BASE + "shape"
_EU = "http://publications.europa.eu/resource/authority/"
_GERMANY = _EU + "country/DEU"
_THEMES = _EU + "data-theme"
_PUBLIC = _EU + "access-right/PUBLIC"


def version_iri(version: str) -> str:
    """Return the IRI of one version of the data set."""
    return f"{DATASET}/{version}"


def dcat(about: About, facts: Facts, manifest: Manifest) -> Triples:
    """Return the whole description: catalogue, data set, this version, and a distribution for each dump.

    All that is pointed to and has a class in DCAT-AP is typed here, so that the specification's shapes hold for the
    file alone.
    """
    out = Triples()
    say_agents(out, about)
    _say_catalogue(out, about)
    for subject in (DATASET, version_iri(about.version)):
        _say_dataset(out, about, facts, subject)
    _say_versions(out, about)
    for dump in manifest.dumps:
        node = say_distribution(out, about, facts, dump)
        for subject in (DATASET, version_iri(about.version)):
            out.say(subject, "dcat:distribution", node)
    _say_codes(out, about)
    return out


def _say_catalogue(out: Triples, about: About) -> None:
    out.say(CATALOGUE, "a", "dcat:Catalog")
    for language, title in about.titles.items():
        for predicate, key in (("dcterms:title", "title"), ("dcterms:description", "description")):
            out.say_both(CATALOGUE, predicate, {language: words("catalogue", key)[language].format(title=title)})
    out.say(CATALOGUE, "dcterms:publisher", about.publisher.iri)
    out.say(CATALOGUE, "dcterms:creator", about.creator.iri)
    out.say(CATALOGUE, "dcterms:language", *about.languages)
    out.say(CATALOGUE, "dcterms:issued", typed(about.issued, "xsd:date"))
    out.say(CATALOGUE, "dcterms:modified", typed(about.modified, "xsd:date"))
    out.say(CATALOGUE, "dcterms:license", licence(about.licence, "dcatde"))
    out.say(CATALOGUE, "dcterms:spatial", _GERMANY)
    out.say(CATALOGUE, "dcat:themeTaxonomy", _THEMES)
    out.say(CATALOGUE, "foaf:homepage", about.page)
    out.say(CATALOGUE, "dcat:dataset", DATASET)


def _say_dataset(out: Triples, about: About, facts: Facts, subject: str) -> None:
    out.say(subject, "a", "dcat:Dataset", "prov:Entity")
    out.say_both(subject, "dcterms:description", about.descriptions)
    for language, keywords in about.keywords.items():
        for keyword in keywords:
            out.say_both(subject, "dcat:keyword", {language: keyword})
    out.say(subject, "dcat:theme", *about.themes)
    out.say(subject, "dcat:version", typed(about.version, "xsd:string"))
    out.say(subject, "dcterms:publisher", about.publisher.iri)
    out.say(subject, "dcterms:creator", about.creator.iri)
    out.say(subject, "dcterms:issued", typed(about.issued, "xsd:date"))
    out.say(subject, "dcterms:modified", typed(about.modified, "xsd:date"))
    out.say(subject, "dcterms:language", *about.languages)
    out.say(subject, "dcterms:spatial", _GERMANY)
    out.say(subject, "dcterms:accessRights", _PUBLIC)
    out.say(subject, "dcterms:conformsTo", SHAPES)
    out.say(subject, "dcterms:provenance", DATASET + "#provenance")
    out.say(subject, "prov:wasGeneratedBy", DATASET + "#build")
    out.say(subject, "dcat:landingPage", about.page)
    out.say(subject, "foaf:page", *(f"{about.release.site}method.{language}.md" for language in ("de", "en")))
    if about.contact:
        out.say(subject, "dcat:contactPoint", about.contact.iri)
    if about.contributor_id:
        out.say(subject, "dcatde:contributorID", about.contributor_id)
    if facts.first and facts.last:
        out.say(subject, "dcterms:temporal", DATASET + "#period")
        out.say(DATASET + "#period", "a", "dcterms:PeriodOfTime")
        out.say(DATASET + "#period", "dcat:startDate", typed(facts.first, "xsd:date"))
        out.say(DATASET + "#period", "dcat:endDate", typed(facts.last, "xsd:date"))


def _say_versions(out: Triples, about: About) -> None:
    here = version_iri(about.version)
    out.say_both(DATASET, "dcterms:title", about.titles)
    out.say_both(here, "dcterms:title", {code: f"{title} {about.version}" for code, title in about.titles.items()})
    out.say(DATASET, "dcterms:identifier", typed(about.doi or DATASET, "xsd:string"))
    out.say(here, "dcterms:identifier", typed(here, "xsd:string"))
    out.say(DATASET, "dcat:hasVersion", here)
    out.say(DATASET, "dcat:hasCurrentVersion", here)
    out.say(here, "dcat:isVersionOf", DATASET)
    out.say_both(here, "adms:versionNotes", words("version", "notes"), version=about.version)
    if about.release.previous:
        out.say(here, "dcat:previousVersion", version_iri(about.release.previous))


def _say_codes(out: Triples, about: About) -> None:
    """Say the class, and the name where one is asked for, of all that the description points to."""
    for language in about.languages:
        out.say(language, "a", "dcterms:LinguisticSystem")
    for theme in about.themes:
        out.say(theme, "a", "skos:Concept")
        out.say(theme, "skos:prefLabel", typed(theme.rpartition("/")[2], "xsd:string"))
    out.say(_THEMES, "a", "skos:ConceptScheme")
    out.say_both(_THEMES, "dcterms:title", {"de": "Datenthema", "en": "Data theme"})
    out.say(_GERMANY, "a", "dcterms:Location")
    out.say(_PUBLIC, "a", "dcterms:RightsStatement")
    out.say(about.page, "a", "foaf:Document")
    out.say_both(about.page, "dcterms:title", words("pages", "landing"))
    for language in ("de", "en"):
        page = f"{about.release.site}method.{language}.md"
        out.say(page, "a", "foaf:Document")
        out.say_both(page, "dcterms:title", words("pages", f"method-{language}"))
    out.say(SHAPES, "a", "dcterms:Standard")
    out.say_both(SHAPES, "dcterms:title", words("pages", "shapes"))
    cc0 = licence(about.licence, "dcatde")
    out.say(cc0, "a", "dcterms:LicenseDocument")
    out.say(cc0, "skos:exactMatch", iri(about.licence))
