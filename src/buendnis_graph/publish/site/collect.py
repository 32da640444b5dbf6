"""The page of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.model import Document
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.plan import plan
from buendnis_graph.publish.site.terms import ontology
from buendnis_graph.publish.site.things import BUILDERS, Context
from buendnis_graph.publish.site.view import View, iri


@dataclass(frozen=True, slots=True)
class Terms:
    """What the page of the ontology tells of terms beside what the ontology says.

    Attributes:
        shapes: by prefixed name: the shapes that check a term.
        uses: by IRI: the first subject that it is used of.
    """

    shapes: Mapping[str, list[str]]
    uses: Mapping[str, str]


def page_of(view: View, document: Document, terms: Callable[[], Terms]) -> Page:
    """Return the page of a document.

    Args:
        view: what is known.
        document: its address, kind and title.
        terms: gives what the page of the ontology needs.
    """
    successor = view.text(document.iri, "dcterms:isReplacedBy")
    if successor.startswith(BASE):
        context: Context = {"successor": successor, "target": successor.removeprefix(BASE)}
        return Page(document.path, "moved", document.title, context, iri=document.iri)
    kind = plan("kinds").get(document.kind, {"template": "plain", "list": "data"})
    template: str = kind["template"]
    if template == "ontology":
        told = terms()
        context = ontology(view, document.iri, told.shapes, told.uses)
    elif template in BUILDERS:
        context = BUILDERS[template](view, document.iri)
    else:
        context = {"thing": document.iri, "iri_of": iri}
    context["kind"] = str(document.kind)
    above = ((kind["list"], kind["list"]),) if kind["list"] else ()
    if template == "membership":
        alliance = context["row"].alliance
        above = (*above, (alliance.removeprefix(BASE), alliance))
    return Page(
        document.path, template, document.title, context, _descriptions(view, document), above, iri=document.iri
    )


def _descriptions(view: View, document: Document) -> dict[str, str]:
    """Return what a search engine may show of a thing: its definition; else nothing, as the title says it all."""
    found = {}
    for language in ("de", "en"):
        text = view.in_language(document.iri, language, "skos:definition", "dcterms:description")
        if text is not None:
            found[language] = text.value
    return found
