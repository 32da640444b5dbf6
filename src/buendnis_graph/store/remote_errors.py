"""What went wrong at a remote endpoint, in words."""

from __future__ import annotations

import ast
import re
import ssl
import time
import urllib.error
from contextlib import closing, suppress
from http.client import HTTPException

from buendnis_graph.errors import EndpointError

_SHOWN = 300
"""So much of an endpoint's own words is shown."""
_READ = 64 * 1024
"""Bytes that are read of them at most."""
_PATIENCE = 5.0
"""Seconds that reading them may take."""
_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def _hints() -> tuple[tuple[int, str], ...]:
    """Return what to do, by HTTP status."""
    return (
        (301, "It has moved: give the address that it leads to."),
        (302, "It has moved: give the address that it leads to."),
        (307, "It has moved: give the address that it leads to."),
        (308, "It has moved: give the address that it leads to."),
        (400, "The endpoint could not read the query, or forbids it."),
        (401, "This endpoint wants a login, which only 'buendnis push' has."),
        (403, "The endpoint refuses the request."),
        (404, "Give the address of the SPARQL endpoint itself; it often ends in /sparql or /query."),
        (405, "Give the address of the SPARQL endpoint itself; it often ends in /sparql or /query."),
        (413, "The query is too long for this endpoint."),
        (429, "The endpoint is asked too often; wait and try again."),
        (500, "The endpoint has a fault of its own; try again later."),
        (502, "The endpoint has a fault of its own; try again later."),
        (503, "The endpoint is overloaded or being worked on; try again later."),
        (504, "The query takes too long for this endpoint; ask for less, for example by LIMIT."),
    )


_HINTS = dict(_hints())


def status(error: BaseException) -> int:
    """Return the HTTP status an error stands for, 0 if none."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, urllib.error.HTTPError):
            return int(seen.code)
        seen = seen.__context__
    return 0


def explained(error: Exception, url: str, timeout: float) -> EndpointError:
    """Return an error of the network or of SPARQLWrapper as one that says what to do.

    Args:
        error: what was raised.
        url: of the endpoint.
        timeout: seconds that were allowed.
    """
    if isinstance(error, EndpointError):
        return error
    code = status(error)
    if code:
        own = _own_words(error).rstrip(".")
        hint = _HINTS.get(code, "")
        said = f"{url} answers with HTTP status {code}: {own}." if own else f"{url} answers with HTTP status {code}."
        return EndpointError(said, hint=hint)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return EndpointError(
            f"{url} did not answer within {timeout:g} seconds.", hint="Allow it more (--timeout), or ask for less."
        )
    if isinstance(reason, ssl.SSLError):
        return EndpointError(f"{url} can't be trusted: {reason.reason or reason}.", hint="Check the address.")
    text = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return EndpointError(
        f"{url} can't be reached, or broke off: {text}.", hint="Check the address and that the endpoint is running."
    )


def _own_words(error: Exception) -> str:
    """Return what an endpoint says of its error."""
    if isinstance(error, urllib.error.HTTPError):
        with closing(error):
            body = _read(error)
    else:  # SPARQLWrapper's exceptions show the body as Python writes bytes
        shown = str(error).partition("Response:\n")[2]
        try:
            body = ast.literal_eval(shown) if shown else b""
        except (ValueError, SyntaxError):
            body = b""
    return own_words(body) if isinstance(body, bytes) else ""


def _read(error: urllib.error.HTTPError) -> bytes:
    """Return what comes with an error, as far as it comes: that it breaks off or drips hides no error."""
    body, end = b"", time.monotonic() + _PATIENCE
    with suppress(OSError, HTTPException):
        while len(body) < _READ and time.monotonic() < end and (chunk := error.read1(_READ)):
            body += chunk
    return body


def own_words(body: bytes) -> str:
    """Return a text without markup, on one line, shortened."""
    text = _MARKUP.sub(" ", body[:_READ].decode("utf-8", "replace"))
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + " …"
