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
            self._taken += size if size > SMALL else 0
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

    def give(self, size: int) -> None:
        """Give back room that was taken."""
        self._taken -= size if size > SMALL else 0
        while self._waiting and (not self._taken or self._taken + self._waiting[0][0] <= self._limit):
            more, go_on = self._waiting.popleft()
            self._taken += more
            go_on()
