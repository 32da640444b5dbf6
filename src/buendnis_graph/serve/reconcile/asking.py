"""How a request's tasks are given to the workers: a few at once, and none for a client that has left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from buendnis_graph.processors import processors
from buendnis_graph.serve.fair import Client
from buendnis_graph.serve.http import WIRE, Scope, Wire, nothing
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.pool import Pool
from buendnis_graph.serve.refusal import RefusalError, busy
from buendnis_graph.serve.room import Held
from buendnis_graph.serve.settings import MIB
from buendnis_graph.serve.worker import Outcome

Task = Mapping[str, Any]
"""What a worker is to do: ``do``, and what for."""
_LESS = "Ask for less: fewer or shorter names."


class Asking:
    """The tasks of one request.

    Args:
        pool: of workers.
        scope: of the request.
        held: the room that its answer takes; whoever sends it gives that back.
        result: MiB that the answers may have together.
    """

    def __init__(self, pool: Pool, scope: Scope, held: Held, result: int) -> None:
        self._pool, self._held, self._result = pool, held, result
        self._size = 0
        self._client = Client(*(scope["client"] or ("", 0)))
        self._wire: Wire = scope["extensions"][WIRE]
        self._gate = asyncio.Semaphore(processors())
        self._jobs: set[Job] = set()
        self._left = False

    async def all(self, tasks: Sequence[Task]) -> list[bytes] | None:
        """Return the answers to tasks; None if the client left before.

        Raises:
            RefusalError: 503, if one of them can't be answered or they are too large; then none of the others is gone
                on with.
        """
        self._wire.gone = self._leave
        refused: BaseException | None = None
        try:
            async with asyncio.TaskGroup() as group:
                answers = [group.create_task(self._one(task)) for task in tasks]
        except* RefusalError as refusals:
            refused = refusals.exceptions[0]
        finally:
            self._wire.gone = nothing
        if refused is not None:
            raise _said(refused)
        return None if self._left else [answer.result() for answer in answers]

    def _leave(self) -> None:
        self._left = True
        for job in list(self._jobs):
            self._pool.drop(job)

    async def _one(self, task: Task) -> bytes:
        async with self._gate:
            if self._left:
                return b""
            job = self._pool.submit({"query": json.dumps(task), "gzip": False}, self._client)
            self._jobs.add(job)
            try:
                answer = await job.done
            except asyncio.CancelledError:
                self._pool.drop(job)
                if self._left:
                    return b""
                raise
            finally:
                self._jobs.discard(job)
                self._pool.room.give(job.takes)
        self._size += len(answer.payload)
        if answer.outcome is Outcome.TOO_LARGE or self._size > self._result * MIB:
            raise RefusalError(503, f"the answer is larger than {self._result} MiB, and none is given in part.")
        if answer.outcome is not Outcome.ANSWERED:
            raise RefusalError(503, "the answer needs more memory than it may take.")
        if not self._held.more(2 * len(answer.payload)):  # the body is made of the pieces while they are there
            raise busy("too many large answers are being read.", 5)
        return answer.payload


def _said(refusal: BaseException) -> RefusalError:
    """Return a refusal as it is said of names; the pool speaks of queries."""
    assert isinstance(refusal, RefusalError)  # noqa: S101 - nothing else is caught
    again = bool(refusal.headers)
    return RefusalError(refusal.status, refusal.message, hint=refusal.hint if again else _LESS, headers=refusal.headers)
