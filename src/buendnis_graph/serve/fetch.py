"""Ask another SPARQL endpoint, in the event loop and within bounds: HTTP/1.1 by h11, one connection a query."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode, urlsplit

import h11

from buendnis_graph import __version__

_PIECE = 1 << 16


class TooLargeError(Exception):
    """The answer is larger than allowed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer as it came.

    Attributes:
        status: of HTTP.
        headers: by name in lower case; of one that is there twice, the last.
        body: the whole of it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Of the body, in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


async def post(url: str, form: Sequence[tuple[str, str]], accept: str, limit: int) -> Fetched:
    """Return the answer to a form; a redirect is not followed.

    Args:
        url: http or https.
        form: names and values.
        accept: the header.
        limit: how many bytes the body may have.

    Raises:
        OSError: if the address can't be reached or trusted.
        TooLargeError: if the body is larger.
        h11.RemoteProtocolError: if what comes is no HTTP, or not whole.
    """
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    context = _trusting() if is_secure else None
    reader, writer = await asyncio.open_connection(
        parts.hostname, parts.port or (443 if is_secure else 80), ssl=context
    )
    try:
        body = urlencode(form).encode()
        headers = {
            "Host": parts.netloc,
            "User-Agent": f"buendnis-graph/{__version__}",
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = h11.Connection(h11.CLIENT)
        request = h11.Request(method="POST", target=target, headers=list(headers.items()))
        for event in (request, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(connection.send(event) or b"")
        await writer.drain()
        return await _read(connection, reader, limit)
    finally:
        writer.transport.abort()  # it was asked to close; waiting for a slow one helps nobody
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@cache  # reading the system's certificates takes tens of milliseconds, in which nobody is answered
def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context()


async def _read(connection: h11.Connection, reader: asyncio.StreamReader, limit: int) -> Fetched:
    status, headers, pieces, size = 0, {}, [], 0
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_PIECE))
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = {name.decode().lower(): value.decode("latin-1") for name, value in event.headers}
        elif isinstance(event, h11.Data):
            size += len(event.data)
            if size > limit:
                raise TooLargeError
            pieces.append(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage):
            return Fetched(status, headers, b"".join(pieces))
        elif isinstance(event, h11.ConnectionClosed):
            raise h11.RemoteProtocolError("the connection was closed before an answer came")
