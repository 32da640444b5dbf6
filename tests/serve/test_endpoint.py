"""The same face on another endpoint: Oxigraph's own server, a real process; and such as misbehave."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE
from buendnis_graph.serve.formats import BY_NAME
from tests.endpoint import http_server, oxigraph, says
from tests.serve import hostile
from tests.serve.live import FORM, POINT, SELECT, Live, serving
from tests.serve.test_protocol import SOURCE, rows
from tests.serve.test_w3c_protocol import CASES, asked, passes
from tests.serve.test_walls import wait_for

JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def behind(root: Path) -> Iterator[str]:
    build = root / "build" / (root / "build" / "current").read_text().strip()
    with oxigraph(build / "store") as url:
        yield url


@pytest.fixture(scope="module")
def face(behind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server outside of any project."""
    with serving(tmp_path_factory.mktemp("nowhere"), "--endpoint", behind, time=2, result=1) as running:
        yield running


def test_answers_are_those_of_a_build(face: Live, live: Live) -> None:
    for query in (
        SELECT,
        "ASK { ?s a bg:Alliance }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        f"{POINT} ORDER BY ?p ?o",
    ):
        assert face.query(query).body == live.query(query).body
    for name, format_ in BY_NAME.items():
        is_rows = isinstance(format_.engine, ox.QueryResultsFormat)
        query = SELECT if is_rows else "CONSTRUCT { ?s a bg:Alliance } WHERE { ?s a bg:Alliance }"
        path = f"/sparql?{urlencode({'query': query, 'format': name})}"
        here, there = face.ask(path=path), live.ask(path=path)
        assert (here.status, here.type) == (200, there.type)
        assert _read(here.body, format_.engine) == _read(there.body, format_.engine)


def _read(body: bytes, engine: object) -> object:
    if isinstance(engine, ox.RdfFormat):
        return {quad.triple for quad in ox.parse(body, format=engine)}
    return body


def test_the_graphs_asked_for_are_passed_on(face: Live) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    at = f"/sparql?{urlencode({'query': count})}"
    (of_source,) = rows(face.query(count.replace("{", f"FROM <{SOURCE}> {{", 1)).body)
    assert rows(face.ask(path=f"{at}&default-graph-uri={quote(SOURCE)}").body) == [of_source]
    assert rows(face.ask(path=f"{at}&named-graph-uri={quote(SOURCE)}").body) == [{"n": "0"}]


@pytest.mark.parametrize("name", CASES)
def test_the_cases_of_the_protocol(face: Live, name: str) -> None:
    assert passes(asked(face, "/sparql", CASES[name]), CASES[name])


def test_linked_data_and_description(face: Live) -> None:
    got = face.ask(path="/id/x", accept="text/turtle")
    assert (got.status, got.headers["location"]) == (303, "/id/x.ttl")
    document = face.ask(path="/id/x.ttl")
    assert f"<{BASE}id/x>" in document.text or "id:x" in document.text
    assert face.ask(path="/id/nothing").status == 404
    assert SOURCE in face.ask(accept="application/n-triples").text
    assert face.ask(path="/healthz").text == "ok\n"
    assert "etag" not in face.query(POINT).headers, "the data may change and nobody would know"


@pytest.mark.parametrize("name", [*hostile.UPDATES, "groups", "expressions", "NOT EXISTS", "unary minus"])
def test_the_guard_stands_before_it(face: Live, name: str) -> None:
    assert face.post((hostile.UPDATES | hostile.BRACKETS)[name]).status == 400


def test_nobody_else_is_asked(face: Live) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.3)
        url = f"http://127.0.0.1:{stranger.getsockname()[1]}/"
        for name, query in hostile.ASKS_OTHERS.items():
            wanted = {400} if "SERVICE" in query.upper() or "\\u" in query.lower() or "LOAD" in query else {200}
            assert face.post(query.replace("{0}", url)).status in wanted, name
        with pytest.raises(TimeoutError):
            stranger.accept()


