"""``buendnis build``."""

from __future__ import annotations

import json

import click

from buendnis_graph.cli.common import Progress, Session

_NOTHING = {
    "de": "Nichts hat sich geändert; der Graph ist aktuell.",
    "en": "Nothing has changed; the graph is up to date.",
}
_BUILT = {"de": "Gebaut: {folder}", "en": "Built: {folder}"}


@click.command("build", epilog="Example: buendnis build")
@click.option("--force", is_flag=True, help="Build all anew, even if nothing has changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def command(session: Session, force: bool, as_json: bool) -> None:
    """Build the graph from the files and say what is in it.

    Reads data/ and ontology/, validates, derives, and stores into build/. If anything is wrong, nothing is changed.
    Where only some files of data/ have changed, what they can affect is renewed; the result is the same.
    """
    from buendnis_graph import example
    from buendnis_graph.build import build
    from buendnis_graph.care.refuse import note_if_unchecked
    from buendnis_graph.report import in_words
    from buendnis_graph.store.builds import read_report

    project = session.project
    note = note_if_unchecked(project, session.language)
    if note:
        click.echo(note, err=True)
    progress = Progress()
    warnings: list[str] = []
    try:
        folder, is_new = build(project, language=session.language, force=force, step=progress, warn=warnings.append)
    finally:
        progress.done()
    for text in warnings:
        click.echo(text, err=True)
    report = read_report(folder)
    if as_json:
        click.echo(
            json.dumps(report | {"build": folder.name, "new": is_new}, ensure_ascii=False, indent=1, sort_keys=True)
        )
        return
    message = _BUILT if is_new else _NOTHING
    click.echo(message[session.language].format(folder=project.relative(folder)) + "\n")
    click.echo(in_words(report, session.language))
    answer = example.in_words(report["example"], session.language)
    if answer:
        click.echo(f"\n{answer}")
