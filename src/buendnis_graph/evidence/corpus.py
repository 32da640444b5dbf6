"""Read the whole project: all quads of ``ontology/`` and ``data/``, each in its graph, with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.collecting import uncollected
from buendnis_graph.errors import LayoutError, ReadError
from buendnis_graph.evidence.checks import check_dates, check_references, check_stated
from buendnis_graph.evidence.faults import Fault, Refuse, raising
from buendnis_graph.evidence.layout import check_one_home, place_quads
from buendnis_graph.evidence.reader import Located, format_of, parse, read_bytes
from buendnis_graph.evidence.replace import finish_pending
from buendnis_graph.evidence.whereabouts import Whereabouts
from buendnis_graph.namespaces import GRAPH_SOURCES, RDF_TYPE
from buendnis_graph.settings import Project, is_editors, shown


class Corpus(Whereabouts):
    """Everything the files say."""

    def __init__(self, quads: list[Located]) -> None:
        self.quads = quads

    def about(self, subject: object) -> Sequence[Located]:
        """Return what is said of a subject, in the order of the files."""
        return self._by_subject.get(subject, ())

    def within(self, graph: object) -> Sequence[Located]:
        """Return what a graph holds, in the order of its file."""
        return self._by_graph.get(graph, ())

    def of_class(self, kind: object) -> Sequence[Located]:
        """Return the statements that something is of a class."""
        return self._by_class.get(kind, ())

    @cached_property
    def _by_subject(self) -> dict[object, list[Located]]:
        index: dict[object, list[Located]] = {}
        for item in self.quads:
            index.setdefault(item.quad.subject, []).append(item)
        return index

    @cached_property
    def _by_graph(self) -> dict[object, list[Located]]:
        index: dict[object, list[Located]] = {}
        for item in self.quads:
            index.setdefault(item.quad.graph_name, []).append(item)
        return index

    @cached_property
    def _by_class(self) -> dict[object, list[Located]]:
        index: dict[object, list[Located]] = {}
        for item in self.quads:
            if item.quad.predicate == RDF_TYPE:
                index.setdefault(item.quad.object, []).append(item)
        return index

    @cached_property
    def sources(self) -> list[ox.NamedNode]:
        """The sources as read, sorted."""
        found = {q.quad.subject for q in self.quads if q.quad.graph_name == GRAPH_SOURCES}
        return sorted((s for s in found if isinstance(s, ox.NamedNode)), key=lambda s: s.value)


def data_files(project: Project, refuse: Refuse = raising) -> Iterator[Path]:
    """Yield the files of the graph in a fixed order: terms and code lists, who is who, then the rest of the data.

    Raises:
        LayoutError: if there is a file of a kind that would be passed over in silence, or with a name that can't be
            told, unless faults are collected.
    """
    finish_pending(project)
    registry = project.data / "registry"
    found = list(_files(project, refuse))
    yield from sorted(project.ontology.glob("*.ttl"))
    yield from (path for path in found if path.parent == registry)
    yield from (path for path in found if path.parent != registry)


_SUFFIXES = {"sources": {".trig"}, "review": {".csv"}, "bulk": {".trig", ".nt"}}
_NOT_GRAPH = {".csv", ".txt", ".toml", ".nt"}
"""Shards (``.nt``) are read by :mod:`buendnis_graph.evidence.bulk`."""


def _files(project: Project, refuse: Refuse) -> Iterator[Path]:
    """Yield the RDF files below ``data/``, sorted."""
    for path in sorted(project.data.rglob("*")):
        if path.is_dir() or is_editors(path.name):
            continue
        relative = project.relative(path)
        if (name := shown(str(relative))) != str(relative):
            refuse(Fault("name-bytes", Path(name)))
            continue
        folder = path.relative_to(project.data).parts[0]
        expected = _SUFFIXES.get(folder, {".ttl", ".txt"})
        if path.suffix not in expected:
            parts = {"suffix": path.suffix or path.name, "folder": folder, "known": ", ".join(sorted(expected))}
            refuse(Fault("suffix", relative, parts=parts))
        elif path.suffix not in _NOT_GRAPH:
            yield path


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a project's files, and all that is wrong with them.

    Attributes:
        corpus: what they say.
        faults: what is wrong, in the order of the files.
        missing: the files of which something could not be read or placed; what others say of it can't be judged.
    """

    corpus: Corpus
    faults: list[Fault]
    missing: frozenset[Path] = frozenset()


@uncollected()
def read_all(project: Project) -> Reading:
    """Read all files of a project, whatever is wrong with some; of a file with a syntax error nothing is taken over."""
    faults: list[Fault] = []
    files: dict[Path, list[Located]] = {}
    for path in data_files(project, faults.append):
        items, found = read_one(project, path)
        files[project.relative(path)] = items
        faults += found
    return examine(files, faults)


def examine(files: Mapping[Path, list[Located]], faults: Iterable[Fault] = ()) -> Reading:
    """Return what files say, and what is wrong with it: in each, and seen together.

    Args:
        files: what could be read of each.
        faults: what was wrong on the way.
    """
    found = list(faults)
    missing = frozenset(fault.path for fault in found)
    quads = [item for items in files.values() for item in items]
    check_one_home(quads, found.append)
    check_dates(quads, found.append)
    if not missing:  # what nothing seems to describe may stand in a file that could not be read
        check_stated(quads, found.append)
        check_references(quads, found.append)
    order = {path: number for number, path in enumerate(files)}
    found.sort(key=lambda fault: (order.get(fault.path, -1), str(fault.path), fault.line or 0))
    return Reading(Corpus(quads), found, missing)


def read_one(project: Project, path: Path) -> tuple[list[Located], list[Fault]]:
    """Return what a file says, each quad in its graph, and what is wrong with it."""
    relative = project.relative(path)
    faults: list[Fault] = []
    try:
        quads = parse(read_bytes(path), format_of(path), relative, faults.append)
        return place_quads(relative, quads, faults.append), faults
    except (ReadError, LayoutError) as error:
        if error.fault is None:
            raise
        return [], [*faults, replace(error.fault, path=relative)]


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
    check_one_home(quads)
    if checked:
        check_dates(quads)
        check_stated(quads)
        check_references(quads)
    return Corpus(quads)
