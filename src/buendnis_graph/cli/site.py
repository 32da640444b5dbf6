"""``buendnis site``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buendnis_graph.cli.common import Progress, Session

if TYPE_CHECKING:
    from buendnis_graph.inputs import Inputs

_DONE = {
    "de": "{output}: {new} neu, {changed} geändert, {same} unverändert, {removed} entfernt.",
    "en": "{output}: {new} new, {changed} changed, {same} unchanged, {removed} removed.",
}
_NOTE = {"de": "Hinweis", "en": "note"}


@click.command(
    "site",
    epilog="\b\nExample: buendnis site --output public --site-url https://example.org/graph/\n"
    "Example: buendnis site --watch",
)
@click.option(
    "--output", type=click.Path(path_type=Path), default="public", show_default=True, help="The folder of the site."
)
@click.option(
    "--site-url",
    default="",
    help="The site's own address, for canonical links and the sitemap (default: that of the export in the folder).",
)
@click.option("--force", is_flag=True, help="Make all pages, also those whose input has not changed.")
@click.option("--register", is_flag=True, help="Add pages of all entries of the register of associations, by court.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.option(
    "--watch", "is_watching", is_flag=True, help="Build and write the site whenever a file is saved, until Ctrl-C."
)
@click.pass_obj
def command(session: Session, /, output: Path, as_json: bool, is_watching: bool, force: bool, **options: Any) -> None:
    """Write the site: static pages in German and English, with Turtle and JSON-LD beside each page of a thing.

    Works below any path and straight from the disk. Only files that change are written, and only pages
    whose input has changed since the last run are made. Refused is a folder that holds
    anything but a site or an export of this project, or an export of another build; a build that is older than the
    files; and, after a withholding, a site before the next release.
    """
    from buendnis_graph.extras import need
    from buendnis_graph.inputs import Inputs

    need("jinja2")  # told in a sentence; the modules of the pages import it at once
    project = session.project
    files = Inputs(project)
    if not is_watching:
        _write(session, files, output, as_json, force=force, **options)
        return
    from buendnis_graph.cli.build import built, say_if_unchecked
    from buendnis_graph.cli.watched import watch
    from buendnis_graph.collecting import give_back

    def again(changed: frozenset[Path]) -> None:
        files.touch(changed)
        built(session, files)
        _write(session, files, output, as_json, force=force and not changed, **options)
        if not changed:
            give_back()  # the first time all may have been made

    say_if_unchecked(session)
    roots = (project.data, project.ontology, project.queries)
    watch([root for root in roots if root.is_dir()], again, session.language)  # else all around it would be watched


def _write(session: Session, files: Inputs, output: Path, as_json: bool, **options: Any) -> None:
    from dataclasses import asdict

    from buendnis_graph.graph import Graph
    from buendnis_graph.messages import in_language
    from buendnis_graph.publish.site.whole import publish_site

    progress = Progress()
    try:
        done = publish_site(Graph(session.project), output, files=files, step=progress, **options)
    finally:
        progress.done()
    for remark in done.lacks:
        click.echo(f"{_NOTE[session.language]}: {in_language(remark, session.language)}", err=True)
    if as_json:
        click.echo(json.dumps({"output": str(output)} | asdict(done.written), ensure_ascii=False, sort_keys=True))
    else:
        click.echo(_DONE[session.language].format(output=output, **asdict(done.written)))
