"""Where everything that a graph speaks of is at home, worked out from its documents."""

from __future__ import annotations

from collections.abc import Iterable

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import Document, anchor


def places(documents: Iterable[Document]) -> dict[str, str]:
    """Return by IRI of each subject the path that leads there, with an anchor if it has no document of its own."""
    return {
        (iri := triple.subject.value): document.path if iri == document.iri else f"{document.path}#{anchor(iri)}"  # type: ignore[union-attr]
        for document in documents
        for triple in document.own
    }


def addresses(places: dict[str, str]) -> dict[str, str]:
    """Return by path of each address of ours the path of the document that it leads to."""
    return {
        iri.partition("#")[0].removeprefix(BASE): place.partition("#")[0]
        for iri, place in places.items()
        if iri.startswith(BASE) and iri != BASE
    }
