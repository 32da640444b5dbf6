"""``buendnis template``."""

from __future__ import annotations

import click


@click.command("template", epilog="Example: buendnis template statement > mitglieder.csv")
@click.argument("name", type=click.Choice(["statement"]))
def command(name: str) -> None:
    r"""Print a file to fill in, such as an alliance's own list of members.

    statement: the list that an alliance's coordinator keeps; filled in, it is checked by

    \b
      buendnis import --statement FILE --seen 2026-11-22 --check
    """
    from buendnis_graph.importing.statement import template

    assert name == "statement"  # noqa: S101 - the only one there is
    click.echo(template(), nl=False)
