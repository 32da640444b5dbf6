"""Rows about bodies: what they are, where, on what topics, how large they are said to be, how they hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from buendnis_graph.dates import bounds
from buendnis_graph.namespaces import expand
from buendnis_graph.tables.members import Rows
from buendnis_graph.tables.view import View, after

_KINDS = {
    "programme": "bg:FundingProgramme",
    "formal": "org:FormalOrganization",
    "collaboration": "org:OrganizationalCollaboration",
}
_PLACES = {"bg:seat": "seat", "schema:location": "location", "schema:areaServed": "area"}
_RELATIONS = {"bg:successorOf": "successor-of", "org:subOrganizationOf": "part-of", "bg:housedAt": "housed-at"}


def bodies(view: View) -> Rows:
    """Yield alliances, organisations and programmes."""
    alliances = set(view.of_class("bg:Alliance"))
    kinds = {kind: set(view.of_class(name)) for kind, name in _KINDS.items()}
    german, english, others = view.label("de"), view.label("en"), view.every("skos:altLabel")
    sector, form = view.slug("bg:sector", "sector"), view.slug("bg:legalForm", "legal-form")
    founded, dissolved = view.one("schema:foundingDate"), view.one("schema:dissolutionDate")
    url, same = view.one("schema:url"), view.every("schema:sameAs")
    for iri in sorted(kinds["programme"].union(view.of_class("org:Organization"))):
        began = founded(iri)
        first, last = bounds(began) if began else (None, None)
        yield {
            "body": after(iri, "id"),
            "label_de": german(iri),
            "label_en": english(iri),
            "other_names": " | ".join(sorted({v.value for v in others.get(iri, ())})) or None,
            "is_alliance": iri in alliances,
            "kind": next((kind for kind, of_kind in kinds.items() if iri in of_kind), "organization"),
            "sector": sector(iri),
            "legal_form": form(iri),
            "founded": began,
            "founded_earliest": first,
            "founded_latest": last,
            "dissolved": dissolved(iri),
            "website": url(iri),
            "same_as": " ".join(v.value for v in same.get(iri, ())) or None,
        }


def topics(view: View) -> Rows:
    """Yield the topics of each body, with all that is above them."""
    broader, german, english = view.every("skos:broader"), view.label("de"), view.label("en")
    for iri, topics in view.every("bg:topic").items():
        for topic in topics:
            yield {
                "body": after(iri, "id"),
                "topic": after(topic.value, "topic"),
                "label_de": german(topic.value),
                "label_en": english(topic.value),
                "broader": " ".join(sorted(after(t, "topic") or "" for t in _upwards(broader, topic.value))) or None,
            }


def _upwards(broader: Mapping[str, list[Any]], start: str) -> set[str]:
    """Return all that is above a concept, without the concept itself."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for value in broader.get(waiting.pop(), ()):
            if value.value not in found and value.value != start:
                found.add(value.value)
                waiting.append(value.value)
    return found


def places(view: View) -> Rows:
    """Yield where bodies sit, are, and work."""
    label, ags = view.label("de"), view.one("bg:ags")
    for name, relation in _PLACES.items():
        for iri, places in view.every(name).items():
            for place in places:
                key = ags(place.value)
                slug = after(iri, "id")
                if slug is not None and after(place.value, "id") is not None:
                    yield {
                        "body": slug,
                        "relation": relation,
                        "place": after(place.value, "id"),
                        "label_de": label(place.value),
                        "ags": key,
                        "state": key[:2] if key else None,
                    }


def counts(view: View) -> Rows:
    """Yield the numbers of members that sources state."""
    body, kind = view.slug("bg:countOf", "id"), view.slug("bg:countKind", "count-kind")
    number, bound = view.one("bg:count"), view.slug("bg:bound", "bound")
    source, url, as_of = view.one("dcterms:source"), view.one("schema:url"), view.one("bg:asOf")
    first, last = view.date("bg:asOfEarliest"), view.date("bg:asOfLatest")
    for iri in view.of_class("bg:MemberCount"):
        yield {
            "count": after(iri, "source"),
            "body": body(iri),
            "kind": kind(iri),
            "number": int(number(iri) or 0),
            "bound": bound(iri),
            "as_of": as_of(iri),
            "as_of_earliest": first(iri),
            "as_of_latest": last(iri),
            "source": after(source(iri), "source"),
            "url": url(source(iri)),
        }


def relations(view: View) -> Rows:
    """Yield successors (reported, or judged by us), parents and hosts. A change of name or form makes no successor."""
    originals, results = view.every("org:originalOrganization"), view.every("org:resultingOrganization")
    date, source = view.one("schema:startDate"), view.slug("dcterms:source", "source")
    said: dict[tuple[str, str, str, str | None], set[str]] = defaultdict(set)
    for event in view.of_class("org:ChangeEvent"):
        for old in originals.get(event, ()):
            for new in results.get(event, ()):
                if old != new:
                    key = (after(new.value, "id") or "", "successor-of", after(old.value, "id") or "", date(event))
                    said[key].add(source(event) or "")
    reported = {(new, old) for new, _, old, _ in said}
    stated = _stated(view)
    for name, relation in _RELATIONS.items():
        for iri, values in view.every(name).items():
            for value in values:
                key = (after(iri, "id") or "", relation, after(value.value, "id") or "", None)
                if relation == "successor-of" and (key[0], key[2]) in reported:
                    continue  # with its date
                said[key] |= stated.get((iri, expand(name).value, value.value), set())
    for (subject, relation, body, day), sources in said.items():
        yield {
            "subject": subject,
            "relation": relation,
            "object": body,
            "date": day,
            "sources": " ".join(sorted(sources)),
        }


def _stated(view: View) -> dict[tuple[str, str, str], set[str]]:
    """Return the sources of each statement, and of each coding of ours, by what it says."""
    subject, predicate = view.one("rdf:subject"), view.one("rdf:predicate")
    value, sources = view.one("rdf:object"), view.every("dcterms:source")
    wanted = {expand(name).value for name in _RELATIONS}
    return {
        (subject(iri) or "", predicate(iri) or "", value(iri) or ""): {
            after(v.value, "source") or "" for v in sources.get(iri, ())
        }
        for iri in [*view.of_class("rdf:Statement"), *view.of_class("bg:Coding")]
        if predicate(iri) in wanted
    }
