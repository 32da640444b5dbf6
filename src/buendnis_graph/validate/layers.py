"""Which shapes look at which data: the layers, each a folder below ``ontology/shapes/``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence import Corpus
from buendnis_graph.evidence.reader import read_bytes
from buendnis_graph.settings import Project
from buendnis_graph.validate.engine import Data, Engine, Result
from buendnis_graph.validate.evidence_view import EvidenceView
from buendnis_graph.validate.said import Said
from buendnis_graph.validate.shapes import Shapes, name_of

COMMON = "common.ttl"
"""The file beside the layers' folders whose prefixes and helper shapes every layer may use."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A set of shapes and what it looks at.

    Attributes:
        name: its folder below ``ontology/shapes/``.
        sources: it looks at what each source says for itself, with all that we state ourselves as background.
        files: it looks at all that the files say.
        view: it looks at the consolidated view.
    """

    name: str
    sources: bool = False
    files: bool = False
    view: bool = False


LAYERS = {
    layer.name: layer
    for layer in (
        Layer("evidence", sources=True),
        Layer("registry", files=True),
        Layer("graph", view=True),
        Layer("publication", view=True),
        Layer("privacy", files=True, view=True),
    )
}
"""The layers by name, in the order in which they are run: evidence (what sources say), registry (what we state
ourselves: who is who, codings, links, vocabulary), graph (what is derived), publication (what is released), privacy
(everything)."""


def layer_files(project: Project, layer: str) -> list[Path]:
    """Return the shape files of a layer, sorted: the common one first.

    Raises:
        ReadError: if the layer's folder, its files or the common file are missing.
    """
    folder = project.ontology / "shapes"
    own = sorted((folder / layer).glob("*.ttl"))
    for found, path in ((folder / COMMON).is_file(), folder / COMMON), (bool(own), folder / layer / "*.ttl"):
        if not found:
            raise ReadError(
                "is missing.", path=project.relative(path), hint="Restore it: the data can't be checked without."
            )
    return [folder / COMMON, *own]


def layer_shapes(project: Project, *layers: str) -> Shapes:
    """Return the shapes of a layer, or of several together; the same again while their files are the same.

    Raises:
        ReadError: if a file is missing or can't be parsed.
    """
    paths = dict.fromkeys(path for layer in layers for path in layer_files(project, layer))
    return _shapes(tuple((path, read_bytes(path)) for path in paths))


@lru_cache(maxsize=16)
def _shapes(files: tuple[tuple[Path, bytes], ...]) -> Shapes:
    return Shapes.of(files)


def file_shapes(project: Project) -> tuple[Shapes, Shapes]:
    """Return the shapes that look at what each source says, and those that look at all files together.

    Raises:
        ReadError: if a file is missing or can't be parsed.
    """
    return (
        layer_shapes(project, *(layer.name for layer in LAYERS.values() if layer.sources)),
        layer_shapes(project, *(layer.name for layer in LAYERS.values() if layer.files)),
    )


def validate_layer(layer: str, quads: Iterable[ox.Quad], shapes: Shapes, engine: Engine) -> list[Result]:
    """Return the results of a layer's shapes for quads: of files, or of the consolidated view.

    Raises:
        ShapesError: if the shapes can't be used.
    """
    if not LAYERS[layer].sources:
        return engine.validate(Data(quad.triple for quad in quads), shapes)
    view = EvidenceView(quads)
    return view.restore(engine.validate(Data(view.triples), shapes))


def validate_files(corpus: Corpus, project: Project, engine: Engine) -> list[Result]:
    """Return the results for what the files say, before anything is derived.

    Raises:
        ReadError: if a shape file is missing or can't be parsed.
    """
    return validate_said(Said(item.quad for item in corpus.quads), *file_shapes(project), engine)


def validate_sources(corpus: Corpus, project: Project, engine: Engine) -> list[Result]:
    """Return the results for what each source says for itself; what others say plays no part.

    Raises:
        ReadError: if a shape file is missing or can't be parsed.
    """
    said = Said(item.quad for item in corpus.quads)
    return said.restore(engine.validate(said.each(), file_shapes(project)[0]))


def validate_said(said: Said, sources: Shapes, files: Shapes, engine: Engine) -> list[Result]:
    """Return the results for what files say: in one run if no source speaks of what another one mentions, else in two.

    Args:
        said: what the files say.
        sources: shapes that look at what each source says for itself.
        files: shapes that look at all together.
        engine: does the checking.

    Raises:
        ShapesError: if the shapes can't be used.
    """
    if said.shared:
        apart = engine.validate(said.each(), sources)
        return said.restore(apart) + engine.validate(said.whole, files)
    found = engine.validate(said.whole, Shapes([*sources.triples, *files.triples]))
    ours = {name_of(shape) for shape in files.nodes}
    return said.restore(r for r in found if r.shape not in ours) + [r for r in found if r.shape in ours]


def validate_view(view: Iterable[ox.Quad] | Data, project: Project, engine: Engine) -> list[Result]:
    """Return the results for the consolidated view, as quads or as an engine takes it.

    Raises:
        ReadError: if a shape file is missing or can't be parsed.
    """
    data = view if isinstance(view, Data) else Data(quad.triple for quad in view)
    results: list[Result] = []
    for layer in LAYERS.values():
        if layer.view:
            results += engine.validate(data, layer_shapes(project, layer.name))
    return results
