"""The terms of the graph as a table for people: what there is, what it means, and a triple that uses it."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import RDF_TYPE, expand, shorten

_BORROWED = {
    "org:Organization": ("Organisation", "organisation"),
    "org:Membership": ("Mitgliedschaft (abgeleitet)", "membership (derived)"),
    "org:member": ("Mitglied eines Belegs oder einer Mitgliedschaft", "member of an attestation or membership"),
    "org:organization": ("Bündnis eines Belegs oder einer Mitgliedschaft", "alliance of an attestation or membership"),
    "org:role": ("Rolle eines Belegs (kodiert)", "role of an attestation (coded)"),
    "org:memberOf": ("ist Mitglied von (abgeleitet)", "is member of (derived)"),
    "org:hasMember": ("hat als Mitglied (abgeleitet)", "has as member (derived)"),
    "org:subOrganizationOf": ("gehört zu (Mutterorganisation)", "is part of (parent)"),
    "org:ChangeEvent": ("Änderung, von der eine Quelle berichtet", "change that a source reports"),
    "schema:Claim": ("zugeschriebene Aussage in unseren Worten", "attributed claim in our words"),
    "schema:foundingDate": ("Gründung", "founding"),
    "schema:location": ("Ort laut Quelle", "place according to the source"),
    "schema:areaServed": ("Wirkungsgebiet", "area served"),
    "schema:url": ("Adresse: Website oder Seite der Quelle", "address: website, or page of the source"),
    "schema:fundedItem": ("was gefördert wird", "what is funded"),
    "schema:funder": ("Geldgeber", "funder"),
    "dcterms:source": ("Quelle", "source"),
    "dcterms:issued": ("Datum der Seite", "date of the page"),
    "dcterms:publisher": ("Herausgeber der Seite", "publisher of the page"),
    "dcterms:isVersionOf": ("Seite, deren Lesung die Quelle ist", "page of which the source is a reading"),
    "skos:prefLabel": ("Name, je Sprache einer", "name, one per language"),
    "skos:altLabel": ("anderer Name", "other name"),
    "rdf:Statement": ("genannter Wert mit seinen Quellen", "stated value with its sources"),
    "rdf:subject": (
        "worüber: einer Aussage, Kodierung, eines Widerspruchs",
        "what about: of a statement, coding, conflict",
    ),
    "rdf:predicate": ("unter welcher Eigenschaft", "under which property"),
    "rdf:object": ("der genannte oder kodierte Wert", "the stated or coded value"),
}
"""Terms of other vocabularies and what they mean here, German and English."""

_KINDS = {
    "de": {"owl:Class": "Klasse", "owl:ObjectProperty": "Eigenschaft", "owl:DatatypeProperty": "Eigenschaft (Wert)"},
    "en": {"owl:Class": "class", "owl:ObjectProperty": "property", "owl:DatatypeProperty": "property (value)"},
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term: prefixed name, kind, label, definition in one language."""

    name: str
    kind: str
    label: str
    definition: str


def terms(corpus: Corpus, language: str) -> list[Term]:
    """Return our own terms, then the borrowed ones as they are used here.

    Args:
        corpus: holds the ontology.
        language: ``de`` or ``en``.
    """
    texts: dict[object, dict[str, str]] = {}
    for item in corpus.quads:
        quad = item.quad
        if quad.predicate == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            kind = shorten(quad.object.value)
            if kind in _KINDS[language]:
                texts.setdefault(quad.subject, {})["kind"] = _KINDS[language][kind]
        elif isinstance(quad.object, ox.Literal) and quad.object.language == language:
            for name, part in (("rdfs:label", "label"), ("skos:definition", "definition")):
                if quad.predicate == expand(name):
                    texts.setdefault(quad.subject, {})[part] = quad.object.value
    own = [
        Term(shorten(getattr(iri, "value", "")), found["kind"], found.get("label", ""), found.get("definition", ""))
        for iri, found in texts.items()
        if "kind" in found
    ]
    borrowed = [
        Term(
            name,
            _KINDS[language]["owl:Class" if name.partition(":")[2][0].isupper() else "owl:ObjectProperty"],
            label,
            "",
        )
        for name, label in ((name, labels[0 if language == "de" else 1]) for name, labels in _BORROWED.items())
    ]
    return [*sorted(own, key=lambda term: term.name.casefold()), *borrowed]


def as_markdown(found: list[Term]) -> str:
    """Return terms as a Markdown page in English."""
    lines = [
        "# Vocabulary",
        "",
        "Written by `buendnis terms --markdown`. Our own terms come first (prefix `bg:`, that is",
        "`https://w3id.org/buendnis-graph/ontology#`), then those of other vocabularies as used here. Prefixes",
        "need not be declared in `buendnis query`.",
        "",
        "| term | kind | label | what it means |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{term.name}` | {term.kind} | {term.label} | {term.definition} |" for term in found]
    return "\n".join(lines) + "\n"
