"""Ask for ``buendnis query``, and show the answer or write it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.cli.tables import page, rows_text
from buendnis_graph.cli.waiting import wait_for
from buendnis_graph.cli.written import put
from buendnis_graph.errors import UsageError
from buendnis_graph.terminal import printable

if TYPE_CHECKING:
    import pyoxigraph as ox

    from buendnis_graph.graph import Graph
    from buendnis_graph.queries import Question, Table
    from buendnis_graph.queries.ask import Asked
    from buendnis_graph.queries.explain import Explanation
    from buendnis_graph.settings import Project

_WORDS = {
    "de": {
        "rows": ("Zeile", "Zeilen"),
        True: "ja",
        False: "nein",
        "asking": "Frage läuft",
        "nothing": "Nichts gefunden: {what}",
        "no solution": "die Abfrage hat keine Lösung.",
        "related": "Verwandte Themen: {names}",
        "absent": "Die Abfrage fragt auch nach dem, was fehlt; dafür gibt es keine Quelle.",
    },
    "en": {
        "rows": ("row", "rows"),
        True: "yes",
        False: "no",
        "asking": "asking",
        "nothing": "Nothing found: {what}",
        "no solution": "the query has no solution.",
        "related": "Related topics: {names}",
        "absent": "The query also asks for what is absent; no source can state that.",
    },
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is wanted.

    Args:
        form: of the answer, None for the usual one.
        output: file to write.
        raw: CSV as it is.
        explain: whether with the sources of each row.
        no_pager: whether without pager.
    """

    form: str | None
    output: Path | None
    raw: bool
    explain: bool
    no_pager: bool

    @property
    def by_rows(self) -> bool:
        """Whether a table can be written row by row; on a terminal, whether it takes long must be told meanwhile."""
        is_shown = self.output is None and sys.stdout.isatty()
        return not self.explain and not is_shown and self.form_for(True) in {"csv", "tsv", "json"}

    def form_for(self, result: Table | bool | str) -> str:
        """Return the form for an answer.

        Raises:
            UsageError: if none is named by --format or the file's name.
        """
        from buendnis_graph.queries.results import form_of

        form = self.form or (form_of(self.output) if self.output else "table")
        return "turtle" if form == "table" and isinstance(result, str) else form


def project_if_any(session: Session) -> Project | None:
    """Return the project here, or None; one that was named must be there."""
    try:
        return session.project
    except UsageError:
        if session.root is not None:
            raise
        return None


def answer_question(
    session: Session, graph: Graph, name_or_sparql: str, bindings: dict[str, str], wanted: Wanted
) -> int:
    """Ask and show; return the exit code, 1 if nothing was found.

    Raises:
        BuendnisError: if the question is wrong, or the graph can't be asked.
    """
    from buendnis_graph.queries import Table
    from buendnis_graph.queries.ask import ask, is_sparql, prepare
    from buendnis_graph.queries.catalogue import catalogue_paths, find_question
    from buendnis_graph.queries.labels import related_names

    words = _WORDS[session.language]
    project = project_if_any(session) if graph.endpoint else session.project
    if project and not is_sparql(name_or_sparql) and name_or_sparql in catalogue_paths(project):
        takes = {parameter.name for parameter in find_question(project, name_or_sparql).parameters}
        if "lang" in takes:
            bindings.setdefault("lang", session.language)
    if wanted.output and wanted.form is None:
        wanted.form_for(True)  # a name that says nothing is refused before anything is asked

    def work() -> tuple[Asked, Table | bool | str | None, list[str], Explanation | None]:
        asked = prepare(graph.source, project, name_or_sparql, bindings)
        if wanted.by_rows:
            written = _write_by_rows(graph, asked, wanted)
            return asked, written, related_names(graph.source, _topics(asked, bindings), session.language), None
        result = ask(graph.source, asked)
        related = related_names(graph.source, _topics(asked, bindings), session.language)
        if not wanted.explain:
            return asked, result, related, None
        from buendnis_graph.queries.explain import explain

        if not isinstance(result, Table):
            raise UsageError("only tables can be explained.", hint="Ask by SELECT.")
        return asked, result, related, explain(graph.source, asked.sparql, result)

    asked, result, related, explanation = wait_for(work, str(words["asking"]))
    if result is not None:
        _show(session, asked.question, result, explanation, wanted)
    if explanation is not None and explanation.tests_absence:
        click.secho(str(words["absent"]), err=True, dim=True)
    nothing = isinstance(result, Table) and not result.rows
    if nothing:
        click.echo(_nothing(session, graph, asked), err=True)
    tell_related(related, session.language)
    return int(nothing)


