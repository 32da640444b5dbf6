"""By what a search can be narrowed: topic, Land, legal form, state of membership, completeness of lists, year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.tables import load, make
from buendnis_graph.tables.view import View

if TYPE_CHECKING:
    import polars as pl

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


def read(store: ox.Store, tables: Path | Mapping[str, pl.DataFrame] | None = None) -> Facets:
    """Read the facets of a built graph: from its tables, and by scans of one property each.

    Args:
        store: its default graph is the consolidated view.
        tables: of the same graph, as :func:`buendnis_graph.tables.load` takes them; None makes them.
    """
    view, tables = View(store), make(store) if tables is None else tables
    found: dict[str, dict[str, set[str]]] = {facet: defaultdict(set) for facet in FACETS}
    years: dict[str, int] = {}
    for slug, form, founded in load(tables, "bodies").select("body", "legal_form", "founded").iter_rows():
        if form:
            found["form"][f"{BASE}id/{slug}"].add(form)
        if founded:
            years[f"{BASE}id/{slug}"] = int(founded[:4])
    for slug, topic, broader in load(tables, "topics").select("body", "topic", "broader").iter_rows():
        found["topic"][f"{BASE}id/{slug}"] |= {topic, *(broader or "").split()}
    for slug, state in load(tables, "places").select("body", "state").iter_rows():
        if state:
            found["land"][f"{BASE}id/{slug}"].add(state)
    for place, keys in view.every("bg:ags").items():
        found["land"][place].add(keys[0].value[:2])
    issued = view.one("dcterms:issued")
    for source in view.of_class("bg:Source"):
        if day := issued(source):
            years[source] = int(day[:4])
    for facet, known in _standing(load(tables, "incidence")).items():
        found[facet].update(known)
    values = {facet: {iri: tuple(sorted(several)) for iri, several in of.items()} for facet, of in found.items()}
    return Facets(values, _labels(view, values), years)


def _standing(incidence: pl.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Return the best state of the memberships of each member, and the best completeness of each alliance's lists."""
    states: dict[str, set[str]] = defaultdict(set)
    lists: dict[str, set[str]] = defaultdict(set)
    columns = ("member", "alliance", "counts", "state", "completeness")
    for member, alliance, counts, state, completeness in incidence.select(columns).iter_rows():
        if counts:
            states[f"{BASE}id/{member}"].add(state)
        if completeness:
            lists[f"{BASE}id/{alliance}"].add(completeness)
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
