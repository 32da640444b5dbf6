"""What overviews show, read once: from the tables, and by scans of the consolidated view of one property each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE
from buendnis_graph.network.chains import Chains, chained
from buendnis_graph.tables import load, make
from buendnis_graph.tables.view import View, after

if TYPE_CHECKING:
    import polars as pl

Names = tuple[str, str]
"""German and English; the one for the other where there is only one."""

STATES = ("dated", "undated", "ended")
"""How well a membership is known: attested with a date, attested without one, over."""

_TOPICS = f"{BASE}topic"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its names, the topics above it, and the bodies it is itself given to."""

    names: Names
    broader: tuple[str, ...]
    bodies: frozenset[str]


@dataclass(frozen=True)
class Facts:
    """The facts of all overviews; bodies, places and topics by the last part of their IRI.

    Args:
        names: of each body and place.
        alliances: bodies that are alliances.
        organisations: all other bodies.
        memberships: by (member, alliance), one of :data:`STATES`.
        chains: which alliances succeeded one another.
        located: official keys (AGS) of the seats and places of each body.
        regions: slug of each Land and district by its key.
        topics: by slug.
        founded: year of each body whose founding date is known.
        sources: number of sources by the year they are dated; None: undated.
        attestations: the same of attestations.
    """

    names: Mapping[str, Names]
    alliances: frozenset[str]
    organisations: frozenset[str]
    memberships: Mapping[tuple[str, str], str]
    chains: Chains
    located: Mapping[str, frozenset[str]]
    regions: Mapping[str, str]
    topics: Mapping[str, Topic]
    founded: Mapping[str, int]
    sources: Mapping[int | None, int]
    attestations: Mapping[int | None, int]

    @cached_property
    def degree(self) -> Mapping[str, int]:
        """In how many alliances each member is; predecessor and successor are one."""
        of = self.chains.chain
        return Counter(member for member, _ in {(member, of.get(a, a)) for member, a in self.memberships})

    def split(self, bodies: frozenset[str]) -> tuple[int, int]:
        """Return how many of some bodies are alliances, and how many are other organisations."""
        alliances = len(bodies & self.alliances)
        return alliances, len(bodies) - alliances


def iri(slug: str) -> str:
    """Return the IRI of a body or place."""
    return f"{BASE}id/{slug}"


def read(store: ox.Store, tables: Path | Mapping[str, pl.DataFrame] | None = None) -> Facts:
    """Read the facts of all overviews.

    Args:
        store: its default graph is the consolidated view.
        tables: of the same graph, as :func:`buendnis_graph.tables.load` takes them; None makes them.
    """
    view, tables = View(store), make(store) if tables is None else tables
    rows = [row for row in load(tables, "bodies").iter_rows(named=True) if row["kind"] != "programme"]
    bodies = frozenset(row["body"] for row in rows)
    alliances = frozenset(row["body"] for row in rows if row["is_alliance"])
    located: dict[str, set[str]] = defaultdict(set)
    for body, relation, ags in load(tables, "places").select("body", "relation", "ags").iter_rows():
        if relation != "area" and ags and body in bodies:
            located[body].add(ags)
    keys = view.every("bg:ags")
    regions = {k[0].value: after(place, "id") or "" for place, k in keys.items() if len(k[0].value) in (2, 5)}
    return Facts(
        names=_names(view),
        alliances=alliances,
        organisations=bodies - alliances,
        memberships=_memberships(load(tables, "incidence")),
        chains=_chains(view),
        located={body: frozenset(places) for body, places in located.items()},
        regions=regions,
        topics=_topics(view, bodies),
        founded={row["body"]: row["founded_earliest"].year for row in rows if row["founded_earliest"]},
        sources=_by_year(map(view.one("dcterms:issued"), view.of_class("bg:Source"))),
        attestations=_by_year(load(tables, "attestations")["attested_on"]),
    )


def _pair(view: View, thing: str) -> Names:
    german, english = view.label("de")(thing), view.label("en")(thing)
    last = thing.rpartition("/")[2]
    return german or english or last, english or german or last


def _names(view: View) -> dict[str, Names]:
    return {slug: _pair(view, thing) for thing in view.every("skos:prefLabel") if (slug := after(thing, "id"))}


def _memberships(incidence: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Return for each pair the state of its best known membership; other roles are none."""
    states: dict[tuple[str, str], set[str]] = defaultdict(set)
    for member, alliance, counts, state in incidence.select("member", "alliance", "counts", "state").iter_rows():
        if counts:
            known = "dated" if state == "attested" else "ended" if state.startswith("ended") else "undated"
            states[member, alliance].add(known)
    return {pair: min(several, key=STATES.index) for pair, several in sorted(states.items())}


def _chains(view: View) -> Chains:
    every = view.every("bg:successorOf").items()
    return chained((after(new, "id") or "", after(old.value, "id") or "", None) for new, olds in every for old in olds)


def _topics(view: View, bodies: frozenset[str]) -> dict[str, Topic]:
    given: dict[str, set[str]] = defaultdict(set)
    for body, topics in view.every("bg:topic").items():
        for topic in topics:
            given[topic.value].add(after(body, "id") or "")
    broader, schemes = view.every("skos:broader"), view.every("skos:inScheme")
    found = sorted(topic for topic, of in schemes.items() if any(scheme.value == _TOPICS for scheme in of))
    return {
        after(topic, "topic") or "": Topic(
            _pair(view, topic),
            tuple(slug for b in broader.get(topic, ()) if (slug := after(b.value, "topic"))),
            frozenset(given[topic] & bodies),
        )
        for topic in found
    }


def _by_year(dates: Iterable[Any]) -> dict[int | None, int]:
    """Count dates, if they are known, by their year."""
    years = Counter(int(day[:4]) if day else None for day in dates)
    return dict(sorted(years.items(), key=lambda item: (item[0] is None, item[0] or 0)))
