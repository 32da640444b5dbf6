"""A SPARQL query as a tree: what stands in which group, as far as constraints are mostly made of such."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from buendnis_graph.validate.paths import Path, Term

End = str | Term
"""What stands at an end of a pattern: a variable (its name without a mark) or a term."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; ``path`` is a variable or a path that is no sequence."""

    subject: End
    path: str | Path
    object: End

    @property
    def variables(self) -> set[str]:
        """The names of its variables."""
        return {end for end in (self.subject, self.path, self.object) if isinstance(end, str)}

    @property
    def predicates(self) -> list[ox.NamedNode] | None:
        """The predicates of its path, if it is one step along any of them; else None."""
        steps = (
            [] if isinstance(self.path, str) else list(self.path.parts if self.path.operator == "|" else [self.path])
        )
        known = [step.predicate for step in steps if step.predicate is not None]
        return known if len(known) == len(steps) and known else None


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator, by its name in capitals, and what it is given."""

    name: str
    given: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether a group has a solution."""

    group: Group


Expression = str | Term | Call | Exists
"""A variable (by its name), a term, or what is worked out."""

_MOST_PARTS = 20_000
"""Parts of an expression; names that stand for several other ones double it with each BIND."""


@dataclass(slots=True)
class Group:
    """What stands between two braces; a group within counts as a UNION of one."""

    patterns: list[Pattern] = field(default_factory=list)
    values: list[tuple[str, list[Term]]] = field(default_factory=list)
    unions: list[list[Group]] = field(default_factory=list)
    optional: list[Group] = field(default_factory=list)
    binds: dict[str, Expression] = field(default_factory=dict)
    filters: list[Expression] = field(default_factory=list)

    def asked(self) -> Iterator[Group]:
        """Yield the groups that it asks for by EXISTS, each once."""
        seen = set[int]()
        waiting = [*self.filters, *self.binds.values()]
        while waiting:
            expression = waiting.pop()
            if id(expression) in seen:  # with_binds() puts one in several places
                continue
            seen.add(id(expression))
            if isinstance(expression, Exists):
                yield expression.group
            elif isinstance(expression, Call):
                waiting += expression.given

    def in_scope(self) -> set[str]:
        """Return the variables that it may bind for what stands around it."""
        within = (group.in_scope() for group in (*self.optional, *itertools.chain(*self.unions)))
        own = (pattern.variables for pattern in self.patterns)
        return set().union(self.binds, (name for name, _ in self.values), *own, *within)

    def variables(self) -> set[str]:
        """Return the variables of its patterns, and of those of the groups within and those it asks for."""
        within = (group.variables() for group in (*self.optional, *itertools.chain(*self.unions), *self.asked()))
        return self.in_scope().union(*within)


def parts(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all that it is made of."""
    yield expression
    if isinstance(expression, Call):
        for given in expression.given:
            yield from parts(given)


def with_binds(expression: Expression, binds: dict[str, Expression]) -> Expression:
    """Return an expression with what BIND worked out beforehand in place of its names, unless that is too much."""
    put = _put(expression, binds)
    return put if _size(put, {}) <= _MOST_PARTS else expression


def _size(expression: Expression, known: dict[int, int]) -> int:
    """Return how many parts an expression has, each counted as often as it stands there."""
    if not isinstance(expression, Call):
        return 1
    if id(expression) not in known:
        known[id(expression)] = 1 + sum(_size(given, known) for given in expression.given)
    return known[id(expression)]


def _put(expression: Expression, binds: dict[str, Expression]) -> Expression:
    if isinstance(expression, str):
        return binds.get(expression, expression)
    if isinstance(expression, Call):
        return Call(expression.name, tuple(_put(given, binds) for given in expression.given))
    return expression


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT query: the variables that it lists, and its outermost group."""

    selected: frozenset[str]
    group: Group
