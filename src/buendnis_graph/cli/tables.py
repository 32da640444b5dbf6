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
    click.echo(rows_text(columns, rows))


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under a head as :func:`print_rows` prints them."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    written = io.StringIO()
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else 100_000
    Console(file=written, width=width, force_terminal=is_terminal, no_color="NO_COLOR" in os.environ).print(shown)
    lines = [line.rstrip() for line in written.getvalue().splitlines()]
    return "\n".join(line for line in lines if line)


def page(text: str, *, pager: bool = True) -> None:
    """Print a text; through the pager (``$PAGER``) if a terminal is shorter than it."""
    is_long = sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines - 1
    if pager and is_long:
        click.echo_via_pager(text)
    else:
        click.echo(text)
