"""Tables on a terminal and in a pipe."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from buendnis_graph.terminal import printable


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a head; whole for programs that read a pipe, on a terminal as wide as it is."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    page = io.StringIO()
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else 100_000
    Console(file=page, width=width, force_terminal=is_terminal, no_color="NO_COLOR" in os.environ).print(shown)
    lines = [line.rstrip() for line in page.getvalue().splitlines()]
    click.echo("\n".join(line for line in lines if line))
