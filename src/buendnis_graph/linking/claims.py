"""What our graph could tell Wikidata: statements on bodies with an accepted link, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from buendnis_graph.linking.authorities import WIKIDATA
from buendnis_graph.namespaces import BASE
from buendnis_graph.store.askable import Askable, solutions

PROPERTIES = {
    "memberOf": "P463",
    "since": "P580",
    "until": "P582",
    "role": "P2868",
    "website": "P856",
    "inception": "P571",
    "headquarters": "P159",
    "legalForm": "P1454",
    "instanceOf": "P31",
}
"""Wikidata's property for what we know: member of, start time, end time, subject has role (the role is that of the
subject), official website, inception, headquarters location, legal form, instance of
(https://www.wikidata.org/wiki/Property:P463 and so on)."""
ALLIANCE = "Q124964"
"""The class *alliance* (also *coalition*)."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Where a statement stands.

    Attributes:
        url: of the page.
        retrieved: the day it was read, ISO 8601.
        title: of the page, as it stands there; may be empty.
        language: of the title, as a tag; may be empty.
        publisher: Wikidata's item of whoever publishes it; may be empty.
        archived: address of an archived copy; may be empty.
    """

    url: str
    retrieved: str
    title: str = ""
    language: str = ""
    publisher: str = ""
    archived: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A statement that an item could have.

    Attributes:
        body: IRI of ours.
        item: its item.
        property: Wikidata's.
        value: an item's id, an address, or a time in its source's precision (``1964``, ``2023-03``, ``2023-03-27``).
        reference: where it stands.
        qualifiers: (property, value) pairs, values as above.
    """

    body: str
    item: str
    property: str
    value: str
    reference: Reference
    qualifiers: tuple[tuple[str, str], ...] = ()


Ranked = tuple[tuple[Any, ...], Claim]

_ITEM = f"""FILTER(STRSTARTS(STR(?item), '{WIKIDATA}'))
  ?link owl:annotatedSource ?body ; owl:annotatedTarget ?item ; bg:reviewer ?reviewer .
  FILTER(?reviewer != <{BASE}reviewer/rule>)"""
"""That a person has looked at the link of a body: what only a rule has accepted is not told others."""
_SOURCE = f"""
  ?source schema:url ?url ; bg:seenOn ?seen .
  OPTIONAL {{ ?source dcterms:title ?title }}
  OPTIONAL {{ ?source bg:archivedAt ?archive }}
  OPTIONAL {{ ?source dcterms:publisher ?owner
    OPTIONAL {{ ?owner schema:sameAs ?publisher . FILTER(STRSTARTS(STR(?publisher), '{WIKIDATA}')) }} }}"""
_FACTS = f"""SELECT ?body ?item ?property ?value ?url ?seen ?title ?archive ?publisher ?own WHERE {{
  VALUES (?predicate ?property) {{ (schema:url "website") (schema:foundingDate "inception")
    (bg:seat "headquarters") (bg:legalForm "legalForm") }}
  ?body a org:Organization ; schema:sameAs ?item ; ?predicate ?stated . {_ITEM}
  ?statement a rdf:Statement ; rdf:subject ?body ; rdf:predicate ?predicate ; rdf:object ?stated ;
    dcterms:source ?source .
  {_SOURCE}
  OPTIONAL {{ ?stated schema:sameAs|skos:exactMatch ?there . FILTER(STRSTARTS(STR(?there), '{WIKIDATA}')) }}
  BIND(IF(?predicate IN (bg:seat, bg:legalForm), ?there, ?stated) AS ?value)
  FILTER(BOUND(?value))
  BIND(BOUND(?owner) && ?owner = ?body AS ?own)
}}"""
_MEMBERSHIPS = f"""SELECT ?body ?item ?alliance ?since ?until ?role ?url ?seen ?title ?archive ?publisher WHERE {{
  ?membership a org:Membership ; org:member ?body ; org:organization ?group ; bg:countsAsMember true ;
    bg:attestation ?attestation .
  ?body schema:sameAs ?item . {_ITEM}
  ?group schema:sameAs ?alliance . FILTER(STRSTARTS(STR(?alliance), '{WIKIDATA}'))
  ?other owl:annotatedSource ?group ; owl:annotatedTarget ?alliance ; bg:reviewer ?looked .
  FILTER(?looked != <{BASE}reviewer/rule>)
  ?attestation dcterms:source ?source .
  {_SOURCE}
  FILTER(?owner IN (?body, ?group))
  FILTER NOT EXISTS {{ ?membership bg:state <https://w3id.org/buendnis-graph/state/ended-undated> }}
  OPTIONAL {{ ?attestation bg:since ?since
    FILTER NOT EXISTS {{ ?dated rdf:subject ?attestation ; rdf:predicate bg:since }} }}
  OPTIONAL {{ ?attestation bg:until ?until
    FILTER NOT EXISTS {{ ?ended rdf:subject ?attestation ; rdf:predicate bg:until }} }}
  OPTIONAL {{ ?classed rdf:subject ?attestation ; rdf:predicate org:role ; rdf:object ?kind .
    ?kind skos:exactMatch ?role . FILTER(STRSTARTS(STR(?role), '{WIKIDATA}')) }}
}}"""
_ALLIANCES = f"""SELECT ?body ?item ?url ?seen ?title ?archive ?publisher WHERE {{
  ?body a bg:Alliance ; schema:sameAs ?item . {_ITEM}
  ?attestation a bg:Attestation ; org:organization ?body ; dcterms:source ?source .
  {_SOURCE}
  FILTER(?owner = ?body)
}}"""


def claims(graph: Askable) -> list[Claim]:
    """Return what could be told of bodies whose link to Wikidata a person accepted, each with its best source, sorted.

    The body's own page comes before others, then the one read last, then the first by address. Of a property with
    several values in the consolidated view nothing is told: which one holds is not known.
    """
    told: dict[tuple[str, str, str], list[Ranked]] = {}
    for rank, claim in [*_facts(graph), *_memberships(graph), *_kinds(graph)]:
        told.setdefault((claim.item, claim.property, claim.value), []).append((rank, claim))
    found = sorted(_settled(sorted(ranked)) for ranked in told.values())
    several = {PROPERTIES[name] for name in ("website", "inception", "headquarters", "legalForm")}
    counted: dict[tuple[str, str], int] = {}
    for claim in found:
        counted[claim.item, claim.property] = counted.get((claim.item, claim.property), 0) + 1
    return [c for c in found if c.property not in several or counted[c.item, c.property] == 1]


def _settled(ranked: list[Ranked]) -> Claim:
    """Return the best of several claims to the same; a qualifier on which sources differ is left out."""
    best = ranked[0][1]
    said: dict[str, set[str]] = {}
    for _, claim in ranked:
        for name, value in claim.qualifiers:
            said.setdefault(name, set()).add(value)
    clear = {name for name, values in said.items() if all(max(values, key=len).startswith(value) for value in values)}
    return replace(best, qualifiers=tuple((name, value) for name, value in best.qualifiers if name in clear))


def _facts(graph: Askable) -> Iterator[Ranked]:
    for row in solutions(graph, _FACTS):
        body, item, name, value, *page = row
        reference, own = _reference(page), _text(row[-1]) == "true"
        claim = Claim(_text(body), _qid(item), PROPERTIES[_text(name)], _qid(value), reference)
        yield (not own, *_last_read(reference)), claim


def _memberships(graph: Askable) -> Iterator[Ranked]:
    for body, item, alliance, since, until, role, *page in solutions(graph, _MEMBERSHIPS):
        told = (("since", _text(since)), ("until", _text(until)), ("role", _qid(role)))
        qualifiers = tuple((PROPERTIES[name], value) for name, value in told if value)
        reference = _reference(page)
        claim = Claim(_text(body), _qid(item), PROPERTIES["memberOf"], _qid(alliance), reference, qualifiers)
        yield (-len(qualifiers), *_last_read(reference), qualifiers), claim


def _kinds(graph: Askable) -> Iterator[Ranked]:
    for body, item, *page in solutions(graph, _ALLIANCES):
        reference = _reference(page)
        yield _last_read(reference), Claim(_text(body), _qid(item), PROPERTIES["instanceOf"], ALLIANCE, reference)


def _reference(page: Sequence[object]) -> Reference:
    url, seen, title, archive, publisher = page[:5]
    language = getattr(title, "language", None) or ""
    return Reference(_text(url), _text(seen), _text(title), language, _qid(publisher), _text(archive))


def _last_read(reference: Reference) -> tuple[Any, ...]:
    return (*(-int(part) for part in reference.retrieved.split("-")), reference.url)


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _qid(term: object) -> str:
    return _text(term).removeprefix(WIKIDATA)
