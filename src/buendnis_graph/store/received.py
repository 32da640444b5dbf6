"""What an endpoint gives of a graph, taken as it comes: kept, or held against what should be there."""

from __future__ import annotations

from typing import Protocol

import pyoxigraph as ox

from buendnis_graph.store.quads import DEFAULT, GraphName, lines_of


class Received(Protocol):
    """Triples of one graph; its length is the number of those that were taken, each counted once."""

    def take(self, body: bytes, form: ox.RdfFormat) -> None:
        """Take an answer.

        Raises:
            SyntaxError: if it is none.
            ValueError: likewise.
        """
        ...

    def clear(self) -> None:
        """Begin anew."""
        ...

    def __len__(self) -> int: ...


class Kept:
    """Keeps quads, literals as a store here writes them.

    Args:
        graph: that they are in.
    """

    def __init__(self, graph: GraphName) -> None:
        self.store, self._graph = ox.Store(), graph

    def take(self, body: bytes, form: ox.RdfFormat) -> None:
        """Take an answer."""
        self.store.bulk_load(body, format=form, to_graph=self._graph)

    def clear(self) -> None:
        """Begin anew."""
        self.store.clear()

    def __len__(self) -> int:
        return len(self.store)


class Compared:
    """Finds in what triples differ from those that should be there; only what reads otherwise is parsed and held.

    Args:
        lines: what should be there, as lines of N-Triples as a store here writes them.
    """

    def __init__(self, lines: set[bytes]) -> None:
        self._lines = lines
        self._missing = set(lines)
        self._other = ox.Store()

    def take(self, body: bytes, form: ox.RdfFormat) -> None:
        """Take an answer."""
        if form == ox.RdfFormat.N_TRIPLES:
            came = set(body.splitlines(keepends=True))
        else:
            some = Kept(DEFAULT)
            some.take(body, form)
            came = lines_of(some.store, DEFAULT)
        self._missing -= came
        if other := b"".join(came - self._lines):
            self._other.bulk_load(other, format=ox.RdfFormat.N_TRIPLES)

    def clear(self) -> None:
        """Begin anew."""
        self._missing = set(self._lines)
        self._other.clear()

    def __len__(self) -> int:
        return len(self._lines) - len(self._missing) + len(self._other)

    def difference(self) -> tuple[set[bytes], set[bytes]]:
        """Return what was taken and should not be there, and what should and was not."""
        other = lines_of(self._other, DEFAULT)  # written as here, some of it should be there
        return other - self._lines, self._missing - other
