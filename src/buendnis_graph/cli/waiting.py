"""Wait for an answer: say so when it takes long, and let Ctrl-C end it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

import click

from buendnis_graph.cli.common import Progress

T = TypeVar("T")
_PATIENCE = 1.0
"""Seconds after which something is said."""


def wait_for(work: Callable[[], T], note: str) -> T:
    """Return what work returns, or raise what it raises.

    It runs in a thread of its own, because the engine does not look up from a query to see Ctrl-C; then the process
    ends at once with exit code 130. There is nothing to tidy up: a query changes nothing.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    progress = Progress()
    try:
        thread.start()
        thread.join(_PATIENCE)
        if thread.is_alive():
            progress(note)
            while thread.is_alive():
                thread.join(0.2)
            progress.done()
    except KeyboardInterrupt:
        progress.done()
        click.echo("stopped.", err=True)
        sys.stdout.flush()
        os._exit(130)
    if failed:
        raise failed[0]
    return done[0]
