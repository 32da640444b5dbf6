"""Ask a person to decide on one thing, until there is an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.errors import BuendnisError

TEXTS = {
    "none": ("Nichts zu entscheiden.", "Nothing to decide."),
    "unknown": ("'{answer}' ist keine Antwort.", "'{answer}' is no answer."),
    "done": ("{n} entschieden, {left} offen.", "{n} decided, {left} open."),
}
"""What all verbs that ask say."""


def decide(session: Session, carry_out: Callable[[str], bool], unknown: Callable[[str], str]) -> int | None:
    """Return 1 if it was decided, 0 if it was put off (``?``), None to stop (``q``, or nothing more to read).

    Args:
        session: whose language errors are told in; after one, it is asked again.
        carry_out: does what an answer says; returns whether it is one.
        unknown: says that an answer is none.
    """
    while True:
        click.echo("> ", nl=False)
        line = sys.stdin.readline()
        answer = line.strip()
        if not line or answer == "q":
            return None
        if answer == "?":
            return 0
        try:
            if carry_out(answer):
                return 1
            click.echo(unknown(answer))
        except BuendnisError as error:
            click.echo(error.in_words(session.language))
