"""The layers that look at what the files say, kept up to date: after an edit only what it can affect is checked."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Protocol

import pyoxigraph as ox

from buendnis_graph.validate.bag import Bag
from buendnis_graph.validate.engine import Result
from buendnis_graph.validate.evidence_view import EvidenceView
from buendnis_graph.validate.fast import Fast
from buendnis_graph.validate.incremental import Incremental
from buendnis_graph.validate.shapes import Shapes


class _Graph(Protocol):
    """What turns quads of files into the graph that shapes look at."""

    def change(
        self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]
    ) -> tuple[list[ox.Triple], list[ox.Triple]]: ...

    def restore(self, results: Iterable[Result]) -> list[Result]: ...

    @property
    def triples(self) -> list[ox.Triple]: ...


class _Merged:
    """All that the files say, in one graph."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._bag = Bag()
        self._bag.change([], (quad.triple for quad in quads))

    @property
    def triples(self) -> list[ox.Triple]:
        return list(self._bag)

    def change(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> tuple[list[ox.Triple], list[ox.Triple]]:
        return self._bag.change((quad.triple for quad in removed), (quad.triple for quad in added))

    def restore(self, results: Iterable[Result]) -> list[Result]:
        return list(results)


class Checker:
    """The findings of some layers about a set of quads, kept up to date.

    Args:
        quads: what the files say, or the consolidated view.
        sources: the shapes that look at what each source says; None if that is not asked.
        whole: the shapes that look at all together; None likewise.
        engine: does the checking.
        fresh: whether to check all at the start; if not, only what changes affect is ever found.
    """

    def __init__(
        self,
        quads: Iterable[ox.Quad],
        sources: Shapes | None,
        whole: Shapes | None,
        engine: Fast,
        *,
        fresh: bool = True,
    ) -> None:
        quads = list(quads)
        self._parts: list[tuple[_Graph, Incremental]] = []
        for shapes, graph in ((sources, EvidenceView), (whole, _Merged)):
            if shapes is not None:
                made: _Graph = graph(quads)
                self._parts.append((made, Incremental(made.triples, shapes, engine, fresh=fresh)))
        gc.freeze()  # millions of objects stay: looking through them for garbage would take longer than an edit

    @property
    def results(self) -> list[Result]:
        """What is found now."""
        return [result for graph, checked in self._parts for result in graph.restore(checked.results)]

    def update(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> int:
        """Take a change of what the files say, and return how many nodes were checked again.

        Args:
            removed: quads that are there, each once for each file that says it.
            added: quads that are not.
        """
        gone, come = list(removed), list(added)
        return sum(len(checked.update(*graph.change(gone, come))) for graph, checked in self._parts)
