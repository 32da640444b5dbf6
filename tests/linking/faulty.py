"""A small reconciliation service on the loopback interface that misbehaves as asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

MANIFEST = {
    "versions": ["0.2"],
    "name": "far side",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
    "extend": {"propose_properties": None},
}


@dataclass
class FarSide:
    """What a service knows, how it misbehaves, and what it was asked.

    Args:
        items: its items: id, name, and what data extension tells of it.
        faults: what it does with the next requests instead of answering, in order.
    """

    items: list[tuple[str, str, dict[str, list[dict[str, str]]]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    url: str = ""

    def answer(self, form: dict[str, list[str]]) -> object:
        if "queries" in form:
            queries = json.loads(form["queries"][0])
            found = [{"id": key, "name": name, "score": 50, "match": False, "type": []} for key, name, _ in self.items]
            return {name: {"result": found[: query["limit"]]} for name, query in queries.items()}
        if "extend" in form:
            asked = json.loads(form["extend"][0])
            return {"meta": [], "rows": {key: row for key, _, row in self.items if key in asked["ids"]}}
        return MANIFEST


@contextmanager
def far_side(service: FarSide) -> Iterator[FarSide]:
    """Run a service; its address is in ``url``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._respond("")

        def do_POST(self) -> None:
            self._respond(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def _respond(self, body: str) -> None:
            service.requests.append(body)
            service.agents.add(self.headers.get("User-Agent", ""))
            fault = service.faults.pop(0) if service.faults else ""
            with suppress(BrokenPipeError, ConnectionResetError):
                self._misbehave(fault, json.dumps(service.answer(parse_qs(body))).encode())

        def _misbehave(self, fault: str, good: bytes) -> None:
            if fault in {"429", "500", "503"}:
                self._send(int(fault), b"not now", "text/plain", {"Retry-After": "7"} if fault == "429" else {})
            elif fault == "html":
                self._send(200, b"<!DOCTYPE html><title>Welcome</title>", "text/html")
            elif fault == "lie":
                self._send(200, b"<html>no JSON</html>", "application/json")
            elif fault == "no-service":
                self._send(200, b'["something else"]', "application/json")
            elif fault == "loop":
                self._send(302, b"", "text/plain", {"Location": service.url})
            elif fault == "cut":
                self.send_response(200)
                self.send_header("Content-Length", str(len(good) + 100))
                self.end_headers()
                self.wfile.write(good)
                self.close_connection = True
            elif fault == "slow":
                time.sleep(0.6)
                self._send(200, good, "application/json")
            else:
                self._send(200, good, "application/json")

        def _send(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
