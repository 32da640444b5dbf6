"""Whose query is next: that of the client who has used least lately.

Kept in memory only, and never written anywhere: how much time each address has used, fading by half every ten seconds.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Generic, NamedTuple, Protocol, TypeVar

HALF_LIFE = 10.0
"""Seconds."""
_KNOWN = 4096
"""Clients that are remembered."""


class Client(NamedTuple):
    """Who asks. Clients of one address share what they may use; among them, connections do."""

    address: str
    port: int


class HasClient(Protocol):
    """What waits."""

    @property
    def client(self) -> Client:
        """Who asks."""


class Usage:
    """How much time clients have used lately."""

    def __init__(self) -> None:
        self._used: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def charge(self, client: Client, seconds: float, now: float) -> None:
        """Note that a client has used some time."""
        for key in (client.address, client):
            self._used[key] = (self._faded(key, now) + seconds, now)
            self._used.move_to_end(key)
        while len(self._used) > _KNOWN:
            self._used.popitem(last=False)

    def rank(self, client: Client, now: float) -> tuple[float, float]:
        """Return what a client's address, and its connection, have used; the less, the sooner it is served."""
        return self._faded(client.address, now), self._faded(client, now)

    def _faded(self, key: object, now: float) -> float:
        used, then = self._used.get(key, (0.0, now))
        return used * math.pow(0.5, (now - then) / HALF_LIFE)


Job = TypeVar("Job", bound=HasClient)


class Queue(Generic[Job]):
    """What waits, bounded.

    Args:
        limit: how many may wait.
        usage: of the clients.
    """

    def __init__(self, limit: int, usage: Usage) -> None:
        self._limit, self._usage = limit, usage
        self._jobs: dict[Job, None] = {}

    def __len__(self) -> int:
        return len(self._jobs)

    def put(self, job: Job, now: float) -> Job | None:
        """Let a job wait; return the one that must go, if there is no room.

        That is the last of the client that has used most: who floods a server takes no place from others.
        """
        self._jobs[job] = None
        if len(self._jobs) <= self._limit:
            return None
        worst = max(reversed(self._jobs), key=lambda waiting: self._usage.rank(waiting.client, now))
        del self._jobs[worst]
        return worst

    def take(self, now: float) -> Job:
        """Return the job that is next, which waits no more."""
        best = min(self._jobs, key=lambda waiting: self._usage.rank(waiting.client, now))
        del self._jobs[best]
        return best

    def drop(self, job: Job) -> None:
        """Let a job wait no more."""
        self._jobs.pop(job, None)
