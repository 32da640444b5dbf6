"""What the lint looks at: shapes, ontology, data and SPARQL texts, read with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import LimitError, ReadError
from buendnis_graph.evidence.corpus import data_files
from buendnis_graph.evidence.reader import Located, format_of, parse, read_bytes, read_text
from buendnis_graph.settings import Project

FIXTURES = ("tests", "validate", "fixtures")
"""Where a project keeps files that break its constraints on purpose: they count as data that a shape can look at."""

MAX_QUADS = 200_000
"""Statements beyond which files are no shapes or terms but data, or an attack."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A SPARQL file: a rule that constructs, or a query."""

    path: Path
    text: str
    is_rule: bool


@dataclass(slots=True)
class Inputs:
    """Everything that is looked at.

    Attributes:
        shapes: the shapes graph.
        ontology: terms and code lists.
        data: statements to look for uses in; only their presence matters, so they carry no line.
        texts: rules and queries.
        content: the lines of the shapes files, to tell lines within a text.
        has: which of ``ontology``, ``data`` and ``project`` there are; rules that need another are skipped.
    """

    shapes: list[Located] = field(default_factory=list)
    ontology: list[Located] = field(default_factory=list)
    data: list[ox.Quad] = field(default_factory=list)
    texts: list[TextFile] = field(default_factory=list)
    content: dict[Path, list[bytes]] = field(default_factory=dict)
    has: frozenset[str] = frozenset()


class _Reader:
    """Reads files, and names their blank nodes in order, so that no two files share one and every run is the same."""

    def __init__(self) -> None:
        self._files = 0
        self._quads = 0
        self.content: dict[Path, list[bytes]] = {}

    def read(self, path: Path, shown: Path) -> Iterator[Located]:
        """Yield the quads of a file.

        Raises:
            ReadError: if it can't be read as what its suffix says.
            LimitError: if there are too many.
        """
        self._files += 1
        names: dict[ox.BlankNode, ox.BlankNode] = {}

        def named(term: object) -> object:
            if not isinstance(term, ox.BlankNode):
                return term
            return names.setdefault(term, ox.BlankNode(f"f{self._files}n{len(names)}"))

        content = read_bytes(path)
        self.content[shown] = content.splitlines()
        for item in parse(content, format_of(path), shown, blank_nodes=True):
            self._quads += 1
            if self._quads > MAX_QUADS:
                reason = f"holds, with the files before it, more than {MAX_QUADS:,} statements."
                raise LimitError(reason, path=shown, line=item.line, hint="Is this a file of shapes or terms?")
            quad = item.quad
            renamed = ox.Quad(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]
            yield Located(renamed, shown, item.line)


def project_inputs(project: Project) -> Inputs:
    """Return what there is to look at in a project: ontology/, queries/, and the data to see what is used.

    Raises:
        ReadError: if a file can't be read.
    """
    reader, inputs = _Reader(), Inputs(has=frozenset({"ontology", "data", "project"}))
    inputs.shapes = _read(reader, sorted((project.ontology / "shapes").rglob("*.ttl")), project)
    inputs.ontology = _read(reader, sorted(project.ontology.glob("*.ttl")), project)
    inputs.content = reader.content
    fixtures = sorted(p for p in project.root.joinpath(*FIXTURES).rglob("*") if p.suffix in {".ttl", ".trig"})
    for path in [*(p for p in data_files(project) if p.parent != project.ontology), *fixtures]:
        inputs.data += _statements(path, project)
    rules, queries = project.ontology / "rules", project.queries
    for path in sorted(rules.glob("*.rq")):
        inputs.texts.append(TextFile(project.relative(path), read_text(path), is_rule=True))
    for path in sorted(queries.rglob("*.rq")):
        inputs.texts.append(TextFile(project.relative(path), read_text(path), is_rule=False))
    return inputs


def file_inputs(paths: Iterable[Path], ontology: Iterable[Path] = ()) -> Inputs:
    """Return what there is to look at in anybody's shapes files.

    Args:
        paths: files of shapes.
        ontology: files that declare the classes and properties which the shapes may use.

    Raises:
        ReadError: if a file can't be read.
    """
    reader, ontology = _Reader(), list(ontology)
    return Inputs(
        shapes=[item for path in paths for item in reader.read(path, path)],
        ontology=[item for path in ontology for item in reader.read(path, path)],
        content=reader.content,
        has=frozenset({"ontology"} if ontology else ()),
    )


def _read(reader: _Reader, paths: Iterable[Path], project: Project) -> list[Located]:
    return [item for path in paths for item in reader.read(path, project.relative(path))]


def _statements(path: Path, project: Project) -> Iterator[ox.Quad]:
    try:
        for quad in ox.parse(read_bytes(path), format=format_of(path), rename_blank_nodes=True):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    except SyntaxError as error:
        raise ReadError(f"can't be read: {error.msg}.", path=project.relative(path), line=error.lineno) from error
