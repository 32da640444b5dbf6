"""Places at another endpoint: none is lost, none is given twice, and nothing is asked once it is stopped."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from buendnis_graph.serve import endpoint
from buendnis_graph.serve.endpoint import Endpoint
from buendnis_graph.serve.fair import Client
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.room import SMALL, Room
from buendnis_graph.serve.settings import Settings
from tests.endpoint import http_server, says

LARGE = json.dumps({"head": {"vars": []}, "boolean": True, "x": "x" * SMALL})
REQUEST = {"query": "ASK {}", "default": None, "named": None, "format": "json", "gzip": False}
Asks = Callable[[Endpoint, Room], Coroutine[Any, Any, None]]


def with_endpoint(asks: Asks, respond: Callable[[BaseHTTPRequestHandler, str], None] | None = None) -> None:
    async def run(url: str) -> None:
        room = Room(SMALL)
        await asks(Endpoint(Settings(endpoint=url, slots=1, time=5, reload=0.05), room, Counter()), room)

    with http_server(respond or (lambda handler, _: says(handler, LARGE))) as url:
        asyncio.run(asyncio.wait_for(run(url), 20))


def submit(asked: Endpoint, **request: object) -> Job:
    return asked.submit(REQUEST | request, Client("127.0.0.1", 1))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


def test_one_keeps_its_slot_until_there_is_room_for_its_answer() -> None:
    asked_for: list[str] = []

    def respond(handler: BaseHTTPRequestHandler, body: str) -> None:
        asked_for.append(body)
        says(handler, LARGE)

    async def asks(asked: Endpoint, room: Room) -> None:
        jobs = [submit(asked) for _ in range(4)]
        first = await jobs[0].done
        await until(lambda: len(asked_for) == 2)
        await asyncio.sleep(0.2)
        assert (len(asked_for), asked.gauges()) == (2, {"queries_running": 1, "queries_waiting": 2})
        asked.drop(jobs[1])  # it has an answer and waits for room: the slot is another's, and no room is lost
        room.give(len(first.payload))
        for job in jobs[2:]:
            room.give(len((await job.done).payload))
        assert room.take(SMALL + 1, lambda: None)

    with_endpoint(asks, respond)


@pytest.mark.parametrize("moments", range(4))
def test_room_that_comes_as_one_leaves_is_not_lost(moments: int) -> None:
    async def leaves() -> None:
        room = Room(2 * SMALL)
        assert room.take(2 * SMALL, lambda: None)
        waits = asyncio.create_task(room.taken(2 * SMALL))
        await asyncio.sleep(0)
        room.give(2 * SMALL)
        for _ in range(moments):
            await asyncio.sleep(0)
        if waits.cancel():
            with pytest.raises(asyncio.CancelledError):
                await waits
        else:
            room.give(2 * SMALL)
        assert room.take(2 * SMALL, lambda: None)

    asyncio.run(leaves())


def test_one_who_leaves_before_the_first_step_leaves_the_slot() -> None:
    async def asks(asked: Endpoint, _: Room) -> None:
        asked.drop(submit(asked))
        await until(lambda: asked.gauges()["queries_running"] == 0)
        assert (await asyncio.wait_for(submit(asked).done, 5)).payload == LARGE.encode()

    with_endpoint(asks)


def test_what_nobody_has_thought_of_is_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    async def asks(asked: Endpoint, _: Room) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(endpoint, "converted", fails)
            with pytest.raises(RefusalError) as caught:
                await asyncio.wait_for(submit(asked).done, 5)
        assert caught.value.status == 502
        assert (await asyncio.wait_for(submit(asked).done, 5)).payload == LARGE.encode()

    with_endpoint(asks)


def test_nothing_is_begun_once_it_is_stopped() -> None:
    asked_for: list[str] = []
    go_on = threading.Event()

    def respond(handler: BaseHTTPRequestHandler, body: str) -> None:
        asked_for.append(body)
        go_on.wait(10)
        says(handler, LARGE)

    async def asks(asked: Endpoint, _: Room) -> None:
        jobs = [submit(asked) for _ in range(3)]
        await until(lambda: bool(asked_for))
        asked.stop()
        with pytest.raises(asyncio.CancelledError):
            await jobs[0].done
        await asyncio.sleep(0.1)
        go_on.set()
        assert (len(asked_for), asked.gauges()["queries_running"]) == (1, 0)

    with_endpoint(asks, respond)


def test_it_works_again_once_it_can_be_reached() -> None:
    async def asks(asked: Endpoint, _: Room) -> None:
        there, asked._settings = asked._settings, Settings(endpoint="http://127.0.0.1:1/", reload=0.05)
        with pytest.raises(RefusalError, match="can't be reached"):
            await submit(asked).done
        assert not asked.works
        await asyncio.sleep(0.2)
        assert not asked.works
        asked._settings = there
        await until(lambda: asked.works)

    with_endpoint(asks)
