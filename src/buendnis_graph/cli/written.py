"""Where a verb's output goes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from buendnis_graph.errors import UsageError


def put(text: str | bytes, output: Path | None) -> None:
    """Print a text, or write it (or bytes) into a file: aside first, then renamed, so that it is never seen half.

    Raises:
        UsageError: if the file can't be written.
    """
    if output is None:
        click.echo(text, nl=False)
        return
    data = text if isinstance(text, bytes) else text.encode()
    aside: Path | None = None
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(data)  # a pipe or device: nothing to rename
            return
        descriptor, name = tempfile.mkstemp(prefix=f".{output.name}-", dir=output.parent)
        aside = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        aside.chmod(output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask())
        aside.replace(output)
    except OSError as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        raise UsageError(f"can't be written: {error.strerror}.", path=output) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
