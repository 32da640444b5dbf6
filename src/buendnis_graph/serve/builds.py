"""The build that is served, and how a new one takes its place without a request being lost."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from buendnis_graph.errors import BuendnisError, NotBuiltError
from buendnis_graph.serve.description import triples
from buendnis_graph.serve.facts import Facts, gathered
from buendnis_graph.serve.fair import Client, Usage
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.pool import Pool
from buendnis_graph.serve.reconcile.process import pool_for
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import Settings
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build

log = logging.getLogger("buendnis.serve")


class Evaluates(Protocol):
    """What has queries answered: the pool of workers, or another endpoint."""

    works: bool

    def submit(self, request: dict[str, Any], client: Client) -> Job:
        """Let a query be answered."""
        ...

    def drop(self, job: Job) -> None:
        """Forget a query that nobody wants answered any more."""
        ...

    def gauges(self) -> dict[str, int]:
        """Return what there is at the moment, by name."""
        ...

    def stop(self) -> None:
        """End all at once."""
        ...


@dataclass(slots=True, eq=False)
class Serving:
    """A build, or another endpoint, with all that answers from it.

    Attributes:
        name: of the build, a hash of what it was made of; empty if an endpoint answers, whose data may change.
        pool: that has queries answered.
        reconciling: the pool that answers questions of reconciliation; none if an endpoint answers, or it is left out.
        uses: how many requests are answered from it at the moment.
        facts: what else is known of it.
        description: of the service, as triples.
    """

    name: str
    pool: Evaluates
    facts: Facts
    description: list[ox.Triple]
    reconciling: Pool | None = None
    uses: int = 0

    @property
    def works(self) -> bool:
        """Whether all can be answered."""
        return all(pool.works for pool in self._pools)

    @property
    def _pools(self) -> list[Evaluates]:
        return [self.pool, *([self.reconciling] if self.reconciling else [])]

    def gauges(self) -> dict[str, int]:
        """Return what there is at the moment, by name."""
        others = self.reconciling.gauges() if self.reconciling else {}
        reconciling = {f"reconcile_{name}": value for name, value in others.items()}
        return {"requests_open": self.uses} | self.pool.gauges() | reconciling

    @contextmanager
    def used(self) -> Iterator[Serving]:
        """Answer a request from this, from its first byte to its last: until then it is not closed."""
        self.uses += 1
        try:
            yield self
        finally:
            self.uses -= 1

    async def close(self) -> None:
        """Wait until all requests that are answered from it are answered, then stop."""
        while self.uses:
            await asyncio.sleep(0.05)
        self.stop()

    def stop(self) -> None:
        """End all at once."""
        for pool in self._pools:
            pool.stop()


class Builds:
    """Knows the current build.

    Args:
        project: whose builds.
        settings: of the server.
        room: for answers.
        counts: of what happens.
        endpoint: address of the service.
    """

    def __init__(self, project: Project, settings: Settings, room: Room, counts: Counter[str], endpoint: str) -> None:
        self._endpoint = endpoint
        self._project, self._settings, self._room, self._counts = project, settings, room, counts
        self._usage = Usage()
        self._serving: Serving | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def current(self) -> Serving:
        """What is served now."""
        assert self._serving is not None  # noqa: S101 - the server answers once it has started
        return self._serving

    async def start(self) -> None:
        """Take up the current build, and look for new ones from now on.

        Raises:
            NotBuiltError: if there is none, or it can't be loaded.
        """
        folder = current_build(self._project)
        if folder is None:
            raise NotBuiltError("there is no built graph yet.", hint="Build it: buendnis build")
        self._serving = await self._load(folder)
        self._do(self._watch())

    async def stop(self) -> None:
        """End all workers."""
        for task in self._tasks:
            task.cancel()
        self.current.stop()

    async def _load(self, folder: Path) -> Serving:
        pool = Pool(folder, self._settings, self._usage, self._room, self._counts)
        wanted = self._settings.reconcile
        reconciling = pool_for(folder, self._settings, self._usage, self._counts) if wanted else None
        pools = [pool, *([reconciling] if reconciling else [])]
        try:
            started = asyncio.gather(*(one.start() for one in pools))
            facts, _ = await asyncio.gather(gathered(self._project, folder), started)
        except BaseException:
            for one in pools:
                one.stop()
            raise
        return Serving(folder.name, pool, facts, triples(facts, self._endpoint), reconciling)

    async def _watch(self) -> None:
        """Take up each new build; and the same one again if its store was lost."""
        while True:
            await asyncio.sleep(self._settings.reload)
            folder, old = current_build(self._project), self.current
            if folder is None or (folder.name == old.name and old.works):
                continue
            try:
                self._serving = await self._load(folder)
            except (BuendnisError, OSError, TimeoutError) as error:
                log.error("the build %s can't be served: %s", folder.name, error)
                continue
            log.info("the build %s is served now", folder.name)
            self._do(old.close())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
