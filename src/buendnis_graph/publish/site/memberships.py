"""Memberships as rows of a table: who, in which role, since when, in which state, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from buendnis_graph.dates import bounds, is_date
from buendnis_graph.publish.site.view import View

ENDED = ("state/ended-dated", "state/ended-undated")


@dataclass(frozen=True, slots=True)
class Attested:
    """What one source says of a membership; all but ``node``, ``source``, ``role`` and ``counts`` may be empty."""

    node: str
    source: str
    role: str
    counts: bool
    listed_name: str
    listed_role: str
    since: str
    until: str
    attested_on: str
    shared_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A membership.

    Attributes:
        node: its IRI.
        alliance: IRI of the alliance.
        member: IRI of the member.
        roles: IRIs of the attested roles.
        since: beginnings as stated, only the most precise of those that agree; more than one contradict each other.
        until: ends likewise.
        state: IRI of its state.
        first: date of the first attestation that backs it, by the end of which it certainly held; empty if undated.
        last: date of the latest attestation; empty if undated. Both are as precise as the sources are.
        counts: whether it rests on a role that counts as membership.
        ended: whether a source says that it is over.
        missing_in: later lists, judged complete, that do not name the member.
        attested: what it rests on, latest first.
        conflicts: IRIs of conflicts about it.
    """

    node: str
    alliance: str
    member: str
    roles: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    state: str
    first: str
    last: str
    counts: bool
    ended: bool
    missing_in: tuple[str, ...]
    attested: tuple[Attested, ...]
    conflicts: tuple[str, ...]

    @property
    def cited(self) -> tuple[tuple[str, str], ...]:
        """The sources, each once, latest first, with the date for which each attests the membership (or empty).

        Who calls a member its carrier alone does not say that it is one.
        """
        latest: dict[str, str] = {}
        for one in _backing(self.attested, counts=self.counts):
            latest.setdefault(one.source, one.attested_on)
        return tuple(latest.items())

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, each once, latest first."""
        return tuple(dict.fromkeys(one.source for one in self.attested))


def most_precise(dates: Iterable[str]) -> tuple[str, ...]:
    """Return dates without those that another one states more precisely.

    >>> most_precise(["2023", "2023-03", "2023-03-27"])
    ('2023-03-27',)
    """
    found = sorted(set(filter(None, dates)))
    return tuple(date for date in found if not any(other.startswith(date + "-") for other in found))


def membership(view: View, node: str) -> Row:
    """Return a membership by its IRI."""
    attested = sorted(
        (_attested(view, one) for one in view.things(node, "bg:attestation")),
        key=lambda one: (one.attested_on or view.text(one.source, "dcterms:issued"), one.source),
        reverse=True,
    )
    state, counts = view.text(node, "bg:state"), view.text(node, "bg:countsAsMember") == "true"
    backing = _backing(attested, counts=counts)
    return Row(
        node,
        view.text(node, "org:organization"),
        view.text(node, "org:member"),
        tuple(sorted({one.role for one in attested if one.role})),
        most_precise(one.since for one in backing),
        most_precise(one.until for one in backing),
        state,
        _as_stated(view.text(node, "bg:firstAttested"), backing, 1),
        _as_stated(view.text(node, "bg:lastAttested"), backing, 0),
        counts,
        state.endswith(ENDED),
        tuple(view.things(node, "bg:noLongerListedIn")),
        tuple(attested),
        tuple(c for c in view.subjects("rdf:subject", node) if view.is_a(c, "bg:Conflict")),
    )


def _backing(attested: Iterable[Attested], *, counts: bool) -> tuple[Attested, ...]:
    """Return the attestations that the bounds and the state rest on: of roles that count, unless none does."""
    return tuple(one for one in attested if one.counts is counts)


def _as_stated(day: str, attested: Iterable[Attested], side: int) -> str:
    """Return the date that a bound was derived from: ``2019`` and not its last day.

    Args:
        day: the first or the last day that a date of an attestation can mean; may be empty.
        attested: what the membership rests on.
        side: 0 if it is a first day, 1 if it is a last one.
    """
    found = {one.attested_on for one in attested if is_date(one.attested_on)}
    return max((date for date in found if bounds(date)[side].isoformat() == day), key=len, default=day)


def _attested(view: View, node: str) -> Attested:
    role = view.text(node, "org:role")
    return Attested(
        node,
        source=view.text(node, "dcterms:source"),
        role=role,
        counts=view.text(role, "bg:countsAsMember") == "true",
        listed_name=view.text(node, "bg:listedName"),
        listed_role=view.text(node, "bg:listedRole"),
        since=view.text(node, "bg:since"),
        until=view.text(node, "bg:until"),
        attested_on=view.text(node, "bg:attestedOn"),
        shared_with=tuple(view.things(node, "bg:sharedWith")),
    )


def members_of(view: View, alliance: str) -> list[Row]:
    """Return the memberships in an alliance, by the member's name."""
    return _rows(view, view.subjects("org:organization", alliance), "org:member")


def alliances_of(view: View, member: str) -> list[Row]:
    """Return the memberships of a body, by the alliance's name."""
    return _rows(view, view.subjects("org:member", member), "org:organization")


def _rows(view: View, nodes: Iterable[str], by: str) -> list[Row]:
    found = [node for node in nodes if view.is_a(node, "org:Membership")]
    place = {thing: number for number, thing in enumerate(view.order(view.text(node, by) for node in found))}
    return sorted(
        (membership(view, node) for node in found), key=lambda row: (place[view.text(row.node, by)], row.node)
    )
