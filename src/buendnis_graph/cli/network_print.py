"""How ``buendnis network`` shows its answers."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.tables import print_rows
from buendnis_graph.errors import UsageError
from buendnis_graph.formulas import harmless
from buendnis_graph.network.summary import warning_texts
from buendnis_graph.network.texts import say
from buendnis_graph.terminal import printable

if TYPE_CHECKING:
    import polars as pl

    from buendnis_graph.network import Network

_KEYS = {"body", "alliance", "a", "b"}


def check_form(form: str) -> None:
    """Refuse to write Parquet on a terminal, before any work is done.

    Raises:
        UsageError: if it would.
    """
    if form == "parquet" and sys.stdout.isatty():
        raise UsageError("Parquet is not for a terminal.", hint="buendnis network … --format parquet > file.parquet")


def summary_beside(net: Network) -> None:
    """Print the summary beside the answer, for what is not read by people."""
    click.echo(printable_lines(net.describe()), err=True)


def written(net: Network, paths: list[Path], language: str) -> None:
    """Say which files were written, and what the network rests on."""
    click.echo(say("cli", "written", language, paths=", ".join(map(str, paths))), err=True)
    summary_beside(net)


def printable_lines(text: str) -> str:
    """Return lines without characters that would steer the terminal."""
    return "\n".join(printable(line) for line in text.splitlines())


def answer(
    net: Network, what: str, table: pl.DataFrame, notes: list[str], form: str, limit: int, language: str
) -> None:
    """Print an answer with what it rests on.

    Args:
        net: the network.
        what: ``measures``, ``pairs``, ``chance`` or ``bounds``.
        table: the answer.
        notes: what must be said with it.
        form: ``table``, ``csv``, ``json`` or ``parquet``.
        limit: most rows of a table for people; 0: all.
        language: ``de`` or ``en``.
    """
    if form == "json":
        document = {"summary": net.summary(), "warnings": warning_texts(net.selection, language), "notes": notes}
        click.echo(json.dumps(document | {"answer": what, "rows": table.to_dicts()}, ensure_ascii=False, indent=1))
        return
    if form != "table":
        summary_beside(net)
        for note in notes:
            click.echo(note, err=True)
        _raw(table, form)
        return
    click.echo(printable_lines(net.describe()))
    click.echo()
    click.secho(say("cli", what, language), bold=True)
    for note in notes:
        click.echo(note)
    shown = table.head(limit) if limit else table
    columns = [column for column in table.columns if column not in _KEYS]
    print_rows(
        [say("column", column, language) for column in columns],
        [[_cell(value, language) for value in row] for row in shown.select(columns).iter_rows()],
    )
    if len(shown) < len(table):
        click.echo(say("cli", "more", language, shown=len(shown), all=len(table)))


def _cell(value: object, language: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return say("cli", "yes" if value else "no", language)
    if isinstance(value, float):
        text = "<0.001" if 0 < value < 0.0005 else f"{value:.3f}"
        return text.replace(".", ",") if language == "de" else text
    return str(value)


def _raw(table: pl.DataFrame, form: str) -> None:
    if form == "csv":
        import polars as pl

        safe = pl.col(pl.String).map_elements(harmless, return_dtype=pl.String)
        click.echo(table.with_columns(safe).write_csv(line_terminator="\r\n"), nl=False)
    else:
        out = io.BytesIO()
        table.write_parquet(out, compression="zstd", statistics=False)
        click.echo(out.getvalue(), nl=False)
