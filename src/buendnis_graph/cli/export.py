"""``buendnis export``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from buendnis_graph.cli.common import Progress, Session, warn_if_stale

# told here, so that --help is quick; a test compares them with what can be written
_FORMATS = ("trig", "nquads", "turtle", "ntriples", "jsonld", "csv", "parquet", "network")
_DONE = {
    "de": "{files} Dateien in {output}, {size:.1f} MB; davon {dumps} Abzüge der Daten.",
    "en": "{files} files in {output}, {size:.1f} MB; {dumps} of them dumps of the data.",
}
_OPEN = {"de": "Vor einer Veröffentlichung offen:", "en": "Open before a release:"}


@click.command(
    "export",
    epilog="\b\nExample: buendnis export --output dist\nExample: buendnis export --format csv --format turtle --json",
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
@click.pass_obj
def command(
    session: Session, output: Path, formats: tuple[str, ...], site_url: str | None, previous: str | None, as_json: bool
) -> None:
    """Write the built graph as files: RDF, tables, networks, catalogue metadata, method report.

    The same build gives the same bytes. The old files stay until all new ones are written. What is not under CC0 is
    left out of the files whose names end in -cc0.
    """
    from buendnis_graph.graph import Graph
    from buendnis_graph.publish.catalogue import Release, open_points
    from buendnis_graph.publish.export import export, site_address

    graph = Graph(session.project)
    warn_if_stale(graph, session.language)
    release = Release.of(session.project, previous, site_address(site_url))
    progress = Progress()
    try:
        done = export(graph, output, formats or _FORMATS, release, progress)
    finally:
        progress.done()
    if as_json:
        told = {**asdict(done.manifest), "files": done.files, "open": [p.key for p in open_points(session.project)]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    size = sum((output / name).stat().st_size for name in done.files) / 1e6
    dumps = len(done.manifest.dumps)
    click.echo(_DONE[session.language].format(files=len(done.files), output=output, size=size, dumps=dumps))
    click.echo(_OPEN[session.language])
    for point in open_points(session.project):
        click.echo(f"  {point.texts[session.language]}")
