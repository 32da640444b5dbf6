"""By what a search can be narrowed: topic, Land, legal form, state of membership, completeness of lists, year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.tables import bodies as body_rows
from buendnis_graph.tables.members import attestations, incidence
from buendnis_graph.tables.view import View

FACETS = ("topic", "land", "form", "state", "completeness")
"""All facets beside kind and year."""

_STATES = ("attested", "unknown", "ended-dated", "ended-undated")
_COMPLETENESS = ("complete", "partial", "examples")

Labels = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facets:
    """Values of facets.

    Args:
        values: by facet and IRI.
        labels: German and English name of each value, by facet.
        years: by IRI: when a body was founded, when a source is dated.
    """

    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    labels: Mapping[str, Labels]
    years: Mapping[str, int]

    def of(self, iri: str) -> dict[str, tuple[str, ...]]:
        """Return the values of one thing by facet, without the facets that say nothing of it."""
        return {facet: self.values[facet][iri] for facet in FACETS if iri in self.values[facet]}


def read(store: ox.Store) -> Facets:
    """Read the facets of a built graph, by scans of one property each.

    Args:
        store: its default graph is the consolidated view.
    """
    view = View(store)
    found: dict[str, dict[str, set[str]]] = {facet: defaultdict(set) for facet in FACETS}
    years: dict[str, int] = {}
    for row in body_rows.bodies(view):
        body = f"{BASE}id/{row['body']}"
        if row["legal_form"]:
            found["form"][body].add(str(row["legal_form"]))
        if row["founded"]:
            years[body] = int(str(row["founded"])[:4])
    for row in body_rows.topics(view):
        found["topic"][f"{BASE}id/{row['body']}"] |= {str(row["topic"]), *str(row["broader"] or "").split()}
    for row in body_rows.places(view):
        if row["state"]:
            found["land"][f"{BASE}id/{row['body']}"].add(str(row["state"]))
    for place, keys in view.every("bg:ags").items():
        found["land"][place].add(keys[0].value[:2])
    issued = view.one("dcterms:issued")
    for source in view.of_class("bg:Source"):
        if day := issued(source):
            years[source] = int(day[:4])
    for facet, known in _standing(view).items():
        found[facet].update(known)
    values = {facet: {iri: tuple(sorted(several)) for iri, several in of.items()} for facet, of in found.items()}
    return Facets(values, _labels(view, values), years)


def _standing(view: View) -> dict[str, dict[str, set[str]]]:
    """Return the best state of the memberships of each member, and the best completeness of each alliance's lists."""
    states: dict[str, set[str]] = defaultdict(set)
    lists: dict[str, set[str]] = defaultdict(set)
    for row in incidence(view, list(attestations(view))):
        if row["counts"]:
            states[f"{BASE}id/{row['member']}"].add(str(row["state"]))
        if row["completeness"]:
            lists[f"{BASE}id/{row['alliance']}"].add(str(row["completeness"]))
    return {
        "state": {iri: {min(several, key=_STATES.index)} for iri, several in states.items()},
        "completeness": {iri: {min(several, key=_COMPLETENESS.index)} for iri, several in lists.items()},
    }


def _labels(view: View, values: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, dict[str, tuple[str, str]]]:
    german, english = view.label("de"), view.label("en")
    place_of = {keys[0].value: place for place, keys in view.every("bg:ags").items()}
    spaces = {"topic": "topic", "form": "legal-form", "state": "state", "completeness": "completeness"}

    def label(facet: str, value: str) -> tuple[str, str]:
        iri = place_of.get(value, "") if facet == "land" else expand(f"{spaces[facet]}:{value}").value
        return german(iri) or english(iri) or value, english(iri) or german(iri) or value

    return {
        facet: {value: label(facet, value) for value in sorted({v for several in of.values() for v in several})}
        for facet, of in values.items()
    }
