"""How much of an alliance is known, and how large it is said to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from buendnis_graph.publish.site.memberships import Row
from buendnis_graph.publish.site.view import View


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a source states: what is counted, its bound (IRI), the time it holds for, and the source."""

    node: str
    kind: str
    number: int
    bound: str
    as_of: str
    source: str

    @property
    def is_exact(self) -> bool:
        """Whether the source gives the number as exact."""
        return self.bound.endswith("/exact")

    def is_below(self, known: int) -> bool:
        """Return whether more are known than this number allows, as when it is older than some of the evidence."""
        return known > self.number and not self.bound.endswith("/more-than")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Known members of one kind beside the number stated last, if any."""

    node: str
    kind: str
    known: int
    stated: Count | None


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when the evidence for known members is dated, in the precision of the sources.

    Attributes:
        first: earliest date; empty if all of it is undated.
        last: latest date likewise.
        undated: how many members rest on undated evidence alone.
    """

    first: str
    last: str
    undated: int


def span(rows: Iterable[Row]) -> Span:
    """Return from when to when memberships are attested."""
    firsts, lasts, undated = [], [], 0
    for row in rows:
        if row.last:
            firsts.append(row.first)
            lasts.append(row.last)
        else:
            undated += 1
    return Span(min(firsts, default=""), max(lasts, default=""), undated)


def counts(view: View, body: str) -> list[Count]:
    """Return the numbers stated for a body: by what is counted, the latest first."""
    found = [count(view, node) for node in view.subjects("bg:countOf", body)]
    found.sort(key=lambda one: (one.as_of or view.text(one.source, "dcterms:issued"), one.node), reverse=True)
    return sorted(found, key=lambda one: (not one.kind.endswith("/members"), view.label(one.kind, "de")[0]))


def count(view: View, node: str) -> Count:
    """Return a stated number by its IRI."""
    names = ("bg:bound", "bg:asOf", "dcterms:source")
    number = view.text(node, "bg:count")
    kind = view.text(node, "bg:countKind")
    return Count(node, kind, int(number) if number.isdigit() else 0, *(view.text(node, name) for name in names))


def coverage(view: View, alliance: str) -> list[Coverage]:
    """Return what is known of an alliance beside what is stated; members first."""
    found = []
    for node in view.subjects("bg:coverageOf", alliance):
        stated = view.text(node, "bg:statedCount")
        known = view.text(node, "bg:knownMembers")
        found.append(
            Coverage(node, view.text(node, "bg:countKind"), int(known or 0), count(view, stated) if stated else None)
        )
    return sorted(found, key=lambda one: (not one.kind.endswith("/members"), one.kind))
