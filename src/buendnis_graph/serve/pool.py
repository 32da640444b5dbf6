"""Which query is evaluated when, by which worker, and for how long.

A query begins in one of the quick slots. If it is not done after a moment (50 ms of computing), its worker goes on in a
slow slot, after all others on the machine's cores; if none is free, the worker is killed and the query waits for a slow
slot. So queries that take seconds never keep those waiting that take milliseconds. A worker with a slow query is not
used again; others are replaced after some thousand queries, so that memory stays flat.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from functools import partial
from pathlib import Path
from typing import Any

from buendnis_graph.serve.fair import Client, Queue, Usage
from buendnis_graph.serve.handle import Answer, Nursery, Worker
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.refusal import RefusalError, busy
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import Settings

EVALUATING = "buendnis_graph.serve.nursery"
"""The module of the process whose workers evaluate queries."""
_LOST = "the server has lost its store and loads it again."
_WORN = 5000
"""Queries until a worker is replaced."""
_PATIENCE = 20
"""How many times longer than it computes a quick query may take."""
_HURRY = 5
"""How many times less it may compute while others wait."""
_GLANCE = 0.01
"""Seconds between looks at a quick job."""
_STILLBORN = 20
"""So many workers in turn that end before they are asked anything mean that none can live."""
_TRIES = 10
"""How often a job is begun again whose worker was killed by somebody."""
_REMEMBERED = 1024
"""Slow queries that are remembered: next time they begin in a slow slot."""


class Pool:
    """Evaluates queries of one build.

    Args:
        folder: of the build.
        settings: of the server.
        usage: of the clients.
        room: for answers; who gets one gives back what it takes.
        counts: of what happens, for ``/metrics``.
        module: of the process that forks workers.
    """

    def __init__(
        self, folder: Path, settings: Settings, usage: Usage, room: Room, counts: Counter[str], module: str = EVALUATING
    ) -> None:
        self._settings, self._usage, self._counts = settings, usage, counts
        self._loop = asyncio.get_running_loop()
        self.room = room
        self._nursery = Nursery(folder, settings, self._born, self._lost, self._failed, room, module)
        self._idle: deque[Worker] = deque()
        self._running: dict[Worker, Job] = {}
        self._ordered = 0
        self._slow = self._stillborn = 0
        self._queues = {slow: Queue[Job](settings.queue, usage) for slow in (False, True)}
        self._known_slow: OrderedDict[int, None] = OrderedDict()
        self.works = False
        """Whether it has workers; false before it has started and after it has failed."""

    async def start(self) -> None:
        """Load the store and fork the first workers.

        Raises:
            NotBuiltError: if the store can't be loaded.
        """
        await self._nursery.start()
        self.works = True
        self._replenish()
        while self._ordered and self.works:
            await asyncio.sleep(0.005)

    def submit(self, request: dict[str, Any], client: Client) -> Job:
        """Let a query be evaluated; its ``done`` tells the answer.

        Raises:
            RefusalError: 503, if the store is lost; if too many wait, ``done`` tells it.
        """
        if not self.works:
            raise busy(_LOST, 5)
        job = Job(request, client, self._loop.create_future())
        job.slow = hash(request["query"]) in self._known_slow
        self._wait(job)
        self._dispatch()
        return job

    def drop(self, job: Job) -> None:
        """Forget a query that nobody wants answered any more; what evaluates it ends."""
        self._queues[job.slow].drop(job)
        if job.worker is not None:
            self._stop(job)
        job.settle(None)
        self._dispatch()

    def gauges(self) -> dict[str, int]:
        """Return what there is at the moment, by name."""
        return {
            "workers_idle": len(self._idle),
            "queries_running": len(self._running),
            "queries_slow": self._slow,
            "queries_waiting": sum(map(len, self._queues.values())),
        }

    def pids(self) -> list[int]:
        """Return the numbers of the processes of all workers."""
        return sorted(worker.pid for worker in (*self._idle, *self._running))

    def stop(self) -> None:
        """End all workers at once."""
        self.works = False
        self._nursery.stop()

    # How a job goes its way

    def _wait(self, job: Job) -> None:
        self._plan(job, self._settings.wait, partial(self._give_up, job))
        refused = self._queues[job.slow].put(job, self._loop.time())
        if refused is not None:
            self._counts["refused_busy"] += 1
            refused.settle(busy("too many queries are waiting.", 5))

    def _dispatch(self) -> None:
        """Give waiting jobs to idle workers."""
        for slow in (False, True):
            queue = self._queues[slow]
            while self._idle and len(queue) and not (slow and self._slow >= self._settings.slow_slots):
                worker = self._idle.pop()  # the last used: the machine's caches know it
                self._begin(queue.take(self._loop.time()), worker)
        self._replenish()

    def _begin(self, job: Job, worker: Worker) -> None:
        job.worker, job.began = worker, self._loop.time()
        self._running[worker] = job
        if job.slow:
            self._make_slow(job, worker)
        else:
            self._plan(job, _GLANCE, partial(self._look, job, worker.computed()))
        worker.ask(job.request, partial(self._answered, job))

    def _make_slow(self, job: Job, worker: Worker) -> None:
        job.slow = True
        self._slow += 1
        worker.slow_down()
        used = self._loop.time() - job.began
        self._plan(job, self._settings.time - used, partial(self._overran, job))

    def _look(self, job: Job, before: float) -> None:
        """See how much a quick job has computed: on a busy machine that is less than the time that has passed.

        While others wait it may compute a fifth of what it may otherwise.
        """
        assert job.worker is not None  # noqa: S101 - it is evaluated
        limit = self._settings.quick / 1000 / (_HURRY if len(self._queues[False]) else 1)
        left = limit - (job.worker.computed() - before)
        if left > 0 and self._loop.time() - job.began < _PATIENCE * limit:
            self._plan(job, max(min(left, _GLANCE), 0.002), partial(self._look, job, before))
        else:
            self._not_quick(job)

    def _not_quick(self, job: Job) -> None:
        self._known_slow[hash(job.request["query"])] = None
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)
        assert job.worker is not None  # noqa: S101 - it is evaluated
        if self._slow < self._settings.slow_slots:
            self._make_slow(job, job.worker)
        else:
            self._counts["put_back"] += 1
            self._stop(job)
            job.slow = True
            self._wait(job)
        self._dispatch()

    def _overran(self, job: Job) -> None:
        self._counts["killed_time"] += 1
        self._stop(job)
        limit = f"the query was stopped: it may take {self._settings.time:g} seconds."
        job.settle(RefusalError(503, limit, hint="Ask for less: fewer patterns, a LIMIT, a narrower FILTER."))
        self._dispatch()

    def _give_up(self, job: Job) -> None:
        self._counts["refused_waited"] += 1
        self._queues[job.slow].drop(job)
        job.settle(busy("the server is busy with long queries.", 10))

    def _answered(self, job: Job, answer: Answer) -> None:
        worker = job.worker
        assert worker is not None  # noqa: S101 - it has answered
        if job.slow and self._loop.time() - job.began < self._settings.quick / 1000:
            self._known_slow.pop(hash(job.request["query"]), None)
        self._leave(job)
        if job.slow or worker.asked >= _WORN:
            worker.retire()
        else:
            self._idle.append(worker)
        if job.done.done():
            self.room.give(len(answer.payload))
        else:
            job.done.set_result(answer)
        self._dispatch()

    def _stop(self, job: Job) -> None:
        """Kill the worker of a job."""
        worker = job.worker
        self._leave(job)
        if worker is not None:
            worker.kill()

    def _leave(self, job: Job) -> None:
        """Take a job from its worker, and note the time it took."""
        if job.timer is not None:
            job.timer.cancel()
        if job.worker is not None:
            now = self._loop.time()
            self._usage.charge(job.client, now - job.began, now)
            self._running.pop(job.worker, None)
            self._slow -= job.slow
            job.worker = None

    def _plan(self, job: Job, seconds: float, what: Any) -> None:
        if job.timer is not None:
            job.timer.cancel()
        job.timer = self._loop.call_later(seconds, what)

    # How workers come and go

    def _replenish(self) -> None:
        """Order workers until there is one for each quick slot."""
        quick = len(self._idle) + len(self._running) - self._slow + self._ordered
        for _ in range(self._settings.slots - quick if self.works else 0):
            self._ordered += 1
            self._nursery.fork()

    def _born(self, worker: Worker) -> None:
        self._ordered -= 1
        self._counts["workers_started"] += 1
        self._idle.appendleft(worker)
        self._dispatch()

    def _lost(self, worker: Worker) -> None:
        """A worker has ended.

        If it was killed by somebody, its job is begun again. If not, the job took more memory than it may, or broke
        the engine.
        """
        if worker in self._idle:
            self._idle.remove(worker)
        self._stillborn = 0 if worker.asked else self._stillborn + 1
        if self._stillborn > _STILLBORN:
            self._failed()
        job = self._running.get(worker)
        if job is not None:
            self._counts["workers_ended"] += 1
            self._leave(job)
            job.tries += 1
            if worker.was_killed and job.tries <= _TRIES:
                self._wait(job)
            else:
                limit = f"the query was stopped: it needs more memory than it may take ({self._settings.memory} MiB)."
                job.settle(RefusalError(503, limit, hint="Ask for less: group less, or ask in parts."))
        self._dispatch()

    def _failed(self) -> None:
        """The nursery has ended, and with it all workers: nothing can be evaluated any more."""
        self.works = False
        self._idle.clear()
        for job in list(self._running.values()):
            self._leave(job)
            job.settle(busy(_LOST, 5))
        for queue in self._queues.values():
            while len(queue):
                queue.take(0.0).settle(busy(_LOST, 5))
