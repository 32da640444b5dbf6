"""Where a verb's output goes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from buendnis_graph.whole import write_whole


def put(content: str | bytes | Iterable[bytes], output: Path | None) -> None:
    """Print a content, or write it into a file: aside first, then renamed, so that it is never seen half.

    Args:
        content: also piece by piece.
        output: the file; None for standard output.

    Raises:
        UsageError: if the file can't be written.
    """
    if output is not None:
        write_whole({output: content})
        return
    for piece in [content] if isinstance(content, str | bytes) else content:
        click.echo(piece, nl=False)
