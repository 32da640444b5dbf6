"""The service as an ASGI application: which request goes where."""

from __future__ import annotations

import logging
import time

from buendnis_graph.publish.hosts.parts import policy
from buendnis_graph.serve.builds import Builds
from buendnis_graph.serve.description import write
from buendnis_graph.serve.documents import Documents
from buendnis_graph.serve.elsewhere import Elsewhere
from buendnis_graph.serve.etag import tag
from buendnis_graph.serve.formats import GRAPHS
from buendnis_graph.serve.http import WIRE, Receive, Response, Scope, Send, has_it, header, refused, respond, text
from buendnis_graph.serve.metrics import Metrics
from buendnis_graph.serve.negotiate import choose, wants_page
from buendnis_graph.serve.page import page
from buendnis_graph.serve.reconcile.manifest import ROUTE
from buendnis_graph.serve.reconcile.service import Reconcile
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.request import METHODS
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.serve.sparql import VARY, Sparql
from buendnis_graph.settings import Project

log = logging.getLogger("buendnis.serve")
_PREFLIGHT = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Service:
    """Answers requests.

    Args:
        project: whose current build is served; None if another endpoint answers.
        settings: of the server.
        address: it listens at, which is the service's as long as no public one is set.
    """

    def __init__(self, project: Project | None, settings: Settings, address: str) -> None:
        self.metrics = Metrics()
        room = Room(settings.sending * MIB)
        address = settings.url or address
        self._endpoint = f"{address}sparql"
        self._sparql = Sparql(settings, room, self.metrics.counts)
        self._documents = Documents(settings, self._sparql, address)
        self._reconcile = Reconcile(settings, room)
        counts = self.metrics.counts
        self.builds: Builds | Elsewhere
        if settings.endpoint:
            self.builds = Elsewhere(settings, room, counts, self._endpoint)
        else:
            assert project is not None  # noqa: S101 - only an endpoint does without
            self.builds = Builds(project, settings, room, counts, self._endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever it is: a client never sees a traceback."""
        began = time.perf_counter()
        route = scope["path"].strip("/").partition("/")[0]
        try:
            status = await self._answer_or_refuse(scope, receive, send)
        except RuntimeError:
            if not scope["extensions"][WIRE].is_closing():
                raise
            status = 499  # it was dropped while it was answered
        self.metrics.note(
            route if route in {"sparql", ROUTE, "healthz", "metrics"} else "data", status, time.perf_counter() - began
        )

    async def _answer_or_refuse(self, scope: Scope, receive: Receive, send: Send) -> int:
        try:
            return await self._answer(scope, receive, send)
        except RefusalError as refusal:
            response = refused(scope, refusal)
            await respond(scope, send, response)
            return response.status

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        path, method = scope["path"], scope["method"]
        if scope["http_version"] == "1.1" and sum(name == b"host" for name, _ in scope["headers"]) != 1:
            raise RefusalError(400, "there must be one header 'Host'.")
        if method == "OPTIONS":
            response = Response(204, b"", _PREFLIGHT)
        elif path in {"/sparql", "/sparql/"}:
            asked = await self._sparql.asked(scope, receive)
            if asked is None:
                return await self._describe(scope, send)
            with self.builds.current.used() as serving:
                return await self._sparql.answer(scope, send, serving, asked)
        elif path.strip("/").partition("/")[0] == ROUTE:
            with self.builds.current.used() as serving:
                return await self._reconcile.answer(scope, receive, send, serving)
        elif method not in {"GET", "HEAD"}:
            raise RefusalError(405, "only GET and HEAD are answered here.", headers={"Allow": "GET, HEAD, OPTIONS"})
        elif path == "/healthz":
            works = self.builds.current.works
            response = text(
                200 if works else 503, f"{'ok' if works else 'no workers'} {self.builds.current.name}".rstrip()
            )
        elif path == "/metrics":
            told = self.metrics.text(
                self.builds.current.gauges() | self._sparql.cache.gauges(), self.builds.current.name
            )
            response = text(200, told.rstrip("\n"), {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
        else:
            with self.builds.current.used() as serving:
                return await self._documents.answer(scope, send, serving)
        await respond(scope, send, response)
        return response.status

    async def _describe(self, scope: Scope, send: Send) -> int:
        """Say what ``/sparql`` is: by a page to people, by a description to programs."""
        accept = header(scope, b"accept")
        if wants_page(accept):
            if status := await self._documents.page(scope, send):
                return status
            headers = {"Content-Type": "text/html; charset=utf-8", "Vary": VARY, "Content-Security-Policy": policy()}
            await respond(scope, send, Response(200, page(), headers))
            return 200
        serving, format_ = self.builds.current, choose(accept, GRAPHS)
        headers = {"Content-Type": format_.content_type, "Vary": VARY, "Cache-Control": "no-cache"}
        headers["ETag"] = tag(serving.name, format_.name, self._endpoint)
        if await has_it(scope, send, headers):
            return 304
        await respond(scope, send, Response(200, write(serving.description, format_), headers))
        return 200
