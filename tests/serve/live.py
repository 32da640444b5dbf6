"""A real server process on a free port of the loopback interface, and clients that ask it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from buendnis_graph.serve.settings import Settings

SELECT = "SELECT ?s { ?s a bg:Alliance } ORDER BY ?s"
POINT = "SELECT ?p ?o { <https://w3id.org/buendnis-graph/id/x> ?p ?o }"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }"
SLOTS = Settings().slots
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Live:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(
        self, method: str = "GET", path: str = "/sparql", body: bytes | str | None = None, **headers: str
    ) -> Answer:
        """Send a request on a connection of its own; ``content_type=…`` becomes a header."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def query(self, query: str, **headers: str) -> Answer:
        """Ask by GET."""
        return self.ask(path=f"/sparql?{urlencode({'query': query})}", **headers)

    def post(self, query: str, **headers: str) -> Answer:
        """Ask by POST, the query as it is: for long ones."""
        return self.ask("POST", body=query, content_type=DIRECT, **headers)

    def raw(self, data: bytes) -> bytes:
        """Send bytes and return all that comes back until the server ends the connection."""
        with self.socket() as connection:
            try:
                connection.sendall(data)
                return b"".join(iter(lambda: connection.recv(65536), b""))
            except ConnectionError:
                return b""

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def metric(self, name: str) -> int:
        found = re.search(rf"^buendnis_{re.escape(name)} (\d+)$", self.ask(path="/metrics").text, re.MULTILINE)
        assert found is not None
        return int(found[1])

    def workers(self) -> dict[int, int]:
        """Return the processes of the workers, with the memory each has for itself in KiB."""
        nurseries = [pid for pid in children(self.process.pid) if "nursery" in command_of(pid)]
        return {pid: memory_of(pid) for nursery in nurseries for pid in children(nursery)}


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, but for those that have ended."""
    return [int(child) for child in _read(pid, f"task/{pid}/children").split() if command_of(int(child))]


def command_of(pid: int) -> str:
    """Return the command line of a process; empty if there is none."""
    return _read(pid, "cmdline")


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def memory_of(pid: int) -> int:
    """Return the memory a process has for itself, in KiB."""
    return sum(int(n) for n in re.findall(r"^Private_\w+:\s+(\d+)", _read(pid, "smaps_rollup"), re.MULTILINE))


def memory_of_all(pid: int) -> int:
    """Return the memory that a process and those that it has started have for themselves, in KiB."""
    return memory_of(pid) + sum(map(memory_of_all, children(pid)))


@contextmanager
def serving(root: Path, *flags: str, code: int = 0, **settings: object) -> Iterator[Live]:
    """Run ``buendnis serve`` on a project; end it as a system would, and see that it ends as it should."""
    command = [str(Path(sys.executable).with_name("buendnis")), "--root", str(root), "--lang", "en", "serve", *flags]
    named = {f"BUENDNIS_SERVE_{name.upper()}": str(value) for name, value in settings.items()}
    with tempfile.NamedTemporaryFile("rb") as log:
        process = subprocess.Popen(
            [*command, "--port", "0"], env=os.environ | named, stdout=subprocess.DEVNULL, stderr=log
        )
        told = ""
        try:
            while (found := re.search(r"http://127\.0\.0\.1:(\d+)/ ", told)) is None:
                assert process.poll() is None, told
                time.sleep(0.02)
                told = Path(log.name).read_text()
            yield Live(int(found[1]), process)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == code
            told = Path(log.name).read_text()
            assert "Traceback" not in told, told
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
