"""The service as an ASGI application: which request goes where."""

from __future__ import annotations

import logging
import time

from buendnis_graph.publish.hosts import policy
from buendnis_graph.serve.builds import Builds
from buendnis_graph.serve.http import Receive, Response, Scope, Send, header, refused, respond, text
from buendnis_graph.serve.metrics import Metrics
from buendnis_graph.serve.negotiate import wants_page
from buendnis_graph.serve.page import page
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
        project: whose current build is served.
        settings: of the server.
    """

    def __init__(self, project: Project, settings: Settings) -> None:
        self.metrics = Metrics()
        room = Room(settings.sending * MIB)
        self.builds = Builds(project, settings, room, self.metrics.counts)
        self._sparql = Sparql(settings, room, self.metrics.counts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever it is: a client never sees a traceback."""
        began = time.perf_counter()
        route = scope["path"].strip("/").partition("/")[0]
        try:
            status = await self._answer(scope, receive, send)
        except RefusalError as refusal:
            response = refused(refusal)
            status = response.status
            await respond(scope, send, response)
        self.metrics.note(
            route if route in {"sparql", "healthz", "metrics"} else "data", status, time.perf_counter() - began
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        path, method = scope["path"], scope["method"]
        if method == "OPTIONS":
            response = Response(204, b"", _PREFLIGHT)
        elif path == "/sparql":
            asked = await self._sparql.asked(scope, receive)
            if asked is not None:
                return await self._sparql.answer(scope, send, self.builds.current, asked)
            response = self._described(scope)
        elif method not in {"GET", "HEAD"}:
            raise RefusalError(405, "only GET and HEAD are answered here.", headers={"Allow": "GET, HEAD, OPTIONS"})
        elif path == "/healthz":
            works = self.builds.current.pool.works
            response = text(200 if works else 503, f"{'ok' if works else 'no workers'} {self.builds.current.name}")
        elif path == "/metrics":
            told = self.metrics.text(self.builds.current.pool.gauges(), self.builds.current.name)
            response = text(200, told.rstrip("\n"), {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
        else:
            raise RefusalError(404, "there is nothing at this address.")
        await respond(scope, send, response)
        return response.status

    def _described(self, scope: Scope) -> Response:
        """Return what ``/sparql`` says of itself: a page to people, a description to programs."""
        if wants_page(header(scope, b"accept")):
            headers = {"Content-Type": "text/html; charset=utf-8", "Vary": VARY, "Content-Security-Policy": policy()}
            return Response(200, page(), headers)
        raise RefusalError(400, "there is no query.")
