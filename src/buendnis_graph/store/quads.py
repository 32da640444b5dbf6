"""One interface of a store of quads, wherever it is: in memory, on disk, behind SPARQL 1.1 (:mod:`.remote_quads`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Protocol

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.store.askable import Askable

GraphName = ox.NamedNode | ox.DefaultGraph
DEFAULT = ox.DefaultGraph()
BATCH = 1_000
"""Triples in one update, so that every store takes it; Virtuoso's parser is exhausted by 5,000 (measured)."""


class QuadStore(Askable, Protocol):
    """What the rest of the house needs of a store of quads."""

    def count(self, graphs: Iterable[GraphName]) -> dict[GraphName, int]:
        """Return how many triples graphs have; 0 if there is no such graph."""
        ...

    def quads_of(self, graph: GraphName) -> Iterable[ox.Quad]:
        """Return the quads of one graph, each once, literals as Oxigraph writes them."""
        ...

    def difference(self, graph: GraphName, lines: set[bytes]) -> tuple[set[bytes], set[bytes]]:
        """Return in what one graph differs from lines of N-Triples as a store here writes them; quads would be slower.

        Returns:
            What the graph has and the lines have not, and the reverse.
        """
        ...

    def replace(self, graph: GraphName, quads: Iterable[ox.Quad]) -> None:
        """Make a graph hold these quads and no others."""
        ...

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], dropped: Iterable[ox.NamedNode] = ()) -> None:
        """Carry out a difference: all of it as one request, which most stores take for a transaction.

        Args:
            removed: quads that go; those that are not there are passed over.
            added: quads that come.
            dropped: graphs that go, with their names.
        """
        ...

    def is_atomic(self, graph: ox.NamedNode) -> bool:
        """Return whether a request that fails half-way is known to change nothing.

        Args:
            graph: one of ours, in which this may be tried.
        """
        ...


class LocalQuads:
    """A store here: in memory, or on disk (that of a build is read-only).

    Args:
        store: an Oxigraph store.
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Any:
        """Return the engine's answer."""
        return self.store.query(query, prefixes=prefixes)

    def count(self, graphs: Iterable[GraphName]) -> dict[GraphName, int]:
        """Return how many triples graphs have."""
        return {graph: sum(1 for _ in self.quads_of(graph)) for graph in graphs}

    def quads_of(self, graph: GraphName) -> Iterator[ox.Quad]:
        """Return the quads of one graph."""
        return self.store.quads_for_pattern(None, None, None, graph)

    def difference(self, graph: GraphName, lines: set[bytes]) -> tuple[set[bytes], set[bytes]]:
        """Return in what one graph differs from lines of N-Triples: what it has and they have not, and the reverse."""
        there = lines_of(self.store, graph)
        return there - lines, lines - there

    def replace(self, graph: GraphName, quads: Iterable[ox.Quad]) -> None:
        """Make a graph hold these quads and no others.

        Raises:
            UsageError: if the store is read-only.
        """
        self._update(f"{clear_text(graph)} ;\n{update_text((), quads)}")

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], dropped: Iterable[ox.NamedNode] = ()) -> None:
        """Carry out a difference in one transaction.

        Raises:
            UsageError: if the store is read-only.
        """
        self._update(update_text(removed, added, dropped))

    def is_atomic(self, graph: ox.NamedNode) -> bool:  # noqa: ARG002 - the interface's
        """Return that an update is a transaction."""
        return True

    def _update(self, text: str) -> None:
        try:
            self.store.update(text)
        except RuntimeError as error:
            raise UsageError("a build is read-only.", hint="It is built anew: buendnis build") from error


def update_text(removed: Iterable[ox.Quad], added: Iterable[ox.Quad], dropped: Iterable[ox.NamedNode] = ()) -> str:
    """Return a difference as SPARQL 1.1 Update, sorted; empty if it changes nothing."""
    parts = [f"DROP SILENT GRAPH {graph}" for graph in sorted(dropped, key=str)]
    parts += [
        f"{verb} DATA {{\n{block}}}"
        for verb, block in (("DELETE", _block(removed)), ("INSERT", _block(added)))
        if block
    ]
    return " ;\n".join(parts)


def clear_text(graph: GraphName) -> str:
    """Return the SPARQL 1.1 Update that empties a graph; a named one is then no longer listed."""
    return "DROP SILENT DEFAULT" if isinstance(graph, ox.DefaultGraph) else f"DROP SILENT GRAPH {graph}"


def _block(quads: Iterable[ox.Quad]) -> str:
    text = ""
    for graph, some in groupby(sorted(quads, key=_by_graph), key=lambda quad: quad.graph_name):
        triples = "".join(triple_lines(some))
        text += triples if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{\n{triples}}}\n"
    return text


def _by_graph(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def triple_lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield the triples of quads, one a line, as N-Triples has them."""
    return (f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)


def lines_of(store: ox.Store, graph: GraphName) -> set[bytes]:
    """Return the triples of a graph as lines of N-Triples."""
    dump = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
    assert dump is not None  # noqa: S101 - no file was named to write to
    return set(dump.splitlines(keepends=True))  # at \n and \r only, which N-Triples writes as escapes elsewhere


def digest(lines: Iterable[bytes]) -> str:
    """Return the hash of what a graph says, whatever its name: SHA-256 of its triples as sorted N-Triples."""
    found = hashlib.sha256()
    for line in sorted(lines):
        found.update(line)
    return found.hexdigest()


def quads_from(lines: Iterable[bytes], graph: GraphName) -> Iterator[ox.Quad]:
    """Yield lines of N-Triples as quads of a graph."""
    return in_graph(ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES), graph)


def in_graph(quads: Iterable[ox.Quad], graph: GraphName) -> Iterator[ox.Quad]:
    """Yield the triples of quads as quads of another graph."""
    return (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
