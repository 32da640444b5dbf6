"""Which shapes look at which data."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence import Corpus
from buendnis_graph.settings import Project
from buendnis_graph.validate.engine import Data, Engine, Result
from buendnis_graph.validate.shapes import Shapes

LAYERS = {"files": ("codings", "evidence", "registry", "vocabulary"), "view": ("view",)}
"""Shape files by what they look at: what the files say, or the consolidated view derived from it."""


def layer_shapes(project: Project, layer: str) -> Shapes:
    """Return the shapes of a layer.

    Raises:
        ReadError: if a file is missing or can't be parsed.
    """
    paths = [project.ontology / "shapes" / f"{name}.ttl" for name in LAYERS[layer]]
    for path in paths:
        if not path.is_file():
            raise ReadError(
                "is missing.", path=project.relative(path), hint="Restore it: the data can't be checked without."
            )
    return Shapes.from_files(paths)


def validate_files(corpus: Corpus, project: Project, engine: Engine) -> list[Result]:
    """Return the results for what the files say, before anything is derived."""
    return engine.validate(Data(item.quad.triple for item in corpus.quads), layer_shapes(project, "files"))


def validate_view(view: Iterable[ox.Quad], project: Project, engine: Engine) -> list[Result]:
    """Return the results for the consolidated view."""
    return engine.validate(Data(quad.triple for quad in view), layer_shapes(project, "view"))
