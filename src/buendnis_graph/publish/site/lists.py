"""The pages that list all things of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.model import Document
from buendnis_graph.publish.site import numbers
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.pen import site_of
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.publish.site.view import Term, View, sort_key
from buendnis_graph.wording import LANGUAGES

Note = str | Mapping[str, str] | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a path with a thing or a title, and notes: a text, one by language, or a text that counts."""

    path: str
    title: Mapping[str, str]
    thing: str = ""
    note: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a tree: how many bodies it has itself, and what lies below it."""

    thing: str
    path: str
    count: int
    below: list[Node]


@dataclass(frozen=True, slots=True)
class AllianceRow:
    """An alliance in the list of alliances."""

    thing: str
    known: int
    stated: numbers.Count | None
    founded: tuple[Term, ...]
    topics: list[str]


def titles(name: str) -> dict[str, str]:
    """Return the title of a fixed page by language."""
    return {language: str(texts(language)[name]) for language in LANGUAGES}


def fixed(name: str, template: str, context: Mapping[str, Any], *, wide: bool = False) -> Page:
    """Return a fixed page: its title, description and place are texts under its name."""
    about = {
        language: str(texts(language).get(f"about_{name}", texts(language).get(f"lead_{name}", "")))
        for language in LANGUAGES
    }
    return Page(name, template, titles(name), context, about, wide=wide)


def grouped(name: str, groups: Mapping[str, list[Entry]]) -> Page:
    """Return a list in groups, in their order; a group's name with ``@`` before it is the name of a text."""
    letters = [(letter, entries) for letter, entries in groups.items() if entries]
    return fixed(name, "list", {"letters": letters, "total": sum(len(entries) for _, entries in letters)})


def name_of(document: Document) -> str:
    """Return the name that a thing is sorted by in both languages."""
    return document.title["de"]


def by_letter(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return entries under their first letter; what starts with none comes first, under ``#``."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (sort_key(entry.title["de"]), entry.path)):
        letter = sort_key(entry.title["de"])[:1].upper()
        groups.setdefault(letter if "A" <= letter <= "Z" else "#", []).append(entry)
    return dict(sorted(groups.items()))


def alliance_rows(view: View, things: Iterable[str]) -> list[AllianceRow]:
    """Return alliances by name, without those that were merged into another."""
    rows = []
    for thing in view.order(things):
        if view.text(thing, "dcterms:isReplacedBy"):
            continue
        known, stated = len(view.things(thing, "org:hasMember")), None
        for one in numbers.coverage(view, thing):
            if one.kind.endswith("/members"):
                known, stated = one.known, one.stated
        founded = view.values(thing, "schema:foundingDate")
        rows.append(AllianceRow(thing, known, stated, founded, view.order(view.things(thing, "bg:topic"))))
    return rows


def alliances(view: View, documents: Iterable[Document]) -> Page:
    """Return the table of alliances."""
    return fixed("alliances", "alliances", {"rows": alliance_rows(view, (one.iri for one in documents))})


def organisations(view: View, documents: Iterable[Document]) -> Page:
    """Return the list of organisations: by letter, with the number of alliances each is in."""
    entries = []
    for one in documents:
        alliances = len(set(view.things(one.iri, "org:memberOf")))
        note: tuple[Note, ...] = (("n_memberships_short", alliances),) if alliances else ()
        entries.append(Entry(one.path, one.title, one.iri, note))
    return grouped("organisations", by_letter(entries))


def programmes(documents: Iterable[Document]) -> Page:
    """Return the list of funding programmes."""
    return grouped("programmes", by_letter(Entry(one.path, one.title, one.iri) for one in documents))


def sources(view: View, documents: Iterable[Document]) -> Page:
    """Return the list of sources by website, each with its date or the day it was read."""
    groups: dict[str, list[Entry]] = {}
    for one in documents:
        issued, seen = (view.text(one.iri, name) for name in ("dcterms:issued", "bg:seenOn"))
        slug = _page_of(one)
        note = _dated(issued, seen)
        groups.setdefault(site_of(one.iri), []).append(Entry(one.path, dict.fromkeys(LANGUAGES, slug), note=(note,)))
    return grouped("sources", dict(sorted(groups.items())))


def reading_of(document: Document) -> str:
    """Return what a source is filed under: its website, then its page."""
    return f"{site_of(document.iri)}/{_page_of(document)}"


def _page_of(document: Document) -> str:
    return document.path.split("/")[2]


def _dated(issued: str, seen: str) -> Mapping[str, str]:
    from buendnis_graph.publish.site.words import date_words

    if issued:
        return {language: date_words(issued, language) for language in LANGUAGES}
    return {
        language: str(texts(language)["undated_seen"]).format(date=date_words(seen, language)) for language in LANGUAGES
    }


def topics(view: View) -> Page:
    """Return the tree of topics."""
    tops = view.subjects("skos:topConceptOf", BASE + "topic")
    nodes = [_topic(view, thing, ()) for thing in view.order(tops)]
    return fixed("topics", "tree", {"tops": nodes, "counted": "n_bodies"})


def _topic(view: View, thing: str, above: tuple[str, ...]) -> Node:
    below = [one for one in view.order(view.things(thing, "skos:narrower")) if one not in above]
    count = len(view.subjects("bg:topic", thing))
    return Node(thing, thing.removeprefix(BASE), count, [_topic(view, one, (*above, thing)) for one in below])


_AT = ("bg:seat", "schema:location", "schema:areaServed", "schema:foundingLocation")


def places(view: View, documents: Iterable[Document]) -> Page:
    """Return the tree of places: what lies within what, with how many bodies are there."""
    known = {one.iri for one in documents}
    tops = [one for one in known if view.text(one, "schema:containedInPlace") not in known]
    nodes = [_place(view, thing, known, ()) for thing in view.order(tops)]
    return fixed("places", "tree", {"tops": nodes, "counted": "n_bodies"})


def _place(view: View, thing: str, known: set[str], above: tuple[str, ...]) -> Node:
    within = [one for one in view.subjects("schema:containedInPlace", thing) if one in known and one not in above]
    count = len({one for name in _AT for one in view.subjects(name, thing) if one.startswith(BASE + "id/")})
    return Node(
        thing,
        thing.removeprefix(BASE),
        count,
        [_place(view, one, known, (*above, thing)) for one in view.order(within)],
    )
