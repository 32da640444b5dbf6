"""HTTP as a store is written by: logins, time limits, another try when a server is busy; no redirects."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import Any

from buendnis_graph import __version__
from buendnis_graph.errors import EndpointError
from buendnis_graph.store.logins import Login, Logins
from buendnis_graph.store.remote_errors import explained, status

AGENT = f"buendnis-graph/{__version__}"
TRIES = 5
_BUSY = frozenset({429, 502, 503, 504})
_MAX_WAIT = 30.0
_CHUNK = 1 << 16


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A login must not follow to another server, nor an update become a GET."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers: status, body, and its media type."""

    status: int
    body: bytes
    media_type: str


class Client:
    """Sends requests to one service, at one or several addresses.

    Args:
        login: sent only to a server that asks for it, by Digest or (encrypted, or on this machine) by Basic.
        timeout: seconds an answer may take.
        max_bytes: how long one may be.
        wait: waits so many seconds between tries.
    """

    def __init__(
        self, login: Login | None, timeout: float, max_bytes: int, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self.timeout, self.max_bytes, self._wait = timeout, max_bytes, wait
        self._logins = Logins(login)
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._has_met = False

    def send(self, url: str, method: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send a request that may be sent twice without harm; return the answer.

        A server that is busy, or breaks off after it has answered before, is asked again, each time later.

        Args:
            url: where to.
            method: of HTTP.
            body: what is sent.
            headers: ``Content_Type`` and the like.

        Raises:
            EndpointError: if there is no answer, or one of a status of 300 or more.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for turn in range(TRIES):
            try:
                return self._once(url, method, body, named)
            except EndpointError:
                raise
            except Exception as error:
                if turn + 1 == TRIES or not self._may_pass(error):
                    raise StatusError(error, url, self.timeout) from error
                self._wait(_pause(error, turn))
        raise AssertionError

    def _once(self, url: str, method: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        self._logins.meet(url, lambda: self._challenged(url))
        try:
            return self._open(url, method, body, headers)
        except urllib.error.HTTPError as error:
            if error.code != 401 or not self._logins.learn(url, error):
                raise
            error.close()
        return self._open(url, method, body, headers)  # what the server gave to sign with had grown old

    def _open(self, url: str, method: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        request = urllib.request.Request(url, body, {"User-Agent": AGENT, **headers}, method=method)  # noqa: S310 - the address was checked
        self._logins.sign(request)
        end = time.monotonic() + self.timeout
        with closing(self._opener.open(request, timeout=self.timeout)) as response:
            read = b"".join(chunks(response, url, end, self.max_bytes))
            self._has_met = True
            return Answer(response.status, read, response.headers.get_content_type())

    def _challenged(self, url: str) -> urllib.error.HTTPError | None:
        """Return how a server refuses one who does not log in: a large body sent to find out would be cut off."""
        request = urllib.request.Request(url.partition("?")[0], headers={"User-Agent": AGENT})  # noqa: S310 - the address was checked
        try:
            self._opener.open(request, timeout=self.timeout).close()
        except urllib.error.HTTPError as error:
            if error.code == 401:
                return error
            error.close()
        except OSError:
            pass  # the request itself will say what is wrong
        return None

    def _may_pass(self, error: Exception) -> bool:
        if code := status(error):
            self._has_met = True
            return code in _BUSY
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return self._has_met and isinstance(reason, (ConnectionError, HTTPException))


class StatusError(EndpointError):
    """A store did not do what it was asked.

    Args:
        error: what was raised.
        url: of the store.
        timeout: seconds that were allowed.
    """

    def __init__(self, error: Exception, url: str, timeout: float) -> None:
        self.status = status(error)
        said = explained(error, url, timeout)
        code = 403 if self.status == 500 and "permission" in said.message else self.status  # Virtuoso's way
        super().__init__(said.message, hint=_HINTS.get(code, said.hint))


def _hints() -> tuple[tuple[int, str], ...]:
    """Return what to do, by HTTP status, where that is more than for one who only asks."""
    return (
        (400, "The endpoint could not read this, or forbids it."),
        (401, "Set BUENDNIS_PUSH_USER and BUENDNIS_PUSH_PASSWORD, or name the host in ~/.netrc; see docs/scaling.md."),
        (403, "Log in as somebody who may write there (see docs/scaling.md; Virtuoso: /sparql-auth for /sparql)."),
        (404, "Give the addresses of this store: ENDPOINT, --update, --data (or --data none)."),
        (405, "Give the addresses of this store: ENDPOINT, --update, --data (or --data none)."),
        (413, "Let the store, or what stands before it, take more at once; or push with --data none."),
    )


_HINTS = dict(_hints())


def _pause(error: Exception, turn: int) -> float:
    asked = None
    if isinstance(error, urllib.error.HTTPError):
        asked = retry_after(error.headers)
        with suppress(OSError):
            error.close()
    return min(_MAX_WAIT, 0.5 * 2**turn if asked is None else asked)


def retry_after(headers: Message) -> float | None:
    """Return how many seconds a server asks to wait, by ``Retry-After``: a number or a date (RFC 9110, 10.2.3).

    Args:
        headers: of its answer.

    Returns:
        None if it does not say, or not in such a way.
    """
    told = str(headers.get("Retry-After") or "").strip()
    if told.isascii() and told.isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def chunks(
    response: Any, url: str, end: float, max_bytes: int, hint: str = "Ask for less, for example by LIMIT."
) -> Iterator[bytes]:
    """Yield an answer piece by piece.

    Args:
        response: of HTTP.
        url: whose it is, for messages.
        end: when it must be whole, by the monotonic clock.
        max_bytes: how long it may be.
        hint: what to do if it is longer.

    Raises:
        EndpointError: if it is longer.
        TimeoutError: if it takes longer.
        ConnectionError: if it breaks off.
    """
    size = 0
    try:
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise EndpointError(f"{url} answers more than {max_bytes:,} bytes.", hint=hint)
            if time.monotonic() > end:
                raise TimeoutError
            yield chunk
    except IncompleteRead as error:
        raise ConnectionError("the answer breaks off") from error
    if response.length:
        raise ConnectionError(f"{response.length:,} bytes of the answer are missing")
