"""Failing cases for constraints: for each layer one good graph, and what to change in it so that one constraint fires.

``fixtures/<layer>/*.ttl`` and ``*.trig`` together are the layer's good graph. ``fixtures/<layer>/*.toml`` hold the cases:

    [attestation-member]                       # the shape, or the SPARQL constraint, without shape:
    MinCount = { remove = ":m org:member id:a" }
    Class = [                                  # several cases: a list
        { remove = ":m org:member id:a", add = ":m org:member id:nobody" },
        { …, also = ["other-shape/Pattern"] }, # further constraints that can't but fire as well
    ]

Triples are in TriG with the project's prefixes; ``:`` stands for fragments of the source ``SRC``. In the evidence layer
a triple goes into the description of a source if it speaks of one, else into the graph of ``SRC``; ``GRAPH … { … }``
says where.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, GRAPH_SOURCES, PREFIXES
from buendnis_graph.validate import LAYERS, Engine, Result, Shapes, layer_shapes, validate_layer
from tests.mini import HEAD, REAL

FIXTURES = Path(__file__).parent / "fixtures"
SOURCE = ox.NamedNode(f"{BASE}source/example.org/one/2026-11-22")
Key = tuple[str, str]
"""A shape or SPARQL constraint, without ``shape:``, and a component, without ``ConstraintComponent``."""


@dataclass(frozen=True)
class Case:
    """A graph in which one constraint must fire, and none but those expected.

    Attributes:
        layer: the layer whose shapes look at it.
        shape: the shape or SPARQL constraint meant, without ``shape:``.
        component: the component meant, such as ``MinCount``; ``SPARQL`` for a SPARQL constraint.
        quads: the graph.
        expected: all that must fire.
        place: the file that holds the case, and which of several it is.
    """

    layer: str
    shape: str
    component: str
    quads: tuple[ox.Quad, ...]
    expected: frozenset[Key]
    place: str

    @property
    def id(self) -> str:
        """A short name for test reports."""
        return f"{self.layer}-{self.shape}-{self.component}{self.place.partition('#')[2]}"


@cache
def shapes_of(layer: str) -> Shapes:
    """Return the real shapes of a layer, read once."""
    return layer_shapes(REAL, layer)


@cache
def base(layer: str) -> tuple[ox.Quad, ...]:
    """Return the good graph of a layer."""
    folder = FIXTURES / layer
    files = [path for path in sorted(folder.iterdir()) if path.suffix in {".ttl", ".trig"}]
    return tuple(quad for path in files for quad in read(path.read_text(encoding="utf-8")))


def read(text: str) -> list[ox.Quad]:
    """Return the quads of TriG in which all prefixes are known."""
    head = f"{HEAD}@prefix : <{SOURCE.value}#> .\n"
    return list(ox.parse(head + text.replace("SRC", str(SOURCE)), format=ox.RdfFormat.TRIG))


def load_cases() -> list[Case]:
    """Return all cases, sorted by layer, file and place in it."""
    return [
        case for layer in LAYERS for path in sorted((FIXTURES / layer).glob("*.toml")) for case in _cases(layer, path)
    ]


def validate_case(case: Case, engine: Engine) -> list[Result]:
    """Return the results of the layer's shapes for a case."""
    return validate_layer(case.layer, case.quads, shapes_of(case.layer), engine)


def fired(results: Iterable[Result]) -> set[Key]:
    """Return which constraints fired."""
    return {(r.rule.removeprefix(PREFIXES["shape"]), r.component.removesuffix("ConstraintComponent")) for r in results}


def _cases(layer: str, path: Path) -> Iterator[Case]:
    for shape, of_shape in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for component, given in of_shape.items():
            several = given if isinstance(given, list) else [given]
            for number, change in enumerate(several, start=1):
                place = f"{path.name}" + (f"#{number}" if len(several) > 1 else "")
                assert set(change) <= {"remove", "add", "also"}, (
                    f"{layer}/{place}: {shape} {component}: {sorted(change)}"
                )
                also = frozenset(_key(name) for name in change.get("also", ()))
                quads = tuple(_changed(layer, change, f"{layer}/{place}: {shape} {component}"))
                yield Case(layer, shape, component, quads, frozenset({(shape, component)} | also), place)


def _key(name: str) -> Key:
    shape, _, component = name.partition("/")
    return shape, component


def _changed(layer: str, change: dict[str, Any], where: str) -> Iterator[ox.Quad]:
    good = base(layer)
    removed = _parse(change.get("remove", ""), where)
    for wanted in removed:
        assert any(_is(quad, wanted) for quad in good), f"{where}: the good graph does not hold {wanted}"
    described = {quad.subject for quad in good if quad.graph_name == GRAPH_SOURCES}
    home = SOURCE if LAYERS[layer].sources else ox.DefaultGraph()
    yield from (quad for quad in good if not any(_is(quad, wanted) for wanted in removed))
    for quad in _parse(change.get("add", ""), where):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            graph = GRAPH_SOURCES if quad.subject in described else home
            quad = ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        assert quad not in good, f"{where}: the good graph holds {quad}"
        yield quad


def _parse(text: str, where: str) -> list[ox.Quad]:
    try:
        return read(text if text.rstrip().endswith((".", "}")) or not text else f"{text} .")
    except SyntaxError as error:
        raise AssertionError(f"{where}: {error}") from error


def _is(quad: ox.Quad, wanted: ox.Quad) -> bool:
    return quad.triple == wanted.triple and wanted.graph_name in (ox.DefaultGraph(), quad.graph_name)
