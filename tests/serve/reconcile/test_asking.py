"""What a request of many pieces takes of the room, it gives back; and nobody waits while a large one is read."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, cast

import pytest

from buendnis_graph.serve.builds import Serving
from buendnis_graph.serve.facts import Facts
from buendnis_graph.serve.fair import Client
from buendnis_graph.serve.handle import Answer
from buendnis_graph.serve.http import WIRE, Wire
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.pool import Pool
from buendnis_graph.serve.reconcile import call, v02, v1
from buendnis_graph.serve.reconcile.asking import Asking
from buendnis_graph.serve.reconcile.service import Reconcile
from buendnis_graph.serve.refusal import RefusalError, busy
from buendnis_graph.serve.room import SMALL, Held, Room
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.serve.worker import Outcome


class Jobs:
    """A pool whose jobs are settled by hand."""

    def __init__(self) -> None:
        self.room = Room(4 * MIB)
        self.jobs: list[Job] = []

    def submit(self, request: dict[str, Any], client: Client) -> Job:
        self.jobs.append(Job(request, client, asyncio.get_running_loop().create_future()))
        return self.jobs[-1]

    def drop(self, job: Job) -> None:
        job.done.cancel()

    def answer(self, number: int, size: int) -> None:
        assert self.room.take(size, lambda: None)
        self.jobs[number].done.set_result(Answer(Outcome.ANSWERED, compressed=False, payload=b"x" * size))


def is_free(room: Room, limit: int) -> bool:
    return room.take(limit, lambda: None) and not room.take(SMALL + 1, lambda: None)


def asking(pool: Jobs, held: Held) -> Asking:
    scope = {"client": None, "extensions": {WIRE: Wire(lambda: None, lambda: False)}}
    return Asking(cast("Pool", pool), scope, held, 2)


async def begun(pool: Jobs, held: Held) -> asyncio.Task[list[bytes] | None]:
    task = asyncio.create_task(asking(pool, held).all([{"do": "match"}, {"do": "match"}]))
    while len(pool.jobs) < 2:
        await asyncio.sleep(0)
    return task


@pytest.fixture(autouse=True)
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("buendnis_graph.serve.reconcile.asking.processors", lambda: 2)


def test_pieces_keep_their_room_until_the_answer_is_sent() -> None:
    async def run() -> None:
        pool, room = Jobs(), Room(8 * MIB)
        held = Held(room)
        task = await begun(pool, held)
        for number in range(2):
            pool.answer(number, MIB)
        assert await task == [b"x" * MIB] * 2
        assert is_free(pool.room, 4 * MIB)
        assert not Held(room).more(5 * MIB)
        held.give()
        assert is_free(room, 8 * MIB)

    asyncio.run(run())


@pytest.mark.parametrize("first", [0, 1])
def test_a_refusal_beside_an_answer_leaves_no_room_taken(first: int) -> None:
    async def run() -> None:
        pool, room = Jobs(), Room(8 * MIB)
        held = Held(room)
        task = await begun(pool, held)
        pool.jobs[first].done.set_exception(busy("busy.", 1))
        pool.answer(1 - first, MIB)
        with pytest.raises(RefusalError, match="busy"):
            await task
        held.give()
        assert is_free(pool.room, 4 * MIB)
        assert is_free(room, 8 * MIB)

    asyncio.run(run())


@pytest.mark.parametrize(("sizes", "others", "says"), [((2, 1), 0, "larger than 2 MiB"), ((1, 1), 7, "being read")])
def test_what_is_too_large_is_refused(sizes: tuple[int, int], others: int, says: str) -> None:
    async def run() -> None:
        pool, room = Jobs(), Room(8 * MIB)
        assert room.take(others * MIB, lambda: None)
        task = await begun(pool, Held(room))
        for number, size in enumerate(sizes):
            pool.answer(number, size * MIB)
        with pytest.raises(RefusalError, match=says):
            await task
        assert is_free(pool.room, 4 * MIB)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "kind", "of", "reads"),
    [
        ("/reconcile", "application/x-www-form-urlencoded", call, "parameters_of"),
        ("/reconcile", "application/x-www-form-urlencoded", v02, "read_queries"),
        ("/reconcile/match", "application/json", v1, "read_queries"),
    ],
)
def test_a_batch_is_read_beside_the_loop(
    monkeypatch: pytest.MonkeyPatch, path: str, kind: str, of: object, reads: str
) -> None:
    read, threads = getattr(of, reads), list[int]()

    def noted(raw: Any) -> Any:
        threads.append(threading.get_ident())
        return read(raw)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"queries=["}

    async def run() -> None:
        monkeypatch.setattr(of, reads, noted)
        facts = Facts(frozenset(), {}, {}, (), "")
        serving = Serving("", cast("Pool", Jobs()), facts, [], cast("Pool", Jobs()))
        headers = [(b"content-type", kind.encode())]
        scope = {"method": "POST", "path": path, "query_string": b"", "headers": headers}
        with pytest.raises(RefusalError, match="no JSON"):
            await Reconcile(Settings(), Room(MIB)).answer(scope, receive, cast("Any", None), serving)

    asyncio.run(run())
    assert threads[-1] != threading.get_ident()
