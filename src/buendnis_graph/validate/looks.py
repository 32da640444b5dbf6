"""What a shape looks at: the paths from a focus node to every triple that can change what is found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.validate.paths import Path, Term, predicate_path
from buendnis_graph.validate.shapes import Shapes
from buendnis_graph.validate.targets import (
    PROPERTY,
    SUBCLASS,
    TARGET_CLASS,
    TARGET_OBJECTS,
    TARGET_SUBJECTS,
    conformance_shapes,
    is_class,
    siblings,
)

_PAIRS = tuple(expand(f"sh:{name}") for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_CLASS, _CLOSED = expand("sh:class"), expand("sh:closed")
KIND = Path("/", parts=(predicate_path(RDF_TYPE), Path("*", parts=(predicate_path(SUBCLASS),))))
"""From a node to its classes."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What one shape with targets looks at.

    Attributes:
        paths: from the focus node.
        closed: paths to nodes (``None``: the focus node itself) of which every triple counts.
        endless: whether the shapes refer to themselves, so that no list of paths is complete.
    """

    paths: frozenset[Path]
    closed: frozenset[Path | None]
    endless: bool


def joined(*paths: Path | None) -> Path | None:
    """Return one path after another; None stands for no step."""
    parts: list[Path] = []
    for path in paths:
        if path is not None:
            parts += path.parts if path.operator == "/" else (path,)
    return None if not parts else parts[0] if len(parts) == 1 else Path("/", parts=tuple(parts))


def looks(shapes: Shapes, root: Term) -> Looks:
    """Return what a shape with targets looks at, through all shapes it refers to."""
    walk = _Walk(shapes)
    if shapes.values(root, TARGET_CLASS) or is_class(shapes, root):
        walk.paths.add(KIND)
    for predicate, operator in ((TARGET_SUBJECTS, ""), (TARGET_OBJECTS, "^")):
        for value in shapes.values(root, predicate):
            assert isinstance(value, ox.NamedNode)  # noqa: S101 - the engine has refused other shapes
            step = predicate_path(value)
            walk.paths.add(step if not operator else Path("^", parts=(step,)))
    walk.shape(root, None, frozenset())
    return Looks(frozenset(walk.paths), frozenset(walk.closed), walk.endless)


class _Walk:
    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.paths: set[Path] = set()
        self.closed: set[Path | None] = set()
        self.endless = False

    def shape(self, shape: Term, at: Path | None, above: frozenset[Term]) -> None:
        """Note what a shape looks at whose focus nodes are at the end of a path."""
        if shape in above:
            self.endless = True
            return
        above |= {shape}
        shapes = self.shapes
        path = shapes.path(shape)
        values = joined(at, path)
        if values is not None:
            self.paths.add(values)
        for predicate in _PAIRS:
            for other in shapes.values(shape, predicate):
                if isinstance(other, ox.NamedNode):
                    self.paths.add(joined(at, predicate_path(other)))  # type: ignore[arg-type]
        if shapes.values(shape, _CLASS):
            self.paths.add(joined(values, KIND))  # type: ignore[arg-type]
        if shapes.values(shape, _CLOSED):
            self.closed.add(values)
        for child in [*shapes.values(shape, PROPERTY), *conformance_shapes(shapes, shape), *siblings(shapes, shape)]:
            self.shape(child, values, above)


@dataclass(frozen=True, slots=True)
class Use:
    """A place in a path where a triple can stand: the way there, and whether the triple is walked backwards."""

    before: Path | None
    backwards: bool


def uses(path: Path, predicate: ox.NamedNode | None = None, *, backwards: bool = False) -> Iterator[Use]:
    """Yield the places in a path where a triple with a predicate can stand (None: any predicate)."""
    if path.predicate is not None:
        if predicate is None or path.predicate == predicate:
            yield Use(None, backwards)
    elif path.operator == "^":
        yield from uses(path.parts[0], predicate, backwards=not backwards)
    elif path.operator == "|":
        for part in path.parts:
            yield from uses(part, predicate, backwards=backwards)
    elif path.operator == "/":
        parts = path.parts[::-1] if backwards else path.parts
        for number, part in enumerate(parts):
            before = [_turned(p) if backwards else p for p in parts[:number]]
            for use in uses(part, predicate, backwards=backwards):
                yield Use(joined(*before, use.before), use.backwards)
    else:
        inner = path.parts[0]
        again = None if path.operator == "?" else Path("*", parts=(_turned(inner) if backwards else inner,))
        for use in uses(inner, predicate, backwards=backwards):
            yield Use(joined(again, use.before), use.backwards)


def _turned(path: Path) -> Path:
    return path.parts[0] if path.operator == "^" else Path("^", parts=(path,))
