"""A page for every document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.model import Document
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.plan import plan
from buendnis_graph.publish.site.terms import ontology
from buendnis_graph.publish.site.things import BUILDERS, Context
from buendnis_graph.publish.site.view import View, iri


def page_of(view: View, document: Document, shapes: Mapping[str, list[str]]) -> Page:
    """Return the page of a document.

    Args:
        view: what is known.
        document: its address, kind and title.
        shapes: by prefixed name of a term: the shapes that check it.
    """
    successor = view.text(document.iri, "dcterms:isReplacedBy")
    if successor.startswith(BASE):
        context: Context = {"successor": successor, "target": successor.removeprefix(BASE)}
        return Page(document.path, "moved", document.title, context, iri=document.iri)
    kind = plan("kinds").get(document.kind, {"template": "plain", "list": "data"})
    template: str = kind["template"]
    if template == "ontology":
        context = ontology(view, document.iri, shapes)
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


def pages_of(view: View, documents: Iterable[Document], shapes: Mapping[str, list[str]]) -> Iterator[Page]:
    """Yield the pages of documents, in their order."""
    for document in documents:
        yield page_of(view, document, shapes)
