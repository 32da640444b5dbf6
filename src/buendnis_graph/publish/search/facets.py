"""By what a search can be narrowed: topic, Land, legal form, state of membership, completeness of lists, year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.tables import load, make
from buendnis_graph.tables.view import View
from buendnis_graph.wording import LANGUAGES

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


def read(
    store: ox.Store, tables: Path | Mapping[str, pl.DataFrame] | None = None, only: Collection[str] | None = None
) -> Facets:
    """Read the facets of a built graph: from its tables, and from the store what is said of places and sources.

    Args:
        store: its default graph is the consolidated view.
        tables: of the same graph, as :func:`buendnis_graph.tables.load` takes them; None makes them.
        only: the IRIs of the things whose values and years are wanted; None: of all.
    """
    tables = make(store) if tables is None else tables
    keys = {place: several[0].value for place, several in View(store).every("bg:ags").items()}
    pairs = _pairs(tables, keys)
    values = {facet: _by_thing(frame, only) for facet, frame in pairs.items()}
    used = {facet: sorted(frame["value"].unique()) for facet, frame in pairs.items()}
    places = {key: place for place, key in keys.items()}
    return Facets(values, _labels(store, used, places), _years(tables, only) | _dated(store, only))


def _pairs(tables: Path | Mapping[str, pl.DataFrame], keys: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """Return by facet the IRI of each thing with each of its values.

    Args:
        tables: as :func:`read` takes them.
        keys: the official key (AGS) of each place.
    """
    import polars as pl

    topics, incidence = load(tables, "topics"), load(tables, "incidence")
    broader = topics.select("body", topic=pl.col("broader").cast(pl.String).str.split(" ")).explode("topic")
    schema = {"thing": pl.String, "value": pl.String}
    at_home = pl.DataFrame({"thing": [*keys], "value": [key[:2] for key in keys.values()]}, schema=schema)
    return {
        "topic": pl.concat([_named(topics, "body", "topic"), _named(broader, "body", "topic")]).unique(),
        "land": pl.concat([_named(load(tables, "places"), "body", "state"), at_home]).unique(),
        "form": _named(load(tables, "bodies"), "body", "legal_form"),
        "state": _best(_named(incidence.filter("counts"), "member", "state"), _STATES),
        "completeness": _best(_named(incidence, "alliance", "completeness"), _COMPLETENESS),
    }


def _named(table: pl.DataFrame, body: str, value: str) -> pl.DataFrame:
    """Return the IRIs of bodies with what a column says of them, where it says anything."""
    import polars as pl

    found = table.select(thing=pl.lit(f"{BASE}id/") + pl.col(body).cast(pl.String), value=pl.col(value).cast(pl.String))
    return found.filter(pl.col("value") != "").unique()


def _best(pairs: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """Return each thing with that of its values that comes first in an order."""
    import polars as pl

    ranked = pairs.with_columns(pl.col("value").replace_strict(order, range(len(order)), return_dtype=pl.UInt8))
    best = ranked.group_by("thing").agg(pl.col("value").min())
    return best.with_columns(pl.col("value").replace_strict(range(len(order)), order, return_dtype=pl.String))


def _by_thing(pairs: pl.DataFrame, only: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    import polars as pl

    wanted = pairs if only is None else pairs.filter(pl.col("thing").is_in([*only]))
    found: dict[str, list[str]] = defaultdict(list)
    for thing, value in wanted.iter_rows():
        found[thing].append(value)
    return {thing: tuple(sorted(several)) for thing, several in found.items()}


def _years(tables: Path | Mapping[str, pl.DataFrame], only: Collection[str] | None) -> dict[str, int]:
    """Return when bodies were founded."""
    founded = _by_thing(_named(load(tables, "bodies"), "body", "founded"), only)
    return {body: int(date[:4]) for body, (date, *_) in founded.items()}


def _dated(store: ox.Store, only: Collection[str] | None) -> dict[str, int]:
    """Return of when sources are dated."""
    view = View(store)
    if only is None:
        days, sources = view.every("dcterms:issued"), view.of_class("bg:Source")
    else:
        things = [ox.NamedNode(iri) for iri in only]
        sources = [thing.value for thing in things if ox.Quad(thing, RDF_TYPE, expand("bg:Source")) in store]
        issued = ((one, _objects(store, one, "dcterms:issued")) for one in sources)
        days = {one: found for one, found in issued if found}
    return {source: int(days[source][0].value[:4]) for source in sources if source in days}


def _objects(store: ox.Store, subject: str, name: str) -> list[Any]:
    """Return the values of a property of one subject, sorted."""
    quads = store.quads_for_pattern(ox.NamedNode(subject), expand(name), None, ox.DefaultGraph())
    return sorted((quad.object for quad in quads), key=str)


def _labels(store: ox.Store, values: Mapping[str, Sequence[str]], place_of: Mapping[str, str]) -> dict[str, Labels]:
    spaces = {"topic": "topic", "form": "legal-form", "state": "state", "completeness": "completeness"}

    def label(facet: str, value: str) -> tuple[str, str]:
        iri = place_of.get(value, "") if facet == "land" else expand(f"{spaces[facet]}:{value}").value
        names = _objects(store, iri, "skos:prefLabel") if iri else []
        german, english = (next((n.value for n in names if n.language == one), None) for one in LANGUAGES)
        return german or english or value, english or german or value

    return {facet: {value: label(facet, value) for value in several} for facet, several in values.items()}