def test_what_takes_too_long_or_is_too_large_is_said(face: Live) -> None:
    began = time.monotonic()
    late = face.post(hostile.COSTLY["triple cross product"])
    assert (late.status, time.monotonic() - began < 5) == (504, True)
    assert "within 2 seconds" in late.text
    large = face.post("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert large.status == 503
    assert "larger than 1 MiB" in large.text
    wrong = face.query("SELECT * { ?s ?p }")
    assert wrong.status == 400
    assert "can't read the query" in wrong.text
    assert face.query(POINT).status == 200


def test_who_leaves_ends_the_query(face: Live) -> None:
    before = face.metric("clients_left_total")
    with face.socket() as connection:
        query = quote(hostile.COSTLY["triple cross product"])
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_for(lambda: face.metric("queries_running") == 1)
    wait_for(lambda: face.metric("clients_left_total") == before + 1)
    wait_for(lambda: face.metric("queries_running") == 0)


GOOD = {
    "SELECT ?old": '{"head":{"vars":["old","new"]},"results":{"bindings":[]}}',
    "SELECT DISTINCT ?s": '{"head":{"vars":["s"]},"results":{"bindings":[]}}',
    "SELECT DISTINCT ?g": '{"head":{"vars":["g"]},"results":{"bindings":[]}}',
}
ONE_ROW = '{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:a"}}]}}'


def misbehave(handler: BaseHTTPRequestHandler, body: str) -> None:
    """Answer what is asked at the start as it should be, and then as the query's comment says."""
    query = parse_qs(body)["query"][0]
    for start, answer in GOOD.items():
        if start in query:
            says(handler, answer)
            return
    how = query.rpartition("#")[2]
    if how.isdigit():
        says(handler, f"<h1>It is {how}.</h1>", status=int(how), kind="text/html")
    elif how == "page":
        says(handler, "<!doctype html>", kind="text/html")
    elif how == "broken":
        says(handler, '{"head":', kind="application/sparql-results+xml")
    elif how in {"cut", "rows"}:
        handler.send_response(200)
        handler.send_header(*(("X-SQL-State", "S1TAT") if how == "cut" else ("X-SPARQL-MaxRows", "1")))
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", str(len(ONE_ROW)))
        handler.end_headers()
        handler.wfile.write(ONE_ROW.encode())
    elif how == "short":
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{")
    elif how in {"gzip", "identity", "endless"}:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        if how != "endless":
            handler.send_header("Content-Encoding", how)
            handler.send_header("Content-Length", str(len(ONE_ROW)))
        handler.end_headers()
        handler.wfile.write(ONE_ROW.encode())
    elif how == "bytes":
        handler.wfile.write(b"\x00\x01\x02\r\n\r\n")
    elif how == "away":
        handler.send_response(302)
        handler.send_header("Location", "http://127.0.0.1:1/")
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@pytest.mark.parametrize(
    ("how", "status", "says_so"),
    [
        ("400", 400, "It is 400."),
        ("401", 502, "status 401"),
        ("429", 502, "status 429"),
        ("500", 502, "status 500: It is 500."),
        ("503", 502, "status 503"),
        ("504", 504, "too long"),
        ("page", 502, "no results"),
        ("broken", 502, "can't be read"),
        ("cut", 502, "a part of its answer"),
        ("rows", 502, "cuts its answers at 1 rows"),
        ("short", 502, "broke off"),
        ("bytes", 502, "broke off"),
        ("gzip", 502, "compresses its answer"),
        ("endless", 502, "where its answer ends"),
        ("away", 502, "status 302"),
    ],
)
def test_what_is_wrong_behind_is_said_plainly(misbehaving: Live, how: str, status: int, says_so: str) -> None:
    got = misbehaving.query(f"SELECT ?s {{ ?s ?p ?o }} #{how}")
    assert (got.status, got.type) == (status, "text/plain")
    assert says_so in got.text
    assert "<" not in got.text


def test_what_is_said_not_to_be_compressed_is_taken(misbehaving: Live) -> None:
    assert misbehaving.query("SELECT ?s { ?s ?p ?o } #identity").body == ONE_ROW.encode()


@pytest.fixture(scope="module")
def misbehaving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with (
        http_server(misbehave) as url,
        serving(tmp_path_factory.mktemp("nowhere"), "--endpoint", url, time=2) as running,
    ):
        yield running


def test_an_endpoint_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = threading.Event()

    def leave(handler: BaseHTTPRequestHandler, body: str) -> None:
        misbehave(handler, body) if not gone.is_set() else handler.connection.shutdown(socket.SHUT_RDWR)

    with http_server(leave) as url, serving(tmp_path, "--endpoint", url, time=1) as live:
        gone.set()
        assert live.query(POINT).status == 502


def test_an_endpoint_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("buendnis")), "--lang", "en", "serve", "--endpoint"]
    for address, says_so in (("http://127.0.0.1:1/sparql", "can't be reached"), ("ftp://x", "not the address")):
        ended = subprocess.run([*command, address], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == 2
        assert says_so in ended.stderr
        assert "Traceback" not in ended.stderr


def test_the_same_queries_at_once_share_its_places(face: Live) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(face.query(POINT).status)) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 30
    posted = face.ask("POST", body=urlencode({"query": "ASK {}"}), content_type=FORM)
    assert json.loads(posted.body)["boolean"] is True
