"""``buendnis lint``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session

if TYPE_CHECKING:
    from buendnis_graph.validate.lint import Inputs

_FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command(
    "lint",
    epilog="\b\nExample: buendnis lint\nExample: buendnis lint shapes.ttl --ontology terms.ttl",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--ontology",
    "ontologies",
    multiple=True,
    type=click.Path(path_type=Path),
    help="What declares the classes and properties of FILES; may be given several times.",
)
@click.option("--shapes-format", type=click.Choice(_FORMATS), help="Format of FILES (default: by the suffix).")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--info", is_flag=True, help="Show notes as well.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings as well.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules and what they mean, and stop.")
@click.pass_obj
def command(
    session: Session,
    files: tuple[Path, ...],
    ontologies: tuple[Path, ...],
    shapes_format: str | None,
    as_json: bool,
    info: bool,
    strict: bool,
    list_rules: bool,
) -> None:
    """Find faults in shapes and ontology that no validation reports.

    Without FILES: the project's shapes, terms, code lists, rules and queries. FILES are anybody's SHACL shapes, in
    any RDF format; - is standard input. Exit code 1 if there is an error.
    """
    from buendnis_graph.validate.lint import render, run_lint

    folder = _rules_folder(session)
    if list_rules:
        _print_rules(folder, session.language)
        return
    report = run_lint(_inputs(session, files, ontologies, shapes_format), folder, session.language)
    if as_json:
        shown = {"findings": [f.as_json() for f in report.findings], "skipped": report.skipped}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        click.echo(render(report, session.language, info=info, style=_style))
    if report.has_errors or (strict and any(f.severity == "warning" for f in report.findings)):
        raise click.exceptions.Exit(1)


def _inputs(session: Session, files: tuple[Path, ...], ontologies: tuple[Path, ...], form: str | None) -> Inputs:
    from buendnis_graph.errors import UsageError
    from buendnis_graph.validate.lint import file_inputs, project_inputs

    if files:
        return file_inputs(files, ontologies, form)
    if ontologies:
        raise UsageError(
            "--ontology goes with FILES; a project has its own.", hint="buendnis lint FILE --ontology FILE"
        )
    return project_inputs(session.project)


def _rules_folder(session: Session) -> Path:
    """Return the rules of the project one is in, else those that come with the program."""
    from buendnis_graph.errors import UsageError
    from buendnis_graph.validate.lint import default_folder

    try:
        folder = session.project.ontology / "lint"
    except UsageError:
        if session.root is not None:
            raise
        return default_folder()
    return folder if folder.is_dir() else default_folder()


def _style(text: str, severity: str) -> str:
    is_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return click.style(text, fg=_COLOURS[severity]) if is_coloured else text


def _print_rules(folder: Path, language: str) -> None:
    from buendnis_graph.validate.lint import read_lint_rules

    for rule in read_lint_rules(folder):
        needs = f" ({', '.join(sorted(rule.needs))})" if rule.needs else ""
        click.echo(f"{rule.name}  {_style(rule.severity, rule.severity)}{needs}: {rule.titles[language]}")
        click.echo(f"    {rule.descriptions[language]}")
