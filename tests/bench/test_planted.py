"""Synthetic data is the same each time and breaks no shape; of what is planted in it, all is found and nothing else."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Set
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from buendnis_graph.validate import LAYERS, Engine, Fast, PyShacl, Shapes, layer_shapes, validate_layer
from buendnis_graph.validate.paths import Term
from tests.bench.defects import DEFECTS, Planted, found_in
from tests.bench.generator import Generator, Statement
from tests.mini import REAL
from tests.validate.sample import REAL_DATA, Sample

SIZE = 300
FILE_LAYERS = [name for name, layer in LAYERS.items() if layer.sources or layer.files]


def _text(statements: itertools.chain[Statement] | list[Statement]) -> str:
    return "".join(f"{s.subject} {s.predicate} {s.object} {s.graph} .\n" for s in statements)


def _quads(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def _plain(size: int, seed: int = 1) -> str:
    generator = Generator(REAL, size, seed)
    own = itertools.chain.from_iterable(block.statements for block in generator.blocks())
    return _text(itertools.chain(generator.background(), own))


def test_the_data_is_the_same_each_time_and_another_with_another_seed() -> None:
    digests = [hashlib.sha256(_plain(SIZE, seed).encode()).hexdigest() for seed in (1, 1, 2)]
    assert digests[0] == digests[1] != digests[2]


def test_an_organisation_takes_about_twenty_five_statements() -> None:
    generator = Generator(REAL, 4_000)
    assert 24 < sum(len(block.statements) for block in generator.blocks()) / 4_000 < 27


@pytest.mark.parametrize("layer", FILE_LAYERS)
def test_data_without_defects_breaks_no_shape(layer: str) -> None:
    assert found_in(validate_layer(layer, _quads(_plain(SIZE)), layer_shapes(REAL, layer), Fast())) == set()


@pytest.mark.parametrize("engine", [Fast(), PyShacl()], ids=lambda engine: engine.name)
def test_every_planted_defect_is_found_and_nothing_else(engine: Engine) -> None:
    planted = Planted(Generator(REAL, SIZE))
    quads = _quads(_text(list(planted.statements())))
    results = [
        r for layer in FILE_LAYERS for r in validate_layer(layer, quads, _shapes(layer, engine, planted, quads), engine)
    ]
    assert len(planted.findings) > len(DEFECTS)
    assert found_in(results) == planted.findings


def _shapes(layer: str, engine: Engine, planted: Planted, quads: list[ox.Quad]) -> Shapes:
    """Return the shapes of a layer; pySHACL looks by them at the nodes with a defect, and at a part of the others."""
    shapes = layer_shapes(REAL, layer)
    if isinstance(engine, Fast) or LAYERS[layer].sources:
        return shapes
    return _Suspects({node for node, _ in planted.findings}).of_targets(shapes, quads)


@dataclass(frozen=True, slots=True)
class _Suspects(Sample):
    """These nodes, in N-Quads syntax, and those of the usual sample."""

    nodes: Set[str]

    def holds(self, node: Term) -> bool:
        return str(node) in self.nodes or REAL_DATA.holds(node)
