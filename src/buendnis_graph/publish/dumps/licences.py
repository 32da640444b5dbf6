"""Under which licence which part of a store stands, and what a dump under CC0 has to leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.errors import LayoutError
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.store import named_graphs

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_DERIVED = BASE + "graph/derived/"
_LICENCE = expand("dcterms:license")


class Licences:
    """The licences of a store's graphs.

    Left out of what is under CC0: the graphs under another licence, and of the rest each statement that names a thing
    which, apart from what our rules derive, only such graphs name. So a link to a register that stands under CC BY
    does not come back through a rule.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @cached_property
    def by_graph(self) -> dict[str, str]:
        """The licence of each graph that has another one than CC0, by IRI."""
        graphs = {quad.graph_name for quad in named_graphs(self._store)}
        licences = self._store.quads_for_pattern(None, _LICENCE, None, ox.DefaultGraph())
        stated = {quad.subject: quad.object for quad in licences}
        found = {graph.value: stated.get(graph) for graph in graphs if isinstance(graph, ox.NamedNode)}
        return {
            graph: licence.value
            for graph, licence in sorted(found.items())
            if isinstance(licence, ox.NamedNode) and licence.value != CC0
        }

    @cached_property
    def strictest(self) -> str:
        """The licence of a file that holds everything: that of the graphs which are not under CC0, if there are any.

        Raises:
            LayoutError: if they are under several licences: which of them a whole file is under, a person must say.
        """
        others = set(self.by_graph.values())
        if len(others) > 1:
            raise LayoutError(
                f"graphs stand under several licences beside CC0: {', '.join(sorted(others))}.",
                hint="Say in publish/dumps/licences.py which one a file of all of them is under.",
            )
        return others.pop() if others else CC0

    @cached_property
    def bound(self) -> frozenset[str]:
        """The IRIs that only graphs under other licences than CC0 name."""
        here: set[str] = set()
        elsewhere: set[str] = set()
        for quad in named_graphs(self._store):
            graph = quad.graph_name.value  # type: ignore[union-attr]
            if not graph.startswith(_DERIVED):
                (here if graph in self.by_graph else elsewhere).update(_iris(quad))
        return frozenset(here - elsewhere)

    def free(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the quads that are under CC0; of the consolidated view likewise."""
        for quad in quads:
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and graph.value in self.by_graph:
                continue
            if self.bound.isdisjoint(_iris(quad)):
                yield quad

    def of_text(self, text: str) -> str:
        """Return the licence of a table: the strictest if it names what only graphs under such a licence name."""
        return self.strictest if any(iri in text for iri in self.bound) else CC0


def _iris(quad: ox.Quad) -> Iterator[str]:
    return (term.value for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode))
