"""Find the statement of a shapes graph that makes it unusable: engines say what is wrong, but not where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as FilePath

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import PREFIXES, expand
from buendnis_graph.validate.anydata import AnyData
from buendnis_graph.validate.core.parameters import MAKERS
from buendnis_graph.validate.paths import read_list, read_path
from buendnis_graph.validate.shapes import SH, Shapes, name_of
from buendnis_graph.validate.targets import SHAPE_LISTS

_PATH = expand("sh:path")
_LISTS = {*SHAPE_LISTS, expand("sh:in"), expand("sh:languageIn"), expand("sh:ignoredProperties")}
_NAMED = re.compile(r"\bsh:(\w+)|" + re.escape(PREFIXES["sh"]) + r"(\w+)")
_MOST = 2000
"""Statements that are tried one by one."""


def place_error(error: ShapesError, shapes: Shapes, data: AnyData) -> None:
    """Give an error the file and line of the statement that it is about, if it can be found.

    Args:
        error: what a check of the shapes raised.
        shapes: the shapes, made of ``data``.
        data: the files they stand in.
    """
    if error.path is not None:
        return
    node = error.node
    wrong = None if node else _culprit(error, shapes)
    for number, triple in zip(_numbers(data), shapes.triples, strict=True):
        if triple == wrong or (node and name_of(triple.subject) == node):  # type: ignore[arg-type]
            name, line = data.place(number)
            error.path, error.line = FilePath(name), line or None
            return


def _numbers(data: AnyData) -> Iterator[int]:
    """Yield the numbers of the triples that a shapes graph keeps: of each the first."""
    firsts: dict[ox.Triple, int] = {}
    for number, triple in enumerate(data.triples):
        firsts.setdefault(triple, number)
    return iter(firsts.values())


def _culprit(error: ShapesError, shapes: Shapes) -> ox.Triple | None:
    """Return the first statement that can't be used by itself: a path, a list, or a parameter that the error names."""
    for triple in shapes.triples:
        try:
            if triple.predicate == _PATH:
                read_path(triple.object, shapes.values)  # type: ignore[arg-type]
            elif triple.predicate in _LISTS:
                read_list(triple.object, shapes.values)  # type: ignore[arg-type]
        except ShapesError:
            return triple
    named = {one or other for one, other in _NAMED.findall(str(error))} or {"pattern"}
    asked = [triple for triple in shapes.triples if triple.predicate.value.removeprefix(SH) in named]
    for triple in asked[:_MOST]:
        make = MAKERS.get(triple.predicate.value.removeprefix(SH))
        try:
            if make is not None:
                make(shapes, triple.subject, triple.object)  # type: ignore[arg-type]
        except ShapesError:
            return triple
    return None
