"""Which focus nodes of a SPARQL constraint a changed triple can touch.

A solution that comes or goes because of a triple uses it in one of the query's patterns. So with the triple put into
that pattern, the patterns that hold beside it must still hold, before the change or after: asking them of both states
together finds every focus node concerned, and few others. Filters are left out: that only finds more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.validate.looks import uses
from buendnis_graph.validate.paths import Path, predicate_path

Position = str
"""A variable (``?x``) or a term, in SPARQL syntax."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; a variable predicate has no path."""

    subject: Position
    path: Path | None
    variable: Position
    object: Position

    def __str__(self) -> str:
        return f"{self.subject} {self.path or self.variable} {self.object} ."

    @property
    def is_impossible(self) -> bool:
        """Whether nothing fits: no literal is a property, and none has properties."""
        leaves = self.path is None or self.path.operator not in ("*", "?")
        return self.variable.startswith('"') or (self.subject.startswith('"') and leaves)

    def positions(self) -> tuple[Position, ...]:
        """Return what it connects."""
        return (self.subject, self.object) if self.path else (self.subject, self.variable, self.object)


Alternatives = list[tuple[Pattern, ...]]
"""Patterns that hold together, one list for each way a query can be met."""

MANY_BRANCHES = 32
"""More combinations of UNION branches than this are not worth taking apart."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A pattern, and those that hold in every solution that uses it."""

    pattern: Pattern
    beside: tuple[Pattern, ...]

    def questions(self, triple: ox.Triple, key: str = "this") -> Iterator[str | None]:
        """Yield the queries that find the nodes which a triple can touch here; None if it can be any.

        Args:
            triple: the triple that came or went.
            key: the variable that stands for the nodes; the queries bind it as ``?this``.
        """
        wanted = f"?{key}"
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            yield None  # a query can't name it
            return
        for put, binding in self._puts(triple):
            bound = [_bound(pattern, binding) for pattern in (*put, *self.beside)]
            if any(pattern.is_impossible for pattern in bound):
                continue
            patterns = _connected(bound, wanted)
            text = " ".join(map(str, patterns))
            if any(pattern.subject.startswith('"') for pattern in patterns):
                yield None  # a path of no step, which a query can't name from a literal
            elif binding.get(wanted):
                yield f"SELECT ?this WHERE {{ BIND({binding[wanted]} AS ?this) {text} }}"
            elif not any(wanted in pattern.positions() for pattern in patterns):
                yield None
            else:
                yield f"SELECT DISTINCT ({wanted} AS ?this) WHERE {{ {text} }}".replace("(?this AS ?this)", "?this")

    def _puts(self, triple: ox.Triple) -> Iterator[tuple[list[Pattern], dict[Position, Position]]]:
        """Yield the ways a triple fits into the pattern: what remains of it, and what the triple binds."""
        own, s, p, o = self.pattern, str(triple.subject), str(triple.predicate), str(triple.object)
        if own.path is None or own.path.predicate is not None:
            property_ = own.variable if own.path is None else str(own.path.predicate)
            ends = [(own.subject, s), (property_, p), (own.object, o)]
            binding = _unified(ends)
            if binding is not None:
                yield [], binding
            return
        for use in uses(own.path, triple.predicate):
            near = o if use.backwards else s
            if use.before is None:
                binding = _unified([(own.subject, near)])
                if binding is not None:
                    yield [], binding
            else:
                yield [Pattern(own.subject, use.before, "", near)], {}


def _unified(ends: list[tuple[Position, Position]]) -> dict[Position, Position] | None:
    binding: dict[Position, Position] = {}
    for position, term in ends:
        if position.startswith("?"):
            if binding.setdefault(position, term) != term:
                return None
        elif position != term:
            return None
    return binding


def _bound(pattern: Pattern, binding: dict[Position, Position]) -> Pattern:
    return Pattern(
        binding.get(pattern.subject, pattern.subject),
        pattern.path,
        binding.get(pattern.variable, pattern.variable),
        binding.get(pattern.object, pattern.object),
    )


def _connected(patterns: list[Pattern], key: str) -> list[Pattern]:
    """Return the patterns that hang together with a variable; if they reach no term, there is nothing to start from.

    Unless others hold no variable at all, such as that a node is a property: mostly they don't hold, and all is said.
    """
    known, found, rest = {key}, [], list(patterns)
    while True:
        near = [p for p in rest if known & {x for x in p.positions() if x.startswith("?")}]
        if not near:
            break
        found += near
        rest = [p for p in rest if p not in near]
        known |= {x for p in near for x in p.positions() if x.startswith("?")}
    anchored = any(not x.startswith("?") for p in found for x in (p.subject, p.object))
    ground = [p for p in patterns if not any(x.startswith("?") for x in p.positions())]
    return found if anchored else [*ground, *found] if ground else []


KNOWN: dict[str, tuple[Situation, ...] | None] = {}
"""The situations of queries that were taken apart already: to parse a query takes a tenth of a second."""
_MANY_KNOWN = 4096


