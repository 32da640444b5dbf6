"""Figures and facts of a build that the catalogue states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import expand
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.store.askable import solutions


@dataclass(frozen=True, slots=True)
class Source:
    """A source as read: its IRI, the address of the page, the day, its rights, kind and legal basis (IRIs)."""

    iri: str
    url: str
    seen: str
    licence: str
    basis: str
    page: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a build holds.

    Attributes:
        build: name of the build, a hash of all that went into it.
        counts: the numbers of its report.
        first: the earliest day that a dated attestation can be of.
        last: the latest such day.
        licence: of all that is ours.
        licences: of all graphs, ours first.
        bound_graphs: IRIs of the graphs under another licence.
        holders: who is to be named for them.
        sources: all sources, by IRI.
    """

    build: str
    counts: dict[str, int]
    first: str | None
    last: str | None
    licence: str
    licences: tuple[str, ...]
    bound_graphs: tuple[str, ...]
    holders: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def bases(self) -> list[tuple[str, int]]:
        """How many sources rest on each legal basis."""
        return sorted(Counter(source.basis for source in self.sources).items())


_SOURCES = """SELECT ?source ?url ?seen ?licence ?basis ?page WHERE {
  ?source a bg:Source ; schema:url ?url ; bg:seenOn ?seen ; dcterms:license ?licence ; bg:legalBasis ?basis ;
    dcterms:isVersionOf ?page .
} ORDER BY ?source"""


def read_facts(graph: Graph) -> Facts:
    """Return the facts of a built graph."""
    import polars as pl

    from buendnis_graph.store.builds import read_report
    from buendnis_graph.tables import load

    store, licences = graph.without_bulk, Licences.of(graph)
    holders = [
        quad.object.value
        for name in licences.by_graph
        for quad in store.quads_for_pattern(ox.NamedNode(name), expand("dcterms:rightsHolder"), None, ox.DefaultGraph())
        if isinstance(quad.object, ox.Literal)
    ]
    dated = load(graph.folder, "attestations").select(
        pl.col("attested_earliest").min().alias("first"), pl.col("attested_latest").max().alias("last")
    )
    first, last = dated.row(0)
    return Facts(
        build=graph.folder.name.partition("-")[0],
        counts=read_report(graph.folder)["counts"],
        first=first and first.isoformat(),
        last=last and last.isoformat(),
        licence=CC0,
        licences=(CC0, *licences.others),
        bound_graphs=tuple(licences.by_graph),
        holders=tuple(sorted(holders)),
        sources=tuple(Source(*(term.value for term in row if term)) for row in solutions(store, _SOURCES)),
    )
