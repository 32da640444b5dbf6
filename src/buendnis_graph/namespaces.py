"""Names: the base IRI, prefixes, the graphs of the store, and how slugs are made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from pyoxigraph import NamedNode

BASE = "https://w3id.org/buendnis-graph/"

PREFIXES: dict[str, str] = {
    "basis": BASE + "basis/",
    "bg": BASE + "ontology#",
    "bound": BASE + "bound/",
    "claim-kind": BASE + "claim-kind/",
    "coding": BASE + "coding/",
    "completeness": BASE + "completeness/",
    "confidence": BASE + "confidence/",
    "conflict": BASE + "conflict/",
    "conflict-kind": BASE + "conflict-kind/",
    "count-kind": BASE + "count-kind/",
    "coverage": BASE + "coverage/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "graph": BASE + "graph/",
    "id": BASE + "id/",
    "judgement": BASE + "judgement/",
    "legal-basis": BASE + "legal-basis/",
    "legal-form": BASE + "legal-form/",
    "link": BASE + "link/",
    "membership": BASE + "membership/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "preference": BASE + "preference/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "reviewer": BASE + "reviewer/",
    "role": BASE + "role/",
    "schema": "https://schema.org/",
    "sector": BASE + "sector/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": BASE + "shape/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "source": BASE + "source/",
    "source-kind": BASE + "source-kind/",
    "sssom": "https://w3id.org/sssom/",
    "state": BASE + "state/",
    "statement": BASE + "statement/",
    "topic": BASE + "topic/",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes used in every file and output of the project; a name means the same everywhere."""


def expand(curie: str) -> NamedNode:
    """Return the IRI of a prefixed name such as ``skos:prefLabel``.

    Raises:
        KeyError: if the prefix is not one of :data:`PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def iri_of(text: str) -> str | None:
    """Return the IRI that a slug, a prefixed name or an address stands for; None if it is none of these."""
    prefix, colon, local = text.partition(":")
    if _SLUG.fullmatch(text):
        return f"{BASE}id/{text}"
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return text if prefix in {"http", "https"} else None


def shorten(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return ``prefix:local`` for an IRI of a known namespace (the longest that fits), else the IRI itself."""
    best = max((p for p, ns in prefixes.items() if iri.startswith(ns)), key=lambda p: len(prefixes[p]), default=None)
    return iri if best is None else f"{best}:{iri[len(prefixes[best]) :]}"


RDF_TYPE = expand("rdf:type")
XSD_STRING = expand("xsd:string")
PREF_LABEL = expand("skos:prefLabel")
GRAPH_SOURCES = NamedNode(BASE + "graph/sources")
GRAPH_ONTOLOGY = NamedNode(BASE + "graph/ontology")
GRAPH_REGISTER_LINKS = NamedNode(BASE + "graph/register-links")
SOURCE_CLASS = expand("bg:Source")


def derived_graph(rule: str) -> NamedNode:
    """Return the graph that holds what the rule of this name (file name without number) derived."""
    return NamedNode(f"{BASE}graph/derived/{rule}")


# "Migrant*innen", "Migrant:innen", "Migrant_innen": the mark carries no sound and no letter.
_GENDER_MARK = re.compile(r"(?<=\w)[*:_](?=[Ii]n)")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slugify(name: str) -> str:
    """Return the slug of a German name: ASCII letters, digits and single hyphens.

    Umlauts become digraphs, other diacritics are dropped, gender marks inside a word vanish.

    >>> slugify("Bündnis für Migrant*innen – Straße 8")
    'buendnis-fuer-migrantinnen-strasse-8'
    """
    lowered = _GENDER_MARK.sub("", unicodedata.normalize("NFC", name)).lower().translate(_DIGRAPHS)
    if not lowered.isascii():
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", lowered).strip("-")
