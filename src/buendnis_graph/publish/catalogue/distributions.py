"""A dump as a distribution: where it is, what is in it, its size, checksum and licence."""

from __future__ import annotations

from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.facts import Facts
from buendnis_graph.publish.catalogue.triples import DATASET, Triples, iri, typed
from buendnis_graph.publish.catalogue.words import licence, words
from buendnis_graph.publish.dumps import Dump, kinds
from buendnis_graph.tables.codebook import codebook
from buendnis_graph.wording import LANGUAGES, number

_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_RDF = ("trig", "nquads", "turtle", "ntriples", "jsonld")


def title_of(dump: Dump) -> dict[str, str]:
    """Return what a dump is called, by language."""
    name = dump.path.rpartition("/")[2].partition(".")[0]
    holds = codebook()[name].titles if name in codebook() else dict.fromkeys(LANGUAGES, name)
    titles = {
        language: title.format(name=name, title=holds[language])
        for language, title in kinds()[dump.kind].titles.items()
    }
    if dump.complete:
        return titles
    return {language: words("distribution", "free")[language].format(title=title) for language, title in titles.items()}


def describe_dump(dump: Dump, facts: Facts) -> dict[str, str]:
    """Return what is in a dump, by language: how much, and which parts are not under CC0."""
    counts = words("counts", kinds()[dump.kind].counts)
    form = words("distribution", "plain" if dump.kind == "register" or _is_free(dump, facts) else "whole")
    name, graphs = licence(dump.licence, "name"), ", ".join(facts.bound_graphs)
    return {
        language: text.format(count=number(dump.count, language), counts=counts[language], licence=name, graphs=graphs)
        for language, text in form.items()
    }


def say_distribution(out: Triples, about: About, facts: Facts, dump: Dump) -> str:
    """Describe a dump; return its IRI.

    The licence is the one of DCAT-AP.de's list, as that profile asks and DCAT-AP allows only one; it says itself which
    Creative Commons licence it is.
    """
    kind, node = kinds()[dump.kind], f"{DATASET}#{dump.path}"
    address = about.release.site + dump.path
    out.say(node, "a", "dcat:Distribution")
    out.say_both(node, "dcterms:title", title_of(dump))
    out.say_both(node, "dcterms:description", describe_dump(dump, facts))
    out.say(node, "dcat:accessURL", address)
    out.say(node, "dcat:downloadURL", address)
    out.say(address, "a", "rdfs:Resource")
    out.say(node, "dcat:byteSize", typed(dump.bytes, "xsd:nonNegativeInteger"))
    out.say(node, "dcat:mediaType", _MEDIA_TYPES + kind.media_type)
    out.say(node, "dcterms:format", _FILE_TYPES + kind.file_type)
    out.say(node, "dcterms:issued", typed(about.issued, "xsd:date"))
    out.say(node, "dcterms:modified", typed(about.modified, "xsd:date"))
    out.say(node, "dcterms:language", *about.languages)
    out.say(node, "dcterms:conformsTo", kind.standard)
    if dump.kind in _RDF:
        out.say(node, "dcterms:conformsTo", f"{DATASET.removesuffix('dataset')}shape")
    if dump.compressed:
        out.say(node, "dcat:compressFormat", _MEDIA_TYPES + "application/gzip")
        out.say(_MEDIA_TYPES + "application/gzip", "a", "dcterms:MediaType")
    _say_checksum(out, node, dump)
    _say_rights(out, node, dump, facts)
    out.say(_MEDIA_TYPES + kind.media_type, "a", "dcterms:MediaType")
    out.say(_FILE_TYPES + kind.file_type, "a", "dcterms:MediaTypeOrExtent")
    out.say(kind.standard, "a", "dcterms:Standard")
    return node


def _is_free(dump: Dump, facts: Facts) -> bool:
    return not facts.bound_graphs or dump.licence == facts.licence


def _say_checksum(out: Triples, node: str, dump: Dump) -> None:
    checksum = f"{DATASET}#sha256/{dump.path}"
    out.say(node, "spdx:checksum", checksum)
    out.say(checksum, "a", "spdx:Checksum")
    out.say(checksum, "spdx:algorithm", _SHA256)
    out.say(checksum, "spdx:checksumValue", typed(dump.sha256, "xsd:hexBinary"))
    out.say(_SHA256, "a", "spdx:ChecksumAlgorithm")


def _say_rights(out: Triples, node: str, dump: Dump, facts: Facts) -> None:
    document = licence(dump.licence, "dcatde")
    out.say(node, "dcterms:license", document)
    out.say(document, "a", "dcterms:LicenseDocument")
    out.say(document, "skos:exactMatch", iri(dump.licence))
    if _is_free(dump, facts):
        return
    rights = f"{DATASET}#rights"
    out.say(node, "dcterms:rights", rights)
    out.say(rights, "a", "dcterms:RightsStatement")
    parts = {"licence": licence(dump.licence, "name"), "graphs": ", ".join(facts.bound_graphs)}
    out.say_both(rights, "dcterms:description", words("rights", "whole"), **parts)
    for holder in facts.holders:
        out.say_both(node, "dcatde:licenseAttributionByText", {"de": holder, "en": holder})
