"""What the verbs share."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.wording import LANGUAGES

if TYPE_CHECKING:
    from buendnis_graph.errors import BuendnisError
    from buendnis_graph.graph import Graph
    from buendnis_graph.settings import Project

_STALE = {
    "de": "Die Dateien haben sich seit dem letzten Bau geändert; neu bauen: buendnis build",
    "en": "The files have changed since the last build; build anew: buendnis build",
}


def default_language() -> str:
    """Return ``de`` for a German locale, else ``en``."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "de" if locale.startswith("de") else "en"


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language that a call asks for, also of a call that can't be read otherwise.

    Args:
        arguments: of the command line.
    """
    given, left = default_language(), iter(arguments)
    for argument in left:
        if not argument.startswith("-"):  # the verb
            break
        name, _, value = argument.partition("=")
        if name in {"--lang", "--root"}:
            value = value or next(left, "")
        if name == "--lang" and value in LANGUAGES:
            given = value
    return given


@dataclass(frozen=True, slots=True)
class Session:
    """Options common to all verbs."""

    root: Path | None
    language: str

    @property
    def project(self) -> Project:
        """The project to work on.

        Raises:
            UsageError: if there is none.
        """
        from buendnis_graph.settings import find_project

        return find_project(self.root)


def said(session: Session, text: tuple[str, str], **values: object) -> str:
    """Return a text in the session's language.

    Args:
        session: whose language.
        text: German and English, with gaps by name.
        values: what fills the gaps.
    """
    return text[session.language == "en"].format(**values)


def tell(text: str) -> None:
    """Tell something beside the answer."""
    click.secho(text, err=True, fg="yellow" if sys.stderr.isatty() else None)


def show_error(error: BuendnisError, language: str) -> None:
    """Show what went wrong."""
    click.secho(error.in_words(language), err=True, fg="red" if sys.stderr.isatty() else None)


def warn_if_stale(graph: Graph, language: str) -> None:
    """Say so if files have changed since a graph was built."""
    if graph.is_stale():
        click.secho(_STALE[language], err=True, dim=True)


class Progress:
    """Says on a terminal what is being done, on one line that is overwritten; says nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, text: str) -> None:
        """Show what is being done now."""
        if self._shown:
            click.echo(f"\r\033[2K{text} …", nl=False, err=True)

    def done(self) -> None:
        """Wipe the line."""
        if self._shown:
            click.echo("\r\033[2K", nl=False, err=True)
