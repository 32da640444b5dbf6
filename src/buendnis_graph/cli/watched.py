"""What verbs with ``--watch`` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from buendnis_graph.cli.common import show_error, tell
from buendnis_graph.errors import BuendnisError

_WATCHING = {"de": "Warte auf Änderungen (Strg-C beendet) …", "en": "Waiting for changes (Ctrl-C ends) …"}
_CHANGED = {"de": "Geändert: {names}", "en": "Changed: {names}"}
_MORE = {"de": "{names} und {n} weitere", "en": "{names} and {n} more"}
_NAMED = 3
"""So many changed files are named."""


def watch(
    roots: Iterable[Path],
    again: Callable[[frozenset[Path]], None],
    language: str,
    fail: Callable[[BuendnisError], None] | None = None,
) -> None:
    """Do something now and whenever a file is saved, until Ctrl-C; say on standard error what is waited for.

    Args:
        roots: the files and folders to look at.
        again: told which files changed, none at first.
        language: of messages.
        fail: shows why it could not be done; by default the error is.
    """
    from buendnis_graph.watching import watch as watch_files

    here, told = Path.cwd(), frozenset[Path]()

    def run(changed: frozenset[Path]) -> None:
        nonlocal told
        if changed and changed is not told:  # what failed is tried once more
            told = changed
            tell(_CHANGED[language].format(names=_names(changed, here, language)))
        again(changed)
        tell(_WATCHING[language])

    def failed(error: BuendnisError) -> None:
        if fail is None:
            show_error(error, language)
        else:
            fail(error)
        tell(_WATCHING[language])

    watch_files(roots, run, failed)


def _names(changed: frozenset[Path], here: Path, language: str) -> str:
    names = [str(path.relative_to(here) if path.is_relative_to(here) else path) for path in sorted(changed)]
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else _MORE[language].format(names=shown, n=len(names) - _NAMED)
