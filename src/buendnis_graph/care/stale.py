"""What has not been attested for long: memberships to look up again, and alliances without a dated attestation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from buendnis_graph.dates import checked_day
from buendnis_graph.errors import UsageError
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.queries import Table, answer, find_question
from buendnis_graph.queries.resolve import resolve
from buendnis_graph.settings import Project

DATASET = ox.NamedNode(f"{BASE}dataset")


@dataclass(frozen=True, slots=True)
class StaleMembership:
    """A membership that was last attested long ago, or never with a date (``last_attested`` is empty)."""

    alliance: str
    member: str
    last_attested: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndatedAlliance:
    """An alliance of which no member is attested with a date."""

    alliance: str
    attestations: int
    sources: int


@dataclass(frozen=True, slots=True)
class Stale:
    """What to look up again, and by which day it was judged."""

    as_of: str
    years: int
    memberships: tuple[StaleMembership, ...]
    undated: tuple[StaleMembership, ...]
    alliances: tuple[UndatedAlliance, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)


def release_date(store: ox.Store) -> str:
    """Return the day the data set was issued, as its own description says.

    Raises:
        UsageError: if it does not say.
    """
    for quad in store.quads_for_pattern(DATASET, expand("dcterms:issued"), None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal):
            return quad.object.value
    raise UsageError(
        "the data set does not say when it was issued.",
        hint="Name the day: --as-of 2026-11-25; or write it into data/dataset.ttl (dcterms:issued).",
    )


def find_stale(project: Project, store: ox.Store, as_of: str, years: int) -> Stale:
    """Return what has not been attested for so many years; both lists come from the catalogue.

    Args:
        project: where the catalogue is.
        store: a built graph.
        as_of: the day to judge by, ``2026-11-25``; never the clock's.
        years: how many years an attestation stays good for.
    """
    values = {"asOf": checked_day(as_of, "--as-of"), "years": str(years)}
    by_key: dict[tuple[str, str, str], list[str]] = {}
    for alliance, member, last, source in _rows(project, store, "stale-memberships", values):
        by_key.setdefault((last, alliance, member), []).append(source)
    found = [
        StaleMembership(alliance, member, last, tuple(sorted(sources)))
        for (last, alliance, member), sources in sorted(by_key.items())
    ]
    return Stale(
        as_of,
        years,
        tuple(membership for membership in found if membership.last_attested),
        tuple(membership for membership in found if not membership.last_attested),
        tuple(
            UndatedAlliance(alliance, int(attestations), int(sources))
            for alliance, attestations, sources in _rows(project, store, "undated-alliances", {})
        ),
    )


def _rows(project: Project, store: ox.Store, name: str, values: dict[str, str]) -> list[tuple[str, ...]]:
    question = find_question(project, name)
    terms = {p.name: resolve(store, p, values[p.name]) for p in question.parameters}
    table = answer(store, question.bound(terms))
    assert isinstance(table, Table)  # noqa: S101 - both questions are SELECTs
    return [tuple("" if term is None else term.value for term in row) for row in table.rows]
