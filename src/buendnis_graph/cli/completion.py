"""``buendnis completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion", epilog='Example: eval "$(buendnis completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for a shell."""
    from buendnis_graph.cli import cli

    completion = get_completion_class(shell)
    assert completion is not None  # noqa: S101 - click knows these three
    click.echo(completion(cli, {}, "buendnis", "_BUENDNIS_COMPLETE").source())
