"""Responses, and how they are sent so that nobody keeps the server waiting."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from buendnis_graph.publish.hosts.negotiation import preferred
from buendnis_graph.publish.hosts.parts import part
from buendnis_graph.serve.etag import is_known
from buendnis_graph.serve.refusal import RefusalError

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

WIRE = "buendnis.wire"
"""The extension of a scope that holds its :class:`Wire`."""
_PIECE = 64 * 1024
_SLOWEST = 64 * 1024
"""Bytes a second that a client must read, or be dropped; each gets ten seconds in any case."""
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in part("headers").items()]
_PATIENT = 8
"""How many times too long a body is still read to its end, so that the client can read the refusal."""
_EMPTY = frozenset({204, 304})


def nothing() -> None:
    """Do nothing: what is done about a client that has left when nothing is asked for it."""


@dataclass(slots=True)
class Wire:
    """The connection that a request came on.

    Attributes:
        abort: breaks it off.
        is_closing: tells whether it ends or has ended.
        gone: called when it has ended.
    """

    abort: Callable[[], None]
    is_closing: Callable[[], bool]
    gone: Callable[[], None] = nothing


@dataclass(slots=True)
class Response:
    """What is answered.

    Attributes:
        status: of HTTP.
        body: as it is sent, compressed if ``headers`` say so.
        headers: by name, beside those that all responses have.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def text(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """Return a response of plain text: whatever it quotes, no browser takes it for a page."""
    return Response(
        status,
        message.encode() + b"\n",
        {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"} | (headers or {}),
    )


def refused(scope: Scope, refusal: RefusalError) -> Response:
    """Return the response for a refusal, in English unless the client would rather read German."""
    reason = HTTPStatus(refusal.status).phrase
    language = preferred(header(scope, b"accept-language"))
    headers = {"Content-Language": language, "Vary": "Accept-Language"} | refusal.headers
    return text(refusal.status, f"{refusal.status} {reason}: {refusal.in_words(language)}", headers)


def moved(status: int, location: str, headers: dict[str, str] | None = None) -> Response:
    """Return a redirect."""
    return text(status, f"See {location}", {"Location": location, "Cache-Control": "no-cache"} | (headers or {}))


async def respond(scope: Scope, send: Send, response: Response) -> None:
    """Send a response; a client that does not read it is dropped."""
    size = len(response.body)
    await _start(send, response, size)
    if scope["method"] == "HEAD" or response.status in _EMPTY or size <= _PIECE:
        await send({"type": "http.response.body", "body": response.body})
        return
    pieces = (response.body[start : start + _PIECE] for start in range(0, size, _PIECE))
    await _send_all(scope, send, pieces, size)


async def has_it(scope: Scope, send: Send, headers: dict[str, str]) -> bool:
    """Answer 304 if the client has what these headers tell of, by their ``ETag``; return whether it has.

    Only to GET and HEAD: for other methods the header does not mean this (RFC 9110, 13.1.2).
    """
    known = scope["method"] in {"GET", "HEAD"} and is_known(headers["ETag"], header(scope, b"if-none-match"))
    if known:
        await respond(scope, send, Response(304, b"", headers))
    return known


async def respond_file(scope: Scope, send: Send, response: Response, path: Path) -> None:
    """Send a response whose body is a file; only a piece of it is in memory."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        await _start(send, response, size)
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
        else:
            await _send_all(scope, send, iter(lambda: file.read(_PIECE), b""), size)


async def _start(send: Send, response: Response, size: int) -> None:
    headers = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in response.headers.items()]
    if response.status not in _EMPTY:
        headers.append((b"content-length", str(size).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": [*_ALWAYS, *headers]})


async def _send_all(scope: Scope, send: Send, pieces: Iterable[bytes], size: int) -> None:
    """Send pieces, to a client that reads them fast enough."""
    try:
        async with asyncio.timeout(10 + size / _SLOWEST):
            for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        scope["extensions"][WIRE].abort()


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Return the body of a request.

    Args:
        scope: of the request.
        receive: where it comes from.
        limit: how many bytes it may have.

    Raises:
        RefusalError: 413, if it has more; 400, if the client left.
    """
    too_large = RefusalError(413, f"a request may have {limit:,} bytes.", headers={"Connection": "close"})
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > _PATIENT * limit:
        raise too_large
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise RefusalError(400, "the request is not whole.")
        piece = message.get("body", b"")
        size += len(piece)
        if size > _PATIENT * limit:
            raise too_large
        if size <= limit:
            pieces.append(piece)
        more = message.get("more_body", False)
    if size > limit:
        raise too_large
    return b"".join(pieces)


def header(scope: Scope, name: bytes) -> str:
    """Return a header of a request, all its values in one; empty if there is none."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)
