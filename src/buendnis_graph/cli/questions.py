"""``buendnis questions``: the catalogue, listed, searched and exported; ``buendnis query --list`` is the same list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.errors import QueryError

if TYPE_CHECKING:
    from buendnis_graph.queries import Question


@click.command("questions", epilog="Example: buendnis questions --search 'shared members'")
@click.option("--theme", metavar="THEME", help="Only the questions of one theme.")
@click.option("--search", "words", metavar="WORDS", help="Those that hold any of the words, the best first.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--turtle", is_flag=True, help="As Turtle (sh:SPARQLExecutable).")
@click.option("--markdown", is_flag=True, help="Print docs/questions.md.")
@click.pass_obj
def command(
    session: Session, theme: str | None, words: str | None, as_json: bool, turtle: bool, markdown: bool
) -> None:
    """List the questions of the catalogue, by theme."""
    from buendnis_graph.queries import publish

    if turtle or markdown:
        write = publish.as_turtle if turtle else publish.as_markdown
        click.echo(write(chosen(session, theme, words)), nl=False)
        return
    list_questions(session, theme, words, as_json)


def chosen(session: Session, theme: str | None, words: str | None) -> Sequence[Question]:
    """Return the questions of a theme that hold the words.

    Raises:
        QueryError: if there are none.
    """
    from buendnis_graph.queries import read_catalogue
    from buendnis_graph.queries.find import near_words, search, theme_of

    questions = read_catalogue(session.project)
    themes = [_called(theme, session.language) for theme in sorted({question.theme for question in questions})]
    if theme is not None:
        wanted = theme_of(theme) or theme
        questions = [question for question in questions if question.theme == wanted]
        if not questions:
            raise QueryError(f"there is no theme '{theme}'.", hint=f"Themes: {', '.join(themes)}.")
    if words is None:
        return questions
    found = search(questions, words)
    if not found:
        near = near_words(questions, words)
        hint = f"Near words: {', '.join(near)}." if near else f"Themes: {', '.join(themes)}."
        raise QueryError(f"no question holds '{words}'.", hint=hint)
    return found


def list_questions(session: Session, theme: str | None, words: str | None, as_json: bool) -> None:
    """Print the list: by theme, or by rank if it was searched."""
    from buendnis_graph.queries import publish

    questions = chosen(session, theme, words)
    if as_json:
        click.echo(json.dumps([publish.as_json(question) for question in questions], ensure_ascii=False, indent=1))
        return
    shown = ""
    for question in questions:
        if words is None and question.theme != shown:
            shown = question.theme
            click.secho(_called(shown, session.language), bold=True)
        takes = "".join(f" [{parameter.name}]" for parameter in question.parameters)
        click.echo(f"  {question.name}{takes}\n      {question.titles[session.language]}")


def _called(theme: str, language: str) -> str:
    """Return a theme as people are told of it: in German with the name of its folder."""
    from buendnis_graph.queries.find import themes

    german = themes().get(theme, [theme])[0]
    return f"{german} ({theme})" if language == "de" else theme


def tell(session: Session, question: str, about: bool) -> None:
    """Say what a question asks, takes and returns; or print its text.

    Raises:
        QueryError: if there is no such question.
    """
    from buendnis_graph.queries import find_question

    found = find_question(session.project, question)
    if not about:
        click.echo(found.sparql, nl=False)
        return
    language = session.language
    click.secho(found.titles[language], bold=True)
    click.echo(found.descriptions[language])
    for parameter in found.parameters:
        click.echo(f"  --param {parameter.name}=…  {parameter.labels[language]} ({found.default(parameter.name)})")
    for column, labels in found.columns.items():
        click.echo(f"  {column}: {labels[language]}")
