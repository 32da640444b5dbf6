"""The consolidated view as pages look at it: from a subject to its values, and from a thing to what speaks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import pyoxigraph as ox

from buendnis_graph.namespaces import expand, shorten
from buendnis_graph.publish.documents.view import View as Read

Term = ox.NamedNode | ox.Literal

LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_NONE: Mapping[str, Sequence[Term]] = {}
_NOWHERE: Mapping[str, tuple[str, ...]] = {}


@cache
def iri(name: str) -> str:
    """Return the IRI of a prefixed name such as ``bg:topic``."""
    return expand(name).value


short_name = cache(shorten)
"""Returns the prefixed name of an IRI, found once: for predicates and other terms of which there are few."""


class View:
    """The triples of the default graph by subject and by object, both under prefixed names of predicates.

    Args:
        triples: all of the view, each once.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._out: dict[str, dict[str, list[Term]]] = {}
        self._into: dict[str, dict[str, list[str]]] = {}
        self._places: dict[tuple[str, str], tuple[str, str]] = {}
        for triple in triples:
            node, value = triple.subject, triple.object
            if not isinstance(node, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
                continue  # there are no blank nodes
            subject, name = node.value, short_name(triple.predicate.value)
            self._out.setdefault(subject, {}).setdefault(name, []).append(value)
            if isinstance(value, ox.NamedNode):
                self._into.setdefault(value.value, {}).setdefault(name, []).append(subject)
        for about in self._out.values():
            for values in about.values():
                if len(values) > 1:
                    values.sort(key=str)
        for of in self._into.values():
            for subjects in of.values():
                if len(subjects) > 1:
                    subjects.sort()

    def _about(self, subject: str) -> Mapping[str, Sequence[Term]]:
        """Return what is said of a subject, by prefixed name."""
        return self._out.get(subject, _NONE)

    def __contains__(self, thing: str) -> bool:
        """Return whether the view says anything of a thing."""
        return bool(self._about(thing))

    def predicates(self, subject: str) -> Iterator[str]:
        """Yield the prefixed names of what is said of a subject, sorted."""
        yield from sorted(self._about(subject))

    def subjects_sorted(self) -> list[str]:
        """Return all things of which anything is said, sorted by IRI."""
        return sorted(self._out)

    @staticmethod
    def expanded(predicate: str) -> str:
        """Return the IRI of a predicate's name; a name without known prefix is the IRI itself."""
        return predicate if "://" in predicate else iri(predicate)

    def values(self, subject: str, *predicates: str) -> tuple[Term, ...]:
        """Return the values of a subject under predicates, in their order; sorted within each."""
        about = self._about(subject)
        if len(predicates) == 1:
            return tuple(about.get(predicates[0], ()))
        return tuple(value for predicate in predicates for value in about.get(predicate, ()))

    def value(self, subject: str, predicate: str) -> Term | None:
        """Return the first value, or None."""
        found = self._about(subject).get(predicate)
        return found[0] if found else None

    def text(self, subject: str, predicate: str) -> str:
        """Return the first value as text (an IRI or a lexical form); empty if there is none."""
        found = self.value(subject, predicate)
        return found.value if found is not None else ""

    def things(self, subject: str, *predicates: str) -> list[str]:
        """Return the IRIs among the values."""
        return [value.value for value in self.values(subject, *predicates) if isinstance(value, ox.NamedNode)]

    def subjects(self, predicate: str, thing: str) -> tuple[str, ...]:
        """Return what leads to a thing under a predicate, sorted."""
        return tuple(self._into.get(thing, _NOWHERE).get(predicate, ()))

    def few_subjects(self, predicate: str, thing: str, at_most: int) -> tuple[str, ...] | None:
        """Return what :meth:`subjects` does; None if it is more than a number."""
        found = self.subjects(predicate, thing)
        return found if len(found) <= at_most else None

    def is_a(self, subject: str, *classes: str) -> bool:
        """Return whether a subject is of one of these classes (prefixed names)."""
        types = self._about(subject).get("rdf:type", ())
        return any(value.value == iri(name) for value in types for name in classes)

    def of_class(self, name: str) -> tuple[str, ...]:
        """Return the instances of a class, sorted."""
        return self.subjects("rdf:type", iri(name))

    def saying(self, predicate: str, text: str = "") -> set[str]:
        """Return the things that have a value under a predicate, or one that is a text (an IRI or a lexical form)."""
        said = ((subject, about[predicate]) for subject, about in self._out.items() if predicate in about)
        return {subject for subject, values in said if not text or any(value.value == text for value in values)}

    def in_language(self, subject: str, language: str, *predicates: str) -> ox.Literal | None:
        """Return the text of a subject in a language; in another one if there is none in it."""
        return best(self.values(subject, *predicates), language)

    def label(self, subject: str, language: str) -> tuple[str, str]:
        """Return the name of a thing and the language it is in (empty if unknown)."""
        for predicate in LABELS:
            found = best(self._about(subject).get(predicate, ()), language)
            if found is not None:
                return found.value, found.language or ""
        return shorten(subject), ""

    def order(self, things: Iterable[str], language: str = "de") -> list[str]:
        """Return things sorted by name as a reader expects, each once."""
        return sorted(set(things), key=lambda thing: self._place(thing, language))

    def _place(self, thing: str, language: str) -> tuple[str, str]:
        found = self._places.get((thing, language))
        if found is None:
            found = self._places[thing, language] = (sort_key(self.label(thing, language)[0]), thing)
        return found


class NearView(View):
    """The same of a built graph: what is looked at is read, and not all the graph.

    Args:
        store: its default graph is the consolidated view.
        read: gives what documents have read of it: that is not read again.
    """

    def __init__(self, store: ox.Store, read: Callable[[], Read]) -> None:
        super().__init__(())
        self._store, self._read = store, read
        self._subjects: dict[tuple[str, str], tuple[str, ...]] = {}

    def forget(self) -> None:
        """Let go what was read so far."""
        for known in (self._out, self._into, self._places, self._subjects):
            known.clear()

    def _about(self, subject: str) -> Mapping[str, Sequence[Term]]:
        found = self._out.get(subject)
        if found is None:
            found = self._out[subject] = {}
            for _, predicate, value in self._read().triples(subject) if subject else ():  # sorted
                found.setdefault(short_name(predicate.value), []).append(value)
        return found

    def subjects(self, predicate: str, thing: str) -> tuple[str, ...]:
        """Return what leads to a thing under a predicate, sorted."""
        found = self._subjects.get((predicate, thing)) if thing else ()
        if found is None:
            found = self._subjects[predicate, thing] = tuple(self._read().subjects(self.expanded(predicate), thing))
        return found

    def few_subjects(self, predicate: str, thing: str, at_most: int) -> tuple[str, ...] | None:
        """Return what :meth:`subjects` does; None, and no more is read, if it is more than a number."""
        are_few = self._read().are_few(self.expanded(predicate), thing, at_most)
        return self.subjects(predicate, thing) if are_few else None

    def saying(self, predicate: str, text: str = "") -> set[str]:
        """Return the things that have a value under a predicate, or one that is a text (an IRI or a lexical form)."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(self.expanded(predicate)), None, ox.DefaultGraph())
        return {quad.subject.value for quad in quads if not text or quad.object.value == text}  # type: ignore[union-attr]


def best(values: Iterable[Term], language: str) -> ox.Literal | None:
    """Return the literal in a language, else the first German, else the first one at all."""
    literals = [value for value in values if isinstance(value, ox.Literal)]
    for wanted in (language, "de"):
        for literal in literals:
            if literal.language == wanted:
                return literal
    return literals[0] if literals else None


_FOLDED = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "„": "", "“": "", '"': "", "'": "", "‚": ""}
)


@lru_cache(maxsize=100_000)
def sort_key(name: str) -> str:
    """Return what a German reader sorts a name by (DIN 5007-1: ä as a; case and quotation marks don't count)."""
    return name.casefold().translate(_FOLDED).strip()
