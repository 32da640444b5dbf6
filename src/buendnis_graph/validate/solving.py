"""Which solutions the plain part of a SPARQL query may have: its patterns joined, its conditions met, on columns.

It may find more than there are, never fewer, and says whether it found just those.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import polars as pl
import pyoxigraph as ox

from buendnis_graph.sparql_reader import UnreadError
from buendnis_graph.validate.columns import NONE, Flags, Numbers
from buendnis_graph.validate.conditions import Conditions, Frame, Verdict, variables
from buendnis_graph.validate.query_tree import Call, End, Expression, Group, Pattern, with_binds
from buendnis_graph.validate.stored import AS_WRITTEN, Stored

_MANY = 1_000_000
"""Solutions that are worth being put together of patterns that have (nearly) nothing in common."""
_FEW = 50
"""Where at most one in so many can fit, it pays to look at that before anything else."""
_HIT, _COUNT = " hit", " count"


class Solver:
    """Finds solutions of groups.

    Args:
        stored: the statements.
    """

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._cells: dict[tuple[ox.NamedNode, ...], tuple[Numbers, Numbers, Numbers]] = {}

    def solve(
        self,
        group: Group,
        start: Frame | None = None,
        scope: frozenset[str] = frozenset(),
        *,
        conditions: bool = True,
    ) -> tuple[Frame | None, bool]:
        """Return the solutions that a group may have, for those variables that each of them binds.

        Args:
            group: the group.
            start: what some variables are bound to; None for no matter what.
            scope: variables that may be bound around the group.
            conditions: whether to heed conditions.

        Returns:
            The solutions, None if nothing is known of them, and whether these are just those that there are.

        Raises:
            UnreadError: if it names terms that the store may write another way.
        """
        scope |= group.in_scope().union(() if start is None else start.columns)
        pieces = [] if start is None else [start]
        sure = not group.optional and not group.binds
        for name, terms in group.values:
            if not all(map(_is_told_apart, terms)):
                raise UnreadError
            pieces.append(pl.DataFrame({name: [self._stored.number(t) for t in terms]}, schema={name: pl.Int32}))
        for pattern in group.patterns:
            piece, exact = self._fitting(pattern)
            pieces += [] if piece is None else [piece]
            sure &= exact
        for branches in group.unions:
            begin = None if conditions else start
            found = [self.solve(b, bound(begin, b.variables()), scope, conditions=conditions) for b in branches]
            piece, exact = _either(found, set().union(*(branch.variables() for branch in branches)))
            pieces += [] if piece is None else [piece]
            sure &= exact
        asked = [with_binds(c, group.binds) for c in _conjuncts(group.filters)] if conditions else []
        join = _Join(asked, Conditions(self._stored, partial(self._exists, scope)), self._stored)
        return join.of(pieces), sure and join.sure

    def looked_at(self, pattern: Pattern, frame: Frame | None) -> Numbers:
        """Return the rows of the statements that a pattern can look at, with its variables bound somehow."""
        rows, ends = self._ends(pattern)
        if not isinstance(pattern.path, str) and pattern.predicates is None:
            return rows
        flags = np.ones(len(rows), np.bool_)
        for end, cells in ends:
            if isinstance(end, str) and frame is not None and end in frame.columns:
                flags &= _members(frame[end], len(self._stored.columns.terms))[cells]
            elif not isinstance(end, str) and _is_told_apart(end):
                flags &= cells == self._stored.number(end)
        return rows[flags]

    def _ends(self, pattern: Pattern) -> tuple[Numbers, list[tuple[End, Numbers]]]:
        """Return the rows with the predicates of a pattern, and their terms for each position that is not such."""
        columns = self._stored.columns
        if isinstance(pattern.path, str):
            cells = [columns.subject, columns.predicate, self._stored.object]
            named = zip((pattern.subject, pattern.path, pattern.object), cells, strict=True)
            return np.arange(len(columns), dtype=np.int32), list(named)
        steps = tuple(pattern.predicates or pattern.path.predicates())
        if steps not in self._cells:
            rows = np.concatenate([columns.rows(self._stored.number(step)) for step in dict.fromkeys(steps)])
            self._cells[steps] = rows, columns.subject[rows], self._stored.object[rows]
        rows, subject, value = self._cells[steps]
        return rows, [(pattern.subject, subject), (pattern.object, value)]

    def _fitting(self, pattern: Pattern) -> tuple[Frame | None, bool]:
        """Return what a pattern may bind its variables to, and whether it is just that; None if that is not known."""
        if not isinstance(pattern.path, str) and pattern.predicates is None:
            return self._reached(pattern), False
        _, ends = self._ends(pattern)
        flags = np.ones(len(ends[0][1]), np.bool_)
        known: dict[str, Numbers] = {}
        sure = True
        for end, cells in ends:
            if isinstance(end, str):
                flags &= known.setdefault(end, cells) == cells if end in known else True
                known.setdefault(end, cells)
            elif _is_told_apart(end):
                flags &= cells == self._stored.number(end)
            else:
                sure = False
        if not known:
            return None, False
        return pl.DataFrame({name: cells if flags.all() else cells[flags] for name, cells in known.items()}), sure

    def _reached(self, pattern: Pattern) -> Frame | None:
        """Return what is at the other end of a path of any length from a term; None if it is another path."""
        path, ends = pattern.path, (pattern.subject, pattern.object)
        names = [end for end in ends if isinstance(end, str)]
        if isinstance(path, str) or path.operator not in ("*", "+") or len(names) != 1:
            return None
        step = Pattern("from", path.parts[0], "to")
        term = next(end for end in ends if not isinstance(end, str))
        if step.predicates is None or not _is_told_apart(term):
            return None
        _, ((_, near), (_, far)) = self._ends(step)
        if isinstance(pattern.object, str):
            near, far = far, near
        reached = np.zeros(len(self._stored.columns.terms), np.bool_)
        begin = self._stored.number(term)
        fresh = np.array([begin] if begin != NONE else [], np.int32)
        while len(fresh):
            reached[fresh] = True
            ahead = np.unique(near[np.isin(far, fresh)])
            fresh = ahead[~reached[ahead]]
        return pl.DataFrame({names[0]: np.flatnonzero(reached).astype(np.int32)})

    def _exists(self, scope: frozenset[str], group: Group, frame: Frame) -> Verdict:
        """Return of each row whether a group may have a solution with it, and whether it may have none."""
        mentioned = group.variables().union(*map(variables, group.filters))
        start = bound(frame, mentioned)
        found, sure = self.solve(group, start, scope)
        sure = sure and not mentioned & scope - set(frame.columns)
        if found is None:
            return np.ones(len(frame), np.bool_), np.ones(len(frame), np.bool_)
        if start is None:
            hit = np.full(len(frame), len(found) > 0)
        else:
            hits = found.select(start.columns).unique().with_columns(pl.lit(value=True).alias(_HIT))
            rows = frame.select(start.columns).join(hits, on=start.columns, how="left", maintain_order="left")
            hit = rows[_HIT].is_not_null().to_numpy()
        return hit, ~hit if sure else np.ones(len(frame), np.bool_)


class _Join:
    """Puts solutions of parts together, and heeds conditions as soon as what they look at is known."""

    def __init__(self, asked: list[Expression], conditions: Conditions, stored: Stored) -> None:
        self._waiting, self._conditions = asked, conditions
        self._terms, self._most = len(stored.columns.terms), _MANY + 2 * len(stored.columns)
        self._names: set[str] = set()
        self.sure = True

    def of(self, pieces: list[Frame]) -> Frame | None:
        """Return the solutions of all parts together, None if there are no parts."""
        self._names = {name for piece in pieces for name in piece.columns}
        if not pieces:
            self.sure = False
            return None
        pieces = self._narrowed(sorted(pieces, key=len))
        frame = pieces.pop(0)
        while pieces:
            near = (place for place, piece in enumerate(pieces) if set(piece.columns) & set(frame.columns))
            frame = self._sifted(self._joined(frame, pieces.pop(next(near, 0))))
        self.sure = self.sure and not self._waiting
        return frame

    def _narrowed(self, pieces: list[Frame]) -> list[Frame]:
        """Return parts, the smallest first, without what does not fit to much smaller ones or to conditions."""
        found: list[Frame] = []
        for piece in pieces:
            for other in found:
                if len(other) * _FEW < len(piece):
                    piece = self._fitting(piece, other)
            found.append(self._sifted(piece))
        return sorted(found, key=len)

    def _fitting(self, piece: Frame, other: Frame) -> Frame:
        """Return the solutions of a part whose terms each occur in another one."""
        for name in set(piece.columns) & set(other.columns):
            piece = piece.filter(pl.Series(_members(other[name], self._terms)[piece[name].to_numpy()]))
        return piece

    def _sifted(self, frame: Frame) -> Frame:
        """Return the solutions that may meet the conditions upon what they bind."""
        for condition in list(self._waiting):
            needed = variables(condition) & self._names
            if needed and needed <= set(frame.columns):
                self._waiting = [other for other in self._waiting if other is not condition]
                frame, sure = self._conditions.kept(frame, condition)
                self.sure &= sure
        return frame

    def _joined(self, one: Frame, other: Frame) -> Frame:
        """Return what fits together; where that would be far more than there is, what fits with anything."""
        shared = [name for name in one.columns if name in other.columns]
        if not shared:
            if len(one) * len(other) <= _MANY:
                return one.join(other, how="cross")
            self.sure = False
            return one
        other = self._fitting(other, one)
        if len(one) * len(other) > _MANY:
            several = other.group_by(shared).len(_COUNT)
            total = one.join(several, on=shared)[_COUNT].sum()
            if total > self._most:
                self.sure = False
                return one.join(other, on=shared, how="semi")
        return one.join(other, on=shared)


def bound(frame: Frame | None, names: set[str]) -> Frame | None:
    """Return what some variables are bound to; None if nothing is known of any."""
    known = [] if frame is None else [name for name in frame.columns if name in names]
    return frame.select(known).unique() if frame is not None and known else None


def _either(found: list[tuple[Frame | None, bool]], names: set[str]) -> tuple[Frame | None, bool]:
    """Return the solutions of branches of a UNION, for the variables that all of them bind."""
    frames = [frame for frame, _ in found if frame is not None]
    shared = set.intersection(*(set(frame.columns) for frame in frames)) if len(frames) == len(found) else set()
    if not shared:
        return None, False
    columns = sorted(shared)
    together = pl.concat([frame.select(columns) for frame in frames]).unique()
    return together, shared == names and all(sure for _, sure in found)


def _conjuncts(conditions: list[Expression]) -> list[Expression]:
    """Return conditions, those joined by ``&&`` each for itself."""
    found: list[Expression] = []
    for condition in conditions:
        both = isinstance(condition, Call) and condition.name == "&&"
        found += _conjuncts(list(condition.given)) if both else [condition]  # type: ignore[union-attr]
    return found


def _is_told_apart(term: End) -> bool:
    """Return whether a term is written as the store writes it."""
    return not isinstance(term, ox.Literal) or term.datatype.value in AS_WRITTEN


def _members(column: pl.Series, terms: int) -> Flags:
    flags = np.zeros(terms, np.bool_)
    flags[column.to_numpy()] = True
    return flags
