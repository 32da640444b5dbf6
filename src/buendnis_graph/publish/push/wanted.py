"""What should be in a store: the graphs of a build, with counts and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.namespaces import BASE
from buendnis_graph.store.bulk import need_shards
from buendnis_graph.store.quads import DEFAULT, GraphName, digest, in_graph, lines_of

REGISTER_GRAPH = f"{BASE}graph/register/"
"""What the names of the graphs of a register's courts begin with."""
VIEW = ox.NamedNode(f"{BASE}graph/view")
"""The consolidated view, where the default graph of a store is the union of all its graphs."""


def register_parts(folder: Path) -> dict[GraphName, Path]:
    """Return the files of a build's registers by the graph that each goes into, one for each court; sorted.

    The names of graphs hold no day, so that a court in which nothing has changed stays as it is.

    Raises:
        UsageError: if the build holds none.
    """
    shards = sorted(shard for several in need_shards(folder).values() for shard in several)
    return {ox.NamedNode(f"{REGISTER_GRAPH}{shard.name.rpartition('-')[0]}"): shard for shard in shards}


@dataclass(frozen=True, slots=True)
class Content:
    """How much a graph holds, and the hash of what."""

    count: int
    hash: str


class Wanted:
    """The graphs that a store should have.

    Args:
        name: of the build.
        store: that of the build.
        view: where the consolidated view goes: the default graph, or :data:`VIEW`.
        parts: the files of bulk sources, of sorted N-Triples, by the graph that each goes into.
        view_lines: gives the consolidated view as lines of N-Triples, as the store does, only sooner; None if it
            is to do so.
    """

    def __init__(
        self,
        name: str,
        store: ox.Store,
        view: GraphName = DEFAULT,
        parts: Mapping[GraphName, Path] = MappingProxyType({}),
        view_lines: Callable[[], Iterable[bytes]] | None = None,
    ) -> None:
        self.name, self._store, self.view, self.parts, self._view_lines = name, store, view, parts, view_lines
        if store.contains_named_graph(VIEW):
            raise UsageError(f"the build has a graph {VIEW} of its own.", hint="Name that graph otherwise.")

    def at(self, view: GraphName, known: Mapping[GraphName, Content] | None = None) -> Wanted:
        """Return the same with the consolidated view in a place.

        Args:
            view: the place.
            known: count and hash of each graph then, if they are known, so that nothing is read for them.
        """
        moved = Wanted(self.name, self._store, view, self.parts, self._view_lines)
        if known is not None:
            moved.__dict__["contents"] = dict(known)
        elif "contents" in self.__dict__:
            moved.__dict__["contents"] = {
                view if graph == self.view else graph: content for graph, content in self.contents.items()
            }
        return moved

    @cached_property
    def contents(self) -> dict[GraphName, Content]:
        """Count and hash of each graph; reads the whole build once."""
        names: list[GraphName] = [name for name in self._store.named_graphs() if isinstance(name, ox.NamedNode)]
        found = {}
        for name in [self.view, *sorted(names, key=str), *self.parts]:
            lines = self.lines_of(name)
            if lines:
                found[name] = Content(len(lines), digest(lines))
        return found

    @property
    def hash(self) -> str:
        """Return the hash of everything: of the hashes of all graphs by their names; the same wherever the view is."""
        lines = sorted(
            f"{DEFAULT if graph == self.view else graph} {content.hash}\n" for graph, content in self.contents.items()
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def count(self) -> int:
        """Return how many triples there are in all graphs."""
        return sum(content.count for content in self.contents.values())

    def lines_of(self, graph: GraphName) -> set[bytes]:
        """Return the triples that a graph should have as lines of N-Triples; none of one that the build has not."""
        part = self.parts.get(graph)
        if part is not None:
            return set(part.read_bytes().splitlines(keepends=True))
        if graph == self.view and self._view_lines:
            return set(self._view_lines())
        return lines_of(self._store, self._here(graph))

    def quads_of(self, graph: GraphName) -> Iterable[ox.Quad]:
        """Return the quads that a graph should have; none of one that the build has not."""
        part = self.parts.get(graph)
        if part is not None:
            return in_graph(ox.parse(path=part, format=ox.RdfFormat.N_TRIPLES), graph)
        here = self._here(graph)
        quads = self._store.quads_for_pattern(None, None, None, here)
        return quads if here == graph else in_graph(quads, graph)

    def _here(self, graph: GraphName) -> GraphName:
        """Return the graph of the build's store that holds what a graph should: :data:`VIEW` holds nothing there."""
        if graph == self.view:
            return DEFAULT
        return VIEW if graph == DEFAULT else graph
