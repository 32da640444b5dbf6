"""Ask servers of others politely: say who asks, not too often, wait when told to, and never ask the same twice."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from buendnis_graph.errors import EndpointError
from buendnis_graph.namespaces import BASE
from buendnis_graph.store.addresses import checked_address
from buendnis_graph.store.http import AGENT as PROGRAM
from buendnis_graph.store.http import chunks, retry_after
from buendnis_graph.terminal import printable
from buendnis_graph.whole import write_whole

AGENT = f"{PROGRAM} (+{BASE}dataset)"
"""Who asks: operators want an address to turn to."""
PAUSE = 1.0
"""Seconds between two requests."""
TRIES = 5
TIMEOUT = 30.0
"""Seconds for one answer."""
_LONGEST_WAIT = 120.0
_MOST_BYTES = 32 * 1024 * 1024
_LATER = frozenset({429, 500, 502, 503, 504})


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = 5
    max_repeats = 2


class Polite:
    """Asks, and keeps every answer in a folder, so that what was interrupted goes on where it stopped.

    Args:
        cache: the folder; made when the first answer is kept.
        pause: seconds between two requests.
        tries: how often a request is made that fails for the time being.
        timeout: seconds for one answer.
        sleep: waits; tests hand in another.
    """

    def __init__(
        self,
        cache: Path,
        *,
        pause: float = PAUSE,
        tries: int = TRIES,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.cache = cache
        self.timeout = timeout
        self._pause, self._tries, self._sleep = pause, tries, sleep
        self._open = urllib.request.build_opener(_Redirects).open
        self._has_asked = False

    def json(
        self, url: str, form: Mapping[str, str] | None = None, check: Callable[[Any], None] = lambda _: None
    ) -> Any:
        """Return what an address answers, as JSON.

        Args:
            url: http or https.
            form: what is sent by POST; without it, GET.
            check: raises if an answer will not do; such a one is not kept.

        Raises:
            EndpointError: if the server does not answer, refuses, or answers something else.
            UsageError: if the address will not do.
        """
        checked_address(url)
        question = json.dumps([url, sorted((form or {}).items())])

        def ask() -> Any:
            answer = self._ask(url, form)
            check(answer)
            return answer

        return self.kept(question, ask)

    def kept(self, question: str, ask: Callable[[], Any]) -> Any:
        """Return the kept answer to a question, or ask and keep it.

        Args:
            question: tells it from others.
            ask: asks; may raise what is worth another try.

        Raises:
            EndpointError: as ``ask`` does, after the last try.
        """
        path = self.cache / f"{hashlib.sha256(question.encode()).hexdigest()[:32]}.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):  # a half-written one is asked for anew
            pass
        answer = self._patiently(ask)
        self.cache.mkdir(parents=True, exist_ok=True)
        write_whole({path: json.dumps(answer, ensure_ascii=False, sort_keys=True)})
        return answer

    def _patiently(self, ask: Callable[[], Any]) -> Any:
        for turn in range(1, self._tries + 1):
            if self._has_asked:
                self._sleep(self._pause)
            self._has_asked = True
            try:
                return ask()
            except EndpointError as error:
                wait = waiting(error, self._pause * 2**turn)
                if wait is None or turn == self._tries:
                    raise
                self._sleep(wait)
        raise AssertionError

    def _ask(self, url: str, form: Mapping[str, str] | None) -> Any:
        body = urlencode(form).encode() if form is not None else None
        headers = {"User-Agent": AGENT, "Accept": "application/json"}
        request = urllib.request.Request(url, body, headers)  # noqa: S310 - the scheme was checked
        try:
            with closing(self._open(request, timeout=self.timeout)) as response:
                end = time.monotonic() + self.timeout
                text = b"".join(chunks(response, url, end, _MOST_BYTES, hint="Is this the right address?"))
        except (OSError, http.client.HTTPException) as error:
            raise _explained(error, url, self.timeout) from error
        try:
            return json.loads(text)
        except ValueError as error:
            raise _no_json(text, url) from error


def waiting(error: BaseException, otherwise: float) -> float | None:
    """Return how long to wait before another try is worth it; None if none is.

    Args:
        error: what went wrong.
        otherwise: seconds, if the server does not say (``Retry-After``).
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, urllib.error.HTTPError):
            told = retry_after(seen.headers)
            return min(told if told is not None else otherwise, _LONGEST_WAIT) if seen.code in _LATER else None
        if isinstance(seen, TimeoutError | ConnectionError | http.client.HTTPException):
            return min(otherwise, _LONGEST_WAIT)
        if isinstance(seen, urllib.error.URLError) and isinstance(seen.reason, BaseException):
            seen = seen.reason
        else:
            seen = seen.__context__
    return None


def _explained(error: Exception, url: str, timeout: float) -> EndpointError:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        if 300 <= error.code < 400:
            return EndpointError(
                f"{url} redirects in a circle, or where a question can't follow.",
                hint="Give the address that it leads to in the end.",
            )
        later = "Nothing is lost: run the same command again later, and it goes on where it stopped."
        hint = later if error.code in _LATER else "Check the address of the service."
        return EndpointError(f"{url} answers with HTTP status {error.code}.", hint=hint)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return EndpointError(
            f"{url} did not answer within {timeout:g} seconds.",
            hint="Nothing is lost: run the same command again, and it goes on where it stopped.",
        )
    text = printable(getattr(reason, "strerror", None) or str(reason) or type(reason).__name__)
    return EndpointError(
        f"{url} can't be reached, or broke off: {text}.",
        hint="Nothing is lost: run the same command again, and it goes on where it stopped.",
    )


def _no_json(text: bytes, url: str) -> EndpointError:
    if text[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return EndpointError(
            f"{url} answers with a web page, not with JSON.",
            hint="Give the address of the service itself, not of a page about it.",
        )
    return EndpointError(f"{url} answers what is no JSON.", hint="Is this the address of a reconciliation service?")
