"""Which file may say what: the rules of the folders, checked on reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.faults import Fault, Refuse, raising
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


_SOURCES = {("data", "sources"), ("data", "bulk")}
_SOURCE_PATH = re.compile(r"[a-z0-9.-]+/[a-z0-9]+(?:-[a-z0-9]+)*/\d{4}-\d{2}-\d{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def source_of(relative: Path) -> ox.NamedNode:
    """Return the IRI of the source that a file below ``data/sources/`` or ``data/bulk/`` holds: its path.

    Raises:
        LayoutError: if the path is not ``<site>/<slug>/<date seen>`` in plain characters.
    """
    path = "/".join(relative.with_suffix("").parts[2:])
    if not _SOURCE_PATH.fullmatch(path):
        raise Fault("source-name", relative).error()
    return ox.NamedNode(f"{BASE}source/{path}")


def entry_of(relative: Path) -> ox.NamedNode:
    """Return the IRI of what a file below ``data/registry/`` is about: its name.

    Raises:
        LayoutError: if the name is not in plain characters.
    """
    if not _SLUG.fullmatch(relative.stem):
        raise Fault("registry-name", relative).error()
    return ox.NamedNode(f"{BASE}id/{relative.stem}")


def place_quads(relative: Path, quads: Iterable[Located], refuse: Refuse = raising) -> list[Located]:
    """Return a file's quads, each in the named graph it belongs to.

    Args:
        relative: the file's path below the project's root.
        quads: what the file says.
        refuse: told of what does not belong into the file; it is left out. Of one thing it is told once.

    Raises:
        LayoutError: if the file does not belong where it is; unless told otherwise, if it says what does not.
    """
    if relative.parts[:2] in _SOURCES:
        place: _InSource | _Outside = _InSource(source_of(relative))
    else:
        graph = ox.NamedNode(f"{BASE}graph/{_folder_graph(relative)}")
        is_entry = relative.parts[:2] == ("data", "registry")
        place = _Outside(graph, entry_of(relative) if is_entry else None)
    return list(_placed(place, quads, refuse))


def _folder_graph(relative: Path) -> str:
    depths = (3, 2) if relative.parts[0] == "data" else (1,)
    for depth in depths:
        name = _FOLDER_GRAPHS.get(relative.parts[:depth])
        if name is not None:
            return name
    raise Fault("folder", relative).error()


def _placed(place: _InSource | _Outside, quads: Iterable[Located], refuse: Refuse) -> Iterator[Located]:
    told: set[tuple[str, object]] = set()
    for item in quads:
        found = place(item)
        if isinstance(found, Located):
            yield found
        elif (found.name, found.about) not in told:
            told.add((found.name, found.about))
            refuse(found)


def _moved(item: Located, graph: ox.NamedNode) -> Located:
    quad = item.quad
    return Located(ox.Quad(quad.subject, quad.predicate, quad.object, graph), item.path, item.line)


def _fault(name: str, item: Located, about: object, **parts: object) -> Fault:
    return Fault(name, item.path, item.line, item.quad, about, parts)


@dataclass(frozen=True, slots=True)
class _InSource:
    """Puts the quads of a source's file in their graphs."""

    source: ox.NamedNode

    def __call__(self, item: Located) -> Located | Fault:
        source, graph, subject = self.source, item.quad.graph_name, item.quad.subject
        if isinstance(graph, ox.NamedNode):
            if graph != source:
                return _fault("other-graph", item, graph, graph=graph.value, source=source.value)
            if not subject.value.startswith((source.value + "#", f"{BASE}id/")) and subject != source:  # type: ignore[union-attr]
                return _fault("other-subject", item, subject, subject=subject)
            return item
        if subject != source:
            return _fault("outside-graph", item, subject, subject=_name(subject), source=source.value)
        return _moved(item, GRAPH_SOURCES)


@dataclass(frozen=True, slots=True)
class _Outside:
    """Puts the quads of another file in their graph; a registry file may speak of one thing only."""

    graph: ox.NamedNode
    expected: ox.NamedNode | None = None

    def __call__(self, item: Located) -> Located | Fault:
        graph, subject = item.quad.graph_name, item.quad.subject
        if isinstance(graph, ox.NamedNode):
            return _fault("named-graph", item, graph)
        if self.expected is not None and subject != self.expected:
            return _fault("registry-subject", item, subject, subject=_name(subject), expected=self.expected.value)
        return _moved(item, self.graph)


def _name(term: object) -> str:
    return str(getattr(term, "value", term))


def check_one_home(quads: Iterable[Located], refuse: Refuse = raising) -> None:
    """Check that each thing outside the source graphs is described in one file only.

    Raises:
        LayoutError: naming both files, unless faults are collected.
    """
    homes: dict[object, Located] = {}
    told: set[tuple[object, Path]] = set()
    for item in quads:
        if isinstance(item.quad.graph_name, ox.NamedNode) and item.quad.graph_name.value.startswith(f"{BASE}source/"):
            continue
        subject = item.quad.subject
        first = homes.setdefault(subject, item)
        if first.path != item.path and (subject, item.path) not in told:
            told.add((subject, item.path))
            refuse(_fault("two-homes", item, subject, subject=_name(subject), first=f"{first.path}:{first.line}"))
