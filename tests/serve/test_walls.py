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

from tests.serve.live import FOREVER, POINT, SLOTS, Live, serving

MANY = 20_000
REFUSED = {
    "nested groups": "ASK " + "{" * MANY + "}" * MANY,
    "nested brackets": "ASK { FILTER(" + "(" * MANY + "1" + ")" * MANY + ") }",
    "nested brackets, never closed": "ASK { FILTER(" + "(" * MANY,
    "nested collections": "ASK { ?s ?p " + "(" * MANY + ")" * MANY + " }",
    "nested blank nodes": "ASK { " + "[ ?p " * MANY + "] " * MANY + "}",
    "sum": "ASK { FILTER(0" + "+1" * MANY + ") }",
    "not": "ASK { FILTER(" + "!" * MANY + "true) }",
    "path": "ASK { ?s <a:a>" + "/<a:a>" * MANY + " ?o }",
    "nested path": "ASK { ?s " + "(" * MANY + "<a:a>" + ")*" * MANY + " ?o }",
    "unions": "ASK { {}" + " UNION {}" * MANY + " }",
    "selects": "ASK { " + "{ SELECT * " * MANY + "}" * MANY + " }",
    "too long": "ASK { ?s ?p '" + "x" * 200_000 + "' }",
    "too many values": "ASK { VALUES ?x { " + "1 " * 40_000 + "} }",
    "service": "ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "update": "ASK {} ; INSERT DATA { <a:a> <a:a> 1 }",
}
DOUBLE = "BIND(CONCAT(?x{0}, ?x{0}) AS ?x{1}) "
TEN = " ".join(str(n) for n in range(60))
STOPPED = {
    "cross product": FOREVER,
    "cross product of values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {TEN} }}" for i in range(8))
    + " }",
    "exponential string": "SELECT (STRLEN(?x40) AS ?n) { BIND('ha' AS ?x0) "
    + "".join(DOUBLE.format(i, i + 1) for i in range(40))
    + "}",
    "exponential string by REPLACE": "SELECT (STRLEN(?x12) AS ?n) { BIND('hahahaha' AS ?x0) "
    + "".join(f"BIND(REPLACE(?x{i}, 'h', ?x{i}) AS ?x{i + 1}) " for i in range(12))
    + "}",
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?f), STR(?i))) AS ?all) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f",
    "distinct cross product": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cross product as an answer": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "built cross product": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "paths from everywhere": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:a>)* ?b . ?c (!<a:a>|^!<a:a>)* ?d . "
    "?e (!<a:a>|^!<a:a>)* ?f }",
    "slow expression": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . "
    "FILTER(REGEX(CONCAT(STR(?a), STR(?f)), '(a|b|c|d|e)*(x+x+)+y')) ?g ?h ?i }",
    "exists in a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER EXISTS { ?g ?h ?i . ?j ?k ?l "
    "FILTER(?i = ?l && ?g != ?j && STR(?a) = STR(?l)) } }",
}


@pytest.fixture(scope="module")
def walled(root: Path) -> Iterator[Live]:
    """A server whose limits are soon reached."""
    with serving(root, time=0.5, memory=128, result=2, upload=1.5, idle=1, connections=40) as running:
        yield running


def answers(live: Live) -> bool:
    return live.query(POINT).status == 200


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_before_it_is_evaluated(walled: Live, name: str) -> None:
    before = walled.metric("workers_started_total")
    got = walled.post(REFUSED[name])
    assert (got.status, got.type) == (400, "text/plain")
    assert walled.metric("workers_started_total") == before
    assert answers(walled)


@pytest.mark.parametrize("name", STOPPED)
def test_what_is_stopped(walled: Live, name: str) -> None:
    got = walled.post(STOPPED[name])
    assert got.status == 503
    assert "stopped" in got.text or "larger" in got.text
    assert answers(walled)


def test_a_killed_worker_is_replaced(walled: Live) -> None:
    for pid in walled.workers():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    got = [walled.query(POINT) for _ in range(8)]
    assert [(one.status, one.text[:200]) for one in got if one.status != 200] == []
    wait_for(lambda: len(walled.workers()) == SLOTS)


def test_no_memory_is_kept(walled: Live) -> None:
    for _ in range(3):
        assert walled.post(STOPPED["exponential string"]).status == 503
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
    end = time.monotonic() + 20
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


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\xff\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_http(walled: Live, data: bytes) -> None:
    assert walled.raw(data)[:12] in (b"HTTP/1.1 400", b"")
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


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/id/%00",
        "/id/..%5c..%5cx",
        "/id/a%0d%0aX-Injected:%20yes",
        "/id/%ff%fe",
        "/id/%3Cscript%3Ealert(1)%3C/script%3E",
        "/" + "a/" * 3000,
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_paths_lead_nowhere(walled: Live, path: str) -> None:
    got = walled.ask(path=path)
    assert got.status == 404
    assert b"root:" not in got.body
    assert "x-injected" not in got.headers


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


def test_a_query_that_asks_a_stranger_reaches_nobody(walled: Live) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.3)
        url = f"http://127.0.0.1:{stranger.getsockname()[1]}/"
        for query in (
            f"ASK FROM <{url}> {{ ?s ?p ?o }}",
            f"ASK {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
            f"DESCRIBE <{url}>",
        ):
            assert walled.query(query).status == 200
        for query in (f"ASK {{ SERVICE <{url}> {{ }} }}", f"LOAD <{url}>"):
            assert walled.query(query).status == 400
        with pytest.raises(TimeoutError):
            stranger.accept()
