"""Rewrite a SELECT query so that each solution shows what every pattern of it matched.

Why-provenance of a row is the set of all its derivations: all solutions of the pattern that lead to it. So inner
SELECTs are opened (their variables get names of their own where they are not passed on; those that group, count or cut
stay beside it as a filter), blank nodes become variables, each OPTIONAL and each branch of a UNION says by a variable
of its own that it matched, and everything is selected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count

from buendnis_graph.errors import QueryError
from buendnis_graph.sparql_text import FORMS, tokens

Token = tuple[str, str]
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_CUTS = {"GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES"}
_SIGNS = {"&&", "||", "^^", "!=", "<=", ">="}
MARK = "matched__"
"""Begins the variables that say which parts of a pattern matched."""
_ABSENCE = {"MINUS", "EXISTS", "BOUND"}


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A query made ready to be explained.

    Args:
        sparql: selects all variables of all solutions.
        keyed: the query itself with what it groups by selected, too; empty if that changes nothing.
        keys: the variables that tell which row a solution belongs to; None for all columns (``SELECT *``).
        tests_absence: whether it asks for what is not there, which has no source.
    """

    sparql: str
    keyed: str
    keys: tuple[str, ...] | None
    tests_absence: bool


@dataclass(slots=True)
class _Select:
    head: list[Token]
    dataset: list[Token]
    group: list[Token]
    tail: list[Token]

    @property
    def columns(self) -> list[tuple[str, list[Token]]]:
        """What is selected: names, and expressions for those bound by AS; empty for ``*``."""
        found: list[tuple[str, list[Token]]] = []
        place = 0
        while place < len(self.head):
            kind, piece = self.head[place]
            if piece == "(":
                end = _closing(self.head, place)
                found.append((self.head[end - 1][1][1:], self.head[place + 1 : end - 2]))
                place = end
            elif kind == "var":
                found.append((piece[1:], []))
            place += 1
        return found

    @property
    def keeps_rows(self) -> bool:
        """Whether its rows are the solutions of its pattern."""
        words = {piece.upper() for kind, piece in self.tail if kind == "word"}
        return not words & _CUTS and not self.counted

    @property
    def counted(self) -> set[str]:
        """What it selects that is counted, summed or the like, or worked out from such."""
        found: set[str] = set()
        for name, expression in self.columns:
            uses = {piece[1:] for kind, piece in expression if kind == "var"}
            if uses & found or is_aggregate(expression):
                found.add(name)
        return found

    def grouped(self) -> list[tuple[str, list[Token]]]:
        """What it groups by: names, and expressions for those bound by AS."""
        upper = [piece.upper() if kind == "word" else "" for kind, piece in self.tail]
        if "GROUP" not in upper:
            return []
        start = upper.index("GROUP") + 2
        ends = [place for place, word in enumerate(upper) if word in {"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}]
        by = self.tail[start : min((end for end in ends if end >= start), default=len(self.tail))]
        found: list[tuple[str, list[Token]]] = []
        place = 0
        while place < len(by):
            kind, piece = by[place]
            if piece == "(":
                end = _closing(by, place)
                if end >= 2 and by[end - 2][1].upper() == "AS":
                    found.append((by[end - 1][1][1:], by[place + 1 : end - 2]))
                place = end
            elif kind == "var":
                found.append((piece[1:], []))
            place += 1
        return found


def is_aggregate(expression: list[Token]) -> bool:
    """Return whether an expression counts, sums or the like."""
    return any(kind == "word" and piece.upper() in _AGGREGATES for kind, piece in expression)


def unfold(sparql: str) -> Unfolded:
    """Return a SELECT query ready to be explained.

    Raises:
        QueryError: if it is no SELECT.
    """
    pieces = _without_blank_nodes(_pieces(sparql))
    start = _place(pieces, FORMS)
    if start is None or pieces[start][1].upper() != "SELECT":
        raise QueryError("only tables can be explained.", hint="Ask by SELECT.")
    prologue, outer = pieces[:start], _select(pieces[start + 1 :])
    counted = outer.counted
    expressions = [(name, e) for name, e in [*outer.columns, *outer.grouped()] if e and name not in counted]
    values = _place(outer.tail, {"VALUES"})
    given = [] if values is None else outer.tail[values:]
    opened = [*_opened(outer.group, count()), *_binds(expressions), *given]
    plain = [name for name, _ in outer.columns if name not in counted]
    by = [name for name, _ in outer.grouped() if name not in plain]
    if not outer.columns or _place(outer.head, {"DISTINCT", "REDUCED"}) is not None:
        by = []
    keyed_head = [*outer.head, *(("var", f"?{name}") for name in by)]
    return Unfolded(
        _text(_whole(prologue, [("mark", "*")], outer.dataset, opened)),
        _text([*_whole(prologue, keyed_head, outer.dataset, outer.group), *outer.tail]) if by else "",
        (*plain, *by) if outer.columns else None,
        _place(pieces, _ABSENCE) is not None,
    )


def _whole(prologue: list[Token], head: list[Token], dataset: list[Token], group: list[Token]) -> list[Token]:
    return [*prologue, ("word", "SELECT"), *head, *dataset, ("word", "WHERE"), ("mark", "{"), *group, ("mark", "}")]


def _place(pieces: list[Token], words: Collection[str]) -> int | None:
    """Return the place of the first of some keywords."""
    return next((n for n, (kind, piece) in enumerate(pieces) if kind == "word" and piece.upper() in words), None)


def _pieces(sparql: str) -> list[Token]:
    """Return words and signs; signs of two characters in one piece."""
    found: list[Token] = []
    end = -1
    for kind, piece, start in tokens(sparql):
        if kind == "mark" and start == end and found[-1][1] + piece in _SIGNS:
            found[-1] = ("mark", found[-1][1] + piece)
        else:
            found.append((kind, piece))
        end = start + len(piece)
    return found


def _text(pieces: list[Token]) -> str:
    """Return the text of pieces; without space where engines want none."""
    parts: list[str] = []
    before: Token = ("mark", "(")
    for kind, piece in pieces:
        is_call = piece == "(" and before[0] == "word" and before[1] != "a"
        ends_path = before[1] == ")" or before[0] in {"iri", "name"}
        is_glued = before[1] == "(" or piece in {",", ")"} or is_call or (piece in {"+", "*", "?"} and ends_path)
        parts.append(piece if is_glued else f" {piece}")
        before = (kind, piece)
    return "".join(parts).strip()


def _closing(pieces: list[Token], start: int) -> int:
    """Return the place of the bracket that closes the one at ``start``."""
    depth = 0
    for place in range(start, len(pieces)):
        if pieces[place][0] == "mark":
            depth += (pieces[place][1] in "({[") - (pieces[place][1] in ")}]")
            if depth == 0:
                return place
    raise QueryError("the query's brackets don't match.")


def _select(pieces: list[Token]) -> _Select:
    """Return the parts of a SELECT, given what stands behind that word."""
    start = 0
    while pieces[start][1] != "{":
        start = _closing(pieces, start) + 1 if pieces[start][1] == "(" else start + 1
    end = _closing(pieces, start)
    head = pieces[:start]
    if head and head[-1][1].upper() == "WHERE":
        head = head[:-1]
    dataset = next((n for n, (kind, piece) in enumerate(head) if kind == "word" and piece.upper() == "FROM"), len(head))
    return _Select(head[:dataset], head[dataset:], pieces[start + 1 : end], pieces[end + 1 :])


def _opened(group: list[Token], names: Iterator[int]) -> list[Token]:
    """Return what stands in a group with its inner SELECTs opened, and marks on what may or may not match."""
    found: list[Token] = []
    place = 0
    while place < len(group):
        if group[place][1] != "{":
            found.append(group[place])
            place += 1
            continue
        end = _closing(group, place)
        before = group[place - 1][1].upper() if place else ""
        may_match = before in {"OPTIONAL", "UNION"} or [p.upper() for _, p in group[end + 1 : end + 2]] == ["UNION"]
        inside = group[place + 1 : end]
        is_select = bool(inside) and inside[0][1].upper() == "SELECT"
        inside = _inner(inside, names) if is_select else _opened(inside, names)
        mark = _binds([(f"{MARK}{next(names)}", [("word", "true")])]) if may_match else []
        found += [("mark", "{"), *inside, *mark, ("mark", "}")]
        place = end + 1
    return found


def _inner(pieces: list[Token], names: Iterator[int]) -> list[Token]:
    """Return an inner SELECT opened; beside itself if its rows are not just the solutions of its pattern."""
    inner = _select(pieces[1:])
    opened = _opened(inner.group, names)
    opened += _binds([(name, e) for name, e in inner.columns if e and name not in inner.counted])
    passed = {name for name, _ in inner.columns}
    if passed:
        suffix = f"__{next(names)}"
        opened = [
            (k, p if k != "var" or p[1:] in passed or p[1:].startswith(MARK) else f"?{p[1:]}{suffix}")
            for k, p in opened
        ]
    opened = [("mark", "{"), *opened, ("mark", "}")]
    return opened if inner.keeps_rows else [("mark", "{"), *pieces, ("mark", "}"), *opened]


def _binds(columns: list[tuple[str, list[Token]]]) -> list[Token]:
    found: list[Token] = []
    for name, expression in columns:
        found += [("word", "BIND"), ("mark", "("), *expression, ("word", "AS"), ("var", f"?{name}"), ("mark", ")")]
    return found


def _without_blank_nodes(pieces: list[Token]) -> list[Token]:
    """Return pieces with ``_:b`` and ``[]`` as variables; they mean the same in a pattern."""
    found: list[Token] = []
    for place, (kind, piece) in enumerate(pieces):
        if kind == "name" and piece.startswith("_:"):
            found.append(("var", f"?blank_{piece[2:].replace('.', '_').replace('-', '_')}"))
        elif piece == "]" and found and found[-1] == ("mark", "["):
            found[-1] = ("var", f"?blank__{place}")
        else:
            found.append((kind, piece))
    return found
