"""Whether a page shows the same of an answer after a change: only the rows that it has a part in are asked for.

That can be if each row is of one thing, by a variable: the statements that came or went are then about some things, and
the rows of all others stay. If the rows of these things are as many as before, and stood and stand behind the last row
that is known, the page stays as it is. No two rows that are known may be equal in what they are ordered by: the engine
puts equal ones into an order that changes with all others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.publish.site.asked import Answer
from buendnis_graph.publish.site.renewed.pattern_reader import groups_of
from buendnis_graph.publish.site.renewed.patterns import Pattern, Variable
from buendnis_graph.sparql_text import tokens

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_KEYS = re.compile(r"(?:(?:ASC|DESC) \( [?$]\w+ \)|[?$]\w+)(?: (?:(?:ASC|DESC) \( [?$]\w+ \)|[?$]\w+))*")
_VARIABLE = re.compile(r"[?$](\w+)")

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A pattern that may use a statement, which a store holds; ``carried`` as its group has it."""

    pattern: Pattern
    carried: frozenset[str] | None
    triple: ox.Triple
    store: ox.Store

    @property
    def of(self) -> str:
        """The variable of the rows that has the subject of the statement as its value; empty if none is known to."""
        subject = self.pattern.subject
        if not isinstance(subject, Variable) or self.pattern.properties is None:  # a path begins elsewhere
            return ""
        return subject.name if self.carried is None or subject.name in self.carried else ""


class Answers:
    """Looks at the answers to a question, which is read in full by :func:`groups_of`.

    Args:
        text: of the question.
    """

    def __init__(self, text: str) -> None:
        self._text, self._top = text, groups_of(text)[0]
        pieces = [(kind, piece.upper() if kind == "word" else piece, at) for kind, piece, at in tokens(text)]
        braces = [number for number, (_, piece, _) in enumerate(pieces) if piece in ("{", "}")]
        self._open = pieces[braces[0]][2] + 1
        words = [piece for kind, piece, _ in pieces[: braces[0]] if kind == "word"]
        self.is_nested = any(piece == "SELECT" for _, piece, _ in pieces[braces[0] :])
        self._distinct = words[words.index("SELECT") + 1 :][:1] in (["DISTINCT"], ["REDUCED"])
        self._aggregates = not _AGGREGATES.isdisjoint(words)
        tail = " ".join(piece for _, piece, _ in pieces[braces[-1] + 1 :])
        self._cut = re.search(r"\b(?:LIMIT|OFFSET)\b", tail) is not None
        self.groups = _VARIABLE.findall(_clause(tail, "GROUP")) if "(" not in _clause(tail, "GROUP") else []
        self._grouped = self._aggregates or re.search(r"\b(?:GROUP BY|HAVING)\b", tail) is not None
        self._order = _clause(tail, "ORDER")

    def stay(self, answer: Answer, uses: Sequence[Use], before: ox.Store, after: ox.Store) -> bool:
        """Return whether what a page shows of the answer is certainly the same in two stores.

        Args:
            answer: what the page shows of the answer in the first one.
            uses: all patterns that may use what is in one store alone.
            before: the first one.
            after: the second one.
        """
        name = self._parting(uses)
        if name is None or self.keys is None:
            return False
        things = " ".join(sorted({str(use.triple.subject) for use in uses}))
        text = f"{self._text[: self._open]} VALUES ?{name} {{ {things} }} {self._text[self._open :]}"
        found = [store.query(text) for store in (before, after)]
        columns = [variable.value for variable in found[0].variables]  # type: ignore[union-attr]
        if self._distinct and not all(self._is_own(use, columns) for use in uses):
            return False
        old, new = ([tuple(row) for row in rows] for rows in found)  # type: ignore[union-attr]
        if not old and not new:
            return True
        return len(old) == len(new) and answer.is_cut and self._follow(answer.rows, [*old, *new], columns)

    def _parting(self, uses: Sequence[Use]) -> str | None:
        """Return the variable that tells of which of the things a row is; None if there is none."""
        names = {use.of for use in uses}
        name = names.pop()
        is_one = not names and name.strip() == name != "" and name in self._top.sure
        if not is_one or (self._grouped and name not in self.groups):
            return None
        return None if self._grouped and self._distinct else name

    def _is_own(self, use: Use, columns: Sequence[str]) -> bool:
        """Return whether no other thing has the value, which is a column: so no two things share a row."""
        pattern, triple, graph = use.pattern, use.triple, ox.DefaultGraph()
        if not isinstance(pattern.value, Variable) or pattern.value.name not in columns:
            return False
        if pattern not in self._top.patterns or not isinstance(pattern.properties, frozenset):
            return False
        quads = (use.store.quads_for_pattern(None, one, triple.object, graph) for one in pattern.properties)
        return {quad.subject for some in quads for quad in some} == {triple.subject}

    def _follow(self, known: Sequence[Row], rows: Sequence[Row], columns: Sequence[str]) -> bool:
        """Return whether rows stand behind others, whose order is certain."""
        if len(known[-1]) != len(columns) or not {*(self.keys or ())} <= {*columns}:
            return False
        is_first = self._in_order([*rows, known[-1]], columns)[0] == len(rows)  # it is listed last: so it is not equal
        return is_first and self.in_order(known, columns) is not None

    @property
    def keys(self) -> list[str] | None:
        """The variables that rows are ordered by, in this order; None if they are ordered otherwise, or cut."""
        return _VARIABLE.findall(self._order) if _KEYS.fullmatch(self._order) and not self._cut else None

    def in_order(self, rows: Sequence[Row], columns: Sequence[str]) -> list[int] | None:
        """Return the numbers of rows in their order; None if some are equal in all that they are ordered by.

        Args:
            rows: each with a term for each column.
            columns: names of variables, those of :attr:`keys` with them.
        """
        found, last = self._in_order(rows, columns), len(rows) - 1
        return found if found == [last - number for number in self._in_order(rows[::-1], columns)] else None

    def _in_order(self, rows: Sequence[Row], columns: Sequence[str]) -> list[int]:
        """Return the numbers of rows in their order; of equal ones the first that is listed comes first."""
        listed = " ".join(
            f"({' '.join('UNDEF' if term is None else str(term) for term in row)} {number})"
            for number, row in enumerate(rows)
        )
        names = " ".join(f"?{name}" for name in (*columns, "n_"))
        asked = f"SELECT ?n_ {{ VALUES ({names}) {{ {listed} }} }} ORDER BY {self._order} ?n_"  # a sort is not stable
        return [int(row[0].value) for row in ox.Store().query(asked)]  # type: ignore[union-attr]


def _clause(tail: str, word: str) -> str:
    """Return what stands behind GROUP BY or ORDER BY, up to the next clause."""
    found = re.search(rf"\b{word} BY (.*?)(?= (?:GROUP|HAVING|ORDER|LIMIT|OFFSET)\b|$)", tail)
    return found[1] if found else ""
