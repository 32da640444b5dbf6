"""All that is hostile, thrown at a real server: refused, stopped or answered, in time; and it answers the next one."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.serve import hostile, hostile_http
from tests.serve.live import POINT, Live, serving

TIME = 0.3
SOON = 5
"""Seconds; all is answered in much less on a machine that has nothing else to do."""


@pytest.fixture(scope="module")
def walled(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with a site, whose limits are soon reached."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text("<!doctype html>")
    (site / "id").mkdir()
    (site / "id" / "x.ttl").write_text("<a:a> <a:a> 1 .")
    (site / ".htaccess").write_text("Options -Indexes")
    (site / "secret").symlink_to("/etc")
    with serving(root, site=site, time=TIME, memory=128, result=2, upload=1, idle=1) as running:
        yield running
        assert running.process.poll() is None


def in_time(live: Live, query: str) -> tuple[int, str]:
    """Ask; see that the answer comes in time, and that of another query after it."""
    began = time.monotonic()
    got = live.post(query)
    assert time.monotonic() - began < SOON
    assert live.query(POINT).status == 200
    assert got.status == 200 or got.headers["content-type"] == "text/plain; charset=utf-8"
    return got.status, got.text


@pytest.mark.parametrize("name", hostile.BRACKETS)
def test_brackets_and_chains(walled: Live, name: str) -> None:
    before = walled.metric("workers_started_total")
    status, _ = in_time(walled, hostile.BRACKETS[name])
    assert status == (200 if name in hostile.BORNE else 400)
    assert walled.metric("workers_started_total") == before, "it ended a worker"


@pytest.mark.parametrize("name", hostile.COSTLY)
def test_what_costs_too_much_is_stopped(walled: Live, name: str) -> None:
    status, text = in_time(walled, hostile.COSTLY[name])
    assert status == 503
    assert "stopped" in text or "larger" in text


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_what_is_strange_is_answered_or_refused(walled: Live, name: str) -> None:
    before = walled.metric("workers_started_total")
    assert in_time(walled, hostile.HARMLESS[name])[0] in {200, 400}
    assert walled.metric("workers_started_total") == before, "it ended a worker"


@pytest.mark.parametrize("name", hostile.UPDATES)
def test_updates(walled: Live, name: str) -> None:
    assert in_time(walled, hostile.UPDATES[name])[0] == 400


def test_nobody_else_is_asked(walled: Live) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.3)
        url = f"http://127.0.0.1:{stranger.getsockname()[1]}/"
        for name, query in hostile.ASKS_OTHERS.items():
            status, text = in_time(walled, query.replace("{0}", url))
            assert status in {200, 400}, name
            assert "root:" not in text
        with pytest.raises(TimeoutError):
            stranger.accept()


@pytest.mark.parametrize("name", hostile_http.RAW)
def test_what_is_no_good_http(walled: Live, name: str) -> None:
    got = b""
    with walled.socket() as connection, suppress(ConnectionError):
        connection.settimeout(SOON)
        connection.sendall(hostile_http.RAW[name])
        while piece := connection.recv(65536):
            got += piece
    statuses = {int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", got)}
    assert statuses <= {100, 200, 204, 400, 404, 405, 406, 413, 415, 431}, got[:200]
    assert b"ok " not in got or name.startswith(("bare", "requests"))  # of /healthz: what is hidden is not answered
    assert b"secret" not in got
    assert walled.query(POINT).status == 200


@pytest.mark.parametrize("path", hostile_http.PATHS, ids=lambda path: path[:60])
def test_paths_lead_nowhere(walled: Live, path: str) -> None:
    got = walled.ask(path=path)
    assert got.status == 404
    assert b"root:" not in got.body
    assert "x-injected" not in got.headers


@pytest.mark.parametrize(("parameters", "status"), hostile_http.PARAMETERS.items(), ids=lambda value: str(value)[:60])
def test_parameters(walled: Live, parameters: str, status: int) -> None:
    for got in (
        walled.ask(path=f"/sparql?{parameters}", accept="text/html;q=0.1, */*"),
        walled.ask("POST", body=parameters, content_type="application/x-www-form-urlencoded"),
    ):
        asks_nothing = got.status == 400 and not parameters.startswith("query=") and status == 200
        assert got.status == status or asks_nothing
        assert "x-injected" not in got.headers
        assert got.status == 200 or got.type == "text/plain"
