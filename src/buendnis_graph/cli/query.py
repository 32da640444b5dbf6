"""``buendnis query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.cli.tables import print_rows
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from buendnis_graph.queries import Question, Table


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
@click.option("--show", is_flag=True, help="Print the SPARQL text instead of asking it.")
@click.pass_obj
def command(
    session: Session, question: str | None, parameters: tuple[str, ...], form: str, list_them: bool, show: bool
) -> None:
    """Ask a question of the catalogue, or any SPARQL query.

    QUESTION is a name from the catalogue (see --list), a file, a SPARQL text, or - for standard input.
    """
    from buendnis_graph.graph import Graph

    if list_them:
        _list(session)
        return
    if question is None:
        raise UsageError(
            "no question.", hint="Name one (buendnis query --list shows them), a file, a SPARQL text, or -."
        )
    graph = Graph(session.project)
    bindings = dict(_split(parameter) for parameter in parameters)
    name_or_sparql = _text_of(question)
    if show:
        from buendnis_graph.queries import find_question

        click.echo(
            find_question(session.project, question).sparql if name_or_sparql is question else name_or_sparql, nl=False
        )
        return
    result = graph.query(name_or_sparql, **bindings)
    if isinstance(result, bool):
        click.echo({True: "yes", False: "no"}[result])
    elif isinstance(result, str):
        click.echo(result, nl=False)
    else:
        _print(result, form)


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
    if question.endswith(".rq") and "\n" not in question:
        try:
            return Path(question).read_text(encoding="utf-8") + "\n"
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"can't be read: {error}.", path=Path(question)) from error
    return question


def _list(session: Session) -> None:
    from buendnis_graph.queries import read_catalogue

    questions: list[Question] = read_catalogue(session.project)
    theme = ""
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            click.secho(f"{theme}", bold=True)
        takes = "".join(f" [{parameter.name}]" for parameter in question.parameters)
        click.echo(f"  {question.name}{takes}\n      {question.titles[session.language]}")


def _print(table: Table, form: str) -> None:
    if form == "csv":
        click.echo(table.to_csv(), nl=False)
    elif form == "json":
        click.echo(table.to_json(), nl=False)
    else:
        _print_table(table)


def _print_table(table: Table) -> None:
    from buendnis_graph.queries.table import readable

    print_rows(table.columns, ([readable(term) for term in row] for row in table.rows))
    click.echo(f"{len(table)} {'row' if len(table) == 1 else 'rows'}")
