"""Ask constraints of what they can find something in, instead of all of a large graph.

Where a query is plain, columns tell quickly which focus nodes and values it may find: those that fit its patterns and
may meet its conditions. In a graph in order they are few. The query itself is then asked, unchanged, of a store that
holds all that it can look at for these; what it says of others, it says without having seen all, and that is dropped.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pyoxigraph as ox

from buendnis_graph.sparql_reader import UnreadError
from buendnis_graph.sparql_text import tokens
from buendnis_graph.validate.columns import Columns, Flags, Numbers
from buendnis_graph.validate.components import Check
from buendnis_graph.validate.conditions import Frame
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Path, Term
from buendnis_graph.validate.query_reader import read
from buendnis_graph.validate.query_tree import Group, Query
from buendnis_graph.validate.solving import Solver, bound
from buendnis_graph.validate.sparql import SparqlCheck
from buendnis_graph.validate.sparql_text import fill_in
from buendnis_graph.validate.stored import Stored

_KEY = ("this", "value")
"""What stands for a finding, as far as a query lists it and its patterns bind it."""


def ask_excerpts(
    columns: Columns, checks: Sequence[Check], workers: ThreadPoolExecutor
) -> tuple[list[Result], list[Check]]:
    """Return what constraints find, and those that have to be asked of the whole graph.

    Args:
        columns: the graph, as triples.
        checks: the constraints.
        workers: ask several at once.

    Raises:
        ShapesError: if a query can't be run.
    """
    excerpts = Excerpts(columns, checks)
    found = list(workers.map(excerpts.results, checks))
    left = [check for check, results in zip(checks, found, strict=True) if results is None]
    return [result for results in found for result in results or ()], left


class Excerpts:
    """Asks constraints of excerpts of a graph.

    Args:
        columns: the graph, as triples.
        checks: the constraints.
    """

    def __init__(self, columns: Columns, checks: Iterable[Check]) -> None:
        self._columns = columns.including(_named(checks))
        self._stored = Stored(self._columns)
        self._solver = Solver(self._stored)
        self._nodes: dict[str, Frame] = {}

    def results(self, check: Check) -> list[Result] | None:
        """Return what a constraint finds; None if it has to be asked of the whole graph.

        Raises:
            ShapesError: if its query can't be run.
        """
        try:
            sought, rows = self._take(check)
        except (UnreadError, RecursionError):
            return None
        found = check.results(Data(self._columns.triples(rows)))  # even of nothing: the query may be no valid one
        return [r for r in found if (r.focus, r.value) in sought or (r.focus,) in sought]

    def _take(self, check: Check) -> tuple[set[tuple[Term, ...]], Numbers]:
        """Return what a constraint may find: focus nodes, with values if it lists them; and what it looks at for that.

        Raises:
            UnreadError: if that can't be told.
        """
        if not isinstance(check, SparqlCheck) or not check.set_safe:
            raise UnreadError
        query, focus = _query(check.text, check.bound), _focus(check)
        if "this" not in query.selected or "failure" in query.selected:
            raise UnreadError
        found, _ = self._solver.solve(query.group, self._focus_nodes(check.focus, focus))
        if found is None or "this" not in found.columns:
            raise UnreadError
        names = [name for name in _KEY if name in query.selected and name in found.columns]
        key = found.select(names).unique()
        seen = np.zeros(len(self._columns), np.bool_)
        if not key.is_empty():
            self._note(query.group, key, seen, frozenset({"this"}))
            self._note(focus, bound(key, {"this"}), seen, frozenset({"this"}))
        sought = {tuple(map(self._stored.term, row)) for row in key.iter_rows()}
        return sought, np.flatnonzero(seen).astype(np.int32)

    def _focus_nodes(self, text: str, group: Group) -> Frame:
        if text not in self._nodes:
            nodes = bound(self._solver.solve(group)[0], {"this"})
            if nodes is None:
                raise UnreadError
            self._nodes[text] = nodes
        return self._nodes[text]

    def _note(
        self, group: Group, frame: Frame | None, seen: Flags, anchored: frozenset[str], *, within: bool = False
    ) -> None:
        """Note the statements that a group can look at, whatever its conditions, with its variables bound somehow.

        If it stands ``within`` another one, its OPTIONALs and conditions see only what it binds itself. What is bound
        to ``anchored`` variables occurs in statements that are noted elsewhere.
        """
        known, _ = self._solver.solve(group, frame, conditions=False)
        anchored = anchored.union(*(p.variables for p in group.patterns if not _may_stay(p.path)))
        for pattern in group.patterns:
            if _may_stay(pattern.path) and not pattern.variables & anchored:
                raise UnreadError  # each node of the whole graph is at its own place
            seen[self._solver.looked_at(pattern, known)] = True
        own = bound(known, set().union(*(p.variables for p in group.patterns))) if within else known
        for part in itertools.chain(*group.unions):
            self._note(part, bound(known, part.variables()), seen, anchored, within=True)
        for part in group.optional:
            self._note(part, bound(own, part.variables()), seen, anchored, within=True)
        for part in group.asked():
            self._note(part, bound(own, part.variables()), seen, anchored)


def _query(text: str, given: Mapping[str, Term]) -> Query:
    """Return a query as a tree, with what is bound beforehand put in."""
    used = {piece[1:] for kind, piece, _ in tokens(text) if kind == "var"}
    terms = {name: term for name, term in given.items() if name in used}
    if any(isinstance(term, ox.BlankNode) for term in terms.values()):
        raise UnreadError
    return read(fill_in(text, {name: str(term) for name, term in terms.items()}))


def _focus(check: SparqlCheck) -> Group:
    return read(f"SELECT $this WHERE {{ {check.focus} }}").group


def _named(checks: Iterable[Check]) -> Iterator[Term]:
    """Yield the nodes that targets name one by one: they count even where no statement has them."""
    for check in checks:
        if isinstance(check, SparqlCheck):
            with suppress(UnreadError):
                for group in itertools.chain(*_focus(check).unions):
                    yield from itertools.chain(*(terms for _, terms in group.values))


def _may_stay(path: str | Path) -> bool:
    """Return whether a path may be of no step."""
    if isinstance(path, str) or path.predicate is not None:
        return False
    if path.operator in ("*", "?"):
        return True
    return (any if path.operator == "|" else all)(map(_may_stay, path.parts))
