"""``/sparql``: the SPARQL 1.1 Protocol."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from typing import Any

from buendnis_graph.namespaces import BASE
from buendnis_graph.serve.builds import Serving
from buendnis_graph.serve.cache import Cache
from buendnis_graph.serve.etag import tag
from buendnis_graph.serve.fair import Client
from buendnis_graph.serve.formats import BY_NAME, Format, offered
from buendnis_graph.serve.guard import guarded, is_repeatable
from buendnis_graph.serve.handle import Answer
from buendnis_graph.serve.http import (
    WIRE,
    Receive,
    Response,
    Scope,
    Send,
    Wire,
    has_it,
    header,
    nothing,
    read_body,
    respond,
)
from buendnis_graph.serve.job import Job
from buendnis_graph.serve.negotiate import accepts_gzip, choose
from buendnis_graph.serve.pages import links
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.request import Asked, read
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.serve.worker import Outcome

VARY = "Accept, Accept-Encoding"


class Sparql:
    """Answers queries.

    Args:
        settings: of the server.
        room: for answers.
        counts: of what happens.
    """

    def __init__(self, settings: Settings, room: Room, counts: Counter[str]) -> None:
        self._settings, self._room, self._counts = settings, room, counts
        self.cache = Cache(settings.cache * MIB)
        self._base = (settings.url or BASE) + "sparql"  # of relative IRIs in queries

    async def asked(self, scope: Scope, receive: Receive) -> Asked | None:
        """Return what a request asks; None if it asks for the description of the service.

        Raises:
            RefusalError: if it is none of the protocol's requests.
        """
        posted = scope["method"] == "POST"
        if posted and header(scope, b"content-encoding").lower() not in {"", "identity"}:
            raise RefusalError(415, "a body is sent as it is, not compressed.")
        body = await read_body(scope, receive, self._settings.body * MIB) if posted else b""
        return read(scope["method"], scope["query_string"], header(scope, b"content-type"), body)

    async def answer(self, scope: Scope, send: Send, serving: Serving, asked: Asked) -> int:
        """Answer a query; return the status, 499 if the client left before.

        Raises:
            RefusalError: if it can't be answered.
        """
        format_ = choose(
            header(scope, b"accept"),
            offered(guarded(asked.query, elsewhere=bool(self._settings.endpoint))),
            asked.wanted,
        )
        headers = {"Vary": VARY, "Cache-Control": "no-store"}
        key = ""
        if serving.name and is_repeatable(asked.query):
            etag = tag(serving.name, format_.name, asked.query, asked.default_graphs, asked.named_graphs)
            headers |= {"ETag": etag, "Cache-Control": "no-cache"}
            if await has_it(scope, send, headers):
                return 304
            key = f"{etag}{accepts_gzip(header(scope, b'accept-encoding'))}"
            if kept := self.cache.get(key):
                self._counts["cache_hits"] += 1
                await respond(scope, send, self._response(kept, format_, headers))
                return 200
        return await self.evaluate(scope, send, serving, self.request(scope, asked, format_), format_, headers, key)

    async def evaluate(
        self,
        scope: Scope,
        send: Send,
        serving: Serving,
        request: dict[str, Any],
        format_: Format,
        headers: dict[str, str],
        key: str = "",
    ) -> int:
        """Answer a query that is known to be harmless, in a format; return the status, 499 if the client left before.

        The answer is kept for whoever asks the same, if there is a key for it.

        Raises:
            RefusalError: if it can't be answered.
        """
        job = self._submitted(scope, serving, request)
        try:
            answer = await self._result(job, scope, serving)
            if answer is None:
                return 499
            if key and answer.outcome is Outcome.ANSWERED:
                self._counts["cache_misses"] += 1
                self.cache.put(key, answer)
            if "page" in request:
                around = links(request["address"], request["page"], more=answer.outcome is Outcome.MORE)
                found = [headers.get("Link", ""), *(f'<{there}>; rel="{rel}"' for rel, there in around.items())]
                headers = headers | {"Link": ", ".join(filter(None, found))}
            response = self._response(answer, format_, headers)
            await respond(scope, send, response)
            return response.status
        finally:
            self._room.give(job.takes)

    async def answered(self, scope: Scope, serving: Serving, request: dict[str, Any]) -> Answer | None:
        """Return the whole answer to a query that is known to be harmless, for who makes something of it.

        Returns:
            None if the client left before.

        Raises:
            RefusalError: if it can't be answered.
        """
        job = self._submitted(scope, serving, request)
        try:
            answer = await self._result(job, scope, serving)
            if answer is not None:
                self._response(answer, BY_NAME[request["format"]], {})  # refuses what is no answer
            return answer
        finally:
            self._room.give(job.takes)

    def _submitted(self, scope: Scope, serving: Serving, request: dict[str, Any]) -> Job:
        return serving.pool.submit(request, Client(*(scope["client"] or ("", 0))))

    def request(self, scope: Scope, asked: Asked, format_: Format) -> dict[str, Any]:
        """Return what a worker is asked."""
        is_set = bool(asked.default_graphs or asked.named_graphs)
        return {
            "query": asked.query,
            "base": self._base,
            "default": asked.default_graphs if is_set else None,
            "named": asked.named_graphs if is_set else None,
            "format": format_.name,
            "gzip": accepts_gzip(header(scope, b"accept-encoding")),
        }

    async def _result(self, job: Job, scope: Scope, serving: Serving) -> Answer | None:
        """Wait for an answer; None if the client left, which ends the query."""
        wire: Wire = scope["extensions"][WIRE]
        wire.gone = partial(serving.pool.drop, job)
        try:
            return await job.done
        except asyncio.CancelledError:
            if not job.done.cancelled():  # the server stops
                serving.pool.drop(job)
                raise
            self._counts["clients_left"] += 1
            return None
        finally:
            wire.gone = nothing

    def _response(self, answer: Answer, format_: Format, headers: dict[str, str]) -> Response:
        if answer.outcome in {Outcome.ANSWERED, Outcome.MORE}:
            encoding = {"Content-Encoding": "gzip"} if answer.compressed else {}
            return Response(200, answer.payload, {"Content-Type": format_.content_type} | headers | encoding)
        if answer.outcome is Outcome.WRONG:
            raise RefusalError(400, answer.payload.decode())
        if answer.outcome is Outcome.NO_PAGE:
            raise RefusalError(404, "the document has no such page.")
        if answer.outcome is Outcome.TOO_LARGE:
            limit = f"the answer is larger than {self._settings.result} MiB, and none is given in part."
            raise RefusalError(503, limit, hint="Ask for less, or use LIMIT and OFFSET with ORDER BY; or take a dump.")
        limit = f"the query was stopped: it needs more memory than it may take ({self._settings.memory} MiB)."
        raise RefusalError(503, limit, hint="Ask for less: group less, or ask in parts.")
