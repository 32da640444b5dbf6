"""Read the whole project: all quads of ``ontology/`` and ``data/``, each in its graph, with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import LayoutError
from buendnis_graph.evidence.checks import check_dates, check_references, check_stated
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

    def locate(
        self, subject: object, predicate: object = None, value: object = None, source: object = None
    ) -> Located | None:
        """Return where a finding about a subject stands: the closest of triple, property, first line of the subject.

        Args:
            subject: what it is about.
            predicate: the property it is about, if any.
            value: the value it is about, if any.
            source: the source that says it, if it is one's: its own lines come first.
        """
        items = self._by_subject.get(subject, [])
        if source is not None:
            own = [item for item in items if source in (item.quad.graph_name, subject)]
            items = own or [item for item in self._by_graph.get(source, []) if item.quad.object == subject] or items
        of_property = [item for item in items if predicate is None or item.quad.predicate == predicate]
        of_value = [item for item in of_property if item.quad.object == value]
        return next(iter(of_value or of_property or items), None)

    @cached_property
    def _by_graph(self) -> dict[object, list[Located]]:
        index: dict[object, list[Located]] = {}
        for item in self.quads:
            index.setdefault(item.quad.graph_name, []).append(item)
        return index

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
    yield from sorted(path for path in _files(project.data) if path.parent == registry)
    yield from sorted(path for path in _files(project.data) if path.parent != registry)


_SUFFIXES = {"sources": {".trig"}, "review": {".csv"}}
_NOT_GRAPH = {".csv", ".txt", ".toml"}


def _files(data: Path) -> Iterator[Path]:
    """Yield the RDF files below ``data/``.

    Raises:
        LayoutError: if there is a file of a kind that would be passed over in silence.
    """
    for path in data.rglob("*"):
        if path.is_dir() or path.name.startswith("."):
            continue
        folder = path.relative_to(data).parts[0]
        expected = _SUFFIXES.get(folder, {".ttl", ".txt"})
        if path.suffix not in expected:
            raise LayoutError(
                f"is of a kind that does not belong here ({path.suffix or 'no suffix'}).",
                path=path,
                hint=f"Files of data/{folder} end in {' or '.join(sorted(expected))}.",
            )
        if path.suffix not in _NOT_GRAPH:
            yield path


def read_corpus(project: Project, *, checked: bool = True) -> Corpus:
    """Read all files of a project.

    Args:
        project: the project.
        checked: whether to refuse dates that do not exist, names that nothing describes and facts no source may state.

    Raises:
        ReadError: if a file can't be parsed.
        LayoutError: if a file says what does not belong into it, or two files describe one thing.
    """
    quads: list[Located] = []
    for path in data_files(project):
        relative = project.relative(path)
        quads += place_quads(relative, parse(read_bytes(path), format_of(path), relative))
    if checked:
        check_corpus(quads)
    else:
        check_one_home(quads)
    return Corpus(quads)


def check_corpus(quads: list[Located]) -> None:
    """Check what only shows when all files are seen together.

    Raises:
        LayoutError: if two files describe one thing, or one says what is no date, is not described or may not be said.
    """
    check_one_home(quads)
    check_dates(quads)
    check_stated(quads)
    check_references(quads)
