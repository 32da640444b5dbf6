"""The terms of the graph as a table for people: what there is, what it means, and a triple that uses it."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import RDF_TYPE, expand, shorten

_KINDS = {
    "de": {
        "owl:Class": "Klasse",
        "owl:ObjectProperty": "Eigenschaft",
        "owl:DatatypeProperty": "Eigenschaft (Wert)",
        "rdfs:Class": "Klasse",
        "rdf:Property": "Eigenschaft",
    },
    "en": {
        "owl:Class": "class",
        "owl:ObjectProperty": "property",
        "owl:DatatypeProperty": "property (value)",
        "rdfs:Class": "class",
        "rdf:Property": "property",
    },
}
"""What a term is, by how it is declared: our own by OWL, those of other vocabularies by RDF Schema."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term: prefixed name, kind, label, definition in one language."""

    name: str
    kind: str
    label: str
    definition: str


def terms(corpus: Corpus, language: str) -> list[Term]:
    """Return our own terms, then those of other vocabularies as they are used here.

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
    found = [
        Term(shorten(getattr(iri, "value", "")), text["kind"], text["label"], text.get("definition", ""))
        for iri, text in texts.items()
        if "kind" in text and "label" in text
    ]
    return sorted(found, key=lambda term: (not term.name.startswith("bg:"), term.name.casefold()))


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
