"""Entries and judgements as the project's files hold them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence import Corpus
from buendnis_graph.evidence.bulk import register_entries
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.resolving.model import Entry
from buendnis_graph.resolving.normalise import key as name_key
from buendnis_graph.resolving.resolver import Judgements, Resolver, host_of

_NAMES = (expand("skos:prefLabel"), expand("skos:altLabel"))
_STATED = (expand("bg:statedName"), expand("bg:shortName"), expand("bg:formerName"))
_ORGANIZATION = expand("org:Organization")
_SAME = expand("judgement:same")
_TYPE, _REPLACED = expand("rdf:type"), expand("dcterms:isReplacedBy")
_LISTED, _MEMBER = expand("bg:listedName"), expand("org:member")
_PLACED, _PARENT = (expand("bg:seat"), expand("schema:location")), expand("org:subOrganizationOf")
_WEBSITE, _FORM = expand("schema:url"), expand("bg:legalForm")
_JUDGED = {expand(f"bg:{name}"): name for name in ("judgedName", "judgedBody", "judgement")}
USED = frozenset({*_NAMES, *_STATED, _TYPE, _REPLACED, _LISTED, _MEMBER, *_PLACED, _PARENT, _WEBSITE, _FORM, *_JUDGED})
"""The properties that entries and judgements are read from."""
_LOCAL_PLACE = re.compile(rf"{re.escape(BASE)}id/ags-(?:\d{{5}}|\d{{8}}|02|04|11)")
"""Municipalities, districts and the city states; a Land or the country says too little to tell bodies apart."""


def entries(corpus: Corpus) -> list[Entry]:
    """Return the bodies of a project's registry: see :func:`entries_of`."""
    return entries_of([item.quad for item in corpus.quads])


def entries_of(quads: Collection[ox.Quad]) -> list[Entry]:
    """Return the bodies of the registry with all that may tell them apart, sorted by IRI.

    A body that was merged into another is no entry; its names are the other's.

    Names are those of the registry, those sources state, and those under which sources list the body.
    """
    names: dict[str, dict[str, None]] = {}
    facts: dict[str, dict[str, set[str]]] = {}
    merged: dict[str, str] = {}
    listed: list[tuple[object, str]] = []
    members: dict[object, str] = {}
    places = _place_names(quads)
    for quad in quads:
        subject = getattr(quad.subject, "value", "")
        if quad.predicate == _LISTED:
            listed.append((quad.subject, quad.object.value))  # type: ignore[union-attr]
        elif quad.predicate == _MEMBER:
            members[quad.subject] = getattr(quad.object, "value", "")
        if not subject.startswith(f"{BASE}id/"):
            continue
        if quad.predicate == _TYPE and quad.object == _ORGANIZATION:
            names.setdefault(subject, {})
        elif quad.predicate == _REPLACED:
            merged[subject] = getattr(quad.object, "value", "")
        else:
            _note(quad, facts.setdefault(subject, {}), places)
    for node, name in listed:
        facts.setdefault(members.get(node, ""), {}).setdefault("listed", set()).add(name)
    for old, new in merged.items():  # who was merged is still listed under the old names
        other = facts.get(old, {})
        facts.setdefault(end_of(new, merged), {}).setdefault("other", set()).update(
            *(other.get(kind, ()) for kind in ("preferred", "other", "listed"))
        )
    for body in names:  # a parent is compared by its names
        for parent in sorted(facts.get(body, {}).get("parent", ())):
            end = facts.get(end_of(parent, merged), {})
            known = end.get("preferred", set()) | end.get("other", set())
            facts[body].setdefault("parents", set()).update(map(name_key, known))
    return [_entry(key, facts.get(key, {})) for key in sorted(names) if key not in merged]


def end_of(body: str, merged: Mapping[str, str]) -> str:
    """Return where a chain of redirects ends."""
    seen = {body}
    while merged.get(body, body) not in seen:
        body = merged[body]
        seen.add(body)
    return body


