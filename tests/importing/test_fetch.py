"""A page is fetched only when the user names it: http only, within time and size, and not kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from buendnis_graph.errors import LimitError, ListError
from buendnis_graph.importing.fetch import fetch, is_address
from buendnis_graph.importing.model import Limits

PAGE = "<html><meta charset=iso-8859-1><ul><li>Bündnis Süd</li></ul>".encode("latin-1")


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind = self.path.strip("/")
        if kind in {"file", "ftp", "again", "loop"}:
            target = {"file": "file:///etc/passwd", "ftp": "ftp://example.org/", "again": "/page", "loop": "/loop"}[
                kind
            ]
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
            return
        self.send_response(404 if kind == "missing" else 200)
        self.send_header("Content-Type", "text/html; charset=iso-8859-1")
        self.end_headers()
        try:
            if kind == "large":
                for _ in range(64):
                    self.wfile.write(bytes(65_536))
            elif kind == "slow":
                for _ in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            else:
                self.wfile.write(PAGE)
        except OSError:
            pass  # the client has had enough

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_page_comes_with_media_type_and_encoding(site: str) -> None:
    for path in ("page", "again"):
        page = fetch(f"{site}/{path}", Limits())
        assert (page.content, page.media, page.charset) == (PAGE, "text/html", "iso-8859-1")


@pytest.mark.parametrize("path", ["file", "ftp"])
def test_a_redirect_to_anything_but_http_is_refused(site: str, path: str) -> None:
    with pytest.raises(ListError, match="neither http nor https"):
        fetch(f"{site}/{path}", Limits())


@pytest.mark.parametrize("path", ["missing", "loop"])
def test_what_can_not_be_had_is_said(site: str, path: str) -> None:
    with pytest.raises(ListError, match="can't be fetched"):
        fetch(f"{site}/{path}", Limits())


def test_size_and_time_are_limited(site: str) -> None:
    with pytest.raises(LimitError, match="larger than"):
        fetch(f"{site}/large", Limits(file_bytes=1024 * 1024))
    began = time.monotonic()
    with pytest.raises(LimitError, match="did not arrive within"):
        fetch(f"{site}/slow", Limits(seconds=0.4))
    assert time.monotonic() - began < 2


def test_only_http_is_an_address() -> None:
    assert is_address("HTTPS://example.org")
    assert not is_address("file:///etc/passwd")
    assert not is_address("list.csv")
