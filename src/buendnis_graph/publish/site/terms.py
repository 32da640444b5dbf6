"""The page of the ontology: every term with what it means, where it is used, what checks it, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from buendnis_graph.namespaces import PREFIXES, shorten
from buendnis_graph.publish.site.view import Term, View

CLASSES = ("owl:Class", "rdfs:Class", "rdfs:Datatype")
_OURS = PREFIXES["bg"]


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A term: its IRI, prefixed name, anchor, the shapes that check it, and a triple's subject and object (or None)."""

    iri: str
    curie: str
    id: str
    shapes: list[str]
    example: tuple[str, Term | None] | None


def ontology(view: View, thing: str, shapes: Mapping[str, list[str]], uses: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of the ontology shows: our terms, then those we reuse, classes before properties.

    Args:
        view: what is known.
        thing: the ontology's IRI.
        shapes: by prefixed name: names of the shapes that check a term.
        uses: by IRI of a term: the first subject that it is used of: the examples.
    """
    groups: dict[str, list[OntologyTerm]] = {"groups_classes": [], "groups_properties": []}
    for term in _terms(view):
        group = "groups_classes" if view.is_a(term, *CLASSES) else "groups_properties"
        curie = shorten(term)
        anchor = term.removeprefix(_OURS) if term.startswith(_OURS) else curie
        groups[group].append(OntologyTerm(term, curie, anchor, shapes.get(curie, []), _example(view, term, uses)))
    for found in groups.values():
        found.sort(key=lambda one: (not one.iri.startswith(_OURS), one.curie.casefold()))
    return {"thing": thing, "groups": list(groups.items()), "schemes": view.order(view.of_class("skos:ConceptScheme"))}


def _terms(view: View) -> list[str]:
    properties = ("rdf:Property", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
    return sorted({term for name in (*CLASSES, *properties) for term in view.of_class(name)})


def _example(view: View, term: str, uses: Mapping[str, str]) -> tuple[str, Term | None] | None:
    """Return the first use of a term: a triple's subject and object; of a class an instance and None."""
    subject = uses.get(term)
    return None if subject is None else (subject, view.value(subject, shorten(term)))
