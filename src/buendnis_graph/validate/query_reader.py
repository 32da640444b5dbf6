"""Read a SPARQL query as a tree, as far as it is plain.

That is what constraints are mostly made of: patterns with paths, FILTER, EXISTS, OPTIONAL, UNION and BIND. Whoever asks
for a tree must be able to do without: :class:`UnreadError` says that a query holds something else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.sparql_reader import TokenReader, UnreadError
from buendnis_graph.validate.paths import Path, Term, predicate_path
from buendnis_graph.validate.query_tree import (
    Call,
    End,
    Exists,
    Expression,
    Group,
    Pattern,
    Query,
    with_binds,
)

_STRENGTH = {"||": 1, "&&": 2} | dict.fromkeys(("=", "!=", "<", ">", "<=", ">=", "IN", "NOT IN"), 3)
_STRENGTH |= dict.fromkeys("+-", 4) | dict.fromkeys("*/", 5)


class _Reader(TokenReader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._prefixes = ""

    def query(self) -> Query:
        while self._takes("PREFIX"):
            self._prefixes += f"@prefix {self._take()} {self._take()} .\n"
        selected, depth = set[str](), 0
        if self._next != "ASK":
            self._expect("SELECT")
        while self._next != "{":
            kind, piece = self._kind, self._take()
            depth += {"(": 1, ")": -1}.get(piece, 0)
            if piece == "EXISTS":
                raise UnreadError
            if kind == "var" and depth == 0:
                selected.add(piece[1:])
        group = self.group()
        if self._next:
            raise UnreadError
        return Query(frozenset(selected), group)

    def group(self) -> Group:
        self._expect("{")
        group = Group()
        while not self._takes("}"):
            if self._takes("FILTER"):
                group.filters.append(self._primary())
            elif self._takes("OPTIONAL"):
                group.optional.append(self.group())
            elif self._takes("BIND", "("):
                value = with_binds(self._expression(), group.binds)
                self._expect("AS")
                group.binds[self._variable()] = value
                self._expect(")")
            elif group.optional or group.binds:
                raise UnreadError  # what these give depends on what stands before them
            elif self._takes("VALUES"):
                group.values.append((self._variable(), self._listed()))
            elif self._next == "{":
                group.unions.append([self.group()])
                while self._takes("UNION"):
                    group.unions[-1].append(self.group())
            else:
                self._statements(group)
            self._takes(".")
        return group

    def _listed(self) -> list[Term]:
        self._expect("{")
        found = []
        while not self._takes("}"):
            found.append(self._term())
        return found

    def _statements(self, group: Group) -> None:
        subject = self._end()
        while True:
            path = self._variable() if self._kind == "var" else self._path()
            while True:
                self._put(group, subject, path, self._end())
                if not self._takes(","):
                    break
            while self._takes(";"):
                pass
            if self._last != ";" or self._next in (".", "}"):
                return

    def _put(self, group: Group, subject: End, path: str | Path, value: End) -> None:
        """Add a pattern: a sequence as several, a step backwards as one forwards."""
        if isinstance(path, Path) and path.operator == "/":
            for part in path.parts[:-1]:
                between = f" {next(self._fresh)}"
                self._put(group, subject, part, between)
                subject = between
            self._put(group, subject, path.parts[-1], value)
        elif isinstance(path, Path) and path.operator == "^":
            self._put(group, value, path.parts[0], subject)
        else:
            group.patterns.append(Pattern(subject, path, value))

    def _end(self) -> End:
        return self._variable() if self._kind == "var" else self._term()

    def _variable(self) -> str:
        if self._kind != "var":
            raise UnreadError
        return self._take()[1:]

    def _term(self) -> Term:
        kind, text = self._kind, self._take()
        if kind == "string" and self._kind == "lang":
            text += self._take()
        elif kind == "string" and self._takes("^^"):
            text += f"^^{self._take()}"
        elif kind == "word" and text in ("TRUE", "FALSE"):
            text = text.lower()
        elif kind not in ("iri", "name", "string", "number") or text.startswith("_:"):
            raise UnreadError
        return _term(self._prefixes if kind != "iri" else "", text)

    def _path(self) -> Path:
        return self._chain("|", lambda: self._chain("/", self._step))

    def _chain(self, operator: str, part: Callable[[], Path]) -> Path:
        found = [part()]
        while self._takes(operator):
            found.append(part())
        return found[0] if len(found) == 1 else Path(operator, parts=tuple(found))

    def _step(self) -> Path:
        if self._takes("^"):
            return Path("^", parts=(self._step(),))
        if self._takes("("):
            path = self._path()
            self._expect(")")
        elif self._takes("A"):
            path = predicate_path(RDF_TYPE)
        else:
            predicate = self._term()
            if not isinstance(predicate, ox.NamedNode):
                raise UnreadError
            path = predicate_path(predicate)
        if self._next in ("*", "+", "?"):
            path = Path(self._take(), parts=(path,))
        return path

    def _expression(self, least: int = 1) -> Expression:
        left = self._primary()
        while True:
            operator = "NOT IN" if self._next == "NOT" else self._next
            strength = _STRENGTH.get(operator, 0)
            if strength < least:
                return left
            self._at += 1
            if operator == "NOT IN":
                self._expect("IN")
            if operator in ("IN", "NOT IN"):
                same = [Call("=", (left, one)) for one in self._arguments()]
                left = ox.Literal(False) if not same else same[0]
                for one in same[1:]:
                    left = Call("||", (left, one))
                left = Call("!", (left,)) if operator == "NOT IN" else left
            else:
                left = Call(operator, (left, self._expression(strength + 1)))

    def _primary(self) -> Expression:
        if self._takes("("):
            inner = self._expression()
            self._expect(")")
            return inner
        for sign in ("!", "-", "+"):
            if self._takes(sign):
                return Call(sign, (self._primary(),))
        if self._takes("EXISTS"):
            return Exists(self.group())
        if self._takes("NOT", "EXISTS"):
            return Call("!", (Exists(self.group()),))
        if self._kind == "var":
            return self._variable()
        if self._kind == "word" and self._next not in ("TRUE", "FALSE"):
            return Call(self._take(), self._arguments())
        term = self._term()
        return Call(str(term), self._arguments()) if self._next == "(" else term

    def _arguments(self) -> tuple[Expression, ...]:
        self._expect("(")
        found: list[Expression] = []
        while not self._takes(")"):
            found.append(self._expression())
            if self._next != ")":
                self._expect(",")
        return tuple(found)


@lru_cache(maxsize=1024)
def _term(prefixes: str, text: str) -> Term:
    """Return the term that Turtle and SPARQL write alike."""
    try:
        quad = next(iter(ox.parse(f"{prefixes}<urn:s> <urn:p> {text} .", format=ox.RdfFormat.TURTLE)))
    except SyntaxError:
        raise UnreadError from None
    term: Term = quad.object
    return term


@lru_cache(maxsize=1024)
def read(text: str) -> Query:
    """Return a SELECT query as a tree.

    Raises:
        UnreadError: if it is not plain.
    """
    try:
        return _Reader(text).query()
    except RecursionError:
        raise UnreadError from None
