"""The two-mode network: bodies and alliances, a line for each membership."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from buendnis_graph.extras import need

if TYPE_CHECKING:
    import polars as pl

BODY, ALLIANCE = "body:", "alliance:"
"""Before the names of nodes: an alliance that is a member of another one is two nodes, one of each mode."""


@dataclass(frozen=True, slots=True)
class _Ids:
    names: list[str]
    of: Any


class TwoMode:
    """Memberships on numbers: bodies and alliances by their place in the sorted names.

    Args:
        memberships: with the columns ``alliance`` and ``body``, each pair once.
    """

    def __init__(self, memberships: pl.DataFrame) -> None:
        self.memberships = memberships

    @cached_property
    def _bodies(self) -> _Ids:
        return _numbered(self.memberships["body"])

    @cached_property
    def _alliances(self) -> _Ids:
        return _numbered(self.memberships["alliance"])

    @property
    def bodies(self) -> list[str]:
        """The bodies, sorted."""
        return self._bodies.names

    @property
    def alliances(self) -> list[str]:
        """The alliances, sorted."""
        return self._alliances.names

    def pairs(self) -> tuple[Any, Any]:
        """Return for each membership the number of its body and that of its alliance, as two arrays."""
        return self._bodies.of.to_numpy(), self._alliances.of.to_numpy()

    def to_igraph(self) -> Any:
        """Return an undirected ``igraph.Graph``: bodies first; ``type`` is False for bodies, True for alliances."""
        igraph = need("igraph")
        body, alliance = self.pairs()
        n = len(self.bodies)
        graph = igraph.Graph(n=n + len(self.alliances), edges=zip(body.tolist(), (alliance + n).tolist(), strict=True))
        graph.vs["name"] = [BODY + b for b in self.bodies] + [ALLIANCE + a for a in self.alliances]
        graph.vs["type"] = [False] * n + [True] * len(self.alliances)
        return graph


def _numbered(column: pl.Series) -> _Ids:
    """Return the sorted names of a column, and for each row the number of its name."""
    import polars as pl

    names = column.unique().sort()
    numbers = pl.DataFrame({column.name: names}).with_row_index("n").with_columns(pl.col("n").cast(pl.Int64))
    of = column.to_frame().join(numbers, on=column.name, how="left", maintain_order="left")["n"]
    return _Ids(names.to_list(), of)
