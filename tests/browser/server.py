"""A static server on the loopback address that serves a folder below a prefix, as a project page of a host does.

It sends the Content-Security-Policy of the rules for hosts with every file, so that workers are under it too.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from buendnis_graph.publish.hosts.parts import policy, wasm_files

PREFIX = "/some/where/"


class _Handler(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "no-such-file")
        return super().translate_path("/" + path[len(PREFIX) :])

    def end_headers(self) -> None:
        path = self.path.partition("?")[0].removeprefix(PREFIX)
        self.send_header("Content-Security-Policy", policy(wasm=re.fullmatch(wasm_files(), path) is not None))
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    folder: Path
    url: str
    """Address of the site, with a slash at the end."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve a folder on a free port until the end of the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Server(folder, f"http://127.0.0.1:{server.server_address[1]}{PREFIX}")
        finally:
            server.shutdown()
            thread.join()
