"""Let pySHACL look at a part of the nodes: at all of the real data it takes a quarter of an hour.

``BUENDNIS_WHOLE=1 pytest -m system tests/validate`` compares the engines on all nodes.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.shapes import Shapes
from buendnis_graph.validate.targets import TARGET_NODE, TARGETS, places, roots, target_patterns
from tests.validate.damage import Quads


class Sample:
    """Some nodes."""

    def holds(self, node: Term) -> bool:
        raise NotImplementedError

    def of_targets(self, shapes: Shapes, quads: Quads) -> Shapes:
        """Return shapes that name their focus nodes in the sample one by one, in place of their targets."""
        store = ox.Store()
        store.bulk_extend(ox.Quad(*quad.triple) for quad in quads)
        kept = [triple for triple in shapes.triples if triple.predicate not in TARGETS]
        return Shapes(kept + [triple for root in roots(shapes) for triple in self._named(shapes, root, store)])

    def _named(self, shapes: Shapes, root: Term, store: ox.Store) -> Iterator[ox.Triple]:
        assert isinstance(root, ox.NamedNode)
        assert not any(place.steps for place in places(shapes, root)), f"{root} looks at nodes that are not its targets"
        for pattern in target_patterns(shapes, root, "this"):
            found = store.query(f"SELECT DISTINCT ?this {{ {pattern} }}")
            assert isinstance(found, ox.QuerySolutions)
            for (node,) in found:
                if isinstance(node, ox.NamedNode | ox.Literal) and self.holds(node):
                    yield ox.Triple(root, TARGET_NODE, node)


class Every(Sample):
    """All nodes."""

    def holds(self, node: Term) -> bool:  # noqa: ARG002
        return True

    def of_targets(self, shapes: Shapes, quads: Quads) -> Shapes:  # noqa: ARG002
        return shapes


@dataclass(frozen=True, slots=True)
class OneIn(Sample):
    """One node in so many, by its name: the same ones in each run, whichever shape looks at them."""

    number: int

    def holds(self, node: Term) -> bool:
        return zlib.crc32(str(node).encode()) % self.number == 0


@dataclass(frozen=True, slots=True)
class Named(Sample):
    """These nodes."""

    nodes: Set[Term]

    def holds(self, node: Term) -> bool:
        return node in self.nodes


EVERY = Every()
REAL_DATA = EVERY if os.environ.get("BUENDNIS_WHOLE") else OneIn(6)


def around(changed: Iterable[ox.Quad], quads: Quads) -> set[Term]:
    """Return the nodes that some quads name, and all that point to one of them or are pointed at."""
    named: set[object] = {term for quad in changed for term in (quad.subject, quad.object)}
    found = {term for q in quads if named & {q.subject, q.object} for term in (q.subject, q.object)}
    return {term for term in named | found if isinstance(term, ox.NamedNode | ox.Literal)}
