"""SHACL property paths: read from a shapes graph, written as SPARQL, walked backwards."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Values = Callable[[Term, ox.NamedNode], list[Term]]
"""Looks up the objects of a subject and predicate."""

_RDF_FIRST, _RDF_REST, _RDF_NIL = expand("rdf:first"), expand("rdf:rest"), expand("rdf:nil")
_OPERATORS = {
    expand("sh:inversePath"): "^",
    expand("sh:zeroOrMorePath"): "*",
    expand("sh:oneOrMorePath"): "+",
    expand("sh:zeroOrOnePath"): "?",
}
_ALTERNATIVE = expand("sh:alternativePath")
MAX_DEPTH = 64
"""Nesting of a path beyond which it is an attack or a cycle."""
MAX_PARTS = 10_000
"""Parts of a path, each counted as often as it is reached: nodes that stand in it twice at each level double it."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path.

    ``operator`` is ``""`` for a predicate, ``^ * + ?`` for a path with one part, ``/`` for a sequence and ``|`` for
    alternatives. ``str()`` gives SPARQL syntax.
    """

    operator: str
    predicate: ox.NamedNode | None = None
    parts: tuple[Path, ...] = ()

    def __str__(self) -> str:
        if self.predicate is not None:
            return f"<{self.predicate.value}>"
        if self.operator == "^":
            return f"^{self.parts[0]}"
        if self.operator in "*+?":
            return f"({self.parts[0]}){self.operator}"
        return "(" + self.operator.join(str(part) for part in self.parts) + ")"

    def predicates(self) -> Iterator[ox.NamedNode]:
        """Yield the predicates that occur in it."""
        if self.predicate is not None:
            yield self.predicate
        for part in self.parts:
            yield from part.predicates()


def predicate_path(predicate: ox.NamedNode) -> Path:
    """Return the path of one step."""
    return Path("", predicate)


def read_path(node: Term, values: Values) -> Path:
    """Return the path that a node of a shapes graph stands for (SHACL 1.0, section 2.3.1).

    Raises:
        ShapesError: if it is not a well-formed path.
    """
    return _read(node, values, 0, itertools.count())


def _read(node: Term, values: Values, depth: int, parts: Iterator[int]) -> Path:
    if depth > MAX_DEPTH or next(parts) > MAX_PARTS:
        raise ShapesError("a path is nested too deeply, or contains itself.")
    if isinstance(node, ox.NamedNode):
        return predicate_path(node)
    if isinstance(node, ox.Literal):
        raise ShapesError(f"a path can't be the literal {node.value!r}.")
    if values(node, _RDF_FIRST):
        return _compound("/", read_list(node, values), values, depth, parts)
    for alternatives in values(node, _ALTERNATIVE):
        return _compound("|", read_list(alternatives, values), values, depth, parts)
    for predicate, operator in _OPERATORS.items():
        for part in values(node, predicate):
            return Path(operator, parts=(_read(part, values, depth + 1, parts),))
    raise ShapesError("a path is neither a property nor one of SHACL's path forms.")


def _compound(operator: str, members: list[Term], values: Values, depth: int, parts: Iterator[int]) -> Path:
    if len(members) < 2:
        raise ShapesError("a sequence path and an alternative path need at least two members.")
    return Path(operator, parts=tuple(_read(member, values, depth + 1, parts) for member in members))


def read_list(node: Term, values: Values) -> list[Term]:
    """Return the members of an RDF list.

    Raises:
        ShapesError: if it is none.
    """
    members: list[Term] = []
    seen: set[Term] = set()
    while node != _RDF_NIL:
        first, rest = values(node, _RDF_FIRST), values(node, _RDF_REST)
        if node in seen or len(first) != 1 or len(rest) != 1:
            raise ShapesError("a list is broken: each node needs one rdf:first and one rdf:rest.")
        seen.add(node)
        members.append(first[0])
        node = rest[0]
    return members
