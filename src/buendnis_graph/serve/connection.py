"""HTTP connections that clients can't keep open by doing little: uvicorn's, with bounds."""

from __future__ import annotations

import asyncio
from typing import Any

from httptools import HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from buendnis_graph.serve.http import WIRE, Wire
from buendnis_graph.serve.settings import Settings

_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%s"
)
_HEADER = 32
"""Bytes that a header counts beside its name and value, as in HTTP/2 (RFC 9113, 6.5.2)."""

_OFFERS = (b"upgrade", b"http2-settings")
"""Headers, and words of the header Connection, that offer to speak another protocol."""


class Parser(HttpRequestParser):
    """Reads requests, up to the head of one that offers another protocol: httptools takes that for agreed."""

    rest: bytes | None = None
    """What came behind such a head; None if there was none."""

    def feed_data(self, data: Any) -> None:
        """Read on."""
        try:
            super().feed_data(data)
        except HttpParserUpgrade as offer:
            self.rest = bytes(data[offer.args[0] :])


class Connections:
    """All connections of a server.

    Args:
        settings: of the server.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.uploading: dict[Connection, None] = {}
        """Those whose request is not whole yet, the longest first."""


def protocol(connections: Connections) -> type[asyncio.Protocol]:
    """Return the class of connections for uvicorn."""
    return type("BoundedConnection", (Connection,), {"all": connections})


class Connection(HttpToolsProtocol):
    """A connection: a request must come in within some time, and have a line and headers of a bounded size."""

    all: Connections
    _timer: asyncio.TimerHandle | None = None
    _wire: Wire | None = None
    _refused: bool = False
    _head: int = 0
    """Bytes of the request's line and headers that have been read; -1 behind them."""
    _raw: int = 0
    """Bytes of them that have come in, read or not: one header may come in many pieces."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; where there are too many connections, that which has been sending for longest must go."""
        super().connection_made(transport)
        self._read_anew()
        if len(self.connections) > self.all.settings.connections:
            longest = next(iter(self.all.uploading), self)
            longest.transport.abort()
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Read; refuse a head that is too long."""
        if self._refused:
            return
        super().data_received(data)
        while (rest := getattr(self.parser, "rest", None)) is not None:
            again = self._head_without_offer() + rest if self._is_offer() else b""
            self._read_anew()
            super().data_received(again)
        if self._head >= 0 and self.parser is not None:
            self._raw += len(data)
            self._check()

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._wire = Wire(self.transport.abort, self.transport.is_closing)
        extensions: dict[str, Any] = {WIRE: self._wire}
        self.scope["extensions"] = extensions
        self._head = self._raw = 0
        self._expect()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the request's address."""
        if self._fits(len(url)):
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        if self._fits(len(name) + len(value) + _HEADER):
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request over, unless its head is too long."""
        if self._fits(0) and not self._is_offer():
            super().on_headers_complete()
            self._head = -1

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        if self._head < 0:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        if self._head < 0:
            self._done()
            super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and tell who is answering."""
        self._done()
        super().connection_lost(exc)
        if self._wire is not None:
            self._wire.gone()

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection, also if the client has not read all it was sent."""
        self.transport.abort() if self.transport.get_write_buffer_size() else super().timeout_keep_alive_handler()

    def _is_offer(self) -> bool:
        """Return whether the client offers another protocol; that which CONNECT asks for is refused as a method."""
        return self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"

    def _head_without_offer(self) -> bytes:
        """Return the head of the request again without the offer, which may be passed over (RFC 9110, 7.8)."""
        lines = [b"%s %s HTTP/%s" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            if name == b"connection":
                words = [word for word in value.split(b",") if word.strip().lower() not in _OFFERS]
                lines += [name + b": " + b",".join(words)] * bool(words)
            elif name not in _OFFERS:
                lines.append(name + b": " + value)
        return b"\r\n".join([*lines, b"", b""])

    def _read_anew(self) -> None:
        self.parser = Parser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn's own

    def _fits(self, size: int) -> bool:
        self._head += size
        return self._head <= self.all.settings.head * 1024

    def _check(self) -> None:
        if max(self._head, self._raw) > self.all.settings.head * 1024 and not self.transport.is_closing():
            said = f"the line and headers of a request may have {self.all.settings.head} KiB.\n".encode()
            self.transport.write(_TOO_LONG % (len(said), said))
            # What else comes is read and passed over: ended at once, the client would be told of a broken connection.
            self.transport.write_eof()
            self._refused = True
            self._expect()

    def _expect(self) -> None:
        """Wait for a request, but not for ever."""
        self._done()
        self.all.uploading[self] = None
        self._timer = self.loop.call_later(self.all.settings.upload, self.transport.abort)

    def _done(self) -> None:
        self.all.uploading.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
