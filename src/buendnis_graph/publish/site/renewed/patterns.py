"""The patterns of a question, each with those that must hold beside it: what tells whether a statement can be used.

A question is read as far as that goes. A triple pattern can use a statement only if, with its subject and value put
in, the patterns beside it, which share variables with it, find something as well. That holds of patterns in the same
group and of those that stand before a group within it, be it an OPTIONAL, a MINUS, a test or a UNION: what these give
is joined with, or compared to, what those give. It ends at a SELECT within, which may rename what it hands out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable by its name; that of a step between two properties of a path begins with a space."""

    name: str


End = Variable | ox.NamedNode | None
"""What stands at an end of a pattern; None is a value that is not looked at."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern.

    Attributes:
        subject: at its beginning.
        properties: any of which it follows, a variable; None if it follows a path that may lead over many.
        value: at its end.
        along: all properties that its path names.
    """

    subject: End
    properties: frozenset[ox.NamedNode] | Variable | None
    value: End
    along: frozenset[ox.NamedNode] = frozenset()

    def bound(self, triple: ox.Triple) -> dict[str, object] | None:
        """Return what its variables are where it uses a statement; None if it does not."""
        found: dict[str, object] = {}
        if self.properties is None:
            return {} if triple.predicate in self.along else None
        if not isinstance(self.properties, Variable) and triple.predicate not in self.properties:
            return None
        ends = ((self.subject, triple.subject), (self.properties, triple.predicate), (self.value, triple.object))
        for end, term in ends:
            if isinstance(end, Variable):
                if found.setdefault(end.name, term) != term:
                    return None
            elif isinstance(end, ox.NamedNode) and end != term:
                return None
        return found

    def holds(self, store: ox.Store, bound: Mapping[str, object]) -> bool:
        """Return whether it finds anything in the default graph if variables are these."""
        if not isinstance(self.properties, frozenset):
            return True
        subject, value = (
            bound.get(end.name) if isinstance(end, Variable) else end for end in (self.subject, self.value)
        )
        if isinstance(subject, ox.Literal):
            return False
        graph = ox.DefaultGraph()
        found = (store.quads_for_pattern(subject, one, value, graph) for one in self.properties)  # type: ignore[arg-type]
        return next(itertools.chain.from_iterable(found), None) is not None


@dataclass(slots=True)
class Group:
    """What stands between two braces: its own patterns, those that stood before it, and what VALUES allows.

    ``within`` tells whether it is part of a SELECT within: its variables are others than those outside.
    """

    within: bool
    before: tuple[Pattern, ...] = ()
    patterns: list[Pattern] = field(default_factory=list)
    values: dict[str, frozenset[object]] = field(default_factory=dict)
    _sure: frozenset[str] | None = None

    def settle(self) -> None:
        """Note which variables its own patterns bind, before what depends on their order is read for the first time."""
        if self._sure is None:
            self._sure = self._variables()

    @property
    def sure(self) -> frozenset[str]:
        """The variables that it binds before anything that depends on the order in which it is written."""
        return self._variables() if self._sure is None else self._sure

    def _variables(self) -> frozenset[str]:
        ends = (end for pattern in self.patterns for end in (pattern.subject, pattern.value))
        return frozenset(end.name for end in ends if isinstance(end, Variable))

    def users(self, triple: ox.Triple, store: ox.Store) -> Iterator[Pattern]:
        """Yield its own patterns that may use a statement that the store holds."""
        for pattern in self.patterns:
            bound = pattern.bound(triple)
            if bound is None or not all(bound.get(name) in (None, *those) for name, those in self.values.items()):
                continue
            if all(one is pattern or one.holds(store, bound) for one in (*self.before, *self.patterns)):
                yield pattern
