"""``buendnis diff``."""

from __future__ import annotations

import json

import click

from buendnis_graph.cli.common import Progress, Session


@click.command(
    "diff",
    epilog="\b\nExample: buendnis diff HEAD .\nExample: buendnis --lang de diff v0.1.0 HEAD > aenderungen.md",
)
@click.argument("a")
@click.argument("b", default=".")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="Form of the answer.",
)
@click.pass_obj
def command(session: Session, a: str, b: str, form: str) -> None:
    """Say what has changed between two revisions or builds.

    A and B are revisions that git knows (HEAD~3, a tag), the working tree (. or WORKTREE; the default for B), or
    builds (a folder or hash below build/). Names of things instead of IRIs; what was withheld in between is neither
    shown nor counted.
    """
    from buendnis_graph.care.diff import compare
    from buendnis_graph.care.diff_text import as_json, as_markdown
    from buendnis_graph.care.sides import read_side

    project, progress = session.project, Progress()
    try:
        progress(f"reading {a}")
        one = read_side(project, a)
        progress(f"reading {b}")
        difference = compare(project, one, read_side(project, b), progress)
    finally:
        progress.done()
    if form == "json":
        click.echo(json.dumps(as_json(difference, a, b), ensure_ascii=False, indent=1, sort_keys=True))
    else:
        click.echo(as_markdown(difference, a, b, session.language), nl=False)
