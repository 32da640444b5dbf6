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
from functools import lru_cache

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.sparql_text import tokens

_KEYWORDS = frozenset({"FILTER", "BIND", "OPTIONAL", "MINUS", "UNION", "VALUES"})


class UnreadError(Exception):
    """A question holds something that is not read here."""


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


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = [(kind, piece.upper() if kind == "word" else piece) for kind, piece, _ in tokens(text)]
        self._at = 0
        self._fresh = itertools.count()
        self.groups: list[Group] = []
        self._selects = 0

    @property
    def _next(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    @property
    def left(self) -> list[tuple[str, str]]:
        """What is not read."""
        return self._tokens[self._at :]

    def _take(self) -> str:
        if self._at >= len(self._tokens):
            raise UnreadError
        self._at += 1
        return self._tokens[self._at - 1][1]

    def query(self) -> None:
        """Read a SELECT with its group, and pass over what stands before it."""
        self._selects += 1
        while self._next != "{":
            if self._take() in ("GRAPH", "EXISTS"):
                raise UnreadError
        self._group(None)
        self._selects -= 1

    def _group(self, around: Group | None) -> None:
        self._take()
        if around is not None:
            around.settle()
        if self._next == "SELECT":
            self.query()
            while self._next != "}":
                if self._take() == "{":
                    raise UnreadError
            self._take()
            return
        group = Group(self._selects > 1)
        if around is not None:
            group.before, group.values = (*around.before, *around.patterns), {**around.values}
        self.groups.append(group)
        while self._next != "}":
            if self._next == "BIND":
                group.settle()
            if self._next in ("FILTER", "BIND"):
                self._take()
                self._expression(group)
            elif self._next == "VALUES":
                self._take()
                self._values(group)
            elif self._next == "{":
                self._group(group)
            elif self._next in (*_KEYWORDS, "."):
                self._take()
            else:
                self._statements(group)
        self._take()

    def _expression(self, group: Group) -> None:
        """Pass over an expression; read the groups that it asks for."""
        depth = 0
        while True:
            if self._next == "{":
                self._group(group)
            else:
                depth += {"(": 1, ")": -1}.get(self._take(), 0)
            if depth == 0 and self._tokens[self._at - 1][1] in (")", "}"):
                return

    def _values(self, group: Group) -> None:
        if self._kind != "var":  # several variables: not looked at
            while self._take() != "}":
                pass
            return
        name, allowed = self._take()[1:], set[object]()
        if self._take() != "{":
            raise UnreadError
        while self._next != "}":
            allowed.add(self._end())
        self._take()
        if all(isinstance(one, ox.NamedNode) for one in allowed):
            group.values[name] = frozenset(allowed)

    def _statements(self, group: Group) -> None:
        subject = self._end()
        while True:
            path = self._path()
            while True:
                self._put(group, subject, path, self._end())
                if self._next != ",":
                    break
                self._take()
            if self._next != ";":
                return
            while self._next == ";":
                self._take()
            if self._next in (".", "}"):
                return

    def _put(self, group: Group, subject: End, path: list[tuple[str, str]], value: End) -> None:
        marks = {piece for kind, piece in path if kind == "mark"}
        steps = [step for step in map(_property, path) if step is not None]
        if path[0][0] == "var":
            group.patterns.append(Pattern(subject, Variable(path[0][1][1:]), value))
        elif marks <= {"/"} and len(steps) * 2 == len(path) + 1:
            for step in steps[:-1]:
                between = Variable(f" {next(self._fresh)}")
                group.patterns.append(Pattern(subject, frozenset({step}), between))
                subject = between
            group.patterns.append(Pattern(subject, frozenset(steps[-1:]), value))
        elif marks <= {"|"}:
            group.patterns.append(Pattern(subject, frozenset(steps), value))
        elif "!" in marks:
            raise UnreadError
        else:
            group.patterns.append(Pattern(subject, None, value, frozenset(steps)))

    def _path(self) -> list[tuple[str, str]]:
        path: list[tuple[str, str]] = []
        if self._kind == "var":
            return [("var", self._take())]
        depth, wanted = 0, True
        while wanted or depth or self._next in ("/", "|", "*", "+", "?"):
            kind, piece = self._kind, self._take()
            path.append((kind, piece))
            if kind in ("name", "iri") or piece == "A":
                wanted = False
            elif piece in ("/", "|"):
                wanted = True
            elif piece in "()":
                depth += 1 if piece == "(" else -1
            elif kind != "mark" or piece not in "^!*+?":
                raise UnreadError
        return path

    def _end(self) -> End:
        kind, piece = self._kind, self._take()
        if kind == "var":
            return Variable(piece[1:])
        if kind in ("iri", "name"):
            if piece.startswith("_:"):
                raise UnreadError
            return _named(kind, piece)
        if kind == "string":
            if self._kind == "lang":
                self._take()
            elif self._next == "^":
                for _ in range(3):
                    self._take()
        elif kind != "number" and piece not in ("TRUE", "FALSE"):
            raise UnreadError
        return None


def _named(kind: str, piece: str) -> ox.NamedNode:
    return ox.NamedNode(piece[1:-1]) if kind == "iri" else expand(piece)


def _property(token: tuple[str, str]) -> ox.NamedNode | None:
    kind, piece = token
    return _named(kind, piece) if kind in ("iri", "name") else RDF_TYPE if piece == "A" else None


@lru_cache(maxsize=1024)
def groups_of(text: str) -> tuple[Group, ...]:
    """Return the groups of a SELECT query whose prefixes are the usual ones.

    Raises:
        UnreadError: if it holds something that is not read here.
    """
    reader = _Reader(text)
    try:
        reader.query()
        if any(piece == "{" for _, piece in reader.left):
            raise UnreadError  # a test of groups, or values for all
    except (KeyError, ValueError, LookupError) as error:
        raise UnreadError from error
    return tuple(reader.groups)
