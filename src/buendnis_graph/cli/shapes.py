"""``buendnis shapes``."""

from __future__ import annotations

import json

import click

from buendnis_graph.cli.common import Session

_LAYERS = ("evidence", "registry", "graph", "publication", "privacy")  # told here, so that --help is quick


@click.command("shapes", epilog="\b\nExample: buendnis shapes --layer evidence\nExample: buendnis --lang de shapes")
@click.option("--layer", type=click.Choice(_LAYERS), help="Only the constraints of this layer.")
@click.option("--markdown", is_flag=True, help="Print docs/shapes.md.")
@click.option("--json", "as_json", is_flag=True, help="Print the constraints as JSON.")
@click.pass_obj
def command(session: Session, layer: str | None, markdown: bool, as_json: bool) -> None:
    """List what the data is checked for.

    For each constraint: how serious it is, which nodes it looks at, what it demands, and what to do if it is broken.
    A Violation blocks the build, a Warning is listed, Info is shown on request.
    """
    from buendnis_graph.validate import table

    found = table.rows(session.project, [layer] if layer else _LAYERS)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in found], ensure_ascii=False, indent=1))
    elif markdown:
        click.echo(table.as_markdown(found), nl=False)
    else:
        click.echo(table.as_text(found, session.language))
