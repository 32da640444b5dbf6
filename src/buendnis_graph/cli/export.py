"""``buendnis export``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from buendnis_graph.cli import export_links
from buendnis_graph.cli.common import Progress, Session

# told here, so that --help is quick; a test compares them with what can be written
_FORMATS = ("trig", "nquads", "turtle", "ntriples", "jsonld", "csv", "parquet", "network")
_DONE = {
    "de": "{dumps} Dateien mit Daten und {more}, die sie beschreiben, liegen in {output}.",
    "en": "{dumps} files of data and {more} that describe them are in {output}.",
}
_OPEN = {"de": "Vor einer Veröffentlichung offen:", "en": "Open before a release:"}


@click.group(
    "export",
    invoke_without_command=True,
    epilog="\b\nExample: buendnis export --output dist\nExample: buendnis export --format csv --format turtle --json\n"
    "Example: buendnis export sssom --output links",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    show_default=True,
    metavar="FOLDER",
    help="Where to; made if it is not there.",
)
@click.option(
    "--format", "-f", "formats", type=click.Choice(_FORMATS), multiple=True, help="Only this one (default: all)."
)
@click.option("--site-url", metavar="URL", help="Address that the files will have (default: that of the IRIs).")
@click.option("--previous", metavar="VERSION", help="The version before this one, for the chain of versions.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest.")
@click.pass_context
def command(
    context: click.Context,
    output: Path,
    formats: tuple[str, ...],
    site_url: str | None,
    previous: str | None,
    as_json: bool,
) -> None:
    """Write the built graph as files: RDF, tables, networks, catalogue metadata, method report.

    The same build gives the same bytes; it is refused if files have changed since it was built. The old files stay
    until all new ones are written. What is not under CC0 is left out of the files whose names end in -cc0.
    """
    if context.invoked_subcommand is not None:
        return
    session = context.obj
    assert isinstance(session, Session)  # noqa: S101 - as the group of all verbs made it
    from buendnis_graph.graph import Graph
    from buendnis_graph.namespaces import BASE
    from buendnis_graph.publish.catalogue import Release, open_points
    from buendnis_graph.publish.export import export
    from buendnis_graph.publish.hosts import site_address

    graph = Graph(session.project)
    release = Release.of(session.project, previous, site_address(site_url) if site_url else BASE)
    progress = Progress()
    try:
        done = export(graph, output, formats or _FORMATS, release, progress)
    finally:
        progress.done()
    if as_json:
        told = {**asdict(done.manifest), "files": done.files, "open": [p.key for p in open_points(session.project)]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    dumps, language = len(done.manifest.dumps), session.language
    click.echo(_DONE[language].format(dumps=dumps, more=len(done.files) - dumps, output=output))
    points = open_points(session.project)
    for line in [_OPEN[language], *(f"  {point.texts[language]}" for point in points)] if points else []:
        click.echo(line)


command.add_command(export_links.sssom)
command.add_command(export_links.quickstatements)
