"""Bulk sources against the shapes: piece by piece, as each entry is whole in itself.

A piece is some shards beside what entries lead to (terms, code lists, the description of the source, and what links
say of entries of the same register); so memory is that of a piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.bulk import REGISTER, BulkSource
from buendnis_graph.namespaces import BASE, GRAPH_REGISTER_LINKS, GRAPH_SOURCES
from buendnis_graph.settings import Project
from buendnis_graph.store.shards import pieces
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.engine import Data, Engine, Result
from buendnis_graph.validate.layers import LAYERS, layer_shapes
from buendnis_graph.validate.shapes import Shapes

_PIECE = 48 * 1024 * 1024
"""Bytes of a piece; a larger one is no quicker."""
_BACKGROUND = {ox.NamedNode(f"{BASE}graph/{name}") for name in ("ontology", "dataset")}


def validate_bulk(
    sources: Iterable[BulkSource],
    said: Iterable[ox.Quad],
    project: Project,
    engine: Engine,
    step: Callable[[str], None] = lambda _text: None,
) -> list[Result]:
    """Return what the shapes that look at files find in bulk sources, each with its file and line.

    Args:
        sources: the sources; their shards have been checked line by line before.
        said: what the files say, with the descriptions of these sources.
        project: whose shapes.
        engine: does the checking.
        step: told what is being done.

    Raises:
        ShapesError: if the shapes can't be used.
    """
    sources = list(sources)
    found: list[Result] = []
    shards = [(source.source, piece) for source in sources for piece in pieces(source.shards, _PIECE)]
    for number, ((source, piece), (data, shapes)) in enumerate(
        zip(shards, pieces_of(sources, said, project), strict=True), start=1
    ):
        step(f"validating the register: {number} of {len(shards)}")
        results = engine.validate(data, shapes)
        found += _placed((r for r in results if entry_of(r)), source, piece, project)
    return found


def pieces_of(
    sources: Iterable[BulkSource], said: Iterable[ox.Quad], project: Project
) -> Iterator[tuple[Data, Shapes]]:
    """Yield the pieces of bulk sources, each with the shapes that look at it: see :func:`validate_bulk`."""
    import polars as pl

    sources = list(sources)
    if not sources:
        return
    shapes = layer_shapes(project, *(layer.name for layer in LAYERS.values() if layer.sources or layer.files))
    background = [f"{quad.triple} ." for quad in said if _is_background(quad, {s.source for s in sources})]
    for source in sources:
        for piece in pieces(source.shards, _PIECE):
            entries = (pl.read_lines(shard).to_series() for shard in piece)
            yield Data(Columns.of_lines([pl.Series(background, dtype=pl.String), *entries])), shapes


def _is_background(quad: ox.Quad, sources: set[ox.NamedNode]) -> bool:
    if quad.graph_name in _BACKGROUND:
        return True
    if quad.graph_name == GRAPH_SOURCES:
        return quad.subject in sources
    return quad.graph_name == GRAPH_REGISTER_LINKS and quad.subject.value.startswith(REGISTER)  # type: ignore[union-attr]


def entry_of(result: Result) -> str:
    """Return the IRI of the entry that a result is about; empty if it is about none."""
    for term in (result.focus, result.value):
        if isinstance(term, ox.NamedNode) and term.value.startswith(REGISTER):
            return term.value
    return ""


def _placed(
    results: Iterable[Result], source: ox.NamedNode, piece: Iterable[Path], project: Project
) -> Iterator[Result]:
    """Yield results with the line that says what is wrong, or the entry's first."""
    wanted: dict[str, list[Result]] = {}
    for result in results:
        wanted.setdefault(f"<{entry_of(result)}>", []).append(result)
    for shard in piece if wanted else ():
        with shard.open(encoding="utf-8", newline="\n") as lines:
            places: dict[int, int] = {}  # of a result, by its identity
            for number, line in enumerate(lines, start=1):
                for result in wanted.get(line.partition(" ")[0], ()):
                    if id(result) not in places or (result.value is not None and f" {result.value} ." in line):
                        places[id(result)] = number
        for of_entry in wanted.values():
            for result in of_entry:
                if id(result) in places:
                    place = (project.relative(shard).as_posix(), places[id(result)])
                    yield replace(result, source=source, place=place)
