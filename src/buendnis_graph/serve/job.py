"""A query on its way through the pool."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from buendnis_graph.serve.fair import Client
from buendnis_graph.serve.handle import Answer, Worker
from buendnis_graph.serve.refusal import RefusalError


@dataclass(eq=False, slots=True)
class Job:
    """A query that waits or is evaluated.

    Attributes:
        request: for the worker.
        client: who asks.
        done: its answer, or a refusal.
        slow: whether it waits for, or has, a slow slot.
        worker: that evaluates it; None while it waits.
        began: when the worker got it.
        tries: how many workers have ended over it.
        timer: what happens next if nothing else does.
    """

    request: dict[str, Any]
    client: Client
    done: asyncio.Future[Answer]
    slow: bool = False
    worker: Worker | None = None
    began: float = 0.0
    tries: int = 0
    timer: asyncio.TimerHandle | None = None

    @property
    def takes(self) -> int:
        """How many bytes of room its answer takes: 0 if it has none."""
        has_one = self.done.done() and not self.done.cancelled() and self.done.exception() is None
        return len(self.done.result().payload) if has_one else 0

    def settle(self, refusal: RefusalError | None) -> None:
        """End it without an answer: with a refusal, or with none as nobody wants to know."""
        if self.timer is not None:
            self.timer.cancel()
        if refusal is None:
            self.done.cancel()
        elif not self.done.done():
            self.done.set_exception(refusal)
