"""What ``buendnis validate`` was asked for, and what it says beside its report."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from buendnis_graph.cli.common import Session

_WORDS = {
    "de": {
        "no data": "Die Daten sagen nichts.",
    },
    "en": {
        "no data": "The data says nothing.",
    },
}


@dataclass(frozen=True, slots=True)
class Given:
    """What was asked for."""

    session: Session
    language: str
    data: tuple[Path, ...]
    shapes: tuple[Path, ...]
    data_format: str | None
    shapes_format: str | None
    max_size: int | None
    engine: str
    form: str
    output: Path | None
    severity: str
    limit: int
    changed: str | None

    def say(self, text: str) -> None:
        """Tell something beside the report."""
        click.secho(text, err=True, fg="yellow" if sys.stderr.isatty() else None)

    def words(self, key: str, **parts: object) -> str:
        """Return a sentence in the language."""
        return _WORDS[self.language][key].format(**parts)
