"""What is asked of a shapes graph before an engine gets it: no nesting and no growth that would never end."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.sparql_text import too_much
from buendnis_graph.validate.components import ASK
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.shapes import Shapes, name_of
from buendnis_graph.validate.sparql import SELECT
from buendnis_graph.validate.targets import PROPERTY, conformance_shapes, roots

MAX_SHAPES_DEPTH = 48
"""How deep shapes may refer to one another (as the engine for Core counts)."""
MAX_SHAPES_WEIGHT = 100_000
"""How many shapes there may be if each is counted as often as it is reached."""


def check_bounds(shapes: Shapes) -> None:
    """Refuse shapes and queries that are nested too deeply, and shapes that grow by being used again and again.

    Raises:
        ShapesError: if they do, or a list of shapes is broken.
    """
    _check_queries(shapes)
    depth: dict[Term, int] = {}
    weight: dict[Term, int] = {}
    for root in roots(shapes):
        for shape in _from_below(shapes, root, depth):
            used = [other for other in _refers_to(shapes, shape) if other in depth]
            depth[shape] = 1 + max((depth[other] for other in used), default=0)
            weight[shape] = 1 + sum(weight[other] for other in used)
            if depth[shape] > MAX_SHAPES_DEPTH:
                raise ShapesError(
                    f"{name_of(shape)} is the start of shapes nested more than {MAX_SHAPES_DEPTH} deep.",
                    node=name_of(shape),
                    hint="Say it with fewer shapes inside one another.",
                )
            if weight[shape] > MAX_SHAPES_WEIGHT:
                raise ShapesError(
                    f"{name_of(shape)} stands for more than {MAX_SHAPES_WEIGHT:,} shapes, some many times.",
                    node=name_of(shape),
                    hint="Use shapes inside one another less often.",
                )


def _check_queries(shapes: Shapes) -> None:
    for predicate in (SELECT, ASK):
        for node in shapes.subjects(predicate):
            for text in shapes.values(node, predicate):
                wrong = too_much(text.value) if isinstance(text, ox.Literal) else ""
                if wrong:
                    raise ShapesError(
                        f"the query of {name_of(node)} {wrong}.",
                        node=name_of(node),
                        hint="Say it with several constraints.",
                    )


def _refers_to(shapes: Shapes, shape: Term) -> list[Term]:
    return [*shapes.values(shape, PROPERTY), *conformance_shapes(shapes, shape)]


def _from_below(shapes: Shapes, root: Term, done: dict[Term, int]) -> list[Term]:
    """Return a shape and those it refers to, each after its own; a circle is cut where it closes."""
    order: list[Term] = []
    seen: set[Term] = set(done)
    waiting: list[tuple[Term, bool]] = [(root, False)]
    while waiting:
        shape, is_last = waiting.pop()
        if is_last:
            order.append(shape)
        elif shape not in seen:
            seen.add(shape)
            waiting.append((shape, True))
            waiting += [(other, False) for other in _refers_to(shapes, shape) if other not in seen]
    return order
