"""The server's side of the nursery and of its workers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.serve.nursery import FORK, KILL, KILLED, ORDER, READY, SLOW
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import Settings
from buendnis_graph.serve.worker import ANSWER, REQUEST, Outcome

_LOADING = 600
"""Seconds that a store may take to be loaded."""

_SCHEDULED = 2
"""Of the clocks that Linux has of each process, the exact one (CPUCLOCK_SCHED)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker answers."""

    outcome: Outcome
    compressed: bool
    payload: bytes


class Worker(asyncio.Protocol):
    """A worker process, seen from the server: answers one request after the other.

    Args:
        pid: of the process.
        order: tells the nursery what to do with it.
        lost: called when it has ended and it is known how.
        room: for answers; who gets one gives back the room it takes.
    """

    def __init__(
        self, pid: int, order: Callable[[bytes, int], None], lost: Callable[[Worker], None], room: Room
    ) -> None:
        self.pid = pid
        self._room = room
        self._has_room = True
        self.asked = 0
        """How many requests it was sent."""
        self.was_killed: bool | None = None
        """Once it has ended: whether it was killed from outside, not by a fault of its own."""
        self._is_gone = False
        self._order, self._lost = order, lost
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._length = -1
        self._answered: Callable[[Answer], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Know where to write to."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance

    def ask(self, request: dict[str, Any], answered: Callable[[Answer], None]) -> None:
        """Send a request; ``answered`` is called with the answer, unless the worker is lost before."""
        assert self._transport is not None  # noqa: S101 - it is connected
        self.asked += 1
        self._answered = answered
        if not self._transport.is_closing():  # else it has ended; the nursery will tell how
            data = json.dumps(request).encode()
            self._transport.write(REQUEST.pack(len(data)) + data)

    def data_received(self, data: bytes) -> None:
        """Gather an answer."""
        self._received += data
        if self._length < 0 and len(self._received) >= ANSWER.size:
            self._length = ANSWER.unpack_from(self._received)[2]
            self._has_room = self._room.take(self._length, self._go_on)
            if not self._has_room and self._transport is not None:
                self._transport.pause_reading()
        if self._length < 0 or len(self._received) < ANSWER.size + self._length or self._answered is None:
            return
        outcome, compressed, _ = ANSWER.unpack_from(self._received)
        payload = bytes(memoryview(self._received)[ANSWER.size :])
        self._received, self._length = bytearray(), -1
        answered, self._answered = self._answered, None
        answered(Answer(Outcome(outcome), bool(compressed), payload))

    def _go_on(self) -> None:
        """Gather the rest of an answer, now that there is room for it."""
        self._has_room = True
        if self._transport is None or self._transport.is_closing():
            self._room.give(self._length)
        else:
            self._transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Note that nothing more will come."""
        if self._length >= 0 and self._has_room:
            self._room.give(self._length)
            self._length = -1
        self._is_gone = True
        self._tell()

    def ended(self, was_killed: bool) -> None:
        """Note how it has ended."""
        self.was_killed = was_killed
        self._tell()

    def _tell(self) -> None:
        """Tell that it has ended, once all that it sent is read and it is known how."""
        if self._is_gone and self.was_killed is not None:
            self._lost(self)

    def kill(self) -> None:
        """End it at once."""
        self._order(KILL, self.pid)
        self.retire()

    def computed(self) -> float:
        """Return for how many seconds it has computed; where the system does not tell, how late it is."""
        try:
            return time.clock_gettime((~self.pid << 3) | _SCHEDULED)
        except OSError:
            return time.monotonic()

    def slow_down(self) -> None:
        """Let all other processes go before it."""
        self._order(SLOW, self.pid)

    def retire(self) -> None:
        """Let it end when it has nothing to do."""
        if self._transport is not None:
            self._transport.abort()


class Nursery:
    """The process that forks workers.

    Args:
        folder: of the build.
        settings: of the server.
        born: called with each new worker.
        lost: called with each worker that has ended.
        failed: called when the nursery itself has ended.
        room: for answers.
        module: that the process runs.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        born: Callable[[Worker], None],
        lost: Callable[[Worker], None],
        failed: Callable[[], None],
        room: Room,
        module: str,
    ) -> None:
        self._module = module
        self._folder, self._settings = folder, settings
        self._born, self._lost, self._failed = born, lost, failed
        self._room = room
        self._control, self._its = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._workers: dict[int, Worker] = {}
        self._fates: dict[int, bool] = {}
        """How workers have ended that were not connected yet."""

    async def start(self) -> None:
        """Start it and wait until the store is loaded.

        Raises:
            NotBuiltError: if it can't be loaded.
        """
        loop, set_to = asyncio.get_running_loop(), self._settings
        descriptor = self._its.fileno()
        numbers = map(str, (set_to.memory, set_to.result, set_to.in_memory))
        command = [sys.executable, "-m", self._module, str(descriptor), str(self._folder), *numbers]
        self._process = subprocess.Popen(  # noqa: S603 - our own module; takes a millisecond
            command, pass_fds=[descriptor], stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._its.close()
        self._control.setblocking(False)
        async with asyncio.timeout(_LOADING):
            said = await loop.sock_recv(self._control, ORDER.size)
        if said[:1] != READY:
            raise NotBuiltError(
                "the built graph can't be loaded.", path=self._folder, hint="Build it anew: buendnis build --force"
            )
        loop.add_reader(self._control, self._receive)

    def fork(self) -> None:
        """Order a worker."""
        self._send(FORK, 0)

    def _send(self, order: bytes, pid: int) -> None:
        with contextlib.suppress(OSError):  # it has ended: _receive tells
            self._control.send(ORDER.pack(order, pid))

    def _receive(self) -> None:
        """Take a new worker, or be told how one has ended; one at a time, as a socket comes with the message."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, ORDER.size, 1)
        except BlockingIOError:
            return
        except OSError:
            data, descriptors = b"", []
        if len(data) < ORDER.size:
            asyncio.get_running_loop().remove_reader(self._control)
            self._failed()
            return
        order, pid = ORDER.unpack(data)
        if order == FORK:
            self._fates.pop(pid, None)
            connection = socket.socket(fileno=descriptors[0])
            task = asyncio.get_running_loop().create_task(self._connect(connection, pid))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif pid in self._workers:
            self._workers.pop(pid).ended(order == KILLED)
        else:
            self._fates[pid] = order == KILLED

    async def _connect(self, connection: socket.socket, pid: int) -> None:
        connection.setblocking(False)
        _, worker = await asyncio.get_running_loop().create_connection(
            lambda: Worker(pid, self._send, self._lost, self._room), sock=connection
        )
        self._born(worker)
        if pid in self._fates:
            worker.ended(self._fates.pop(pid))
        else:
            self._workers[pid] = worker

    def stop(self) -> None:
        """End it, and with it all its workers."""
        with contextlib.suppress(RuntimeError, ValueError):
            asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        if self._process is not None:
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
