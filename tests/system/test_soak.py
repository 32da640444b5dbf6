"""Mixed traffic for a while, hostile clients among it: nothing fails but on purpose, and memory stays flat.

``BUENDNIS_SOAK`` says for how many seconds (20); ten minutes of it are more requests than twelve hours of a public service.
"""

from __future__ import annotations

import os
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.serve import hostile, hostile_http
from tests.serve.conftest import root
from tests.serve.live import FORM, POINT, SELECT, SLOTS, Answer, Live, memory_of, serving

__all__ = ["root"]
SECONDS = float(os.environ.get("BUENDNIS_SOAK", "20"))
FLAT = 1.10
CLIENTS = 3
EVERYTHING = "SELECT * { ?s ?p ?o }"
Ask = Callable[[Live, random.Random], Answer | None]


def leaving(live: Live, chance: random.Random) -> None:
    """Ask, and leave before or while the answer comes."""
    query = chance.choice((EVERYTHING, hostile.COSTLY["triple cross product"]))
    with live.socket() as connection:
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        if chance.random() < 0.5:
            connection.recv(10)


def broken(live: Live, chance: random.Random) -> None:
    """Send what is no good HTTP, and go."""
    with live.socket() as connection, suppress(ConnectionError):
        connection.sendall(chance.choice(list(hostile_http.RAW.values()))[:100_000])


def fresh(chance: random.Random) -> str:
    return f"{POINT} # {chance.random()}"


TRAFFIC: dict[str, tuple[int, set[int], Ask]] = {
    "a point, asked before": (20, {200}, lambda live, _: live.query(POINT)),
    "a point, new": (30, {200}, lambda live, chance: live.query(fresh(chance))),
    "rows": (8, {200}, lambda live, chance: live.query(f"{SELECT} # {chance.random()}", accept="text/csv")),
    "everything, packed": (
        4,
        {200},
        lambda live, c: live.query(f"{EVERYTHING} # {c.random()}", accept_encoding="gzip"),
    ),
    "by form": (
        4,
        {200},
        lambda live, c: live.ask("POST", body=urlencode({"query": fresh(c)}), content_type=FORM),
    ),
    "a thing": (8, {303}, lambda live, chance: live.ask(path=f"/id/{chance.choice('abcxy')}")),
    "a document": (
        8,
        {200},
        lambda live, c: live.ask(path=f"/id/{c.choice('abcxy')}.{c.choice(('ttl', 'nt', 'rdf'))}"),
    ),
    "nothing": (4, {404}, lambda live, chance: live.ask(path=f"/id/{chance.random()}")),
    "the description": (3, {200}, lambda live, _: live.ask(accept="text/turtle")),
    "head": (3, {200}, lambda live, _: live.ask("HEAD", f"/sparql?query={quote(SELECT)}")),
    "health": (2, {200}, lambda live, _: live.ask(path="/healthz")),
    "brackets": (4, {200, 400}, lambda live, c: live.post(c.choice(list(hostile.BRACKETS.values())))),
    "updates": (2, {400}, lambda live, c: live.post(c.choice(list(hostile.UPDATES.values())))),
    "costly": (2, {503}, lambda live, c: live.post(f"{c.choice(list(hostile.COSTLY.values()))} # {c.random()}")),
    "leaving": (2, {0}, leaving),
    "broken": (3, {0}, broken),
}
"""By name: how often, which statuses are right, and how it is asked."""


def client(live: Live, number: int, end: float, seen: Counter[str], wrong: list[str]) -> None:
    """Ask until the end; note how often what was asked, and all answers that are wrong."""
    chance = random.Random(number)  # noqa: S311 - the same each time
    names = list(TRAFFIC)
    while time.monotonic() < end:
        (name,) = chance.choices(names, [TRAFFIC[name][0] for name in names])
        _, right, ask = TRAFFIC[name]
        answer = ask(live, chance)
        seen[name] += 1
        if (answer.status if answer else 0) not in right:
            wrong.append(f"{name}: {answer.text if answer else 'none'}")


@pytest.mark.system
def test_mixed_traffic_leaves_no_trace(root: Path) -> None:
    with serving(root, time=1, memory=128, result=2, cache=1, upload=1, idle=1) as live:
        end = time.monotonic() + SECONDS
        counts: list[Counter[str]] = [Counter() for _ in range(CLIENTS)]
        wrong: list[str] = []
        threads = [threading.Thread(target=client, args=(live, n, end, counts[n], wrong)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        taken: list[int] = []
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.2)
            taken.append(memory_of(live.process.pid))
            assert sum(live.workers().values()) < (SLOTS + 2) * 192 * 1024
        assert wrong == []
        assert set(sum(counts, Counter())) == set(TRAFFIC), "too short: not all was asked"
        third = len(taken) // 3
        early, late = statistics.median(taken[third : 2 * third]), statistics.median(taken[2 * third :])
        assert late < early * FLAT, f"memory of the server: {early:,} KiB, then {late:,} KiB"
        assert live.query(POINT).status == 200
        assert live.metric("queries_running") == live.metric("queries_waiting") == 0
