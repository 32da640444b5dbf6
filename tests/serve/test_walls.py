"""Hostile requests: each is refused or stopped, and the server answers the next one."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serve.hostile import COSTLY
from tests.serve.live import FOREVER, POINT, SLOTS, Live, serving


@pytest.fixture(scope="module")
def walled(root: Path) -> Iterator[Live]:
    """A server whose limits are soon reached."""
    with serving(root, time=0.5, memory=128, result=2, upload=1.5, idle=1, connections=40) as running:
        yield running


def answers(live: Live) -> bool:
    return live.query(POINT).status == 200


def test_a_killed_worker_is_replaced(walled: Live) -> None:
    for pid in walled.workers():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    got = [walled.query(POINT) for _ in range(8)]
    assert [(one.status, one.text[:200]) for one in got if one.status != 200] == []
    wait_for(lambda: len(walled.workers()) == SLOTS)


def test_no_memory_is_kept(walled: Live) -> None:
    for _ in range(3):
        assert walled.post(COSTLY["doubled text"]).status == 503
    assert answers(walled)
    assert sum(walled.workers().values()) < SLOTS * 64 * 1024


def test_who_leaves_ends_the_query(live: Live) -> None:
    before = live.metric("clients_left_total")
    with live.socket() as connection:
        connection.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_for(lambda: live.metric("queries_running") == 1)
        busy = set(live.workers())
    wait_for(lambda: live.metric("clients_left_total") == before + 1)
    assert live.metric("queries_running") == 0
    wait_for(lambda: len(busy - set(live.workers())) == 1)


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60  # other tests run beside
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def test_floods(walled: Live) -> None:
    assert walled.ask("POST", body=b"x" * 2_000_000, content_type="application/sparql-query").status == 413
    chunked = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert walled.raw(chunked + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 20 + b"0\r\n\r\n").startswith(b"HTTP/1.1 413")
    assert walled.raw(chunked + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 400)[:12] in (b"HTTP/1.1 413", b"")
    one = b"GET /sparql HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 140_000
    many = b"GET /sparql HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 30_000
    for head in (one, one + b"\r\n\r\n", many, many + b"\r\n"):
        assert b"431" in walled.raw(head)[:20]
    assert b" 431 " in walled.raw(b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n")[:20]
    assert answers(walled)


def test_an_upgrade_is_passed_over(walled: Live) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    assert walled.raw(head).startswith(b"HTTP/1.1 200")


def test_slow_clients_are_dropped(walled: Live) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(walled.socket()) for _ in range(60)]
        for number, connection in enumerate(slow):
            if number % 3:
                send(connection, b"GET /sparql HTTP/1.1\r\nX-" if number % 3 == 1 else post_of(1000) + b"ASK")
            assert number % 20 or answers(walled), "they take no place from others"
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            for connection in slow:
                send(connection, b"a")
            time.sleep(0.2)
            assert answers(walled)
        assert all(is_closed(connection) for connection in slow)


def post_of(length: int) -> bytes:
    return (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
        % length
    )


def send(connection: socket.socket, data: bytes) -> None:
    with suppress(ConnectionError):
        connection.sendall(data)


def is_closed(connection: socket.socket) -> bool:
    connection.settimeout(2)
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def test_who_does_not_read_is_no_burden(walled: Live) -> None:
    rows = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    with ExitStack() as stack:
        for _ in range(20):
            connection = stack.enter_context(walled.socket())
            connection.sendall(f"GET /sparql?query={quote(rows)} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 3)
        assert all(answers(walled) for _ in range(20))


def test_scripts_in_errors_are_text(walled: Live) -> None:
    for got in (
        walled.query("SELECT <script>alert(1)</script>", accept="text/html"),
        walled.query("ASK { ?s <script>alert(1)</script> ?o }", accept="text/html, */*"),
        walled.ask(path="/sparql?query=ASK%7B%7D&format=%3Cscript%3E", accept="text/html"),
        walled.ask(path="/%3Cscript%3E", accept="text/html"),
        walled.ask(path="/sparql?query=ASK%7B%7D&default-graph-uri=%3Cscript%3E", accept="text/html"),
    ):
        assert got.status in {400, 404, 406}
        assert got.headers["content-type"] == "text/plain; charset=utf-8"
        assert got.headers["x-content-type-options"] == "nosniff"
