"""Under which licence which part of a store stands, and what a dump under CC0 has to leave out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyoxigraph as ox

from buendnis_graph.derive import Rule, derive_from, read_rules
from buendnis_graph.errors import LayoutError
from buendnis_graph.namespaces import BASE, derived_graph, expand
from buendnis_graph.publish.dumps.bound import renewed_bound
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.store import consolidate, open_read_only
from buendnis_graph.store.shards import Differences
from buendnis_graph.whole import write_safely

if TYPE_CHECKING:
    import polars as pl

    from buendnis_graph.graph import Graph

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
BOUND = "not-cc0.nt"
"""Of a build, once it was exported or made a site of: the triples of the view that are not under CC0, and how many."""
GRAPHS = "not-cc0.json"
"""Of a build likewise: the graphs that are not under CC0, each with its licence."""
_DERIVED = BASE + "graph/derived/"
_LICENCE = expand("dcterms:license")


class Licences:
    """The licences of a store's graphs.

    What is under CC0 is what can be built without the graphs under other licences: those that are said under CC0, and
    what the rules derive from these alone. So nothing of the others comes back through a rule, be it a thing, a link
    or a date.

    Args:
        store: a derived store.
        rules: those that it was derived by.
        build: the folder of the build, to keep there what takes long to find out; None keeps nothing.
    """

    def __init__(self, store: ox.Store, rules: Sequence[Rule], build: Path | None = None) -> None:
        self._store, self._rules, self._build = store, rules, build

    @classmethod
    def of(cls, graph: Graph, *, current: bool = False) -> Licences:
        """Return those of a built graph of a project.

        Args:
            graph: the graph.
            current: whether it was made sure that the build is one of the files as they are. Then, and only then, the
                rules are those of the build, and what is found out may stand in its folder for the next run.
        """
        return cls(graph.without_bulk, read_rules(graph.project.ontology / "rules"), graph.folder if current else None)

    @cached_property
    def by_graph(self) -> dict[str, str]:
        """The licence of each graph that has another one than CC0, by IRI.

        Raises:
            LayoutError: if a graph has not exactly one licence, as the shapes demand.
        """
        if self._build and (known := _kept_graphs(self._build)) is not None:
            return known
        found = _licences_of(self._store, (graph.value for graph in self._store.named_graphs()))
        self._keep_graphs(found)
        return found

    def _keep_graphs(self, by_graph: dict[str, str]) -> None:
        if self._build:
            _keep(self._build / GRAPHS, [json.dumps(by_graph, indent=0, sort_keys=True), "\n"])

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The licences beside CC0, sorted."""
        return tuple(sorted(set(self.by_graph.values())))

    @cached_property
    def strictest(self) -> str:
        """The licence of a file that holds everything: that of the graphs which are not under CC0, if there are any.

        Raises:
            LayoutError: if they are under several licences: which of them a whole file is under, a person must say.
        """
        if len(self.others) > 1:
            graphs = "; ".join(f"<{graph}> under {licence}" for graph, licence in self.by_graph.items())
            raise LayoutError(
                f"a dump of all needs one licence, but graphs stand under several beside CC0: {graphs}.",
                hint="Take out of data/ what stands under all but one of them; or, if their terms allow it, state one "
                "licence for these graphs (dcterms:license in data/dataset.ttl). Then: buendnis build. "
                "A site without an export can be written as it is.",
            )
        return self.others[0] if self.others else CC0

    @cached_property
    def free(self) -> ox.Store:
        """What is under CC0, derived as the whole is: its default graph is the consolidated view of it."""
        if not self.by_graph:
            return self._store
        said = (  # one by one: most of what a store holds is derived, and takes long to read
            quad
            for graph in self._store.named_graphs()
            if not graph.value.startswith(_DERIVED) and graph.value not in self.by_graph
            for quad in self._store.quads_for_pattern(None, None, None, graph)
        )
        return derive_from(said, (rule for rule in self._rules if derived_graph(rule.name).value not in self.by_graph))

    @cached_property
    def bound(self) -> frozenset[ox.Triple]:
        """The triples of the consolidated view that are not under CC0; found out once for a build that is current."""
        if not self.by_graph:
            return frozenset()
        if self._build and (known := _kept(self._build / BOUND)) is not None:
            return known
        found = frozenset(quad.triple for quad in consolidate(self._store) if quad not in self.free)
        self._keep(found)
        return found

    def _keep(self, bound: frozenset[ox.Triple]) -> None:
        if self._build:
            _keep(self._build / BOUND, [*sorted(f"{triple} .\n" for triple in bound), _end(len(bound))])

    def renew(self, differences: Differences) -> frozenset[ox.Triple]:
        """Find out the triples that are not under CC0 by those of an earlier build of the same rules; return these.

        Args:
            differences: between the earlier build and this one.

        Raises:
            NotLocalError: if it is not known which those are, or other graphs were not under CC0.
        """
        if self._build is None:
            raise NotLocalError
        old = differences.old
        before = _kept_graphs(old)
        if before is None:
            before = Licences(open_read_only(old), self._rules, old).by_graph
        if _kept_graphs(self._build) is None:
            self._keep_graphs(_renewed_graphs(before, differences, self._store))
        known = _kept(old / BOUND) if before else frozenset()
        if known is None or before != self.by_graph:
            raise NotLocalError
        if self.by_graph and _kept(self._build / BOUND) is None:
            bound = renewed_bound(known, differences, self._store, [*self._rules], self.by_graph)
            self._keep(bound)
        return known

    def of_triples(self, triples: Iterable[ox.Triple]) -> tuple[str, ...]:
        """Return the licences of some triples of the consolidated view together: CC0, or all others if one is bound."""
        return (CC0,) if self.bound.isdisjoint(triples) else self.others

    @cached_property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables of what is under CC0, by name: a table that equals its own is under CC0."""
        from buendnis_graph.tables import make

        return make(self.free)


def _licences_of(store: ox.Store, graphs: Iterable[str]) -> dict[str, str]:
    """Return the licence of each of some graphs that has another one than CC0, by IRI.

    Args:
        store: that holds them; its default graph is the consolidated view.
        graphs: their IRIs.

    Raises:
        LayoutError: if a graph has not exactly one licence, as the shapes demand.
    """
    found: dict[str, str] = {}
    for graph in sorted(graphs):
        quads = store.quads_for_pattern(ox.NamedNode(graph), _LICENCE, None, ox.DefaultGraph())
        licences = [getattr(quad.object, "value", "") for quad in quads]
        if len(licences) != 1:
            raise LayoutError(
                f"the graph <{graph}> has {len(licences)} licences, not exactly one.",
                hint="State one (dcterms:license) with the source or in data/dataset.ttl: buendnis build",
            )
        if licences[0] != CC0:
            found[graph] = licences[0]
    return found


def _renewed_graphs(known: Mapping[str, str], differences: Differences, store: ox.Store) -> dict[str, str]:
    """Return the licence of each graph of a build that has another one than CC0, by IRI.

    Args:
        known: that of an earlier build.
        differences: between that build and the build.
        store: of the build.

    Raises:
        LayoutError: if a graph has not exactly one licence, as the shapes demand.
    """
    said, seen = map(chain.from_iterable, (differences.said, differences.seen))
    touched = {quad.graph_name.value for quad in said}  # type: ignore[union-attr]
    touched |= {quad.subject.value for quad in seen if quad.predicate == _LICENCE}  # type: ignore[union-attr]
    there = [graph for graph in touched if store.contains_named_graph(ox.NamedNode(graph))]
    left = {graph: licence for graph, licence in known.items() if graph not in touched}
    return dict(sorted({**left, **_licences_of(store, there)}.items()))


def _end(number: int) -> str:
    """Return the last line of a file of so many triples: without it, what was cut off would count as CC0."""
    return f"# {number} triples\n"


def _kept(path: Path) -> frozenset[ox.Triple] | None:
    """Return the triples that were kept; None if they are not there yet, or not whole."""
    with suppress(OSError, SyntaxError, UnicodeDecodeError):
        text = path.read_text(encoding="utf-8")
        found = frozenset(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
        if text.endswith(_end(len(found))):
            return found
    return None


def _kept_graphs(build: Path) -> dict[str, str] | None:
    """Return the licences that were kept of graphs, by IRI; None if they are not there yet, or not whole."""
    with suppress(OSError, ValueError):
        found = json.loads((build / GRAPHS).read_text(encoding="utf-8"))
        if isinstance(found, dict) and all(isinstance(licence, str) for licence in found.values()):
            return found
    return None


def _keep(path: Path, lines: Iterable[str]) -> None:
    """Write a file as a whole; where that can't be, it is found out again next time."""
    with suppress(OSError), TemporaryDirectory(prefix=".kept-", dir=path.parent) as folder:
        new = Path(folder) / path.name
        write_safely(new, "".join(lines))
        new.replace(path)
