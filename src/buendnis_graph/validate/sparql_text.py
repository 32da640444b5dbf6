"""What can be told from the text of a SPARQL constraint: what SHACL forbids, and whether it can be asked once for all.

SHACL binds ``$this`` to one focus node after another. Asking once, joined with all focus nodes, is many times
quicker and gives the same rows if ``$this`` is bound wherever it is used; :func:`is_set_safe` says whether it is.
It is careful: where it says no, the constraint is asked node by node.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from buendnis_graph.sparql_text import tokens

_MODIFIERS = {"GROUP", "HAVING", "LIMIT", "OFFSET"}
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_FORBIDDEN = {"MINUS", "VALUES", "SERVICE"}
_KEPT = 1024
"""Queries remembered as read: the same few are asked over and over, with one node after another."""


@dataclass(slots=True)
class _Group:
    """What stands between two braces."""

    kind: str
    start: int
    patterns: set[str] = field(default_factory=set)
    expressions: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    selecting: bool = False
    selected: set[str] = field(default_factory=set)
    groups: list[_Group] = field(default_factory=list)

    def everywhere(self) -> Iterator[_Group]:
        """Yield it and all groups inside."""
        yield self
        for group in self.groups:
            yield from group.everywhere()

    def mentions(self, variable: str) -> bool:
        """Return whether a variable occurs in it or below."""
        return any(variable in group.patterns | group.expressions for group in self.everywhere())


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the tokens of a query; here names, numbers and keywords are words alike."""
    for kind, piece, start in tokens(text):
        yield "word" if kind in {"name", "number", "lang"} else kind, piece, start


@lru_cache(maxsize=_KEPT)
def _read(text: str) -> tuple[_Group, list[str]]:
    """Return the tree of groups of a query, below a root that stands for the query, and what it binds by AS."""
    root = _Group("query", 0)
    stack, depth, word, renamed = [root], 0, "", []
    for kind, piece, start in _tokens(text):
        group = stack[-1]
        if piece == "{":
            group.selecting = False
            stack.append(_Group(word, start))
            group.groups.append(stack[-1])
        elif piece == "}" and len(stack) > 1:
            stack.pop()
            word = ""
        elif piece in "()":
            depth += 1 if piece == "(" else -1
        elif kind == "var":
            (group.expressions if depth > 0 else group.patterns).add(piece[1:])
            if group.selecting:
                group.selected.add(piece[1:])
            if word == "AS":
                renamed.append(piece[1:])
        elif kind == "word":
            word = piece.upper()
            group.words.add(word)
            group.selecting = group.selecting or word == "SELECT"
    return root, renamed


def faults(text: str, bound: set[str]) -> list[str]:
    """Return what a constraint does that SHACL-SPARQL forbids (SHACL 1.0, section 5.2.1 and appendix A).

    Args:
        text: the query.
        bound: the variables that are bound before it is asked, such as ``this``.
    """
    root, renamed = _read(text)
    words = {word for group in root.everywhere() for word in group.words}
    found = [f"uses {word}" for word in sorted(words & _FORBIDDEN)]
    found += [f"binds ${name} anew" for name in renamed if name in bound]
    for group in list(root.everywhere())[1:]:
        if "SELECT" in group.words and "this" not in group.selected:
            found.append("has an inner SELECT that does not pass $this on")
    return found


def is_set_safe(text: str) -> bool:
    """Return whether a constraint can be asked once for all focus nodes."""
    root, _ = _read(text)
    if len(root.groups) != 1 or root.words & _MODIFIERS:
        return False
    outer = root.groups[0]
    inner = list(outer.everywhere())[1:]
    if any("SELECT" in group.words for group in [outer, *inner]):
        return False
    if any(word in _AGGREGATES for word in root.words):
        return False
    return all(_binds_what_it_uses(group) for group in outer.groups)


def has_zero_step_path(text: str) -> bool:
    """Return whether a query may have a path that can be of no step, which a node outside the graph has too."""
    return any(kind == "mark" and piece in "*?" for kind, piece, _ in _tokens(text))


def binds_this(text: str) -> bool:
    """Return whether a constraint binds ``$this`` in a pattern of its outermost group."""
    return "this" in _read(text)[0].groups[0].patterns


def mentions(text: str, variable: str) -> bool:
    """Return whether a variable occurs in the pattern of a query, beside what it lists."""
    return _read(text)[0].groups[0].mentions(variable)


def _binds_what_it_uses(group: _Group) -> bool:
    """Return whether a group inside binds ``$this`` itself if it or one below uses it; EXISTS sees it from outside."""
    if group.kind == "EXISTS":
        return True
    if not group.mentions("this"):
        return True
    return "this" in group.patterns and all(_binds_what_it_uses(inner) for inner in group.groups)


def outer_brace(text: str) -> int:
    """Return where the first group of a query opens, just behind its brace."""
    root, _ = _read(text)
    return root.groups[0].start + 1


def fill_path(text: str, path: str) -> str:
    """Return a query with ``$PATH`` replaced by a path."""
    return re.sub(r"[?$]PATH\b", lambda _match: path, text)


def true_if_bound(text: str, names: Collection[str]) -> str:
    """Return a query in which ``BOUND`` of variables that are bound beforehand is true."""
    parts: list[str] = []
    end, tokens = 0, list(_tokens(text))
    for (kind, piece, start), *behind in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        (_, opening, _), (_, variable, _), (_, closing, place) = behind
        if kind == "word" and piece.upper() == "BOUND" and opening + closing == "()" and variable[1:] in names:
            parts += [text[end:start], "(true)"]
            end = place + 1
    return "".join([*parts, text[end:]])


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Return a query with variables replaced by terms, wherever SPARQL lets a term stand.

    They stay where only a variable may stand: in what SELECT lists, and in GROUP BY.

    Args:
        text: the query.
        values: terms in SPARQL syntax by name of variable.
    """
    if not values:
        return text
    pieces, rest = _cut(text, frozenset(values))
    return "".join([*(before + values[name] for before, name in pieces), rest])


@lru_cache(maxsize=_KEPT)
def _cut(text: str, names: frozenset[str]) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return a query cut where variables are to be replaced: what stands before each, and the rest."""
    text = true_if_bound(text, names)
    pieces, end, depth, listing = [], 0, 0, -1
    for kind, piece, start in _tokens(text):
        word = piece.upper() if kind == "word" else ""
        if word == "SELECT" or word == "BY":
            listing = depth  # a SELECT may itself stand in brackets: FILTER(EXISTS { SELECT … })
        elif piece in "{}":
            listing = -1
        elif piece in "()":
            depth += 1 if piece == "(" else -1
        elif kind == "var" and piece[1:] in names and depth != listing:
            pieces.append((text[end:start], piece[1:]))
            end = start + len(piece)
    return tuple(pieces), text[end:]


def select_also(text: str, names: Iterable[str]) -> str:
    """Return a SELECT or ASK query as a SELECT query that lists some variables too."""
    selected = _read(text)[0].selected
    listed = " ".join(f"?{name}" for name in names if name not in selected)
    kind, start = next((t.upper(), s) for k, t, s in _tokens(text) if k == "word" and t.upper() in ("SELECT", "ASK"))
    behind = text[start + len(kind) :]
    if kind == "ASK":
        return f"{text[:start]}SELECT {listed} {behind} LIMIT 1"
    distinct = re.match(r"\s*(DISTINCT|REDUCED)\b", behind, re.IGNORECASE)
    cut = start + len(kind) + (distinct.end() if distinct else 0)
    return text if re.match(r"\s*\*", text[cut:]) else f"{text[:cut]} {listed} {text[cut:]}"
