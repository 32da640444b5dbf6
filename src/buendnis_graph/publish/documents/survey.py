"""Which documents a built graph has: its consolidated view is read once, and only addresses are kept of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE
from buendnis_graph.publish.documents.homes import home
from buendnis_graph.publish.documents.near import SOURCE
from buendnis_graph.publish.documents.tables import borrowing
from buendnis_graph.store import consolidate
from buendnis_graph.store.shards import line_of

_TYPE = str(RDF_TYPE).encode()


@dataclass(frozen=True, slots=True)
class Survey:
    """What is where.

    Attributes:
        documents: IRIs of all documents, sorted.
        elsewhere: by IRI of a thing without a fragment that is at home in the document of another one: that document.
        further: by IRI of a document what is at home in it and can't be found from there: terms, fragments.
        uses: by IRI of a property or class the first subject that it is used of.
    """

    documents: tuple[str, ...]
    elsewhere: Mapping[str, str]
    further: Mapping[str, tuple[str, ...]]
    uses: Mapping[str, str]

    @property
    def homes(self) -> dict[str, str]:
        """By path of an address that has no document of its own: the path of the document that it leads to."""
        return {iri.removeprefix(BASE): home.removeprefix(BASE) for iri, home in self.elsewhere.items()}


def survey(store: ox.Store, lines: Iterable[bytes] | None = None) -> Survey:
    """Return what is where in a built graph.

    Args:
        store: its default graph is the consolidated view.
        lines: of that view as N-Triples, in any order, if they are at hand: a store takes long to spell out all terms.
    """
    found = _Found(StoredTexts(store))
    for subject, some in by_subject(store, lines):
        found.place(subject)
        for line in some:
            _, predicate, value = line.split(b" ", 2)
            found.use(_iri(predicate), subject)
            if predicate == _TYPE:
                found.use(_iri(value.rpartition(b" .")[0]), subject)
    return found.told()


def by_subject(store: ox.Store, lines: Iterable[bytes] | None) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield subjects with their lines: all of one mostly stand together; where they don't, it comes again.

    Args:
        store: as :func:`survey` takes it.
        lines: likewise.
    """
    if lines is None:
        lines = (line_of(quad.triple) for quad in consolidate(store))
    return ((_iri(subject), some) for subject, some in groupby(lines, lambda line: line.partition(b" ")[0]))


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


class StoredTexts:
    """A store that is asked for single texts, and remembers few."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.text = lru_cache(maxsize=16)(self._text)

    def _text(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a subject's property as text."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph())
        first = min((quad.object for quad in quads), key=str, default=None)
        return None if first is None else first.value  # type: ignore[union-attr]

    def is_found(self, subject: str) -> bool:
        """Return whether the document of another thing finds a subject: its source says it, or it is about a thing."""
        graph, mark, _ = subject.partition("#")
        if mark:
            return graph.startswith(SOURCE) and self._says(subject, ox.NamedNode(graph))
        about = (self.text(subject, name) for name in borrowing().about.get(subject[len(BASE) :].partition("/")[0], ()))
        thing = next(filter(None, about), "")
        return "#" not in thing or self._says(thing, ox.DefaultGraph())

    def _says(self, subject: str, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
        return next(self.store.quads_for_pattern(ox.NamedNode(subject), None, None, graph), None) is not None


@dataclass(eq=False)
class _Found:
    """What was found so far."""

    view: StoredTexts
    documents: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    further: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    uses: dict[str, str] = field(default_factory=dict)

    def place(self, subject: str) -> None:
        """Take note of where a subject is at home."""
        at = home(self.view, subject)
        at = self.documents.setdefault(at, at)  # each text once
        is_ours = subject.startswith(BASE) and subject != BASE
        if is_ours and "#" not in subject and at != subject:
            self.elsewhere[subject] = at
        if at != subject and not (is_ours and self.view.is_found(subject)):
            self.further[at].add(subject)

    def use(self, term: str, subject: str) -> None:
        """Take note of what a term is used of."""
        if subject < self.uses.get(term, "\U0010ffff"):
            self.uses[term] = subject

    def told(self) -> Survey:
        further = {at: tuple(sorted(subjects)) for at, subjects in sorted(self.further.items())}
        return Survey(tuple(sorted(self.documents)), self.elsewhere, further, self.uses)
