"""What derived nodes are about: they stand in no file, but what they follow from does, and its things have names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.evidence.whereabouts import Whereabouts
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.columns import Columns

_NAMED_BY = tuple(
    map(expand, ("org:member", "org:organization", "bg:coverageOf", "bg:countKind", "rdf:subject", "rdf:predicate"))
)
"""Properties whose values tell derived nodes apart, in the order in which their names are said."""
_FOLLOWS_FROM = set(map(expand, ("bg:attestation", "bg:statedCount", "bg:statement", "rdf:subject")))
_SUBJECT, _PREDICATE, _OBJECT, _SOURCE = map(expand, ("rdf:subject", "rdf:predicate", "rdf:object", "dcterms:source"))
_DEEPEST = 3

Place = tuple[str, int]


class Derived:
    """Derived nodes of the consolidated view.

    Args:
        nodes: those to know of; the ones that they follow from are known, too.
        view: the view, as quads or as columns.
        corpus: the files.
    """

    def __init__(self, nodes: Collection[object], view: Iterable[ox.Quad] | Columns, corpus: Whereabouts) -> None:
        self._corpus = corpus
        self._said: dict[object, list[ox.Triple]] = {}
        wanted = {node for node in nodes if corpus.locate(node) is None}
        if wanted and not isinstance(view, Columns):
            view = list(view)
        while wanted:
            found: dict[object, list[ox.Triple]] = {node: [] for node in wanted}
            for triple in _about(wanted, view):
                found[triple.subject].append(triple)
            self._said |= found
            values = {t.object for said in found.values() for t in said if t.predicate in _FOLLOWS_FROM}
            wanted = {node for node in values if node not in self._said and corpus.locate(node) is None}

    def __contains__(self, node: object) -> bool:
        """Whether a node is derived."""
        return bool(self._said.get(node))

    def named_by(self, node: object, depth: int = 0) -> Iterator[object]:
        """Yield the things whose names tell a node apart from others of its kind."""
        for predicate in _NAMED_BY:
            for value in sorted((t.object for t in self._said.get(node, ()) if t.predicate == predicate), key=str):
                if value in self and depth < _DEEPEST:
                    yield from self.named_by(value, depth + 1)
                else:
                    yield value

    def places(self, node: object) -> list[Place]:
        """Return file and line of what a node follows from, sorted."""
        return sorted(set(self._places(node, 0)))

    def _places(self, node: object, depth: int) -> Iterator[Place]:
        said = self._said.get(node, [])
        stated = {t.predicate: t.object for t in said}
        is_statement = _SUBJECT in stated and _OBJECT in stated
        for triple in said:
            value = triple.object
            if triple.predicate == _SOURCE and is_statement:
                item = self._corpus.locate(stated[_SUBJECT], stated.get(_PREDICATE), stated[_OBJECT], value)
            elif triple.predicate not in _FOLLOWS_FROM or is_statement:
                continue
            elif value in self and depth < _DEEPEST:
                yield from self._places(value, depth + 1)
                continue
            else:
                item = None if triple.predicate == _SUBJECT else self._corpus.locate(value)
            if item is not None:
                yield str(item.path), item.line


def _about(nodes: Collection[object], view: Iterable[ox.Quad] | Columns) -> Iterable[ox.Triple]:
    if isinstance(view, Columns):
        return view.about(nodes)
    return (quad.triple for quad in view if quad.subject in nodes)
