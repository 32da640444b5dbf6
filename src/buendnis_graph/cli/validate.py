"""``buendnis validate``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.asked import Given
from buendnis_graph.cli.common import Progress, Session, show_error, tell
from buendnis_graph.cli.written import put
from buendnis_graph.errors import BuendnisError, FaultsError, UsageError

if TYPE_CHECKING:
    from buendnis_graph.check import Checked, Watch
    from buendnis_graph.validate import Engine, Fast, Finding, Shapes
    from buendnis_graph.validate.notes import Note

    _Found = tuple[list[Finding], Shapes | None, Sequence[Note]]

_FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_REPORTS = ("text", "json", "sarif", "turtle")
_NO_DATA = {"de": "Die Daten sagen nichts.", "en": "The data says nothing."}
_FILE = click.Path(path_type=Path, allow_dash=True)


@click.command(
    "validate",
    epilog="\b\nExample: buendnis --lang de validate\n"
    "Example: buendnis validate --data people.ttl --shapes shapes.ttl\n"
    "Example: buendnis validate --changed=main\n"
    "Example: buendnis validate --format sarif --output findings.sarif",
)
@click.option("--data", multiple=True, type=_FILE, help="Check this file (- for standard input), not the project.")
@click.option("--shapes", multiple=True, type=_FILE, help="Shapes to check --data with (default: those in the data).")
@click.option("--data-format", type=click.Choice(_FORMATS), help="Format of --data (default: by the file's suffix).")
@click.option("--shapes-format", type=click.Choice(_FORMATS), help="Format of --shapes (default: by the suffix).")
@click.option("--max-size", type=click.IntRange(1), metavar="MEBIBYTES", help="Largest file to read (default: 2048).")
@click.option("--engine", type=click.Choice(["fast", "pyshacl"]), default="fast", show_default=True, help="Who checks.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["text", "json", "sarif", "turtle"]),
    default="text",
    help="Of the report.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write the report into this file.")
@click.option(
    "--severity",
    type=click.Choice(["violation", "warning", "info"]),
    default="warning",
    show_default=True,
    help="The least grave findings that the text shows; other formats hold all.",
)
@click.option("--limit", type=click.IntRange(0), default=100, show_default=True, help="Findings in the text; 0: all.")
@click.option("--lang", type=click.Choice(["de", "en"]), help="Language of messages (default: that of buendnis).")
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REVISION]",
    help="Only what the difference to a revision (default: HEAD) can affect.",
)
@click.option("--watch", "is_watching", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@click.pass_obj
def command(
    session: Session,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    data_format: str | None,
    shapes_format: str | None,
    max_size: int | None,
    engine: str,
    form: str,
    as_json: bool,
    output: Path | None,
    severity: str,
    limit: int,
    lang: str | None,
    changed: str | None,
    is_watching: bool,
) -> None:
    """Check the project's files, or any RDF data, against shapes.

    Each finding says where it is (file and line), what is wrong and what to do. Exit code 1 if there is a violation, 2
    if the shapes can't be used.
    """
    given = Given(
        session=session,
        language=lang or session.language,
        data=data,
        shapes=shapes,
        data_format=data_format,
        shapes_format=shapes_format,
        max_size=max_size,
        engine=engine,
        form="json" if as_json else form,
        output=output,
        severity=severity.capitalize(),
        limit=limit,
        changed=changed,
    )
    if not data and (shapes or data_format or shapes_format or max_size):
        raise UsageError("shapes, formats and sizes are for --data.", hint="Name the data: --data FILE.")
    if list(data + shapes).count(Path("-")) > 1:
        raise UsageError("standard input can be read only once.", hint="Put one of the two into a file.")
    if changed is not None and (data or is_watching or engine == "pyshacl"):
        raise UsageError(
            "--changed is for the project's files and the fast engine, once.", hint="Leave one of them out."
        )
    check = _check_any_data if data else _check_project
    if is_watching:
        _watch(given, check)
    elif any(finding.is_violation for finding in _check_and_show(given, check)):
        raise click.exceptions.Exit(1)


def _check_and_show(given: Given, check: Callable[[Given], _Found]) -> list[Finding]:
    found, shapes, notes = check(given)
    put(_report(given, found, shapes, notes), given.output)
    if given.form != "text" or given.output:  # those who look at the terminal see it, too
        for note in notes:
            tell(note.text(given.language))
    return found


def _report(given: Given, found: list[Finding], shapes: Shapes | None, notes: Sequence[Note]) -> str:
    from buendnis_graph.validate.report import as_json, as_sarif, as_turtle, render

    if given.form == "json":
        return as_json(found, given.engine, notes)
    if given.form == "sarif":
        return as_sarif(found, given.engine, shapes, notes=notes, language=given.language)
    if given.form == "turtle":
        return as_turtle(found, notes)
    colour = given.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    shown = render(found, given.language, least=given.severity, limit=given.limit, colour=colour, notes=notes)
    return shown + "\n"


def _engine(given: Given) -> Engine:
    from buendnis_graph.validate import PyShacl

    return PyShacl() if given.engine == "pyshacl" else _fast()


def _fast() -> Fast:
    from buendnis_graph.validate import Fast

    return Fast(tell)


def _check_project(given: Given) -> _Found:
    from buendnis_graph.check import check_changed, check_project

    progress = Progress()
    try:
        if given.changed is None:
            checked = check_project(given.session.project, _engine(given), progress)
        else:
            checked, _ = check_changed(given.session.project, given.changed, _fast(), progress)
    finally:
        progress.done()
    return _findings(given, checked), _project_shapes(given), checked.notes


def _findings(given: Given, checked: Checked) -> list[Finding]:
    from buendnis_graph.validate import findings

    return findings(checked.results, checked.corpus, given.language, view=checked.derived)


def _project_shapes(given: Given) -> Shapes | None:
    """Return the shapes of all layers if the report describes rules."""
    from buendnis_graph.validate import LAYERS, layer_shapes

    if given.form != "sarif":
        return None
    return layer_shapes(given.session.project, *LAYERS)


def _check_any_data(given: Given) -> _Found:
    from buendnis_graph.settings import MAX_DATA_BYTES
    from buendnis_graph.validate import findings
    from buendnis_graph.validate.anycheck import check_any
    from buendnis_graph.validate.guard import Limits
    from buendnis_graph.validate.notes import Note

    progress = Progress()
    try:
        checked = check_any(
            given.data,
            given.shapes,
            _engine(given),
            data_format=given.data_format,
            shapes_format=given.shapes_format,
            limits=Limits(size=given.max_size * 1024 * 1024 if given.max_size else MAX_DATA_BYTES),
            step=progress,
        )
    finally:
        progress.done()
    notes = []
    if not checked.has_targets:
        notes = [Note("no-target", tuple(map(str, given.shapes or given.data)))]
    elif not checked.data.triples:
        tell(_NO_DATA[given.language])
    alike = given.form == "turtle"
    return findings(checked.results, checked.data, given.language, checked.shapes, alike=alike), checked.shapes, notes


def _watch(given: Given, check: Callable[[Given], _Found]) -> None:
    from buendnis_graph.cli.watched import watch

    if Path("-") in given.data + given.shapes:
        raise UsageError("standard input can't be watched.", hint="Name files.")
    if given.data or given.engine == "pyshacl":

        def anew(_changed: frozenset[Path]) -> None:
            _check_and_show(given, check)

        watch([*given.data, *given.shapes] or _folders(given), anew, given.language)
        return
    again = _Again(given)

    def fail(error: BuendnisError) -> None:
        if isinstance(error, FaultsError):
            again.show_faults(error)
        else:
            show_error(error, given.language)

    watch(_folders(given), again, given.language, fail)


def _folders(given: Given) -> list[Path]:
    return [given.session.project.data, given.session.project.ontology]


class _Again:
    """Checks the project again after each change: the files, and if they have no violation, what follows from them."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._watch: Watch | None = None
        self._waiting: set[Path] = set()

    def __call__(self, changed: frozenset[Path]) -> None:
        from buendnis_graph.check import Watch

        given, progress = self._given, Progress()
        self._waiting |= changed  # a file that could not be read is tried again with the next
        try:
            if self._watch is None:
                self._watch = Watch(given.session.project, _fast(), progress)
                files = self._watch.findings()
            else:
                files = self._watch.update(self._waiting)
            self._waiting.clear()
            blocked = any(result.severity == "Violation" for result in files.results)
            found = files if blocked else self._watch.whole()  # what is wrong in a file is said at once
        finally:
            progress.done()
        self._show(found)

    def show_faults(self, error: FaultsError) -> None:
        """Show what the reader refuses; what was found before stays as it is."""
        from buendnis_graph.check import unread

        self._show(unread(error.reading))

    def _show(self, checked: Checked) -> None:
        given = self._given
        put(_report(given, _findings(given, checked), _project_shapes(given), checked.notes), given.output)
