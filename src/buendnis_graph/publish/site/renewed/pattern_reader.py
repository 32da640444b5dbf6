"""Read a question as groups of patterns, as far as that tells which statements it may use."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.publish.site.renewed.patterns import End, Group, Pattern, Variable
from buendnis_graph.sparql_reader import TokenReader, UnreadError

_KEYWORDS = frozenset({"FILTER", "BIND", "OPTIONAL", "MINUS", "UNION", "VALUES"})


class _Reader(TokenReader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.groups: list[Group] = []
        self._selects = 0

    @property
    def left(self) -> list[tuple[str, str]]:
        """What is not read."""
        return self._tokens[self._at :]

    def query(self) -> None:
        """Read a SELECT with its group, and pass over what stands before it."""
        self._selects += 1
        while self._next != "{":
            if self._take() in ("FROM", "EXISTS"):
                raise UnreadError
        self._group(None)
        self._selects -= 1

    def _group(self, around: Group | None) -> None:
        self._take()
        if self._next == "SELECT":
            if around is not None and around.is_named:
                raise UnreadError
            if around is not None:
                around.settle()
            self.query()
            while self._next != "}":
                if self._take() == "{":
                    raise UnreadError
            self._take()
            return
        group = around.inner() if around is not None else Group(frozenset() if self._selects > 1 else None)
        self.groups.append(group)
        while self._next != "}":
            if self._next == "BIND":
                group.settle()
            if self._takes("FILTER") or self._takes("BIND"):
                self._expression(group)
            elif self._takes("VALUES"):
                self._values(group)
            elif self._next == "{":
                self._group(group)
            elif self._takes("GRAPH"):
                self._end()
                self._group(Group(frozenset(), is_named=True))
            elif self._next in (*_KEYWORDS, "."):
                self._take()
            else:
                self._statements(group)
        self._take()
        if not group.is_anchored:
            raise UnreadError

    def _expression(self, group: Group) -> None:
        """Pass over an expression; read the groups that it asks for."""
        depth = 0
        while True:
            if self._next == "{":
                self._group(group)
            else:
                depth += {"(": 1, ")": -1}.get(self._take(), 0)
            if depth == 0 and self._last in (")", "}"):
                return

    def _values(self, group: Group) -> None:
        if self._kind != "var":  # several variables: not looked at
            while self._take() != "}":
                pass
            return
        name, allowed = self._take()[1:], set[object]()
        self._expect("{")
        while not self._takes("}"):
            allowed.add(self._end())
        if all(isinstance(one, ox.NamedNode) for one in allowed):
            group.values[name] = frozenset(allowed)

    def _statements(self, group: Group) -> None:
        subject = self._end()
        while True:
            path = self._path()
            while True:
                self._put(group, subject, path, self._end())
                if not self._takes(","):
                    break
            while self._takes(";"):
                pass
            if self._last != ";" or self._next in (".", "}"):
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
            group.patterns.append(Pattern(subject, None, value, frozenset(steps), bool(marks & {"*", "?"})))

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
            if self._kind == "lang" or self._takes("^^"):
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
