"""Fetch a page that the user named; nothing else ever reaches the network, and no copy of the page is kept."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import IO

from buendnis_graph import __version__
from buendnis_graph.errors import LimitError, ListError
from buendnis_graph.importing.model import Limits

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it arrived."""

    content: bytes
    media: str
    charset: str


class _OnlyHttp(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only, and ten at most."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if not is_address(newurl):
            fp.close()
            raise _elsewhere()
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _elsewhere() -> ListError:
    return ListError("leads to something that is neither http nor https.", hint="Save the page and import that.")


def is_address(text: str) -> bool:
    """Return whether a text is an address that may be fetched."""
    return text.lower().startswith(("http://", "https://"))


def fetch(address: str, limits: Limits) -> Page:
    """Return the page at an address.

    The whole of it, redirects and a server that trickles included, has the time limit: so it runs in a thread that is
    left behind when time is up.

    Raises:
        ListError: if it can't be had.
        LimitError: if it takes too long or is too large.
    """
    outcome: list[Page | Exception] = []

    def run() -> None:
        try:
            outcome.append(_fetch(address, limits))
        except Exception as error:  # noqa: BLE001 - handed to the caller's thread
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(limits.seconds)
    if not outcome:
        raise LimitError(f"did not arrive within {limits.seconds:g} seconds.", hint="Save the page and import that.")
    result = outcome[0]
    if isinstance(result, Page):
        return result
    if isinstance(result, ListError | LimitError):
        raise result
    if isinstance(result, urllib.error.HTTPError):
        result.close()
        if "is not allowed" in str(result.msg):  # what the library says of redirects to other schemes than the web's
            raise _elsewhere() from result
    if isinstance(result, TimeoutError):
        raise LimitError(f"did not arrive within {limits.seconds:g} seconds.") from result
    if isinstance(result, urllib.error.URLError | HTTPException | OSError | ValueError):
        raise ListError(f"can't be fetched: {result}.", hint="Save the page and import that.") from result
    raise result


def _fetch(address: str, limits: Limits) -> Page:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _OnlyHttp(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(  # noqa: S310 - http and https only, see is_address
        address, headers={"User-Agent": f"buendnis-graph/{__version__}", "Accept-Encoding": "identity"}
    )
    with opener.open(request, timeout=limits.seconds) as answer:
        if answer is None:
            raise ListError("can't be fetched.")
        parts: list[bytes] = []
        size = 0
        while chunk := answer.read(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if size > limits.file_bytes:
                raise LimitError(f"is larger than {limits.file_bytes // 1024 // 1024} MiB.")
        headers: Message = answer.headers
        return Page(b"".join(parts), headers.get_content_type(), headers.get_content_charset() or "")
