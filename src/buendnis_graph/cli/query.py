"""``buendnis query``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.cli.questions import list_questions, tell
from buendnis_graph.cli.tables import print_rows
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from buendnis_graph.queries import Table


_ROWS = {"de": ("Zeile", "Zeilen"), "en": ("row", "rows")}
_YES_NO = {"de": {True: "ja", False: "nein"}, "en": {True: "yes", False: "no"}}
_STALE = {
    "de": "Die Dateien haben sich seit dem letzten Bau geändert; neu bauen: buendnis build",
    "en": "The files have changed since the last build; build anew: buendnis build",
}


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from buendnis_graph.errors import BuendnisError
    from buendnis_graph.queries.catalogue import catalogue_paths
    from buendnis_graph.settings import find_project

    try:
        return [name for name in catalogue_paths(find_project()) if name.startswith(incomplete)]
    except BuendnisError:
        return []


@click.command(
    "query", epilog="Example: buendnis query stated-sizes --param alliance='Tolerantes Sachsen' --format csv"
)
@click.argument("question", required=False, shell_complete=_complete)
@click.option(
    "--param", "-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; things by IRI, slug or name."
)
@click.option(
    "--format", "-f", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="Form of the answer."
)
@click.option("--list", "list_them", is_flag=True, help="List the questions of the catalogue.")
@click.option("--theme", metavar="THEME", help="With --list: only the questions of one theme.")
@click.option("--search", "words", metavar="WORDS", help="With --list: only those that hold the words, the best first.")
@click.option("--json", "list_json", is_flag=True, help="With --list: as JSON.")
@click.option("--show", is_flag=True, help="Print the SPARQL text instead of asking it.")
@click.option("--about", is_flag=True, help="Say what a question asks, takes and returns.")
@click.pass_obj
def command(
    session: Session,
    question: str | None,
    parameters: tuple[str, ...],
    form: str,
    list_them: bool,
    theme: str | None,
    words: str | None,
    list_json: bool,
    show: bool,
    about: bool,
) -> None:
    """Ask a question of the catalogue, or any SPARQL query.

    QUESTION is a name from the catalogue (see --list), a file, a SPARQL text, or - for standard input.
    """
    from buendnis_graph.graph import Graph
    from buendnis_graph.queries import Table, find_question
    from buendnis_graph.queries.catalogue import catalogue_paths

    if not list_them and (theme is not None or words is not None or list_json):
        raise UsageError(
            "--theme, --search and --json go with --list.", hint="For example: buendnis query --list --search members"
        )
    if list_them:
        list_questions(session, theme, words, list_json)
        return
    if question is None:
        raise UsageError(
            "no question.", hint="Name one (buendnis query --list shows them), a file, a SPARQL text, or -."
        )
    graph = Graph(session.project)
    bindings = _bindings(parameters)
    name_or_sparql = _text_of(question)
    if about or show:
        _tell(session, question, name_or_sparql, about)
        return
    if name_or_sparql in catalogue_paths(session.project):
        known = find_question(session.project, name_or_sparql)
        if any(parameter.name == "lang" for parameter in known.parameters):
            bindings.setdefault("lang", session.language)
    if graph.is_stale():
        click.secho(_STALE[session.language], err=True, dim=True)
    result = graph.query(name_or_sparql, **bindings)
    if isinstance(result, Table):
        _print(result, form, session.language)
    elif isinstance(result, bool):
        click.echo(json.dumps({"head": {}, "boolean": result}) if form == "json" else _YES_NO[session.language][result])
    else:
        click.echo(result, nl=False)


def _bindings(parameters: tuple[str, ...]) -> dict[str, str]:
    bindings: dict[str, str] = {}
    for name, value in map(_split, parameters):
        if name in bindings:
            raise UsageError(f"parameter '{name}' is given twice.")
        bindings[name] = value
    return bindings


def _tell(session: Session, question: str, name_or_sparql: str, about: bool) -> None:
    if name_or_sparql is not question:
        click.echo(name_or_sparql, nl=False)
        return
    tell(session, question, about)


def _split(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals or not name:
        raise UsageError(
            f"'{parameter}' is not of the form NAME=VALUE.",
            hint="For example: --param alliance=netzwerk-tolerantes-sachsen",
        )
    return name, value


def _text_of(question: str) -> str:
    """Return the SPARQL text a question names, or the question itself if it is a name of the catalogue or a text."""
    if question == "-":
        return sys.stdin.read() + "\n"
    if "\n" not in question and (question.endswith(".rq") or Path(question).is_file()):
        try:
            return Path(question).read_text(encoding="utf-8") + "\n"
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"can't be read: {getattr(error, 'strerror', None) or 'not UTF-8'}.", path=Path(question)
            ) from error
    return question


def _print(table: Table, form: str, language: str) -> None:
    if form == "csv":
        click.echo(table.to_csv(), nl=False)
    elif form == "json":
        click.echo(table.to_json(), nl=False)
    else:
        _print_table(table, language)


def _print_table(table: Table, language: str) -> None:
    from buendnis_graph.queries.table import readable

    print_rows(table.columns, ([readable(term) for term in row] for row in table.rows))
    one, many = _ROWS[language]
    click.echo(f"{len(table)} {one if len(table) == 1 else many}")
