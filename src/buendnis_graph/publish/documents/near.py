"""Single documents of a built graph, read from its store and its dump: what they need, and not all the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE
from buendnis_graph.publish.documents.borrowing import Borrower
from buendnis_graph.publish.documents.homes import home
from buendnis_graph.publish.documents.model import Document, Kind
from buendnis_graph.publish.documents.tables import borrowing, kinds
from buendnis_graph.publish.documents.titles import kind_of, title_of
from buendnis_graph.publish.documents.view import Lines, View

_MUCH = 200_000
"""Triples: with what a site makes of them, some 600 MB."""
_HELD = 100
"""Documents that are kept: one is asked for several times while its page is made. Each has triples of its own."""
SOURCE = f"{BASE}source/"
"""What the IRIs of sources begin with."""


class Near:
    """Documents of a built graph, one by one.

    Args:
        store: its default graph is the consolidated view.
        further: by IRI of a document what is at home in it and can't be found from there, as a survey finds it. Without
            it the document of the ontology is not whole, nor one that something with a fragment is at home in.
        lines: of a subject in that view, as :class:`View` takes them.
    """

    def __init__(
        self,
        store: ox.Store,
        further: Mapping[str, Iterable[str]] = MappingProxyType({}),
        lines: Lines | None = None,
    ) -> None:
        self.view = View(store, lines)
        self._further = further
        self._borrower = Borrower(self.view)
        self.home = cache(self._home)
        self.document = lru_cache(_HELD)(self._document)

    def forget(self) -> None:
        """Let go what was read so far, so that who looks at many documents does not hold the graph in the end."""
        self.view.forget()
        self._borrower.forget()
        self.home.cache_clear()
        self.document.cache_clear()

    @property
    def has_read_much(self) -> bool:
        """Whether so much was read that who goes on for long had better let it go."""
        return len(self.view.lines) > _MUCH

    def _home(self, subject: str) -> str | None:
        """Return the IRI of the document that a subject is at home in; None if nothing is said of it."""
        return home(self.view, subject) if subject in self.view else None

    def _document(self, iri: str) -> Document | None:
        """Return a document; None if nothing is at home in it."""
        subjects = self._at_home(iri)
        if not subjects:
            return None
        kind = kind_of(self.view, iri)
        return Document(
            iri=iri,
            path=iri[len(BASE) :],
            kind=kind,
            title=title_of(self.view, iri, kind),
            own=self.view.in_order(n for subject in subjects for n in self.view.of(subject)),
            borrowed=self.view.in_order(self._borrower.borrowed(iri, kind, subjects)),
        )

    def _at_home(self, iri: str) -> list[str]:
        """Return the subjects that are at home in a document: its thing, its fragments, and what is about them."""
        found = [iri, *self._further.get(iri, ()), *(self.view.fragments(iri) if iri.startswith(SOURCE) else ())]
        for node in found:  # it grows
            if not self.view.is_pointed_at(node):
                continue
            for step, properties in borrowing().about.items():
                for number in (n for name in properties for n in self.view.pointing(name, node)):
                    subject = self.view.subject(number)
                    if subject.startswith(f"{BASE}{step}/") and subject not in found and self.home(subject) == iri:
                        found.append(subject)
        return [subject for subject in found if self.home(subject) == iri]

    def listed(self, kinds_: Iterable[Kind]) -> list[Document]:
        """Return the documents of kinds, sorted by path, without triples: as lists show them.

        Args:
            kinds_: those that a class tells.
        """
        wanted = set(kinds_)
        classes = [of for of, kind in kinds().classes.items() if kind in wanted]
        found = {self.view.subject(number) for of in classes for number in self.view.pointing(RDF_TYPE.value, of)}
        things = ((iri, kind_of(self.view, iri)) for iri in sorted(found))
        return [self._as_listed(iri, kind) for iri, kind in things if kind in wanted]

    def as_listed(self, iri: str) -> Document | None:
        """Return a document as :meth:`listed` does; None if it is of no kind that a class tells."""
        kind, classes = kind_of(self.view, iri), self.view.classes(iri)
        is_told = any(of in classes for of, told in kinds().classes.items() if told is kind)
        return self._as_listed(iri, kind) if is_told else None

    def _as_listed(self, iri: str, kind: Kind) -> Document:
        return Document(iri, iri[len(BASE) :], kind, title_of(self.view, iri, kind), (), ())
