"""What can be found: each document once, with all its names and with the facets that narrow a search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.search.facets import Facets
from buendnis_graph.queries.catalogue import Question

TERM, QUERY = "term", "query"
"""Kinds of what has a page but is no document of the graph, beside those of :class:`Kind`."""

_FOUND = {
    Kind.ALLIANCE,
    Kind.ORGANISATION,
    Kind.PROGRAMME,
    Kind.PLACE,
    Kind.TOPIC,
    Kind.CODE,
    Kind.SOURCE,
    Kind.ONTOLOGY,
    Kind.DATASET,
}
_LABEL = expand("rdfs:label").value
_TERMS = f"{BASE}ontology#"


class Name(IntEnum):
    """What kind of name a name is, those that count most first."""

    TITLE = 0
    ACRONYM = 1
    FORMER = 2
    OTHER = 3


_NAMES = {
    expand("bg:shortName").value: Name.ACRONYM,
    expand("bg:formerName").value: Name.FORMER,
    expand("bg:statedName").value: Name.OTHER,
    expand("skos:altLabel").value: Name.OTHER,
}
_ACRONYM = re.compile(r"(?=(?:.*[A-ZÄÖÜ]){2})\S{2,10}|[a-zäöü]{2,5}")
"""One word with two capitals at least, or a short one without any."""

_MEMBER, _LISTED = expand("org:member").value, expand("bg:listedName").value


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    Args:
        path: of its page, with an anchor if it is only a part of it.
        kind: one of :class:`Kind`, :data:`TERM` or :data:`QUERY`.
        title: by language.
        names: further names with what they are; none is said twice.
        facets: values by facet, as slugs.
        year: founded, or dated; None if unknown.
    """

    path: str
    kind: str
    title: Mapping[str, str]
    names: tuple[tuple[Name, str], ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a document gives to be found: little enough to be kept of all documents.

    Args:
        path: of its page.
        kind: of it.
        title: by language.
        names: that the document tells of its thing, with what they are.
        listed: members that it lists, by IRI, and under what names.
        terms: the terms of our own that it declares.
    """

    path: str
    kind: Kind
    title: Mapping[str, str]
    names: tuple[tuple[Name, str], ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    terms: tuple[Entry, ...] = ()


def found_in(document: Document) -> Found | None:
    """Return what a document gives to be found; None if it is of a kind that is not looked for."""
    if document.kind not in _FOUND:
        return None
    return Found(
        document.path,
        document.kind,
        document.title,
        tuple(_names(document)),
        tuple(_listed(document)) if document.kind is Kind.SOURCE else (),
        tuple(_terms(document)) if document.kind is Kind.ONTOLOGY else (),
    )


def entries(
    facets: Facets,
    documents: Iterable[Found],
    questions: Iterable[Question] = (),
    names: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> list[Entry]:
    """Return all that can be found, sorted by path.

    Args:
        facets: of a built graph.
        documents: what those of the same graph give to be found.
        questions: of the catalogue, whose pages are ``query/<name>``.
        names: under which bodies are listed in sources that are not among the documents, by IRI.
    """
    kept = list(documents)
    listed = defaultdict(set, {iri: set(several) for iri, several in names.items()})
    for member, name in (pair for one in kept for pair in one.listed):
        listed[member].add(name)
    found = [_entry(one, listed.get(BASE + one.path, ()), facets) for one in kept]
    found += (term for one in kept for term in one.terms)
    found += (
        Entry(f"query/{q.name}", QUERY, q.titles, tuple((Name.OTHER, word) for word in q.keywords)) for q in questions
    )
    return sorted(found, key=lambda entry: entry.path)


def _names(document: Document) -> Iterator[tuple[Name, str]]:
    """Yield the names that a document tells of its thing, with what they are."""
    for triple in document.own:
        if isinstance(triple.object, ox.Literal) and triple.subject == ox.NamedNode(document.iri):
            what = _NAMES.get(triple.predicate.value)
            if what is not None:
                yield _acronym_or(what, triple.object.value), triple.object.value


def _entry(found: Found, listed: Iterable[str], facets: Facets) -> Entry:
    iri = BASE + found.path
    names = [*found.names, *((Name.OTHER, name) for name in listed)]
    return Entry(
        found.path,
        found.kind.value,
        found.title,
        _once(names, found.title.values()),
        facets.of(iri),
        facets.years.get(iri),
    )


def _acronym_or(what: Name, name: str) -> Name:
    return Name.ACRONYM if what is Name.OTHER and _ACRONYM.fullmatch(name) else what


def _once(names: Iterable[tuple[Name, str]], titles: Iterable[str]) -> tuple[tuple[Name, str], ...]:
    """Return names without those that are the title or were already there as something that counts more."""
    seen = {title.casefold() for title in titles}
    kept = []
    for what, name in sorted(names):
        if name.casefold() not in seen:
            seen.add(name.casefold())
            kept.append((what, name))
    return tuple(kept)


def _listed(source: Document) -> Iterator[tuple[str, str]]:
    """Yield the members that a source lists, and under what name."""
    member: dict[str, str] = {}
    name: dict[str, str] = {}
    for triple in source.own:
        subject = str(triple.subject)
        if triple.predicate.value == _MEMBER and isinstance(triple.object, ox.NamedNode):
            member[subject] = triple.object.value
        elif triple.predicate.value == _LISTED and isinstance(triple.object, ox.Literal):
            name[subject] = triple.object.value
    return ((member[subject], name[subject]) for subject in name if subject in member)


def _terms(ontology: Document) -> list[Entry]:
    """Return the terms of our own that the ontology declares."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in ontology.own:
        subject, label = triple.subject, triple.object
        if triple.predicate.value != _LABEL or not isinstance(subject, ox.NamedNode):
            continue
        if subject.value.startswith(_TERMS) and isinstance(label, ox.Literal) and label.language:
            labels[subject.value][label.language] = label.value
    return [
        Entry(iri[len(BASE) :], TERM, label, ((Name.OTHER, f"bg:{iri[len(_TERMS) :]}"),))
        for iri, label in labels.items()
        if label.keys() >= {"de", "en"}
    ]
