"""Four clients throw bombs, workers are killed, and a fifth client still gets all its answers."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.serve.hostile import COSTLY
from tests.serve.live import POINT, SLOTS, Live, serving

CLIENTS, SECONDS = 4, 4


def test_bombs_keep_nobody_waiting(root: Path) -> None:
    with serving(root, time=2, memory=256) as live:
        end = time.monotonic() + SECONDS
        refused: list[int] = []
        threads = [threading.Thread(target=throw, args=(live, number, end, refused)) for number in range(CLIENTS)]
        threads.append(threading.Thread(target=kill, args=(live, end)))
        for thread in threads:
            thread.start()
        took: list[float] = []
        memory = 0
        while time.monotonic() < end:
            began = time.monotonic()
            assert live.query(POINT).status == 200
            took.append(time.monotonic() - began)
            if len(took) % 50 == 0:
                memory = max(memory, sum(live.workers().values()))
        for thread in threads:
            thread.join()
        assert len(took) > 50
        assert sorted(took)[int(len(took) * 0.99)] < 3, "a generous bound: others use this machine, too"
        assert set(refused) == {503}
        assert memory < (SLOTS + 2) * (256 + 64) * 1024
        assert live.query(POINT).status == 200


def throw(live: Live, number: int, end: float, refused: list[int]) -> None:
    """Throw all bombs in turn, each a little different, so that the server can't know them."""
    bombs = list(COSTLY.values())
    thrown = 0
    while time.monotonic() < end:
        thrown += 1
        refused.append(live.post(f"{bombs[(number + thrown) % len(bombs)]}\n# {number}.{thrown}").status)


def kill(live: Live, end: float) -> None:
    """Kill a worker now and then: one that is idle, or has a query."""
    while time.monotonic() < end:
        time.sleep(0.5)
        pids = sorted(live.workers())
        with suppress(ProcessLookupError):
            os.kill(pids[len(pids) // 2], signal.SIGKILL)


def test_many_clients_at_once_are_all_answered(live: Live) -> None:
    found: list[int] = []
    together(40, lambda: found.extend(live.query(POINT).status for _ in range(5)))
    assert found == [200] * 200


def test_a_full_queue_refuses_and_says_when_to_come_again(root: Path) -> None:
    with serving(root, time=2, wait=1, queue=3, slots=2, slow_slots=1) as live:
        answers: list[tuple[int, str]] = []

        def ask() -> None:
            got = live.post(COSTLY["triple cross product"])
            answers.append((got.status, got.headers.get("retry-after", "")))

        together(12, ask)
        assert {status for status, _ in answers} == {503}
        assert sum(bool(after) for _, after in answers) >= 8
        assert live.query(POINT).status == 200


def together(number: int, what: Callable[[], None]) -> None:
    threads = [threading.Thread(target=what) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
