"""Which documents a change reaches: whose page or data looks at something of which other things are said now.

A page shows its thing; what is about it (statements, memberships, codings, links, numbers, claims), each with what it
names and with its sources; and the names of what these mention. So from what changed the way leads through what is
about something, on and on, and ends at bodies, places and sources. Where a name changes it leads back to all that
mentions it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.documents.tables import borrowing, kinds
from buendnis_graph.renew.kept import NotLocalError

_ABOUT = frozenset({*borrowing().about, "membership"})
"""First steps of the paths of what is about something."""
_ENDS = frozenset({"id", "source", "register"})
"""First steps of the paths of bodies, programmes and places, of sources and pages, and of entries of a register."""
_NAMES = frozenset({*kinds().names, RDF_TYPE.value, expand("dcterms:isReplacedBy").value})
"""Properties of a body that others show; of a source or an entry others show all."""
_PLACE, _VERSION_OF = expand("schema:Place"), expand("dcterms:isVersionOf").value
_SOURCE = f"{BASE}source/"


class Reach:
    """Collects the documents of one state of a graph that a change reaches.

    Args:
        near: the documents of this state.
    """

    def __init__(self, near: Near) -> None:
        self.documents: set[str] = set()
        self._near, self._view = near, near.view
        self._seen: set[str] = set()
        self._named: set[str] = set()

    def touch(self, subject: str, triples: Iterable[ox.Triple]) -> None:
        """Note that triples of a subject went or came, or are under another licence now.

        Raises:
            NotLocalError: if pages of all kinds may show the subject, as they do a term.
        """
        step = _step(subject)
        if _is_about(subject):
            self._follow(subject)
            return
        if step not in _ENDS or _PLACE in self._kinds(subject, triples):
            raise NotLocalError
        self._end(subject)
        for triple in triples:
            if isinstance(triple.object, ox.NamedNode) and triple.predicate != RDF_TYPE:
                self._beside(triple.object.value, every=True)
        if step != "id" or any(triple.predicate.value in _NAMES for triple in triples):
            self._mention(subject)

    def _kinds(self, subject: str, triples: Iterable[ox.Triple]) -> set[object]:
        said = self._view.triples(subject)
        return {triple.object for triple in (*said, *triples) if triple.predicate == RDF_TYPE}

    def _follow(self, node: str) -> None:
        """Go on from what is about something to all that it names and that speaks of it."""
        if node in self._seen:
            return
        self._seen.add(node)
        self._end(node)
        for other in (*self._objects(node), *self._view.speaking(node)):
            self._beside(other)

    def _beside(self, node: str, *, every: bool = False) -> None:
        if _is_about(node):
            self._follow(node)
        elif every or _step(node) in _ENDS:
            self._end(node)

    def _end(self, node: str) -> None:
        home = self._near.home(node)
        if home is not None:
            self.documents.add(home)

    def _mention(self, thing: str) -> None:
        """Find all that shows the name of a thing, or what a source is."""
        if thing in self._named:
            return
        self._named.add(thing)
        for other in (*self._objects(thing), *self._view.speaking(thing)):
            self._beside(other, every=True)
            if other.startswith(_SOURCE) and "#" not in other and not thing.startswith(_SOURCE):
                self._mention(other)  # who mentions a source names its publisher
        for page in self._view.values(thing, _VERSION_OF):
            for reading in self._view.speaking(page.value):
                self._beside(reading)

    def _objects(self, node: str) -> list[str]:
        said = self._view.triples(node)
        return [t.object.value for t in said if isinstance(t.object, ox.NamedNode) and t.predicate != RDF_TYPE]


def _step(iri: str) -> str:
    """Return the first step of the path of what is ours; empty if it is not."""
    return iri[len(BASE) :].partition("/")[0].partition("#")[0] if iri.startswith(BASE) else ""


def _is_about(node: str) -> bool:
    return _step(node) in _ABOUT or (node.startswith(_SOURCE) and "#" in node)
