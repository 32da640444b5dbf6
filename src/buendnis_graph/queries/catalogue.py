"""Read the catalogue: one question a file, with a header that says what it asks, takes and returns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.evidence import read_text
from buendnis_graph.settings import Project

_HEADER = re.compile(r"# (?P<key>title|description|keywords|param|column)(?P<tail>@\w+| \w+)?: (?P<value>.+)")
PARAMETER_KINDS = ("iri", "date", "language", "number", "text")


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
    """A question of the catalogue."""

    name: str
    theme: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Mapping[str, str]]
    sparql: str
    path: Path

    def default(self, name: str) -> str:
        """Return the default of a parameter as the query's text gives it."""
        match = _values_line(name).search(self.sparql)
        return match[0].partition("{")[2].strip(" }") if match else ""

    def bound(self, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """Return the query text with parameters bound.

        A parameter is bound as an RDF term, in the place of the default in its ``VALUES`` line; nothing a user typed is
        ever pasted into the text.

        Raises:
            QueryError: if there is no such parameter.
        """
        text = self.sparql
        for name, term in terms.items():
            if name not in {parameter.name for parameter in self.parameters}:
                raise QueryError(
                    f"the question '{self.name}' has no parameter '{name}'.",
                    hint="It takes: " + (", ".join(p.name for p in self.parameters) or "none") + ".",
                )
            text = _values_line(name).sub(lambda match, term=term: f"{match[1]} {term} }}", text)  # type: ignore[misc]
        return text


def _values_line(name: str) -> re.Pattern[str]:
    return re.compile(rf"(VALUES \?{re.escape(name)} \{{)[^}}]*\}}")


def _both(text: str) -> dict[str, str]:
    german, _, english = text.partition(" | ")
    return {"de": german.strip(), "en": english.strip()}


def read_question(path: Path) -> Question:
    """Return the question a file holds.

    Raises:
        QueryError: if its header is incomplete or names a parameter that no ``VALUES`` line binds.
    """
    text = read_text(path)
    texts: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    keywords: tuple[str, ...] = ()
    parameters: list[Parameter] = []
    columns: dict[str, dict[str, str]] = {}
    for match in map(_HEADER.fullmatch, text.splitlines()):
        if match is None:
            continue
        key, tail, value = match["key"], (match["tail"] or "")[1:], match["value"]
        if key in texts:
            texts[key][tail] = value
        elif key == "keywords":
            keywords = tuple(word.strip() for word in value.split(","))
        elif key == "param":
            kind, _, labels = value.partition(" | ")
            kind, _, of_class = kind.strip().partition(" ")
            parameters.append(Parameter(tail, kind, _both(labels), of_class))
        else:
            columns[tail] = _both(value)
    question = Question(
        path.stem,
        path.parent.name,
        texts["title"],
        texts["description"],
        keywords,
        tuple(parameters),
        columns,
        text,
        path,
    )
    _check(question)
    return question


def _check(question: Question) -> None:
    for language in ("de", "en"):
        if not question.titles.get(language) or not question.descriptions.get(language):
            raise QueryError(f"has no title or description in '{language}'.", path=question.path)
    for parameter in question.parameters:
        if parameter.kind not in PARAMETER_KINDS:
            raise QueryError(
                f"gives parameter '{parameter.name}' the unknown kind '{parameter.kind}'.",
                path=question.path,
                hint=f"Known kinds: {', '.join(PARAMETER_KINDS)}.",
            )
        if len(_values_line(parameter.name).findall(question.sparql)) != 1:
            raise QueryError(
                f"must bind parameter '{parameter.name}' in one line 'VALUES ?{parameter.name} {{ default }}'.",
                path=question.path,
            )


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
