"""Which file may say what: the rules of the folders, checked on reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import LayoutError
from buendnis_graph.evidence.reader import Located
from buendnis_graph.namespaces import BASE, GRAPH_SOURCES

_FOLDER_GRAPHS = {
    ("ontology",): "ontology",
    ("data", "dataset.ttl"): "dataset",
    ("data", "registry"): "registry",
    ("data", "codings"): "codings",
    ("data", "links"): "links",
    ("data", "links", "register.ttl"): "register-links",  # CC BY 4.0, apart from the CC0 rest
}


_SOURCE_PATH = re.compile(r"[a-z0-9.-]+/[a-z0-9]+(?:-[a-z0-9]+)*/\d{4}-\d{2}-\d{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def source_of(relative: Path) -> ox.NamedNode:
    """Return the IRI of the source that a file below ``data/sources/`` holds: its path, without the suffix.

    Raises:
        LayoutError: if the path is not ``<site>/<slug>/<date seen>`` in plain characters.
    """
    path = "/".join(relative.with_suffix("").parts[2:])
    if not _SOURCE_PATH.fullmatch(path):
        raise LayoutError("is not named <site>/<slug>/<date seen>.trig, in lower case without spaces.", path=relative)
    return ox.NamedNode(f"{BASE}source/{path}")


def place_quads(relative: Path, quads: Iterable[Located]) -> list[Located]:
    """Return a file's quads, each in the named graph it belongs to.

    Args:
        relative: the file's path below the project's root.
        quads: what the file says.

    Raises:
        LayoutError: if the file says something that does not belong into it.
    """
    if relative.parts[:2] == ("data", "sources"):
        return [_place_in_source(source_of(relative), item) for item in quads]
    depths = (3, 2) if relative.parts[0] == "data" else (1,)
    for depth in depths:
        name = _FOLDER_GRAPHS.get(relative.parts[:depth])
        if name is not None:
            break
    else:
        raise LayoutError(
            "is in no folder of the graph.",
            path=relative,
            hint="Files of the graph stand in ontology/, data/sources/, data/registry/, data/codings/ or data/links/.",
        )
    return [_place_outside_sources(relative, ox.NamedNode(f"{BASE}graph/{name}"), item) for item in quads]


def _moved(item: Located, graph: ox.NamedNode) -> Located:
    quad = item.quad
    return item._replace(quad=ox.Quad(quad.subject, quad.predicate, quad.object, graph))


def _place_in_source(source: ox.NamedNode, item: Located) -> Located:
    graph, subject = item.quad.graph_name, item.quad.subject
    if isinstance(graph, ox.NamedNode):
        if graph != source:
            raise LayoutError(
                f"names a graph <{graph.value}> that is not this source.",
                path=item.path,
                line=item.line,
                hint=f"A source file holds one graph, named after its path: <{source.value}>.",
            )
        if not subject.value.startswith((source.value + "#", f"{BASE}id/")) and subject != source:  # type: ignore[union-attr]
            raise LayoutError(
                f"speaks of {subject} in the source's graph.",
                path=item.path,
                line=item.line,
                hint="What a source says is of a body (id:…), of itself, or of a fragment of its own (:…).",
            )
        return item
    if subject != source:
        raise LayoutError(
            f"describes <{getattr(subject, 'value', subject)}> outside the source's graph.",
            path=item.path,
            line=item.line,
            hint=f"Outside the graph a source file describes only the source itself, <{source.value}>.",
        )
    return _moved(item, GRAPH_SOURCES)


def _place_outside_sources(relative: Path, graph: ox.NamedNode, item: Located) -> Located:
    if isinstance(item.quad.graph_name, ox.NamedNode):
        raise LayoutError(
            "has a named graph.",
            path=item.path,
            line=item.line,
            hint="Only files below data/sources/ hold named graphs.",
        )
    if relative.parts[:2] == ("data", "registry"):
        if not _SLUG.fullmatch(relative.stem):
            raise LayoutError("is not named by a slug: lower-case letters, digits, single hyphens.", path=relative)
        expected = f"{BASE}id/{relative.stem}"
        if item.quad.subject != ox.NamedNode(expected):
            raise LayoutError(
                f"speaks of <{getattr(item.quad.subject, 'value', item.quad.subject)}>.",
                path=item.path,
                line=item.line,
                hint=f"A registry file describes one thing, named after the file: <{expected}>.",
            )
    return _moved(item, graph)


def check_one_home(quads: Iterable[Located]) -> None:
    """Check that each thing outside the source graphs is described in one file only.

    Raises:
        LayoutError: naming both files.
    """
    homes: dict[object, Located] = {}
    for item in quads:
        if isinstance(item.quad.graph_name, ox.NamedNode) and item.quad.graph_name.value.startswith(f"{BASE}source/"):
            continue
        first = homes.setdefault(item.quad.subject, item)
        if first.path != item.path:
            raise LayoutError(
                f"describes {item.quad.subject}, which {first.path}:{first.line} describes already.",
                path=item.path,
                line=item.line,
                hint="Each thing has one file. Move these lines there, or give the new thing an IRI of its own.",
            )