def situations(query: str) -> tuple[Situation, ...] | None:
    """Return the situations of a SELECT query; None if it is of a kind that can't be taken apart.

    Raises:
        ShapesError: if it is no valid SPARQL.
    """
    if query not in KNOWN:
        if len(KNOWN) >= _MANY_KNOWN:
            KNOWN.clear()
        KNOWN[query] = _taken_apart(query)
    return KNOWN[query]


def _taken_apart(query: str) -> tuple[Situation, ...] | None:
    from rdflib.plugins.sparql import processor

    try:
        algebra = processor.prepareQuery(query).algebra
    except Exception as error:  # rdflib raises whatever its parser does
        raise ShapesError(f"a query can't be read: {error}") from error
    try:
        return tuple(_walk(algebra.p, [()]))
    except _TooMuchError:
        return None


class _TooMuchError(Exception):
    """The query does something that this module does not take apart."""


def _walk(node: Any, beside: Alternatives) -> Iterator[Situation]:
    kind = node.name
    if kind == "BGP":
        patterns = _patterns(node)
        for number, pattern in enumerate(patterns):
            for others in beside:
                yield Situation(pattern, (*patterns[:number], *patterns[number + 1 :], *others))
    elif kind in ("Project", "Distinct", "Reduced", "OrderBy"):
        yield from _walk(node.p, beside)
    elif kind == "Join":
        yield from _walk(node.p1, _both(beside, _held(node.p2)))
        yield from _walk(node.p2, _both(beside, _held(node.p1)))
    elif kind == "LeftJoin":
        left = _both(beside, _held(node.p1))
        yield from _walk(node.p1, beside)
        yield from _walk(node.p2, left)
        yield from _exists(node.expr, left)
    elif kind == "Union":
        yield from _walk(node.p1, beside)
        yield from _walk(node.p2, beside)
    elif kind in ("Filter", "Extend"):
        yield from _walk(node.p, beside)
        yield from _exists(node.expr, _both(beside, _held(node.p)))
    elif kind != "ToMultiSet" or getattr(node.p, "name", "") != "values":  # VALUES looks at no triple
        raise _TooMuchError


def _held(node: Any) -> Alternatives:
    """Return the patterns that hold in every solution of a part of the query: one list for each branch of a UNION."""
    kind = node.name
    if kind == "BGP":
        return [tuple(_patterns(node))]
    if kind == "Join":
        return _both(_held(node.p1), _held(node.p2))
    if kind == "Union":
        return _held(node.p1) + _held(node.p2)
    if kind == "LeftJoin":
        return _held(node.p1)
    if kind in ("Filter", "Extend", "Distinct", "Reduced", "OrderBy"):
        return _held(node.p)
    return [()]


def _both(one: Alternatives, other: Alternatives) -> Alternatives:
    """Return the alternatives of two parts that both hold; if they are too many, those of the simpler part alone."""
    if len(one) * len(other) > MANY_BRANCHES:
        return min(one, other, key=len)
    return [left + right for left in one for right in other]


def _exists(expression: Any, beside: Alternatives) -> Iterator[Situation]:
    if getattr(expression, "name", None) in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        yield from _walk(expression.graph, beside)
        return
    parts: Iterable[Any] = ()
    if isinstance(expression, dict):
        parts = expression.values()
    elif isinstance(expression, list | tuple):
        parts = expression
    for part in parts:
        yield from _exists(part, beside)


def _patterns(node: Any) -> list[Pattern]:
    found = []
    for subject, predicate, value in node.triples:
        path = _path(predicate)
        variable = "" if path is not None else _position(predicate)
        found.append(Pattern(_position(subject), path, variable, _position(value)))
    return found


def _position(term: Any) -> Position:
    import rdflib

    if isinstance(term, rdflib.BNode):
        return f"?blank_{term}"
    if isinstance(term, rdflib.Literal):
        return str(
            ox.Literal(str(term), language=term.language)
            if term.language
            else ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
        )
    return str(term.n3())


def _path(term: Any) -> Path | None:
    """Return rdflib's path as ours; None for a variable."""
    import rdflib
    from rdflib import paths

    if isinstance(term, rdflib.URIRef):
        return predicate_path(ox.NamedNode(str(term)))
    if isinstance(term, paths.InvPath):
        return Path("^", parts=(_known(term.arg),))
    if isinstance(term, paths.SequencePath):
        return Path("/", parts=tuple(_known(arg) for arg in term.args))
    if isinstance(term, paths.AlternativePath):
        return Path("|", parts=tuple(_known(arg) for arg in term.args))
    if isinstance(term, paths.MulPath):
        return Path(term.mod, parts=(_known(term.path),))
    if isinstance(term, rdflib.Variable):
        return None
    raise _TooMuchError


def _known(term: Any) -> Path:
    path = _path(term)
    if path is None:
        raise _TooMuchError
    return path
