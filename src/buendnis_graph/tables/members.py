"""Rows about membership: what sources attest, what follows for each membership, and the lists it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.tables.view import View, after

Row = Mapping[str, object]
Rows = Iterator[Row]

_COMPLETENESS = ("complete", "partial", "examples")
_CONFIDENCE = ("high", "medium", "low")


def attestations(view: View) -> Rows:
    """Yield what each source says of each membership."""
    source, alliance, member = view.one("dcterms:source"), view.one("org:organization"), view.one("org:member")
    role, counts = view.one("org:role"), view.every("bg:countsAsMember")
    listed_name, listed_role, ended = view.one("bg:listedName"), view.one("bg:listedRole"), view.one("bg:ended")
    page, url, issued = view.one("dcterms:isVersionOf"), view.one("schema:url"), view.one("dcterms:issued")
    publisher, kind = view.slug("dcterms:publisher", "id"), view.slug("dcterms:type", "source-kind")
    seen = view.date("bg:seenOn")
    membership_of = {a.value: m for m, several in view.every("bg:attestation").items() for a in several}
    coded, completeness, texts, days = _coded(view), _completeness(view), _texts(view), _days(view)
    for iri in view.of_class("bg:Attestation"):
        origin, coded_role = source(iri), role(iri)
        yield {
            "attestation": after(iri, "source"),
            "membership": after(membership_of.get(iri), "membership"),
            "alliance": after(alliance(iri), "id"),
            "member": after(member(iri), "id"),
            "name_listed": listed_name(iri),
            "role": after(coded_role, "role"),
            "role_listed": listed_role(iri),
            "counts": coded_role in counts and counts[coded_role][0].value == "true",
            **{column: value(iri) for column, value in texts.items()},
            **{column: value(iri) for column, value in days.items()},
            "ended": ended(iri) == "true",
            "date_inferred": (iri, expand("bg:attestedOn").value) in coded,
            "confidence": coded.get((iri, expand("org:role").value)),
            "completeness": completeness.get((origin, alliance(iri), coded_role)),
            "source": after(origin, "source"),
            "page": after(page(origin), "source"),
            "url": url(origin),
            "publisher": publisher(origin),
            "source_kind": kind(origin),
            "issued": issued(origin),
            "seen_on": seen(origin),
        }


def _texts(view: View) -> dict[str, Callable[[str | None], str | None]]:
    return {"since": view.one("bg:since"), "until": view.one("bg:until"), "attested_on": view.one("bg:attestedOn")}


def _days(view: View) -> dict[str, Callable[[str | None], Any]]:
    return {
        "since_earliest": view.date("bg:sinceEarliest"),
        "since_latest": view.date("bg:sinceLatest"),
        "until_earliest": view.date("bg:untilEarliest"),
        "until_latest": view.date("bg:untilLatest"),
        "attested_earliest": view.date("bg:attestedEarliest"),
        "attested_latest": view.date("bg:attestedLatest"),
    }


def _coded(view: View) -> dict[tuple[str, str], str | None]:
    """Return the confidence of each coding by what it judges and the property it gives."""
    subject, predicate = view.one("rdf:subject"), view.one("rdf:predicate")
    confidence = view.slug("bg:confidence", "confidence")
    return {(subject(c) or "", predicate(c) or ""): confidence(c) for c in view.of_class("bg:Coding")}


def _completeness(view: View) -> dict[tuple[str | None, str | None, str | None], str | None]:
    """Return the completeness of each list by source, alliance and role."""
    source, alliance, role = view.one("dcterms:source"), view.one("bg:listOf"), view.one("bg:listRole")
    degree = view.slug("bg:completeness", "completeness")
    return {(source(j), alliance(j), role(j)): degree(j) for j in view.of_class("bg:ListCompleteness")}


def incidence(view: View, attestations: list[Row]) -> Rows:
    """Yield each membership and role once, resting on its attestations."""
    by_role: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in attestations:
        if row["membership"] is not None:  # a graph of somebody else's may lack it
            by_role[row["membership"], row["role"]].append(row)
    state, label, days = view.slug("bg:state", "state"), view.label("de"), _days(view)
    first, last = view.date("bg:firstAttested"), view.date("bg:lastAttested")
    for (membership, role), rows in by_role.items():
        iri, alliance, member = f"{BASE}membership/{membership}", rows[0]["alliance"], rows[0]["member"]
        yield {
            "membership": membership,
            "alliance": alliance,
            "alliance_label": label(f"{BASE}id/{alliance}"),
            "member": member,
            "member_label": label(f"{BASE}id/{member}"),
            "spell": int(membership.split("/")[2]) if membership.count("/") == 2 else 1,
            "role": role,
            "role_listed": " | ".join(_distinct(rows, "role_listed")) or None,
            "counts": rows[0]["counts"],
            "state": state(iri),
            **{
                column: days[column](iri)
                for column in ("since_earliest", "since_latest", "until_earliest", "until_latest")
            },
            "first_attested": first(iri),
            "last_attested": last(iri),
            "completeness": _best(rows, "completeness", _COMPLETENESS),
            "confidence": _best(rows, "confidence", _CONFIDENCE),
            "pages": len(_distinct(rows, "page")),
            "sources": " ".join(_distinct(rows, "source")),
            "urls": " ".join(_distinct(rows, "url")),
        }


def _distinct(rows: Iterable[Row], column: str) -> list[str]:
    return sorted({str(row[column]) for row in rows if row[column] is not None})


def _best(rows: Iterable[Row], column: str, order: tuple[str, ...]) -> str | None:
    present = set(_distinct(rows, column))
    return next((value for value in order if value in present), None)


def lists(view: View, attestations: list[Row]) -> Rows:
    """Yield the lists whose completeness was judged."""
    listed: dict[tuple[object, object, object], set[object]] = defaultdict(set)
    for row in attestations:
        listed[row["source"], row["alliance"], row["role"]].add(row["member"])
    alliance, role = view.slug("bg:listOf", "id"), view.slug("bg:listRole", "role")
    degree, source, url = (
        view.slug("bg:completeness", "completeness"),
        view.one("dcterms:source"),
        view.one("schema:url"),
    )
    as_of, first, last = view.one("bg:asOf"), view.date("bg:asOfEarliest"), view.date("bg:asOfLatest")
    for iri in view.of_class("bg:ListCompleteness"):
        origin = after(source(iri), "source")
        yield {
            "list": after(iri, "coding/completeness"),
            "alliance": alliance(iri),
            "role": role(iri),
            "completeness": degree(iri),
            "as_of": as_of(iri),
            "as_of_earliest": first(iri),
            "as_of_latest": last(iri),
            "members": len(listed[origin, alliance(iri), role(iri)]),
            "source": origin,
            "url": url(source(iri)),
        }
