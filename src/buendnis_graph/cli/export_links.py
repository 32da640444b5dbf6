"""``buendnis export sssom`` and ``buendnis export quickstatements``: the links, and what they give back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session, said

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS = {
    "batches": (
        "Aussagen: {statements} (Stapel: {batches}). Widersprüche: {contradictions}. Einträge, die unter den gelesenen "
        "fehlen: {uncached}. Einrichtungen ohne Eintrag, zur Besprechung: {new}.",
        "Statements: {statements} (batches: {batches}). Contradictions: {contradictions}. Items that are not among "
        "those read: {uncached}. Bodies without an item, to be discussed: {new}.",
    ),
    "sent": (
        "Nichts wurde gesendet; lies die Stapel, bevor du sie in QuickStatements einfügst.",
        "Nothing was sent; read the batches before you paste them into QuickStatements.",
    ),
}


def _write(output: Path, files: Mapping[str, str]) -> None:
    from buendnis_graph.whole import write_whole

    output.mkdir(parents=True, exist_ok=True)
    write_whole({output / name: text for name, text in sorted(files.items())})
    for old in output.glob("batch-*.qs"):  # of an earlier run; nobody is to send it
        if old.name not in files:
            old.unlink()
    for name in sorted(files):
        click.echo(output / name)


@click.command("sssom", epilog="Example: buendnis export sssom --output links")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=Path("links"), show_default=True,
    metavar="FOLDER", help="Where to; made if it is not there.",
)  # fmt: skip
@click.pass_obj
def sssom(session: Session, output: Path) -> None:
    """Write the judgements on identity as tables for the tools of SSSOM (TSV).

    One table for each licence; what is not decided stands in tables of its own, named -unsure.
    """
    from buendnis_graph.graph import Graph
    from buendnis_graph.linking.tables import link_tables
    from buendnis_graph.publish.fresh import refuse_stale

    graph = Graph(session.project)
    refuse_stale(graph)
    _write(output, link_tables(graph.store))


@click.command(
    "quickstatements", epilog="Example: buendnis export quickstatements --items items.jsonl --output wikidata"
)
@click.option(
    "--items", "items_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
    metavar="FILE", help="Wikidata's items as they are there: JSON, or JSON lines.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=Path("wikidata"), show_default=True,
    metavar="FOLDER", help="Where to; made if it is not there.",
)  # fmt: skip
@click.pass_obj
def quickstatements(session: Session, items_file: Path, output: Path) -> None:
    """Write what Wikidata lacks as batches for QuickStatements (V1), 50 statements each; nothing is sent.

    Only for bodies with a reviewed link, only memberships that the alliance or the member itself published, a start
    only if a source states it, and nothing that the item says already. What the item contradicts stands in
    contradictions.csv, bodies without an item in new-items.csv: both are to be discussed, never a batch.
    """
    from buendnis_graph.graph import Graph
    from buendnis_graph.linking.giving import giving_files
    from buendnis_graph.linking.items import read_items
    from buendnis_graph.publish.fresh import refuse_stale

    graph = Graph(session.project)
    refuse_stale(graph)
    given = giving_files(graph.store, read_items(items_file))
    _write(output, given.files)
    click.echo(said(session, _TEXTS["batches"], **given.counts))
    click.echo(said(session, _TEXTS["sent"]))
