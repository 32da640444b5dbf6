"""Which focus nodes of a SPARQL constraint a changed triple can touch.

A solution that comes or goes because of a triple uses it in one of the query's patterns. So with the triple put into
that pattern, the patterns that hold beside it must still hold, before the change or after: asking them of both states
together finds every focus node concerned, and few others. Filters are left out: that only finds more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

import pyoxigraph as ox

from buendnis_graph.literals import as_stored
from buendnis_graph.sparql_reader import UnreadError
from buendnis_graph.validate import query_tree
from buendnis_graph.validate.looks import uses
from buendnis_graph.validate.paths import Path
from buendnis_graph.validate.query_reader import read
from buendnis_graph.validate.query_tree import End, Group

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
        leads_on = self.path is not None and _leads_from_value(self.path)
        return self.variable.startswith('"') or (self.subject.startswith('"') and not leads_on)

    def positions(self) -> tuple[Position, ...]:
        """Return what it connects."""
        return (self.subject, self.object) if self.path else (self.subject, self.variable, self.object)


Alternatives = list[tuple[Pattern, ...]]
"""Patterns that hold together, one list for each way a query can be met."""

MANY_BRANCHES = 32
"""More combinations of UNION branches than this are not worth taking apart."""
_FOCUS = "this"
"""The variable that is bound beforehand, so that it means the same everywhere."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A pattern, and those that hold in every solution that uses it."""

    pattern: Pattern
    beside: tuple[Pattern, ...]

    def is_of(self, predicate: ox.NamedNode) -> bool:
        """Return whether a triple of a property can fit into the pattern, whatever its ends."""
        own = self.pattern
        if own.path is None:
            return _unified([(own.variable, str(predicate))]) is not None
        return any(uses(own.path, predicate))

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
        triple = ox.Triple(triple.subject, triple.predicate, as_stored(triple.object))
        ends = {str(triple.subject), str(triple.object)}
        for put, binding in self._puts(triple):
            bound = [_bound(pattern, binding) for pattern in (*put, *self.beside)]
            if any(pattern.is_impossible for pattern in bound):
                continue
            parts = _parts(bound)
            around = next((part for part in parts if any(wanted in pattern.positions() for pattern in part)), [])
            conditions = [_condition(part) for part in parts if part is not around and _reaches(part, ends)]
            text = " ".join([*conditions, *map(str, around)])
            if any(pattern.subject.startswith('"') for pattern in around):
                yield None  # a path of no step or backwards, which a query can't name from a literal
            elif wanted in binding:
                yield f"SELECT ?this WHERE {{ {text} BIND({binding[wanted]} AS ?this) }}"
            elif not around or not (conditions or _reaches(around)):
                yield None  # nothing to start from
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


def _leads_from_value(path: Path, *, backwards: bool = False) -> bool:
    """Return whether a path may lead from a literal somewhere: it makes no step, or the first one backwards."""
    if path.predicate is not None:
        return backwards
    if path.operator in ("*", "?"):
        return True
    backwards ^= path.operator == "^"
    parts = path.parts if path.operator == "|" else path.parts[-1:] if backwards else path.parts[:1]
    return any(_leads_from_value(part, backwards=backwards) for part in parts)


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


def _parts(patterns: list[Pattern]) -> list[list[Pattern]]:
    """Return patterns sorted by what hangs together through variables."""
    found: list[tuple[set[Position], list[Pattern]]] = []
    for pattern in patterns:
        names, part = {x for x in pattern.positions() if x.startswith("?")}, [pattern]
        for others in [one for one in found if one[0] & names]:
            found.remove(others)
            names, part = others[0] | names, others[1] + part
        found.append((names, part))
    return [part for _, part in found]


def _reaches(part: list[Pattern], terms: set[Position] | None = None) -> bool:
    """Return whether patterns hold some term, or one of some, which a query can start from."""
    ends = {end for pattern in part for end in (pattern.subject, pattern.object) if not end.startswith("?")}
    literal = any(pattern.subject.startswith('"') for pattern in part)
    return bool(ends) if terms is None else bool(ends & terms) and not literal


def _condition(part: list[Pattern]) -> str:
    """Return patterns in SPARQL so that a query finds nothing if they don't hold, and not more if they often do."""
    text = " ".join(map(str, part))
    is_open = any(end.startswith("?") for pattern in part for end in pattern.positions())
    return f"{{ SELECT * WHERE {{ {text} }} LIMIT 1 }}" if is_open else text


@lru_cache(maxsize=4096)
def situations(query: str) -> tuple[Situation, ...] | None:
    """Return the situations of a SELECT or ASK query; None if it is of a kind that can't be taken apart."""
    try:
        return tuple(_walk(read(query).group, [()], frozenset()))
    except UnreadError:
        return None


def _walk(group: Group, beside: Alternatives, outside: frozenset[str]) -> Iterator[Situation]:
    """Yield the situations of a group, those of the groups within, and of those it asks for.

    Args:
        group: the group.
        beside: the patterns that hold around it.
        outside: the variables of those that are not known within it, but by joining.

    Raises:
        UnreadError: if it has an OPTIONAL or a condition with such a variable, which may be another one there.
    """
    loose = outside - _certain(group) - {_FOCUS}
    if any(loose & part.variables() for part in (*group.optional, *group.asked())):
        raise UnreadError
    own = [_pattern(pattern) for pattern in group.patterns]
    unions = [[way for branch in union for way in _held(branch)] for union in group.unions]
    for number, pattern in enumerate(own):
        for others in reduce(_both, unions, beside):
            yield Situation(pattern, (*own[:number], *own[number + 1 :], *others))
    for number, union in enumerate(group.unions):
        rest = replace(group, unions=[*group.unions[:number], *group.unions[number + 1 :]], optional=[])
        for branch in union:
            yield from _walk(branch, _both(beside, _held(rest)), outside | rest.in_scope())
    held = _both(beside, _held(group))
    for part in group.optional:
        yield from _walk(part, held, outside | group.in_scope())
    for part in group.asked():  # with the values of all variables outside put in
        yield from _walk(part, held, frozenset())


def _certain(group: Group) -> set[str]:
    """Return the variables that a group binds in every solution."""
    unions = (set.intersection(*map(_certain, union)) for union in group.unions)
    return set().union(*(pattern.variables for pattern in group.patterns), *unions)


def _held(group: Group) -> Alternatives:
    """Return the patterns that hold in every solution of a group: one list for each branch of a UNION."""
    unions = ([way for branch in union for way in _held(branch)] for union in group.unions)
    return reduce(_both, unions, [tuple(map(_pattern, group.patterns))])


def _both(one: Alternatives, other: Alternatives) -> Alternatives:
    """Return the alternatives of two parts that both hold; if they are too many, those of the simpler part alone."""
    if len(one) * len(other) > MANY_BRANCHES:
        return min(one, other, key=len)
    return [left + right for left in one for right in other]


def _pattern(pattern: query_tree.Pattern) -> Pattern:
    path, variable = (None, _position(pattern.path)) if isinstance(pattern.path, str) else (pattern.path, "")
    return Pattern(_position(pattern.subject), path, variable, _position(pattern.object))


def _position(end: End) -> Position:
    """Return an end in SPARQL syntax; the reader's own variables get names that it reads in no query."""
    return f"?{end.replace(' ', 'between·')}" if isinstance(end, str) else str(as_stored(end))
