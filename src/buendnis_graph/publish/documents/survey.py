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
from buendnis_graph.publish.documents.view import parsed
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
        lines: of that view as N-Triples, those of a subject together, if they are at hand: a store takes long to spell
            out all terms.
    """
    found = _Found(StoredTexts(store))
    for subject, some in by_subject(store, lines, found.view):
        found.place(subject)
        for line in some:
            _, predicate, value = line.split(b" ", 2)
            found.use(_iri(predicate), subject)
            if predicate == _TYPE:
                found.use(_iri(value.rpartition(b" .")[0]), subject)
    return found.told()


def by_subject(store: ox.Store, lines: Iterable[bytes] | None, texts: StoredTexts) -> Iterator[tuple[str, list[bytes]]]:
    """Yield subjects with all their lines; where a store in memory gives them, one may come again with others of them.

    Args:
        store: as :func:`survey` takes it.
        lines: likewise.
        texts: is given the lines of each subject before it is yielded, if these are all.
    """
    given = lines if lines is not None else (line_of(quad.triple) for quad in consolidate(store))
    for term, some in groupby(given, lambda line: line.partition(b" ")[0]):
        subject, found = _iri(term), list(some)
        if lines is not None:
            texts.take(subject, found)
        yield subject, found


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


class StoredTexts:
    """Single texts of a store, of which few are remembered; of the subject at hand none is looked up.

    Args:
        store: its default graph is the consolidated view.
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._subject = ""
        self._lines: list[bytes] = []
        self._looked_up = lru_cache(maxsize=16)(self._look_up)

    def take(self, subject: str, lines: list[bytes]) -> None:
        """Have all lines of a subject at hand."""
        self._subject, self._lines = subject, lines

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a subject's property as text."""
        return (self._at_hand if subject == self._subject else self._looked_up)(subject, predicate)

    def _at_hand(self, subject: str, predicate: str) -> str | None:
        start = f"<{subject}> <{predicate}> ".encode()
        first = min((line for line in self._lines if line.startswith(start)), default=None)
        return None if first is None else _text(parsed([first])[0].object)

    def _look_up(self, subject: str, predicate: str) -> str | None:
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph())
        first = min((quad.object for quad in quads), key=str, default=None)
        return None if first is None else _text(first)

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


def _text(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)  # noqa: S101 - the view holds no others
    return term.value


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
