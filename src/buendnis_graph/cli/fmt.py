"""``buendnis fmt``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from buendnis_graph.cli.common import Session


@click.command("fmt", epilog="Example: buendnis fmt --check data/registry")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; name the files that are not canonical and exit with 1.")
@click.pass_obj
def command(session: Session, paths: tuple[Path, ...], check: bool) -> None:
    """Put Turtle and TriG files into canonical form.

    One triple a line, everything sorted, comments kept. PATHS are files or folders; without any, all of the
    graph's files.
    """
    from buendnis_graph.evidence import format_file
    from buendnis_graph.evidence.corpus import data_files

    files = [file for path in paths for file in _files(path)] if paths else list(data_files(session.project))
    changed = 0
    for file in files:
        before, after = format_file(file)
        if before == after:
            continue
        changed += 1
        click.echo(f"{file}: {'is not canonical' if check else 'formatted'}")
        if not check:
            _replace(file, after)
    click.echo(f"{len(files)} files, {changed} {'not canonical' if check else 'formatted'}.")
    if check and changed:
        click.echo("Put them right: buendnis fmt", err=True)
        raise click.exceptions.Exit(1)


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in {".ttl", ".trig"})


def _replace(file: Path, text: str) -> None:
    descriptor, aside = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
    Path(aside).chmod(file.stat().st_mode & 0o7777)
    Path(aside).replace(file)
