"""Tables on a terminal and in a pipe."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

import click

from buendnis_graph.terminal import printable

_GAP = " " * 3
_READABLE = 12
"""Columns of a terminal that a column of a table needs, so that words are not cut to pieces."""


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a head; whole for programs that read a pipe, on a terminal as wide as it is."""
    click.echo(rows_text(columns, rows))


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under a head as :func:`print_rows` prints them."""
    from rich.cells import cell_len

    is_terminal = sys.stdout.isatty()
    head = [printable(column) for column in columns]
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(head, *cells, strict=True)]
    width = shutil.get_terminal_size().columns
    if is_terminal and sum(widths) + len(_GAP) * len(widths) > width:
        return _cards(head, cells, width) if width < _READABLE * len(head) else _folded(head, cells, width)
    aligned = [_GAP.join(c + " " * (w - cell_len(c)) for c, w in zip(r, widths, strict=True)) for r in (head, *cells)]
    line = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    first = click.style(aligned[0], bold=True) if is_terminal else aligned[0]
    return "\n".join(f" {one}".rstrip() for one in (first, line, *aligned[1:]) if one.strip())


def _cards(head: Sequence[str], cells: Iterable[Sequence[str]], width: int) -> str:
    """Return rows one below the other, a line for each cell that says something: in columns words would be cut."""
    wide = max(map(len, head)) + len(_GAP)
    made = []
    for row in cells:
        lines = []
        for name, cell in zip(head, row, strict=True):
            said = _wrapped(cell, max(_READABLE, width - wide - 2))
            shown = click.style(name, bold=True) + " " * (wide - len(name))
            lines += [f" {shown if place == 0 else ' ' * wide}{line}" for place, line in enumerate(said)]
        made.append("\n".join(lines))
    return "\n\n".join(made) or " " + _GAP.join(head)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)  # an address stays one


def _folded(head: Sequence[str], cells: Iterable[Sequence[str]], width: int) -> str:
    """Return rows that are wider than the terminal, long cells on several lines; rich takes 1 ms a row for it."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in head:
        shown.add_column(Text(column), overflow="fold")
    for row in cells:
        shown.add_row(*map(Text, row))
    written = io.StringIO()
    Console(file=written, width=width, force_terminal=True, no_color="NO_COLOR" in os.environ).print(shown)
    lines = [line.rstrip() for line in written.getvalue().splitlines()]
    return "\n".join(line for line in lines if line)


def page(text: str, *, pager: bool = True) -> None:
    """Print a text; through the pager (``$PAGER``) if a terminal is shorter than it."""
    is_long = sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines - 1
    if pager and is_long:
        click.echo_via_pager(text)
    else:
        click.echo(text)
