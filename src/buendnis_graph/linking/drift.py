"""What has drifted apart: our links against the items of Wikidata as they are now, both ways. A pure function."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from buendnis_graph.linking.authorities import AUTHORITIES, WIKIDATA, authority_of
from buendnis_graph.linking.claims import Claim
from buendnis_graph.linking.items import Item
from buendnis_graph.linking.mappings import Mapping as Link
from buendnis_graph.linking.quickstatements import give
from buendnis_graph.store.askable import Askable, solutions

FAULTS = ("deleted", "redirected", "doubled", "several", "changed", "label")
"""Kinds of findings that a person has to mend; the others say what one side could learn from the other."""
IDS = {"P227": "gnd", "P6782": "ror", "P213": "isni", "P2427": "grid"}
"""Wikidata's properties that hold ids of other data sets."""
KNOWN = {
    "https://schema.org/foundingDate": "P571",
    "https://schema.org/dissolutionDate": "P576",
    "https://schema.org/url": "P856",
    "https://schema.org/location": "P159",
    "https://w3id.org/buendnis-graph/ontology#seat": "P159",
    "https://w3id.org/buendnis-graph/ontology#legalForm": "P1454",
    "http://www.w3.org/ns/org#subOrganizationOf": "P749",
}
"""Wikidata's property for what our graph says of a body."""
_APART = re.compile(r" \| |\|\|?| / | — ")


@dataclass(frozen=True, slots=True, order=True)
class Drift:
    """One thing that differs.

    Attributes:
        kind: one of :data:`FAULTS`, or ``unread`` (the item is not among those read), ``theirs`` (only Wikidata says
            it), ``ours`` (only we do), ``contradiction``.
        subject: IRI of ours.
        target: IRI of theirs.
        property: Wikidata's property, if it is about one.
        ours: what we have.
        theirs: what they have.
        references: the addresses where it stands.
    """

    kind: str
    subject: str
    target: str
    property: str = ""
    ours: str = ""
    theirs: str = ""
    references: tuple[str, ...] = ()


def accepted_by_authority(links: Iterable[Link]) -> dict[str, int]:
    """Return how many links are accepted, by the data set they lead to, sorted by its name."""
    counts = Counter(authority_of(link.object) or link.object for link in links if link.judgement == "same")
    return dict(sorted(counts.items()))


def doubled(links: Iterable[Link]) -> Iterator[Drift]:
    """Yield ids that two things of ours are said to be, and things of ours that are said to be two of one data set.

    Only for ``schema:sameAs``: several concepts may be matched by one.
    """
    by_target: dict[str, set[str]] = {}
    by_subject: dict[tuple[str, str], set[str]] = {}
    for link in links:
        if link.judgement != "same" or not link.predicate.endswith("/sameAs"):
            continue
        by_target.setdefault(link.object, set()).add(link.subject)
        if authority := authority_of(link.object):
            by_subject.setdefault((link.subject, authority), set()).add(link.object)
    for target, subjects in by_target.items():
        if len(subjects) > 1:
            yield Drift("doubled", min(subjects), target, ours=" ".join(sorted(subjects)))
    for (subject, _), targets in by_subject.items():
        if len(targets) > 1:
            yield Drift("several", subject, min(targets), theirs=" ".join(sorted(targets)))


def drift(
    links: Iterable[Link], items: Mapping[str, Item], told: Iterable[Claim], known: Mapping[str, frozenset[str]]
) -> list[Drift]:
    """Return all that differs, sorted.

    Args:
        links: all judgements.
        items: Wikidata's items, by the id under which each was asked for.
        told: what we could tell Wikidata.
        known: by body of ours, the properties (as Wikidata's) that our graph says anything of.
    """
    links, told = list(links), list(told)
    found, ids = list(doubled(links)), _ids(links)
    for link in links:
        if link.judgement == "same" and link.object.startswith(WIKIDATA):
            found += _of_link(link, items.get(link.object.removeprefix(WIKIDATA)), ids, known)
    given = give(told, items)
    said = {(c.claim.item, c.claim.property) for c in given.contradictions}
    for contradiction in given.contradictions:
        found.append(_of_claim("contradiction", contradiction.claim, contradiction.theirs, contradiction.references))
    for claim in told:
        item = items.get(claim.item)
        if item is not None and not item.statements.get(claim.property) and (claim.item, claim.property) not in said:
            found.append(_of_claim("ours", claim))
    return sorted(found)


def _of_claim(kind: str, claim: Claim, theirs: str = "", references: tuple[str, ...] = ()) -> Drift:
    address = (claim.reference.url,)
    return Drift(kind, claim.body, WIKIDATA + claim.item, claim.property, claim.value, theirs, address + references)


def _of_link(
    link: Link, item: Item | None, ids: Mapping[tuple[str, str], set[str]], known: Mapping[str, frozenset[str]]
) -> Iterator[Drift]:
    subject, target = link.subject, link.object
    if item is None:
        yield Drift("unread", subject, target)
        return
    if item.is_missing:
        yield Drift("deleted", subject, target, ours=link.label)
        return
    if item.qid != target.removeprefix(WIKIDATA):
        yield Drift("redirected", subject, target, theirs=WIKIDATA + item.qid)
    names = {*item.labels.values(), *item.aliases}
    if names and not names & set(_APART.split(link.label)):
        label = item.labels.get("de") or item.labels.get("en") or min(names)
        yield Drift("label", subject, target, ours=link.label, theirs=label)
    if not link.predicate.endswith("/sameAs"):
        return
    for name, authority in IDS.items():
        ours = ids.get((subject, authority), set())
        theirs = {_bare(statement.value) for statement in item.statements.get(name, ())}
        if ours and theirs and not ours & theirs:
            yield Drift("changed", subject, target, name, " ".join(sorted(ours)), " ".join(sorted(theirs)))
        elif theirs and not ours:
            yield Drift("theirs", subject, target, name, theirs=" ".join(sorted(theirs)))
    for name in dict.fromkeys(KNOWN.values()):
        if name not in known.get(subject, frozenset()) and subject in known:
            for statement in item.statements.get(name, ()):
                yield Drift("theirs", subject, target, name, "", statement.value, statement.references)


def _ids(links: Iterable[Link]) -> dict[tuple[str, str], set[str]]:
    """Return the ids that things of ours are said to have, by thing and data set."""
    found: dict[tuple[str, str], set[str]] = {}
    for link in links:
        if link.judgement == "same" and (authority := authority_of(link.object)):
            bare = _bare(link.object.removeprefix(AUTHORITIES[authority]))
            found.setdefault((link.subject, authority), set()).add(bare)
    return found


def _bare(value: str) -> str:
    return value.replace(" ", "")


def known_properties(graph: Askable) -> dict[str, frozenset[str]]:
    """Return, by linked body, the properties (as Wikidata's) that a graph says anything of; none is an empty set."""
    values = " ".join(f'(<{ours}> "{theirs}")' for ours, theirs in KNOWN.items())
    query = f"""SELECT ?body ?name WHERE {{
  ?body a org:Organization ; schema:sameAs ?item .
  OPTIONAL {{ VALUES (?property ?name) {{ {values} }} ?body ?property ?any }}
}}"""
    found: dict[str, set[str]] = {}
    for body, name in solutions(graph, query):
        found.setdefault(str(getattr(body, "value", "")), set()).add(str(getattr(name, "value", "")))
    return {body: frozenset(names - {""}) for body, names in found.items()}
