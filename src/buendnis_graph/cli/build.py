"""``buendnis build``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Progress, Session

if TYPE_CHECKING:
    from buendnis_graph.inputs import Inputs

_NOTHING = {
    "de": "Nichts hat sich geändert; der Graph ist aktuell.",
    "en": "Nothing has changed; the graph is up to date.",
}
_BUILT = {"de": "Gebaut: {folder}", "en": "Built: {folder}"}


@click.command("build", epilog="\b\nExample: buendnis build\nExample: buendnis build --watch")
@click.option("--force", is_flag=True, help="Build all anew, even if nothing has changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--watch", "is_watching", is_flag=True, help="Build again whenever a file is saved, until Ctrl-C.")
@click.pass_obj
def command(session: Session, force: bool, as_json: bool, is_watching: bool) -> None:
    """Build the graph from the files and say what is in it.

    Reads data/ and ontology/, validates, derives, and stores into build/. If anything is wrong, nothing is changed.
    Where only some files of data/ have changed, what they can affect is renewed; the result is the same.
    """
    from buendnis_graph.inputs import Inputs

    project = session.project
    files = Inputs(project)
    say_if_unchecked(session)
    if not is_watching:
        folder, is_new = built(session, files, force=force)
        _show(session, folder, is_new, as_json)
        return
    from buendnis_graph.cli.watched import watch
    from buendnis_graph.collecting import give_back

    def again(changed: frozenset[Path]) -> None:
        files.touch(changed)
        folder, is_new = built(session, files, force=force and not changed)
        if changed and not as_json:
            _say(session, folder, is_new)
        else:
            _show(session, folder, is_new, as_json)
        if not changed:
            give_back()  # the first time all may have been built

    watch((project.data, project.ontology), again, session.language)


def say_if_unchecked(session: Session) -> None:
    """Say so if what is withheld can't be told here."""
    from buendnis_graph.care.refuse import note_if_unchecked

    if note := note_if_unchecked(session.project, session.language):
        click.echo(note, err=True)


def built(session: Session, files: Inputs, *, force: bool = False) -> tuple[Path, bool]:
    """Build if anything has changed, saying what validation found that does not block.

    Args:
        session: whose project.
        files: what is known of its files.
        force: build even if nothing has changed.

    Returns:
        The build's folder, and whether it was built anew.
    """
    from buendnis_graph.build import build

    progress = Progress()
    warnings: list[str] = []
    try:
        found = build(
            session.project,
            language=session.language,
            force=force,
            files=files,
            step=progress,
            warn=warnings.append,
        )
    finally:
        progress.done()
    for text in warnings:
        click.echo(text, err=True)
    return found


def _say(session: Session, folder: Path, is_new: bool) -> None:
    message = _BUILT if is_new else _NOTHING
    click.echo(message[session.language].format(folder=session.project.relative(folder)))


def _show(session: Session, folder: Path, is_new: bool, as_json: bool) -> None:
    from buendnis_graph import example
    from buendnis_graph.report import in_words
    from buendnis_graph.store.builds import read_report

    report = read_report(folder)
    if as_json:
        told = report | {"build": folder.name, "new": is_new}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True))
        return
    _say(session, folder, is_new)
    click.echo(f"\n{in_words(report, session.language)}")
    if answer := example.in_words(report["example"], session.language):
        click.echo(f"\n{answer}")