def _note(quad: ox.Quad, facts: dict[str, set[str]], places: dict[str, set[str]]) -> None:
    value = getattr(quad.object, "value", "")
    if quad.predicate in _NAMES:
        facts.setdefault("preferred" if quad.predicate == _NAMES[0] else "other", set()).add(value)
    elif quad.predicate in _STATED:
        facts.setdefault("other", set()).add(value)
    elif quad.predicate in _PLACED:
        facts.setdefault("places", set()).update(places.get(value, ()))
    elif quad.predicate == _PARENT:
        facts.setdefault("parent", set()).add(value)
    elif quad.predicate == _WEBSITE:
        facts.setdefault("websites", set()).add(host_of(value))
    elif quad.predicate == _FORM:
        facts.setdefault("forms", set()).add(value.rpartition("/")[2])


def _entry(key: str, facts: dict[str, set[str]]) -> Entry:
    preferred = sorted(facts.get("preferred", ()))
    # "wir" and the like name a body only on its own page
    seen = facts.get("other", set()) | facts.get("listed", set())
    other = sorted(name for name in seen if len(name) > 3 or name.isupper())
    return Entry(
        key=key,
        names=tuple(dict.fromkeys([*preferred, *other])),
        places=frozenset(facts.get("places", ())),
        websites=frozenset(facts.get("websites", ())),
        legal_forms=frozenset(facts.get("forms", ())),
        parents=frozenset(facts.get("parents", ())),
    )


def _place_names(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Return the names under which a list may give a municipality or district, by IRI: its labels and its slug."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        subject = getattr(quad.subject, "value", "")
        if quad.predicate in _NAMES and _LOCAL_PLACE.fullmatch(subject):
            found.setdefault(subject, {subject.removeprefix(f"{BASE}id/")}).add(quad.object.value)  # type: ignore[union-attr]
    return found


def judgements(corpus: Corpus) -> Judgements:
    """Return what persons have decided on names of a project: see :func:`judgements_of`."""
    return judgements_of(item.quad for item in corpus.quads)


def judgements_of(quads: Iterable[ox.Quad]) -> Judgements:
    """Return what persons have decided on names (``bg:NameJudgement``)."""
    nodes: dict[object, dict[str, object]] = {}
    for quad in quads:
        if quad.predicate in _JUDGED:
            nodes.setdefault(quad.subject, {})[_JUDGED[quad.predicate]] = quad.object
    same: dict[str, str] = {}
    not_same: dict[str, set[str]] = {}
    for node in nodes.values():
        if "judgedName" not in node or "judgedBody" not in node:
            continue
        name, body = node["judgedName"].value, node["judgedBody"].value  # type: ignore[attr-defined]
        if node.get("judgement") == _SAME:
            same[name] = body
        else:
            not_same.setdefault(name, set()).add(body)
    return Judgements(same, {name: frozenset(bodies) for name, bodies in not_same.items()})


def resolver_for(corpus: Corpus) -> Resolver:
    """Return a resolver over the registry of a project, with the judgements made so far."""
    return Resolver(entries(corpus), judgements(corpus))


def registered_entry(key: str, name: str, seat: str) -> Entry:
    """Return an entry of the register of associations as the resolver compares it.

    Args:
        key: its identifier.
        name: as the register spells it.
        seat: likewise; what stands before a bracket or the like counts as a name of the place, too.
    """
    places = frozenset({seat, re.split(r"[ ,/(-]", seat)[0]} - {""})
    return Entry(key, (name,), places, legal_forms=frozenset({"ev"}))


def register_resolver(shards: Iterable[Path]) -> Resolver:
    """Return a resolver over all entries of the shards of a register that was taken in, by their IRIs."""
    return Resolver(registered_entry(one.iri, one.name, one.seat) for one in register_entries(shards))
