"""Single documents of a built graph, read from its store: what they need, and not all the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE
from buendnis_graph.publish.documents.borrowing import Borrower
from buendnis_graph.publish.documents.homes import home
from buendnis_graph.publish.documents.model import Document, Kind
from buendnis_graph.publish.documents.tables import borrowing, kinds
from buendnis_graph.publish.documents.titles import kind_of, title_of
from buendnis_graph.publish.documents.view import View

_SOURCE = f"{BASE}source/"


class NearView(View):
    """The consolidated view as documents look at it; a subject is read when it is first looked at.

    Args:
        store: its default graph is the consolidated view.
    """

    def __init__(self, store: ox.Store) -> None:
        super().__init__((), frozenset())
        self._store = store

    def __contains__(self, subject: str) -> bool:
        """Return whether the view says anything of a thing."""
        return bool(self.of(subject))

    def of(self, subject: str) -> range:
        """Return the numbers of all triples of a subject."""
        found = self.ranges.get(subject)
        if found is None:
            start = len(self.triples)
            quads = self._store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
            self.triples += sorted((quad.triple for quad in quads), key=str)
            found = self.ranges[subject] = range(start, len(self.triples))
            for number in found:
                self._values[subject, self.triples[number].predicate.value].append(number)
        return found

    def numbers(self, subject: str, predicate: str) -> list[int]:
        """Return the numbers of the triples of a subject with a property."""
        self.of(subject)
        return super().numbers(subject, predicate)

    def mention(self, number: int) -> str | None:
        """Return the IRI that a triple has as its object, if the view says something of it; not for classes."""
        _, predicate, value = self.triples[number]
        if not isinstance(value, ox.NamedNode) or predicate == RDF_TYPE or value.value not in self:
            return None
        return value.value

    def pointing(self, predicate: str, value: str) -> list[int]:
        """Return the numbers of the triples with a property and a value."""
        if (predicate, value) not in self._inverse:
            wanted = ox.NamedNode(value)
            quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), wanted, ox.DefaultGraph())
            subjects = sorted(quad.subject.value for quad in quads)  # type: ignore[union-attr]
            found = (n for subject in subjects for n in self.numbers(subject, predicate))
            self._inverse[predicate, value] = [n for n in found if self.triples[n].object == wanted]
        return self._inverse[predicate, value]

    def few_pointing(self, predicate: str, value: str, at_most: int) -> list[int]:
        """Return what :meth:`pointing` does; nothing, and nothing is read, if it is more than a number."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), ox.DefaultGraph())
        return [] if next(islice(quads, at_most, None), None) is not None else self.pointing(predicate, value)

    def in_order(self, numbers: Iterable[int]) -> tuple[ox.Triple, ...]:
        """Return triples by their numbers, sorted as N-Triples."""
        return tuple(sorted((self.triples[number] for number in numbers), key=str))

    def speaking(self, node: str) -> set[str]:
        """Return the subjects that have a node as a value."""
        quads = self._store.quads_for_pattern(None, None, ox.NamedNode(node), ox.DefaultGraph())
        return {quad.subject.value for quad in quads}  # type: ignore[union-attr]

    def fragments(self, source: str) -> Iterator[str]:
        """Yield what a source alone speaks of: it says so in its own graph."""
        quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(source))
        found = {quad.subject.value for quad in quads}  # type: ignore[union-attr]
        return (one for one in sorted(found) if one.startswith(f"{source}#") and one in self)


class Near:
    """Documents of a built graph, one by one. That of the ontology, which is large, is none of them.

    Args:
        store: its default graph is the consolidated view.
    """

    def __init__(self, store: ox.Store) -> None:
        self.view = NearView(store)
        self._borrower = Borrower(self.view)
        self.home = cache(self._home)
        self.document = cache(self._document)

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
        found = [iri, *(self.view.fragments(iri) if iri.startswith(_SOURCE) else ())]
        for node in found:  # it grows
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
