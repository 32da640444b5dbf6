"""What a document is about and how it is called."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.documents.model import Kind
from buendnis_graph.publish.documents.tables import kinds
from buendnis_graph.publish.documents.view import View
from buendnis_graph.wording import LANGUAGES

_PARTS = {
    "member": expand("org:member").value,
    "organization": expand("org:organization").value,
    "page": expand("schema:url").value,
    "seen": expand("bg:seenOn").value,
    "court": expand("bg:registerCourt").value,
    "number": expand("bg:registerNumber").value,
}
"""The places of the patterns of titles and the properties that fill them."""


def kind_of(view: View, iri: str) -> Kind:
    """Return what a document is about."""
    table, classes = kinds(), view.classes(iri)
    found = next((kind for of, kind in table.classes.items() if of in classes), None)
    return found or table.paths.get(iri[len(BASE) :].partition("/")[0], Kind.CODE)


def title_of(view: View, iri: str, kind: Kind) -> Mapping[str, str]:
    """Return a document's title in German and English; where there is one in one language only, both are that one."""
    names = _names(view, iri)
    pattern = kinds().patterns.get(kind)
    if names or pattern is None:
        return _both(names, iri[len(BASE) :])
    parts = {place: _part(view, view.text(iri, of)) for place, of in _PARTS.items()}
    return {
        language: pattern[language].format_map({place: part[language] for place, part in parts.items()})
        for language in LANGUAGES
    }


def _names(view: View, iri: str) -> dict[str, str]:
    for of in kinds().names:
        found = {v.language or "": v.value for v in view.values(iri, of) if isinstance(v, ox.Literal)}
        if found:
            return found
    return {}


def _both(names: Mapping[str, str], otherwise: str) -> dict[str, str]:
    last = next(iter(names.values()), otherwise)
    german, english = names.get("de"), names.get("en")
    return {"de": german or english or last, "en": english or german or last}


def _part(view: View, value: str | None) -> dict[str, str]:
    """Return the names of a thing, or a value itself; an address without its scheme."""
    if value is None:
        return {"de": "?", "en": "?"}
    if value.startswith(BASE):
        return _both(_names(view, value), value[len(BASE) :])
    bare = value.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return {"de": bare, "en": bare}
