"""Check again only what a change can affect: the changed nodes, and those whose shapes look at them on any path.

What is found equals what a full run finds. For Core constraints, the paths by which a shape looks at a triple are
walked backwards from the change to the focus nodes (in the state before and after together), and what these look at is
checked anew. For SPARQL-based ones see :mod:`buendnis_graph.validate.delta`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from buendnis_graph.validate.components import Check
from buendnis_graph.validate.delta import Situation, situations
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.fast import Fast, Plan
from buendnis_graph.validate.live import Live
from buendnis_graph.validate.looks import Looks, Use, joined, looks, uses
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.reference import PyShacl
from buendnis_graph.validate.shapes import Shapes, name_of
from buendnis_graph.validate.sparql import SparqlCheck, is_focus
from buendnis_graph.validate.targets import places

MANY = 2000
"""More focus nodes than this are checked all at once rather than one by one."""

Found = dict[Term, list[Result]]


@dataclass
class _Sparql:
    """A SPARQL-based constraint, how changes reach it, and what it found."""

    check: Check
    situations: tuple[Situation, ...] | None
    key: str = "this"
    found: Found = field(default_factory=dict)
    _reached: dict[ox.NamedNode, list[Situation]] = field(default_factory=dict)

    @classmethod
    def of(cls, check: Check) -> _Sparql:
        """Return a constraint taken apart: by its focus nodes or, if it looks at none, by the values it finds."""
        if isinstance(check, SparqlCheck) and check.looks_elsewhere:
            return cls(check, situations(check.text), "value")
        return cls(check, situations(check.whole))

    def questions(self, changes: Iterable[ox.Triple]) -> Iterator[str | None]:
        """Yield what finds the nodes that some triples can touch: each question once, though triples share many."""
        asked: set[str | None] = set()
        for triple in changes:
            for situation in self._reached_by(triple.predicate):
                for question in situation.questions(triple, self.key):
                    if question not in asked:
                        asked.add(question)
                        yield question

    def _reached_by(self, predicate: ox.NamedNode) -> list[Situation]:
        """Return the situations that a triple of a property can fit into: few of them."""
        if predicate not in self._reached:
            self._reached[predicate] = [one for one in self.situations or () if one.is_of(predicate)]
        return self._reached[predicate]

    def by_key(self, results: Iterable[Result]) -> Found:
        """Return results by what stands for them."""
        return _by(results, lambda result: result.focus if self.key == "this" else result.value)  # type: ignore[arg-type,return-value]


class Incremental:
    """The results of a graph under some shapes, kept up to date.

    Args:
        triples: the graph; or one that takes changes, wherever it is.
        shapes: the shapes.
        engine: does the checking.
        fresh: whether to check all at the start; if not, only what changes affect is ever found.
    """

    def __init__(
        self, triples: Iterable[ox.Triple] | Live, shapes: Shapes, engine: Fast, *, fresh: bool = True
    ) -> None:
        self.live = triples if isinstance(triples, Live) else Live(triples)
        self._plan: Plan = engine.plan(shapes)
        self._looks = [looks(shapes, root) for root in self._plan.mine]
        ways = {joined(*place.steps) for root in self._plan.mine for place in places(shapes, root)}
        self._steps = [way for way in ways if way is not None]
        self._uses: dict[ox.NamedNode, set[Use]] = {}
        self._core: Found = {}
        self._plan.lend_shapes(self.live)
        self._sparql = [_Sparql.of(check) for check in self._plan.checks]
        self._rest: list[Result] = []
        self.asked: dict[str, set[Term]] = {}
        """The nodes that the last update asked of, by constraint (\"\": Core)."""
        if fresh:
            self._check_core(None)
            for one in self._sparql:
                self._check_sparql(one, None)
            self._ask_rest()

    @property
    def results(self) -> list[Result]:
        """What is found now."""
        found = [result for results in self._core.values() for result in results]
        for one in self._sparql:
            found += [result for results in one.found.values() for result in results]
        return found + self._rest

    def update(self, removed: Iterable[ox.Triple], added: Iterable[ox.Triple]) -> set[Term]:
        """Take a change, and return the focus nodes that were checked again.

        Args:
            removed: triples that are in the graph.
            added: triples that are not.
        """
        gone, come = list(removed), list(added)
        self.live.add(come)
        changes = [*gone, *come]
        core = self._core_focus(changes)
        sparql = [self._sparql_focus(one, changes) for one in self._sparql]
        if core is None or None in sparql:
            self.live.expect_whole()
        self.asked = {"": core or set()}
        for one, nodes in zip(self._sparql, sparql, strict=True):
            rule = getattr(one.check, "constraint", None) or name_of(one.check.place.shape)
            self.asked[rule] = self.asked.get(rule, set()).union(nodes or ())
        self.live.remove(gone)
        self._check_core(core)
        for one, nodes in zip(self._sparql, sparql, strict=True):
            self._check_sparql(one, nodes)
        if changes:
            self._ask_rest()
        return (core or set()).union(*(nodes or set() for nodes in sparql))

    def _core_focus(self, changes: list[ox.Triple]) -> set[Term] | None:
        """Return the focus nodes whose shapes look at one of some triples; None if that can't be told."""
        if any(one.endless for one in self._looks):
            return None
        found: set[Term] = set()
        for triple in changes:
            found.add(triple.subject)  # type: ignore[arg-type]
            for use in self._uses_of(triple.predicate):
                near: Term = triple.object if use.backwards else triple.subject  # type: ignore[assignment]
                found |= {near} if use.before is None else self.live.walk({near}, use.before, backwards=True)
        for step in self._steps:  # a shape below a property shape speaks of the nodes it comes to, not of its target
            found |= self.live.walk(found, step)
        return found if len(found) <= MANY else None

    def _uses_of(self, predicate: ox.NamedNode) -> set[Use]:
        known = self._uses.get(predicate)
        if known is None:
            known = {use for one in self._looks for path in one.paths for use in uses(path, predicate)}
            known |= {Use(path, backwards=False) for one in self._looks for path in one.closed}
            self._uses[predicate] = known
        return known

    def _check_core(self, nodes: set[Term] | None) -> None:
        if nodes is None:
            self._core = _by_focus(self._plan.core.results(Data(self.live.triples)))
            return
        seen: set[ox.Triple] = set()
        starts = nodes.union(*(self.live.walk(nodes, step, backwards=True) for step in self._steps))
        for node in starts:
            seen.update(self.live.of(node))
        for one in self._looks:
            _look(self.live, starts, one, seen)
        for node in nodes:
            self._core.pop(node, None)
        found = self._plan.core.results(Data(sorted(seen, key=str)))
        for focus, results in _by_focus(found).items():
            if focus in nodes:
                self._core[focus] = results

    def _sparql_focus(self, one: _Sparql, changes: list[ox.Triple]) -> set[Term] | None:
        """Return the nodes that a constraint may answer differently for; None if that can be any."""
        if one.situations is None:
            return None
        found: set[Term] = set()
        for question in one.questions(changes):
            if question is None:
                return None
            rows = self.live.store.query(question)
            assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - they are SELECT queries
            found |= {row["this"] for row in rows}
            if len(found) > MANY:
                return None
        return found

    def _check_sparql(self, one: _Sparql, nodes: set[Term] | None) -> None:
        if nodes is None:
            one.found = one.by_key(one.check.results(self.live))
            return
        for node in nodes:
            one.found.pop(node, None)
            if one.key == "value" and isinstance(one.check, SparqlCheck):
                one.found |= one.by_key(one.check.results_for(self.live, node))
            elif is_focus(self.live, one.check.focus, node):
                results = one.check.results(self.live, [node])
                if results:
                    one.found[node] = results

    def _ask_rest(self) -> None:
        if self._plan.rest is not None:
            self._rest = PyShacl().validate(Data(self.live.triples), self._plan.rest)


def _look(live: Live, nodes: set[Term], one: Looks, seen: set[ox.Triple]) -> None:
    """Note the triples that a shape looks at from some nodes."""
    for path in one.paths:
        live.walk(nodes, path, seen)
    for way in one.closed:
        for end in nodes if way is None else live.walk(nodes, way, seen):
            seen.update(live.of(end))


def _by(results: Iterable[Result], key: Callable[[Result], Term]) -> Found:
    found: Found = {}
    for result in results:
        found.setdefault(key(result), []).append(result)
    return found


def _by_focus(results: Iterable[Result]) -> Found:
    return _by(results, lambda result: result.focus)
