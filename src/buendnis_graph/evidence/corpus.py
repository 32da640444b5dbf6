"""Read the whole project: all quads of ``ontology/`` and ``data/``, each in its graph, with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.layout import check_one_home, place_quads
from buendnis_graph.evidence.reader import Located, format_of, parse, read_bytes
from buendnis_graph.evidence.replace import finish_pending
from buendnis_graph.namespaces import GRAPH_SOURCES
from buendnis_graph.settings import Project


class Corpus:
    """Everything the files say."""

    def __init__(self, quads: list[Located]) -> None:
        self.quads = quads

    @cached_property
    def _by_subject(self) -> dict[object, list[Located]]:
        index: dict[object, list[Located]] = {}
        for item in self.quads:
            index.setdefault(item.quad.subject, []).append(item)
        return index

    def locate(self, subject: object, predicate: object = None, value: object = None) -> Located | None:
        """Return where a finding about a subject stands: the closest of triple, property, first line of the subject."""
        items = self._by_subject.get(subject, [])
        of_property = [item for item in items if predicate is None or item.quad.predicate == predicate]
        of_value = [item for item in of_property if item.quad.object == value]
        return next(iter(of_value or of_property or items), None)

    @cached_property
    def sources(self) -> list[ox.NamedNode]:
        """The sources as read, sorted."""
        found = {q.quad.subject for q in self.quads if q.quad.graph_name == GRAPH_SOURCES}
        return sorted((s for s in found if isinstance(s, ox.NamedNode)), key=lambda s: s.value)


def data_files(project: Project) -> Iterator[Path]:
    """Yield the files of the graph in a fixed order: terms and code lists, who is who, then the rest of the data."""
    finish_pending(project)
    registry = project.data / "registry"
    yield from sorted(project.ontology.glob("*.ttl"))
    yield from sorted(registry.glob("*.ttl"))
    data = (path for path in project.data.rglob("*") if path.suffix in {".ttl", ".trig"})
    yield from sorted(path for path in data if path.parent != registry)


def read_corpus(project: Project) -> Corpus:
    """Read all files of a project.

    Raises:
        ReadError: if a file can't be parsed.
        LayoutError: if a file says what does not belong into it, or two files describe one thing.
    """
    quads: list[Located] = []
    for path in data_files(project):
        relative = project.relative(path)
        quads += place_quads(relative, parse(read_bytes(path), format_of(path), relative))
    check_one_home(quads)
    return Corpus(quads)
