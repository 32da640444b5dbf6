"""Which shapes look at which data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence import Corpus
from buendnis_graph.settings import Project
from buendnis_graph.validate.engine import Engine, Result

LAYERS = {"files": ("codings", "evidence", "registry", "vocabulary"), "view": ("view",)}
"""Shape files by what they look at: what the files say, or the consolidated view derived from it."""


def _shapes(project: Project, layer: str) -> list[Path]:
    paths = [project.ontology / "shapes" / f"{name}.ttl" for name in LAYERS[layer]]
    for path in paths:
        if not path.is_file():
            raise ReadError(
                "is missing.", path=project.relative(path), hint="Restore it: the data can't be checked without."
            )
    return paths


def _validate(triples: Iterable[ox.Triple], project: Project, layer: str, engine: Engine) -> list[Result]:
    return engine.validate(triples, _shapes(project, layer))


def validate_files(corpus: Corpus, project: Project, engine: Engine) -> list[Result]:
    """Return the results for what the files say, before anything is derived."""
    return _validate((item.quad.triple for item in corpus.quads), project, "files", engine)


def validate_view(view: Iterable[ox.Quad], project: Project, engine: Engine) -> list[Result]:
    """Return the results for the consolidated view."""
    return _validate((quad.triple for quad in view), project, "view", engine)