def _write_by_rows(graph: Graph, asked: Asked, wanted: Wanted) -> Table | bool | str | None:
    """Write a table while it is found, so that no more than some rows are held; return what is still to be shown."""
    from contextlib import closing
    from functools import partial
    from itertools import chain

    from buendnis_graph.queries import Table
    from buendnis_graph.queries.results import csv, json, tsv
    from buendnis_graph.queries.run import answer_by_rows
    from buendnis_graph.queries.table import Rows

    found = answer_by_rows(graph.source, asked.sparql)
    if not isinstance(found, Rows):
        return found
    with closing(found.rows):  # the engine's rows can't be dropped by another thread, if somebody stops reading
        first = next(found.rows, None)
        if first is None:
            return Table(found.columns, [])
        by_form: dict[str, Callable[..., Iterator[str]]] = {
            "csv": partial(csv.pieces, raw=wanted.raw),
            "tsv": tsv.pieces,
            "json": json.pieces,
        }
        pieces = by_form[wanted.form_for(True)]
        put((piece.encode() for piece in pieces(found.columns, chain([first], found.rows))), wanted.output)
    return None


def tell_related(names: Sequence[str], language: str) -> None:
    """Say beside an answer which topics are related to those asked for, if any are."""
    if names:
        click.secho(str(_WORDS[language]["related"]).format(names=printable(", ".join(names))), err=True, dim=True)


def _topics(asked: Asked, bindings: Mapping[str, str]) -> list[ox.NamedNode | ox.Literal]:
    """Return the topics that were asked for by the caller."""
    parameters = asked.question.parameters if asked.question else ()
    topics = {parameter.name for parameter in parameters if parameter.of_class == "skos:Concept"}
    return [term for name, term in asked.terms.items() if name in topics.intersection(bindings)]


def _heads(question: Question | None, table: Table, language: str) -> list[str]:
    """Return what people read above the columns: the labels that the question gives them."""
    labels = question.columns if question else {}
    return [labels[column][language] if column in labels else column for column in table.columns]


def _show(
    session: Session,
    question: Question | None,
    result: Table | bool | str,
    explanation: Explanation | None,
    wanted: Wanted,
) -> None:
    from buendnis_graph.forms import BINARY
    from buendnis_graph.queries import Table
    from buendnis_graph.queries.results import json, render

    form = wanted.form_for(result)
    if form == "table":
        shown = _readable(session.language, question, result, explanation)
        put(f"{shown}\n", wanted.output) if wanted.output else page(shown, pager=not wanted.no_pager)
        return
    if form in BINARY and wanted.output is None and sys.stdout.isatty():
        raise UsageError(f"{form} is not for a terminal.", hint="Write it into a file: --output FILE")
    if isinstance(result, Table) and explanation is not None:
        if form == "json":
            put(json.write(result, {"explanation": explanation.as_json()}), wanted.output)
            return
        result = explanation.with_column(result)
    if form == "xlsx" and isinstance(result, Table):
        from buendnis_graph.queries.results import xlsx

        sheet = question.name if question else ""
        put(xlsx.write(result, _heads(question, result, session.language), sheet), wanted.output)
        return
    labels = result.labels(session.language) if form == "markdown" and isinstance(result, Table) else {}
    put(render(result, form, raw=wanted.raw, labels=labels), wanted.output)


def _readable(
    language: str, question: Question | None, result: Table | bool | str, explanation: Explanation | None
) -> str:
    from buendnis_graph.queries.table import readable

    words = _WORDS[language]
    if isinstance(result, bool):
        return str(words[result])
    assert not isinstance(result, str)  # noqa: S101 - a graph is shown as Turtle
    labels = result.labels(language)
    rows = [[readable(term, labels) for term in row] for row in result.rows]
    one, many = words["rows"]
    count = f"{len(rows)} {one if len(rows) == 1 else many}"
    heads = _heads(question, result, language)
    if explanation is not None:
        from buendnis_graph.queries.explain.show import as_text

        safe = [[printable(cell) for cell in row] for row in rows]
        return f"{as_text(heads, safe, explanation, language)}{count}"
    return f"{rows_text(heads, rows)}\n{count}"


def _nothing(session: Session, graph: Graph, asked: Asked) -> str:
    """Return what was looked for in vain."""
    from buendnis_graph.queries.labels import labels_of
    from buendnis_graph.queries.table import readable

    words, question = _WORDS[session.language], asked.question
    if question is None:
        return str(words["nothing"]).format(what=words["no solution"])
    things = [term for term in asked.terms.values() if hasattr(term, "value") and not hasattr(term, "datatype")]
    labels: Mapping[str, str] = labels_of(graph.source, things, session.language) if things else {}
    lines = [str(words["nothing"]).format(what=question.titles[session.language])]
    for parameter in question.parameters:
        term = asked.terms.get(parameter.name)
        value = question.default(parameter.name) if term is None else readable(term, labels)
        lines.append(f"  {parameter.labels[session.language]}: {printable(value)}")
    return "\n".join(lines)
