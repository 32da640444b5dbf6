"""Where a verb's output goes."""

from __future__ import annotations

from pathlib import Path

import click

from buendnis_graph.whole import write_whole


def put(content: str | bytes, output: Path | None) -> None:
    """Print a content, or write it into a file: aside first, then renamed, so that it is never seen half.

    Raises:
        UsageError: if the file can't be written.
    """
    if output is None:
        click.echo(content, nl=False)
    else:
        write_whole({output: content})
