"""Where the data come from, in PROV-O: the build, its tools, and each source with its rights and legal basis."""

from __future__ import annotations

from importlib.metadata import version

from buendnis_graph import __version__
from buendnis_graph.inputs import ENGINES
from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.facts import Facts
from buendnis_graph.publish.catalogue.triples import DATASET, Triples, typed
from buendnis_graph.publish.catalogue.words import words

BUILD = DATASET + "#build"


def say_build(out: Triples, about: About, facts: Facts) -> None:
    """Describe the build: what it is called, the commit if it is known, and the tools with their versions."""
    out.say(BUILD, "a", "prov:Activity")
    out.say_both(BUILD, "rdfs:label", words("provenance", "build"))
    out.say(BUILD, "dcterms:identifier", typed(facts.build, "xsd:string"))
    out.say(DATASET + "#provenance", "a", "dcterms:ProvenanceStatement")
    out.say_both(DATASET + "#provenance", "rdfs:label", words("provenance", "text"), sources=len(facts.sources))
    for name, number in (("buendnis-graph", __version__), *((tool, version(tool)) for tool in ENGINES)):
        tool = f"{DATASET}#tool/{name}"
        out.say(BUILD, "prov:wasAssociatedWith", tool)
        out.say(tool, "a", "prov:Agent", "prov:SoftwareAgent")
        out.say(tool, "rdfs:label", typed(name, "xsd:string"))
        out.say(tool, "schema:softwareVersion", typed(number, "xsd:string"))
    if about.release.commit:
        code = f"{DATASET}#commit"
        out.say(BUILD, "prov:used", code)
        out.say(code, "a", "prov:Entity")
        out.say(code, "dcterms:identifier", typed(about.release.commit, "xsd:string"))


def provenance(about: About, facts: Facts) -> Triples:
    """Return the build with all sources: the page, its address, the day it was read, rights and legal basis."""
    out = Triples()
    say_build(out, about, facts)
    out.say(DATASET, "prov:wasGeneratedBy", BUILD)
    for source in facts.sources:
        out.say(BUILD, "prov:used", source.iri)
        out.say(DATASET, "prov:wasDerivedFrom", source.iri)
        out.say(source.iri, "a", "prov:Entity")
        out.say(source.iri, "schema:url", source.url)
        out.say(source.iri, "bg:seenOn", typed(source.seen, "xsd:date"))
        out.say(source.iri, "dcterms:license", source.licence)
        out.say(source.iri, "bg:legalBasis", source.basis)
        out.say(source.iri, "dcterms:isVersionOf", source.page)
    return out
