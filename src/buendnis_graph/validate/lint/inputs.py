"""What the lint looks at: shapes, ontology, data and SPARQL texts, read with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import LimitError, ReadError
from buendnis_graph.evidence.corpus import data_files
from buendnis_graph.evidence.reader import Located, format_of, read_bytes, read_text
from buendnis_graph.namespaces import PREFIXES, RDF_TYPE
from buendnis_graph.settings import MAX_FILE_BYTES, MAX_LINE_BYTES, Project
from buendnis_graph.validate.anydata import STDIN, AnyData
from buendnis_graph.validate.guard import Limits
from buendnis_graph.validate.lint.sparql import mentioned

FIXTURES = ("tests", "validate", "fixtures")
"""Where a project keeps what breaks its constraints on purpose: a class named there is one that a shape can look at."""

MAX_TRIPLES = 200_000
"""Statements beyond which files are no shapes or terms but data, or an attack."""

_LIMITS = Limits(size=MAX_FILE_BYTES, text=MAX_LINE_BYTES)


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
        data: statements that show which terms the data uses; they carry no line.
        fixtures: IRIs that the project's fixtures name.
        texts: rules and queries.
        content: the lines of the shapes files, to tell lines within a text.
        has: which of ``ontology``, ``data`` and ``project`` there are; rules that need another are skipped.
    """

    shapes: list[Located] = field(default_factory=list)
    ontology: list[Located] = field(default_factory=list)
    data: list[ox.Triple] = field(default_factory=list)
    fixtures: set[str] = field(default_factory=set)
    texts: list[TextFile] = field(default_factory=list)
    content: dict[Path, list[bytes]] = field(default_factory=dict)
    has: frozenset[str] = frozenset()


def project_inputs(project: Project) -> Inputs:
    """Return what there is to look at in a project: ontology/, queries/, and the data to see what is used.

    Raises:
        ReadError: if a file can't be read.
    """
    inputs = Inputs(has=frozenset({"ontology", "data", "project"}))
    shapes, terms = project.ontology / "shapes", sorted(project.ontology.glob("*.ttl"))
    inputs.shapes = list(_read(sorted(shapes.rglob("*.ttl")), project=project))
    inputs.ontology = list(_read(terms, project=project))
    inputs.data = list(_examples((path for path in data_files(project) if path.parent != project.ontology), project))
    fixtures = project.root.joinpath(*FIXTURES)
    for path in sorted(p for p in fixtures.rglob("*") if p.suffix in {".toml", ".trig", ".ttl"}):
        inputs.fixtures.update(mentioned(read_text(path), PREFIXES))
    for path in sorted((project.ontology / "rules").glob("*.rq")):
        inputs.texts.append(TextFile(project.relative(path), read_text(path), is_rule=True))
    # not those in federated/: they speak of another graph, in its own terms
    for path in sorted(project.queries.glob("*/*.rq")):
        inputs.texts.append(TextFile(project.relative(path), read_text(path), is_rule=False))
    inputs.content = _lines(inputs.shapes, project)
    return inputs


def file_inputs(paths: Iterable[Path], ontology: Iterable[Path] = (), form: str | None = None) -> Inputs:
    """Return what there is to look at in anybody's shapes files.

    Args:
        paths: files of shapes; ``-`` is standard input.
        ontology: files that declare the classes and properties which the shapes may use.
        form: format of the shapes, see :data:`buendnis_graph.validate.anydata.FORMATS`; None to tell by the suffix.

    Raises:
        UsageError: if a file's format can't be told.
        ReadError: if a file can't be read.
        LimitError: if the files hold more than shapes and terms do.
    """
    ontology, shapes = list(ontology), list(_read(paths, form))
    return Inputs(
        shapes=shapes,
        ontology=list(_read(ontology)),
        content=_lines(shapes),
        has=frozenset({"ontology"} if ontology else ()),
    )


def _read(paths: Iterable[Path], form: str | None = None, project: Project | None = None) -> Iterator[Located]:
    data = AnyData.read(paths, form, _LIMITS)
    if len(data.triples) > MAX_TRIPLES:
        path, line = data.place(MAX_TRIPLES)
        reason = f"holds, with the files before it, more than {MAX_TRIPLES:,} statements."
        raise LimitError(reason, path=Path(path), line=line or None, hint="Is this a file of shapes or terms?")
    for number, triple in enumerate(data.triples):
        name, line = data.place(number)
        file = Path(name)
        shown = project.relative(file) if project else file
        yield Located(ox.Quad(triple.subject, triple.predicate, triple.object), shown, line)


def _lines(shapes: list[Located], project: Project | None = None) -> dict[Path, list[bytes]]:
    """Return the lines of the files that hold a text of several lines."""
    texts = {
        item.path for item in shapes if isinstance(item.quad.object, ox.Literal) and "\n" in item.quad.object.value
    }
    return {path: (project.root / path if project else path).read_bytes().splitlines() for path in texts - {STDIN}}


def _examples(paths: Iterable[Path], project: Project) -> Iterator[ox.Triple]:
    """Yield one statement for each property, class and value of the data: enough to see that it is used."""
    properties: set[object] = set()
    classes: set[object] = set()
    values: set[object] = set()
    for path in paths:
        try:
            for quad in ox.parse(read_bytes(path), format=format_of(path), rename_blank_nodes=True):
                value = quad.object
                seen = classes if quad.predicate == RDF_TYPE else values
                if quad.predicate not in properties or (isinstance(value, ox.NamedNode) and value not in seen):
                    properties.add(quad.predicate)
                    seen.add(value)
                    yield quad.triple
        except SyntaxError as error:
            raise ReadError(f"can't be read: {error.msg}.", path=project.relative(path), line=error.lineno) from error
