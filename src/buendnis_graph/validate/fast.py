"""The everyday engine: Core constraints set-wise on columns, SPARQL-based ones on Oxigraph, the rest by pySHACL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.validate.components import (
    ASK,
    NODE_VALIDATOR,
    PROPERTY_VALIDATOR,
    VALIDATOR,
    Check,
    Component,
    component_checks,
    components,
)
from buendnis_graph.validate.core import Core
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.reference import PyShacl
from buendnis_graph.validate.shapes import Shapes
from buendnis_graph.validate.sparql import SELECT, SHAPES_GRAPH, SPARQL, sparql_checks
from buendnis_graph.validate.sparql_text import has_zero_step_path
from buendnis_graph.validate.targets import (
    TARGET_NODE,
    TARGETS,
    below,
    conformance_shapes,
    is_class,
    places,
    roots,
)


@dataclass(frozen=True)
class Plan:
    """Who checks what of a shapes graph.

    ``mine`` are the shapes with targets that are checked here; ``left`` those that pySHACL must check, each with the
    reason why.
    """

    shapes: Shapes
    core: Core
    checks: list[Check]
    rest: Shapes | None
    mine: list[Term]
    left: dict[Term, str]

    def lend_shapes(self, data: Data) -> None:
        """Put the shapes beside the data for constraints that ask ``GRAPH $shapesGraph``, if there are any."""
        if any("shapesGraph" in check.whole for check in self.checks):
            data.store.extend(ox.Quad(t.subject, t.predicate, t.object, SHAPES_GRAPH) for t in self.shapes.triples)


@lru_cache(maxsize=16)
def plan(shapes: Shapes) -> Plan:
    """Return who checks what; made once for a shapes graph, as long as it is among those used last.

    Raises:
        ShapesError: if the shapes are not well formed.
    """
    own = components(shapes)
    targeted = roots(shapes)
    reasons = {root: _beyond(shapes, root, own) for root in targeted}
    left = {root: reason for root, reason in reasons.items() if reason}
    mine = [root for root in targeted if root not in left]
    spots = [place for root in mine for place in places(shapes, root)]
    checks: list[Check] = []
    for place in spots:
        checks += sparql_checks(shapes, place)
        checks += component_checks(shapes, place, own)
    rest = Shapes(_aimed(shapes, left)) if left else None
    return Plan(shapes, Core(shapes, mine), checks, rest, mine, left)


def _aimed(shapes: Shapes, at: Iterable[Term]) -> list[ox.Triple]:
    """Return the shapes graph with the targets of some shapes only."""
    kept = set(at)

    def aims(triple: ox.Triple) -> bool:
        if triple.predicate in TARGETS:
            return True
        return triple.predicate == RDF_TYPE and is_class(shapes, triple.subject)  # type: ignore[arg-type]

    return [t for t in shapes.triples if t.subject in kept or not aims(t)]


def _beyond(shapes: Shapes, root: Term, own: list[Component]) -> str:
    """Return why a shape with targets can't be checked here; empty if it can."""
    if _asks_inside(shapes, root, own):  # which has to be answered inside the engine
        return "SPARQL-based constraints inside sh:node, sh:not, sh:or and the like"
    reached = below(shapes, root)
    if shapes.values(root, TARGET_NODE) and _may_stay(shapes, reached, own):
        return "SPARQL-based constraints with a path of no step from sh:targetNode"
    return ""


def _may_stay(shapes: Shapes, reached: set[Term], own: list[Component]) -> bool:
    """Return whether a query follows a path that may have no step: Oxigraph finds none at a node outside the graph."""
    asked = [query for shape in reached for query in shapes.values(shape, SPARQL)]
    for component in own:
        if any(True for shape in reached for _ in component.uses(shapes, shape)):
            kinds = (VALIDATOR, NODE_VALIDATOR, PROPERTY_VALIDATOR)
            asked += [validator for kind in kinds for validator in shapes.values(component.node, kind)]
    texts = [text.value for query in asked for kind in (SELECT, ASK) for text in shapes.values(query, kind)]
    paths = [str(path) for shape in reached for path in [shapes.path(shape)] if path is not None] if asked else []
    return any(has_zero_step_path(text) for text in [*texts, *paths])


def _asks_inside(shapes: Shapes, root: Term, own: list[Component]) -> bool:
    inside: set[Term] = set()
    for shape in below(shapes, root):
        for asked in conformance_shapes(shapes, shape):
            inside |= below(shapes, asked)
    return any(
        shapes.values(shape, SPARQL) or any(True for component in own for _ in component.uses(shapes, shape))
        for shape in inside
    )


def _ask_excerpts(data: Data, made: Plan, workers: ThreadPoolExecutor) -> tuple[list[Result], list[Check]]:
    from buendnis_graph.validate.excerpt import ask_excerpts  # loads polars, which small graphs do not need

    return ask_excerpts(data.columns, made.checks, workers)


LARGE = 20_000
"""Statements from which on it is quicker to make excerpts for constraints than to load all of a graph for them."""


class Fast:
    """The everyday engine.

    Args:
        say: told, once a run for each reason, what had to be left to pySHACL.
        large: the statements of a graph from which on constraints are asked of excerpts of it.
    """

    name = "fast"

    def __init__(self, say: Callable[[str], None] = lambda _text: None, large: int = LARGE) -> None:
        self._say, self._large = say, large

    def plan(self, shapes: Shapes) -> Plan:
        """Return who checks what."""
        return plan(shapes)

    def validate(self, data: Data, shapes: Shapes) -> list[Result]:
        """Return the results.

        Raises:
            ShapesError: if the shapes can't be used.
        """
        made = self.plan(shapes)
        is_large = len(data.columns) >= self._large
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:  # most is in Rust, without Python's lock
            asked = [workers.submit(made.core.results, data)]
            results, left = _ask_excerpts(data, made, workers) if is_large else ([], made.checks)
            if left:
                _ = data.store  # made once, before two ask for it
                made.lend_shapes(data)
            asked += [workers.submit(check.results, data) for check in left]
            results += [result for one in asked for result in one.result()]
        if made.rest is not None:
            for reason in dict.fromkeys(made.left.values()):
                names = ", ".join(str(root) for root, why in made.left.items() if why == reason)
                self._say(f"pySHACL checks {names}: {reason}.")
            results += PyShacl().validate(data, made.rest)
        return results
