"""The process that holds the index of a build, and the pool of the workers that it forks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from buendnis_graph.processors import processors
from buendnis_graph.serve.fair import Usage
from buendnis_graph.serve.nursery import run
from buendnis_graph.serve.pool import Pool
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.serve.worker import Answering, Outcome

_MODULE = "buendnis_graph.serve.reconcile.process"
_QUICK = 20
"""As what part of the time a query may take a task may compute before it makes room for others: half a second by
default, ten times what ten names take among some thousand things."""


def pool_for(folder: Path, settings: Settings, usage: Usage, counts: Counter[str]) -> Pool:
    """Return a pool that answers tasks of reconciliation; see :class:`~buendnis_graph.serve.pool.Pool`.

    Its room is for pieces of answers while they come in: these are small, and never wait for whole answers.
    """
    quick = max(settings.quick, round(1000 * settings.time / _QUICK))
    own = replace(settings, slots=processors(), slow_slots=processors(), quick=quick, in_memory=settings.register)
    return Pool(folder, own, usage, Room(settings.result * MIB), counts, _MODULE)


def answering(folder: Path, result: int, register: int) -> Callable[[], Answering]:
    """Return what a worker calls to begin to answer tasks; the index of the build is made here, for all of them.

    Args:
        folder: of the build.
        result: MiB an answer may have.
        register: 1 if the entries of a register are in the index, too; a nursery is told it as ``in_memory``.
    """
    from buendnis_graph.serve.reconcile.answering import Answerer

    answerer = Answerer(folder, register=bool(register))

    def answer(asked: dict[str, Any]) -> tuple[Outcome, bytes]:
        outcome, payload = answerer(asked)
        return (outcome, payload) if len(payload) <= result * MIB else (Outcome.TOO_LARGE, b"")

    return lambda: answer


if __name__ == "__main__":
    run(answering)
