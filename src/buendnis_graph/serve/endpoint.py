"""Queries are forwarded to another endpoint: the same order and limits as in the pool, but no workers."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import Any

import h11
import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.serve.converted import accepts, converted
from buendnis_graph.serve.fair import Client, Queue, Usage
from buendnis_graph.serve.fetch import Fetched, TooLargeError, post
from buendnis_graph.serve.formats import BY_NAME, Format
from buendnis_graph.serve.handle import Answer
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.refusal import RefusalError, busy
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.serve.worker import Outcome, evaluate
from buendnis_graph.sparql_text import with_prefixes

log = logging.getLogger("buendnis.serve")


class Endpoint:
    """Has queries answered by another endpoint.

    Args:
        settings: of the server: the endpoint, and how much may be asked of it.
        room: for answers.
        counts: of what happens.
    """

    def __init__(self, settings: Settings, room: Room, counts: Counter[str]) -> None:
        self._settings, self._room, self._counts = settings, room, counts
        self._usage = Usage()
        self._queue = Queue[Job](settings.queue, self._usage)
        self._running: dict[Job, asyncio.Task[Answer]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._is_stopped = False
        self.works = True
        """Whether it could be reached last time."""

    def submit(self, request: dict[str, Any], client: Client) -> Job:
        """Let a query be answered; the job's ``done`` tells the answer, or a refusal."""
        loop = asyncio.get_running_loop()
        job = Job(request, client, loop.create_future())
        job.timer = loop.call_later(self._settings.wait, partial(self._give_up, job))
        refused = self._queue.put(job, loop.time())
        if refused is not None:
            self._counts["refused_busy"] += 1
            refused.settle(busy("too many queries are waiting.", 5))
        self._dispatch()
        return job

    def drop(self, job: Job) -> None:
        """Forget a query that nobody wants answered any more."""
        self._queue.drop(job)
        if task := self._running.get(job):
            task.cancel()
        job.settle(None)

    def gauges(self) -> dict[str, int]:
        """Return what there is at the moment, by name."""
        return {"queries_running": len(self._running), "queries_waiting": len(self._queue)}

    def stop(self) -> None:
        """End all that is asked at the moment, and begin nothing more."""
        self._is_stopped = True
        for task in (*self._running.values(), self._looking):
            if task is not None:
                task.cancel()

    def _give_up(self, job: Job) -> None:
        self._counts["refused_waited"] += 1
        self._queue.drop(job)
        job.settle(busy("the server is busy with long queries.", 10))

    def _dispatch(self) -> None:
        loop = asyncio.get_running_loop()
        while len(self._queue) and len(self._running) < self._settings.slots and not self._is_stopped:
            job = self._queue.take(loop.time())
            assert job.timer is not None  # noqa: S101 - it has waited
            job.timer.cancel()
            job.began = loop.time()
            self._running[job] = task = loop.create_task(self._forward(job))
            task.add_done_callback(partial(self._ended, job))

    async def _forward(self, job: Job) -> Answer:
        """Return an answer once there is room for it: until then it keeps its slot, so that no more come in."""
        answer = await self._answer(job.request)
        await self._room.taken(len(answer.payload))
        return answer

    def _ended(self, job: Job, task: asyncio.Task[Answer]) -> None:
        """Settle a job, however its task ended, even before its first step; the next has its slot."""
        now = asyncio.get_running_loop().time()
        self._usage.charge(job.client, now - job.began, now)
        del self._running[job]
        if task.cancelled():
            job.settle(None)
        elif error := task.exception():
            job.settle(error if isinstance(error, RefusalError) else _unforeseen(error))
        elif job.done.done():
            self._room.give(len(task.result().payload))
        else:
            job.done.set_result(task.result())
        self._dispatch()

    async def _answer(self, request: dict[str, Any]) -> Answer:
        wanted, limit = BY_NAME[request["format"]], self._settings.result * MIB
        if "file" in request:  # of our own site: no need to ask anybody
            outcome, payload = await asyncio.to_thread(evaluate, ox.Store(), request, limit)
            return Answer(outcome, False, payload)
        try:
            async with asyncio.timeout(self._settings.time):
                fetched = await self._ask(_form(request), wanted, limit)
                return await asyncio.to_thread(converted, fetched, wanted, compress=request["gzip"], limit=limit)
        except TooLargeError:
            return Answer(Outcome.TOO_LARGE, False, b"")
        except TimeoutError as error:
            self._counts["killed_time"] += 1
            late = f"the endpoint did not answer within {self._settings.time:g} seconds."
            raise RefusalError(504, late, hint="Ask for less: fewer patterns, a LIMIT, a narrower FILTER.") from error
        except OSError as error:
            self._look_again()
            reason = error.strerror or type(error).__name__
            raise RefusalError(502, f"the endpoint can't be reached: {reason}.", hint="Try again later.") from error
        except h11.RemoteProtocolError as error:
            raise RefusalError(502, "the endpoint broke off its answer, or does not speak HTTP.") from error

    async def _ask(self, form: list[tuple[str, str]], wanted: Format, limit: int) -> Fetched:
        fetched = await post(self._settings.endpoint, form, accepts(wanted), limit)
        self.works = True
        return fetched

    def _look_again(self) -> None:
        """Note that it can't be reached, and look now and then until it can be."""
        if self.works and not self._is_stopped:
            self.works = False
            self._looking = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while not self.works:
            await asyncio.sleep(self._settings.reload)
            with suppress(OSError, h11.RemoteProtocolError, TooLargeError):
                async with asyncio.timeout(self._settings.time):
                    await self._ask([("query", "ASK {}")], BY_NAME["json"], MIB)


def _form(request: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the form that asks a query, with the project's prefixes declared that it uses."""
    form = [("query", with_prefixes(request["query"], PREFIXES))]
    for name, graphs in (("default-graph-uri", request["default"]), ("named-graph-uri", request["named"])):
        form += [(name, graph) for graph in graphs or ()]
    return form


def _unforeseen(error: BaseException) -> RefusalError:
    """Return the refusal for what nobody has thought of; the log says what it is, clients are not told."""
    log.error("a query could not be forwarded: %s", type(error).__name__)
    return RefusalError(502, "what the endpoint answers can't be used.", hint="Ask otherwise, or tell who runs this.")
