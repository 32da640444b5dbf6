"""Where a subject is at home: in which document its triples stand."""

from __future__ import annotations

from typing import Protocol

from buendnis_graph.namespaces import BASE, shorten
from buendnis_graph.publish.documents.tables import borrowing

ONTOLOGY = BASE + "ontology"


def anchor(iri: str) -> str:
    """Return the anchor of something on the page of its home: its fragment, else its path, else its prefixed name."""
    if "#" in iri and iri.startswith(BASE):
        return iri.partition("#")[2]
    return iri[len(BASE) :] if iri.startswith(BASE) else shorten(iri)


class Texts(Protocol):
    """What tells the first value of a subject's property as text."""

    def text(self, subject: str, predicate: str) -> str | None:
        """Return it; None if there is none. Values are sorted as N-Triples."""


def home(view: Texts, subject: str) -> str:
    """Return the IRI of the document of a subject.

    What a node is about is followed until something with a document comes; a circle ends where it began.
    """
    seen: set[str] = set()
    here = subject
    while here not in seen:
        seen.add(here)
        if not here.startswith(BASE) or here == BASE:
            return ONTOLOGY
        here = here.partition("#")[0]
        properties = borrowing().about.get(here[len(BASE) :].partition("/")[0], ())
        about = next((text for p in properties if (text := view.text(here, p))), None)
        if about is None or not about.startswith(BASE):
            return here
        here = about
    return subject
