"""``buendnis query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buendnis_graph.cli.answers import Wanted, answer_question, project_if_any
from buendnis_graph.cli.common import Session, warn_if_stale
from buendnis_graph.cli.completion import complete_parameter
from buendnis_graph.cli.questions import list_questions, tell
from buendnis_graph.errors import UsageError
from buendnis_graph.forms import GRAPHS, TABLES

if TYPE_CHECKING:
    from buendnis_graph.graph import Graph


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
    "--param",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=complete_parameter,
    help="A parameter; things by IRI, slug or name.",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["table", *TABLES, *GRAPHS]),
    help="Form of the answer (default: a table to read, or what the name of --output ends in).",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer into a file, as a whole."
)
@click.option("--raw", is_flag=True, help="CSV as SPARQL 1.1 has it: texts like formulas stay as they are.")
@click.option("--explain", is_flag=True, help="Show the sources behind each row.")
@click.option("--endpoint", metavar="URL", help="Ask the graph behind this SPARQL endpoint.")
@click.option(
    "--timeout", type=click.IntRange(1, 3600), metavar="SECONDS", help="How long an endpoint may take (default: 60)."
)
@click.option("--no-pager", is_flag=True, help="Print a long table as it is, without a pager.")
@click.option("--list", "list_them", is_flag=True, help="List the questions of the catalogue.")
@click.option("--theme", metavar="THEME", help="With --list: only the questions of one theme.")
@click.option(
    "--search", "words", metavar="WORDS", help="With --list: those that hold any of the words, the best first."
)
@click.option("--json", "list_json", is_flag=True, help="With --list: as JSON.")
@click.option("--show", is_flag=True, help="Print the SPARQL text instead of asking it.")
@click.option("--about", is_flag=True, help="Say what a question asks, takes and returns.")
@click.pass_obj
def command(
    session: Session,
    /,
    question: str | None,
    parameters: tuple[str, ...],
    list_them: bool,
    theme: str | None,
    words: str | None,
    list_json: bool,
    show: bool,
    about: bool,
    endpoint: str | None,
    timeout: int | None,
    **how: Any,
) -> int:
    """Ask a question of the catalogue, or any SPARQL query.

    QUESTION is a name from the catalogue (see --list), a file, a SPARQL text, or - for standard input.
    Exit code 1: nothing was found; 2: the call is wrong, or an endpoint does not answer.
    """
    if not list_them and (theme is not None or words is not None or list_json):
        raise UsageError(
            "--theme, --search and --json go with --list.", hint="For example: buendnis query --list --search members"
        )
    if list_them:
        list_questions(session, theme, words, list_json)
        return 0
    if question is None:
        raise UsageError(
            "no question.", hint="Name one (buendnis query --list shows them), a file, a SPARQL text, or -."
        )
    bindings = _bindings(parameters)
    name_or_sparql = _text_of(question)
    if about or show:
        _tell(session, question, name_or_sparql, about)
        return 0
    if timeout is not None and endpoint is None:
        raise UsageError("--timeout is for --endpoint; a question asked here can be stopped by Ctrl-C.")
    return answer_question(session, _graph(session, endpoint, timeout), name_or_sparql, bindings, Wanted(**how))


def _graph(session: Session, endpoint: str | None, timeout: int | None) -> Graph:
    """Return the graph to ask."""
    from buendnis_graph.graph import Graph, open_endpoint

    if endpoint is not None:
        return open_endpoint(endpoint, project_if_any(session), timeout=timeout)
    graph = Graph(session.project)
    warn_if_stale(graph, session.language)
    return graph


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


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # too long for a name
        return False


def _text_of(question: str) -> str:
    """Return the SPARQL text a question names, or the question itself if it is a name of the catalogue or a text."""
    if question == "-":
        try:
            return sys.stdin.buffer.read().decode("utf-8") + "\n"
        except UnicodeDecodeError as error:
            raise UsageError("standard input can't be read: not UTF-8.") from error
    if not any(sign in question for sign in "{\n\x00") and (question.endswith(".rq") or _is_file(question)):
        try:
            return Path(question).read_text(encoding="utf-8") + "\n"
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"can't be read: {getattr(error, 'strerror', None) or 'not UTF-8'}.", path=Path(question)
            ) from error
    return question
