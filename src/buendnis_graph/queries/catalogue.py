"""Read the catalogue: one question a file, with a header that says what it asks, takes and returns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.evidence import read_text
from buendnis_graph.queries.header import check_question, read_header, values_line
from buendnis_graph.settings import Project

_HEADER = re.compile(r"\A(?:#.*\n)+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: a variable of the query that a ``VALUES`` line binds to its default.

    Args:
        name: of the variable.
        kind: one of :data:`PARAMETER_KINDS`.
        labels: what it is, German and English.
        of_class: for things: the class they must be of, as a prefixed name.
    """

    name: str
    kind: str
    labels: Mapping[str, str]
    of_class: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the catalogue.

    Attributes:
        name: of the file, without ending; unique.
        theme: the folder.
        titles: German and English.
        descriptions: German and English.
        keywords: words to find it by.
        parameters: what it takes.
        columns: what it returns, each explained in German and English.
        sparql: the whole text, header included.
        path: the file.
        uses_graphs: whether it asks about named graphs; all others need the default graph only.
        scales: if it reads the whole data: that it does, and what answers it faster; German and English, or empty.
    """

    name: str
    theme: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Mapping[str, str]]
    sparql: str
    path: Path
    uses_graphs: bool = False
    scales: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The query's text without its header."""
        return _HEADER.sub("", self.sparql)

    def default(self, name: str) -> str:
        """Return the default of a parameter as the query's text gives it."""
        match = values_line(name).search(self.sparql)
        return match[0].partition("{")[2].strip(" }") if match else ""

    def bound(self, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """Return the query text with parameters bound.

        A parameter is bound as an RDF term, in the place of the default in its ``VALUES`` line; nothing a user typed is
        ever pasted into the text.

        Raises:
            QueryError: if there is no such parameter.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in terms:
            if name not in known:
                raise QueryError(
                    f"the question '{self.name}' has no parameter '{name}'.",
                    hint=f"It takes: {', '.join(p.name for p in self.parameters) or '-'}.",
                )
        if not terms:
            return self.sparql
        lines = re.compile("|".join(values_line(name).pattern for name in terms))  # in one pass: no value is read again
        return lines.sub(lambda line: _bound(line[0], terms), self.sparql)


def read_question(path: Path) -> Question:
    """Return the question a file holds.

    Raises:
        QueryError: with file and line, if its header or its variables are not as the catalogue wants them.
    """
    text = read_text(path)
    head = read_header(text, path)
    question = Question(
        path.stem,
        path.parent.name,
        head.titles,
        head.descriptions,
        head.keywords,
        tuple(Parameter(name, *rest) for name, rest in head.parameters.items()),
        head.columns,
        text,
        path,
        head.uses_graphs,
        head.scales,
    )
    check_question(question, head.lines)
    return question


def _bound(line: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    start = line.partition("{")[0]
    return f"{start}{{ {terms[start.split('?')[1].strip()]} }}"


def catalogue_paths(project: Project) -> dict[str, Path]:
    """Return the files of the catalogue by question name, sorted."""
    return {path.stem: path for path in sorted(project.queries.glob("*/*.rq"))}


def read_catalogue(project: Project) -> list[Question]:
    """Return all questions, sorted by theme and name."""
    return [read_question(path) for path in sorted(project.queries.glob("*/*.rq"))]


def find_question(project: Project, name: str) -> Question:
    """Return the question of this name.

    Raises:
        QueryError: with similar names, if there is none.
    """
    paths = catalogue_paths(project)
    if name in paths:
        return read_question(paths[name])
    close = difflib.get_close_matches(name, paths, n=3, cutoff=0.4)
    hint = f"Did you mean: {', '.join(close)}?" if close else "See them all: buendnis query --list"
    raise QueryError(f"there is no question '{name}' in the catalogue.", hint=hint)
