"""The server's side of the process that evaluates the tools of assistants."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from typing import Any

from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.settings import Project

_LONGEST = MIB
"""Bytes of an answer; more is of no use to an assistant."""
_STARTING = 60
"""Seconds that a process may take for its first answer, beside those of a query: it loads the registry."""

_ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""For the C library (mallopt(3)): else each thread of the store may reserve 64 MiB of addresses. The bound is one of
addresses, so that a small query might end the process by chance."""


class ToolProcess:
    """The process that evaluates; started when it is needed, one call at a time.

    Args:
        project: whose current build is asked.
        settings: time and memory of a query.
    """

    def __init__(self, project: Project, settings: Settings) -> None:
        self._project, self._settings = project, settings
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._is_warm = False

    async def call(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return what the process says: ``{"answer": …}`` or ``{"error": …}``."""
        async with self._turn:
            process, early = self._process or await self._start(), None
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - they are pipes
            wrong = f"the process ended that evaluates, most likely for want of memory ({self._settings.memory} MiB)."
            try:
                async with asyncio.timeout(self._settings.time + (0 if self._is_warm else _STARTING)):
                    process.stdin.write(json.dumps({"tool": tool, "arguments": arguments}).encode() + b"\n")
                    while line := await process.stdout.readline():
                        said: dict[str, Any] = json.loads(line)
                        self._is_warm = True
                        if "early" not in said:
                            return said
                        early = said["early"]
            except TimeoutError:
                wrong = f"the query was stopped: it may take {self._settings.time:g} seconds."
            except ConnectionError:  # it has just ended
                pass
            except asyncio.CancelledError:  # the client wants it no more
                await self.stop()
                raise
            await self.stop()
            return {"answer": early} if early else {"error": f"{wrong} Ask for less."}

    async def _start(self) -> asyncio.subprocess.Process:
        command = [sys.executable, "-m", "buendnis_graph.serve.tool_worker", str(self._project.root.resolve())]
        numbers = (str(self._settings.memory), str(_LONGEST))
        self._process = await asyncio.create_subprocess_exec(
            *command,
            *numbers,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | _ONE_HEAP,
            limit=2 * _LONGEST,
        )
        return self._process

    async def stop(self) -> None:
        """End the process at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        self._process, self._is_warm = None, False
