"""How a server is run: health, metrics, a new build, a clean stop, and what it says when it can't start."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.serve.live import FOREVER, FORM, POINT, SELECT, SLOTS, Answer, Live, children, command_of, serving
from tests.serve.test_walls import wait_for


def test_health_and_metrics(live: Live) -> None:
    assert live.query(POINT).status == 200
    health, told = live.ask(path="/healthz"), live.ask(path="/metrics")
    assert (health.status, health.text[:3]) == (200, "ok ")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert re.search(r'^buendnis_requests_total\{route="sparql",status="200"\} [1-9]', told.text, re.MULTILINE)
    names = re.findall(r"^# TYPE (\S+)", told.text, re.MULTILINE)
    assert len(names) == len(set(names)) > 10
    assert "127.0.0.1" not in told.text
    buckets = [int(n) for n in re.findall(r"^buendnis_request_seconds_bucket\{.*\} (\d+)$", told.text, re.MULTILINE)]
    assert buckets == sorted(buckets)


def test_a_new_build_is_taken_up_without_losing_a_request(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "project")
    builds = tmp_path / "project" / "build"
    first = (builds / "current").read_text().strip()
    shutil.copytree(builds / first, builds / "another")
    with serving(tmp_path / "project", reload=0.1) as live:
        found: set[tuple[int, str]] = set()
        done = threading.Event()

        def note(answer: Answer) -> None:
            found.add((answer.status, "" if answer.status == 200 else answer.text))

        def ask() -> None:
            while not done.is_set():
                note(live.query(SELECT))

        def reconcile() -> None:
            queries = json.dumps({str(number): {"query": f"Verein {number}"} for number in range(200)})
            while not done.is_set():
                note(live.ask("POST", "/reconcile", urlencode({"queries": queries}), content_type=FORM))

        threads = [threading.Thread(target=asking) for asking in (ask, ask, ask, reconcile, reconcile)]
        for thread in threads:
            thread.start()
        tag, nursery = live.query(SELECT).headers["etag"], set(live.workers())
        (builds / "next").write_text("another")
        (builds / "next").rename(builds / "current")
        wait_for(lambda: live.ask(path="/healthz").text == "ok another\n")
        wait_for(lambda: len(live.workers()) == SLOTS and not nursery & set(live.workers()))
        done.set()
        for thread in threads:
            thread.join()
        assert live.query(SELECT, if_none_match=tag).status == 200
        assert found == {(200, "")}


def test_a_request_that_has_begun_is_answered_from_its_build(root: Path, tmp_path: Path) -> None:
    """Its body comes in while another build takes the place of the one it has begun with."""
    shutil.copytree(root, tmp_path / "project")
    builds = tmp_path / "project" / "build"
    shutil.copytree(builds / (builds / "current").read_text().strip(), builds / "another")
    body = urlencode({"queries": json.dumps({"q": {"query": "Verein"}})}).encode()
    head = f"POST /reconcile HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
    with serving(tmp_path / "project", reload=0.1) as live, live.socket() as connection:
        connection.sendall(f"{head}Connection: close\r\n\r\n".encode() + body[:5])
        wait_for(lambda: live.metric("requests_open") == 1)
        (builds / "next").write_text("another")
        (builds / "next").rename(builds / "current")
        wait_for(lambda: live.ask(path="/healthz").text == "ok another\n")
        time.sleep(0.3)  # nothing tells from outside that the old build is not closed yet
        connection.sendall(body[5:])
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200 ")
        wait_for(lambda: len(live.workers()) == SLOTS)


@pytest.mark.parametrize("which", ["serve.nursery", "reconcile.process"])
def test_a_lost_store_or_index_is_loaded_again(root: Path, which: str) -> None:
    with serving(root, reload=0.1) as live:
        (lost,) = (pid for pid in children(live.process.pid) if which in command_of(pid))
        os.kill(lost, signal.SIGKILL)
        wait_for(lambda: any(which in command_of(pid) and pid != lost for pid in children(live.process.pid)))
        paths = ["/healthz", f"/sparql?query={quote(POINT)}", "/reconcile/suggest/entity?prefix="]
        wait_for(lambda: all(live.ask(path=path).status == 200 for path in paths))


def test_what_is_being_answered_when_it_stops_is_answered(root: Path) -> None:
    with serving(root, time=1.5) as live, live.socket() as connection:
        connection.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_for(lambda: live.metric("queries_running") == 1)
        workers = live.workers()
        live.process.send_signal(signal.SIGTERM)
        got = b"".join(iter(lambda: connection.recv(65536), b""))
        assert b"it may take 1.5 seconds" in got
        live.process.wait(20)
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_a_server_that_is_killed_leaves_no_process(root: Path) -> None:
    with serving(root, code=-signal.SIGKILL) as live:
        workers = live.workers()
        assert len(workers) == SLOTS
        live.process.kill()
        live.process.wait()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_a_large_store_is_read_from_disk(root: Path) -> None:
    with serving(root, in_memory=0) as live:
        assert live.query(SELECT, accept="text/csv").text.split("\r\n")[0] == "s"
        assert len(live.workers()) == SLOTS


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--port", "99999"], "setting 'port'"),
        (["--config", "none.toml"], "none.toml"),
        (["--host", "203.0.113.1"], "can't listen"),
    ],
)
def test_what_it_says_when_it_cannot_start(root: Path, flags: list[str], says: str) -> None:
    command = [str(Path(sys.executable).with_name("buendnis")), "--root", str(root), "serve", *flags]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode in {1, 2}
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    for name in ("ontology", "data"):
        (tmp_path / name).mkdir()
    command = [str(Path(sys.executable).with_name("buendnis")), "--root", str(tmp_path), "serve", "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "buendnis build" in ended.stderr
