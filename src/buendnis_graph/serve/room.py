"""How much memory may be taken by answers that clients are still reading."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

SMALL = 256 * 1024
"""Bytes of an answer up to which it needs no room: the kernel's buffers take it."""


class Room:
    """Bytes that may be taken.

    Args:
        limit: how many.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._waiting: deque[tuple[int, Callable[[], None]]] = deque()

    def take(self, size: int, go_on: Callable[[], None]) -> bool:
        """Take room if there is some; else ``go_on`` is called when there is, with the room taken."""
        if size <= SMALL or not self._taken or self._taken + size <= self._limit:
            self._taken += _counted(size)
            return True
        self._waiting.append((size, go_on))
        return False

    async def taken(self, size: int) -> None:
        """Take room, when there is some."""
        free: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def go_on() -> None:
            if free.cancelled():
                self.give(size)
            else:
                free.set_result(None)

        if not self.take(size, go_on):
            try:
                await free
            except asyncio.CancelledError:
                if not free.cancelled():  # it was free already
                    self.give(size)
                raise

    def change(self, before: int, after: int) -> bool:
        """Take more room than was taken, if there is some now; return whether there is."""
        others, size = self._taken - _counted(before), _counted(after)
        if size and others and others + size > self._limit:
            return False
        self._taken = others + size
        return True

    def give(self, size: int) -> None:
        """Give back room that was taken."""
        self._taken -= _counted(size)
        while self._waiting and (not self._taken or self._taken + self._waiting[0][0] <= self._limit):
            more, go_on = self._waiting.popleft()
            self._taken += more
            go_on()


class Held:
    """What an answer takes that is put together of pieces.

    It never waits for more, as who holds room and waits for more may wait for another who does.

    Args:
        room: it is taken of.
    """

    def __init__(self, room: Room) -> None:
        self._room, self._size = room, 0

    def more(self, size: int) -> bool:
        """Take more bytes; return whether there is room for them."""
        is_there = self._room.change(self._size, self._size + size)
        self._size += size if is_there else 0
        return is_there

    def give(self) -> None:
        """Give back all."""
        self._room.give(self._size)
        self._size = 0


def _counted(size: int) -> int:
    return size if size > SMALL else 0
