"""The patterns of a question, each with those that must hold beside it: what tells whether a statement can be used.

A question is read as far as that goes. A triple pattern can use a statement only if, with its subject and value put
in, the patterns beside it, which share variables with it, find something as well. That holds of patterns in the same
group and of those that stand before a group within it, be it an OPTIONAL, a MINUS, a test or a UNION: what these give
is joined with, or compared to, what those give. Of what stands further out, only that holds whose variables the group
between binds as well: what is within is first joined with, or compared to, that group alone. It ends at a SELECT
within, which may rename what it hands out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

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
        is_open: whether its path may have no step: that leads each node of the graph to itself.
    """

    subject: End
    properties: frozenset[ox.NamedNode] | Variable | None
    value: End
    along: frozenset[ox.NamedNode] = frozenset()
    is_open: bool = False

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

    def only(self, names: Set[str]) -> Pattern:
        """Return it with no other variables at its ends than some: values of others are not looked at."""
        subject, value = (
            None if isinstance(end, Variable) and end.name not in names else end for end in (self.subject, self.value)
        )
        return replace(self, subject=subject, value=value)

    def holds(
        self, store: ox.Store, bound: Mapping[str, object], allowed: Mapping[str, frozenset[object]] | None = None
    ) -> bool:
        """Return whether it finds anything in the default graph.

        Args:
            store: whose graph.
            bound: what variables are.
            allowed: what others may be, if not anything.
        """
        if not isinstance(self.properties, frozenset):
            return True
        subjects, values = (_candidates(end, bound, allowed or {}) for end in (self.subject, self.value))
        graph = ox.DefaultGraph()
        found = (
            store.quads_for_pattern(subject, one, value, graph)  # type: ignore[arg-type]
            for subject, one, value in itertools.product(subjects, self.properties, values)
            if not isinstance(subject, ox.Literal)
        )
        return next(itertools.chain.from_iterable(found), None) is not None


@dataclass(slots=True)
class Group:
    """What stands between two braces: its own patterns, and what is known of those that stood before it.

    Attributes:
        carried: the variables that all groups around it bind before it, so that they are those of the outermost group;
            None for that one. A SELECT within has none: its variables are others than those outside.
        before: patterns that stood before it.
        allowed: by variable: what VALUES before it allows.
        patterns: its own.
        values: by variable: what its own VALUES allow.
        is_named: whether it is asked of named graphs.
    """

    carried: frozenset[str] | None = None
    before: tuple[Pattern, ...] = ()
    allowed: Mapping[str, frozenset[object]] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    values: dict[str, frozenset[object]] = field(default_factory=dict)
    is_named: bool = False
    _sure: frozenset[str] | None = None

    def settle(self) -> None:
        """Note which variables it binds, before what depends on their order is read for the first time."""
        if self._sure is None:
            self._sure = self._variables(self.patterns)

    @property
    def sure(self) -> frozenset[str]:
        """The variables that it binds before anything that depends on the order in which it is written."""
        return self._variables(self.patterns) if self._sure is None else self._sure

    @property
    def is_anchored(self) -> bool:
        """Whether each of its paths that may have no step is held by one end at least, so that not any node will do."""
        bound = self._variables(pattern for pattern in (*self.before, *self.patterns) if pattern.properties is not None)
        ends = ((pattern.subject, pattern.value) for pattern in self.patterns if pattern.is_open)
        return all(any(isinstance(end, ox.NamedNode) or _name(end) in bound for end in both) for both in ends)

    def inner(self) -> Group:
        """Return an empty group that stands within it, behind what was read of it."""
        self.settle()
        bound = self._variables(self.patterns)
        carried = bound if self.carried is None else self.carried & bound
        allowed = {name: those for name, those in self.allowed.items() if name in bound} | self.values
        before = (*(pattern.only(bound) for pattern in self.before), *self.patterns)
        return Group(carried, before, allowed, is_named=self.is_named)

    def _variables(self, patterns: Iterable[Pattern]) -> frozenset[str]:
        ends = (end for pattern in patterns for end in (pattern.subject, pattern.value))
        return frozenset(self.values).union(end.name for end in ends if isinstance(end, Variable))

    def users(self, triple: ox.Triple, store: ox.Store) -> Iterator[Pattern]:
        """Yield its own patterns that may use a statement that the store holds."""
        allowed = {**self.allowed, **self.values}
        for pattern in self.patterns:
            if pattern.is_open and not _named(pattern, allowed).isdisjoint((triple.subject, triple.object)):
                yield pattern
                continue
            bound = pattern.bound(triple)
            if bound is None or not all(bound.get(name) in (None, *those) for name, those in allowed.items()):
                continue
            if all(one is pattern or one.holds(store, bound, allowed) for one in (*self.before, *self.patterns)):
                yield pattern


def _candidates(end: End, bound: Mapping[str, object], allowed: Mapping[str, frozenset[object]]) -> Iterable[object]:
    """Return what may stand at an end; None is anything."""
    if not isinstance(end, Variable):
        return (end,)
    return (bound[end.name],) if end.name in bound else allowed.get(end.name, (None,))


def _named(pattern: Pattern, allowed: Mapping[str, frozenset[object]]) -> set[object]:
    """Return what the question itself names at the ends of a path: it has to be in the graph to lead to itself."""
    ends = (pattern.subject, pattern.value)
    return {one for end in ends for one in ([end] if isinstance(end, ox.NamedNode) else allowed.get(_name(end), ()))}


def _name(end: End) -> str:
    return end.name if isinstance(end, Variable) else ""
