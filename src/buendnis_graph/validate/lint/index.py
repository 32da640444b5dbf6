"""Look up what a graph says of a node, where it stands, and what to call a node that has no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.evidence.reader import Located
from buendnis_graph.validate.paths import Term


class Index:
    """The quads of some files by subject and predicate."""

    def __init__(self, quads: Iterable[Located]) -> None:
        self.quads = list(quads)
        self._said: dict[object, dict[object, list[Located]]] = {}
        self._as_object: dict[object, Located] = {}
        for item in self.quads:
            of_subject = self._said.setdefault(item.quad.subject, {})
            of_subject.setdefault(item.quad.predicate, []).append(item)
            self._as_object.setdefault(item.quad.object, item)

    def __contains__(self, node: object) -> bool:
        return node in self._said

    def values(self, subject: object, predicate: object) -> list[Term]:
        """Return the objects of a subject and predicate, as they come."""
        found = self._said.get(subject, {}).get(predicate, ())
        return [item.quad.object for item in found]  # type: ignore[misc] # readers refuse RDF 1.2

    def predicates(self, subject: object) -> Iterable[object]:
        """Return the predicates of a subject."""
        return self._said.get(subject, {}).keys()

    def pairs(self, predicate: object) -> Iterator[tuple[Term, Term]]:
        """Yield subject and object of each triple with a predicate."""
        for item in self.quads:
            if item.quad.predicate == predicate:
                yield item.quad.subject, item.quad.object  # type: ignore[misc]

    def locate(self, node: object, prop: object = None, value: object = None) -> Located | None:
        """Return where a finding stands: the closest of triple, value, property, first line of the node.

        A node that only occurs as an object is found there.
        """
        said = self._said.get(node, {})
        items = [item for of_property in said.values() for item in of_property]
        narrowed = said.get(prop, items) if prop is not None else items
        exact = [item for item in narrowed if value is not None and value in (item.quad.object, item.quad.predicate)]
        return next(iter(exact or narrowed), None) or self._as_object.get(node)

    @cached_property
    def _owners(self) -> Mapping[object, object]:
        owners: dict[object, object] = {}
        for node in self._said:
            climbed: list[object] = []
            while isinstance(node, ox.BlankNode) and node not in owners and node in self._as_object:
                owners[node] = None  # so that a circle ends the climb
                climbed.append(node)
                node = self._as_object[node].quad.subject
            owner = owners.get(node) if isinstance(node, ox.BlankNode) else node
            owners.update(dict.fromkeys(climbed, owner))
        return owners

    def owner(self, node: object) -> object:
        """Return the closest node with a name that a blank node hangs from, None if there is none."""
        return self._owners.get(node)


def closing_edges(edges: Mapping[Term, Iterable[Term]]) -> Iterator[tuple[Term, Term]]:
    """Yield each edge that closes a circle, by a walk in depth that no nesting can exhaust."""
    open_nodes: set[Term] = set()
    done: set[Term] = set()
    for root in edges:
        if root in done:
            continue
        open_nodes.add(root)
        stack = [(root, iter(edges.get(root, ())))]
        while stack:
            node, rest = stack[-1]
            for below in rest:
                if below in open_nodes:
                    yield node, below
                elif below not in done:
                    open_nodes.add(below)
                    stack.append((below, iter(edges.get(below, ()))))
                    break
            else:
                open_nodes.discard(node)
                done.add(node)
                stack.pop()
