"""``/reconcile``: where requests of the Reconciliation API go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from buendnis_graph.serve.builds import Serving
from buendnis_graph.serve.http import Receive, Response, Scope, Send, moved, respond
from buendnis_graph.serve.reconcile import v02, v1
from buendnis_graph.serve.reconcile.asking import Asking
from buendnis_graph.serve.reconcile.call import JSON, Call, read_call
from buendnis_graph.serve.reconcile.manifest import DRAFT, ROUTE, draft_manifest, manifest
from buendnis_graph.serve.reconcile.offer import Kind, Property, kind_of, kinds, meta, named, properties
from buendnis_graph.serve.reconcile.preview import piece_of, policy
from buendnis_graph.serve.reconcile.questions import Question
from buendnis_graph.serve.reconcile.suggest import FARTHEST, USUAL, fixed
from buendnis_graph.serve.reconcile.things import ENTRY
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.room import Held, Room
from buendnis_graph.serve.settings import Settings

_AT_ONCE = 10
"""Names that a worker gets at once, so that nobody waits long behind a large batch; each takes 1 to 5 ms here."""
_SCRIPT, _PAGE = "text/javascript; charset=utf-8", "text/html; charset=utf-8"
_LEFT = Response(499)
"""The client left before; nothing is sent."""


class Reconcile:
    """Answers the requests of the Reconciliation API.

    Args:
        settings: of the server.
        room: for answers.
    """

    def __init__(self, settings: Settings, room: Room) -> None:
        self._settings, self._room = settings, room
        self._offered = [kind for kind in kinds().values() if settings.register or kind.id != ENTRY]
        self._path = urlsplit(settings.url).path.rstrip("/") + "/"
        self._routes: dict[tuple[str, str], Callable[[Call], Awaitable[Response]]] = {
            ("GET", ""): self._old,
            ("POST", ""): self._old,
            ("POST", "match"): self._match,
            ("POST", "extend"): self._extend,
            ("GET", "extend/propose"): self._propose,
            ("GET", "suggest/entity"): self._things,
            ("GET", "suggest/type"): self._types,
            ("GET", "suggest/property"): self._properties,
            ("GET", "flyout/entity"): self._flyout,
            ("GET", "flyout/type"): partial(self._flyout_of, kinds()),
            ("GET", "flyout/property"): partial(self._flyout_of, properties()),
            ("GET", "preview"): self._preview,
            ("GET", "view"): self._view,
            ("GET", "v1"): self._draft,
        }

    async def answer(self, scope: Scope, receive: Receive, send: Send, serving: Serving) -> int:
        """Answer a request; return the status, 499 if the client left before.

        Raises:
            RefusalError: if it can't be answered.
        """
        path = scope["path"].strip("/").removeprefix(ROUTE).strip("/")
        is_draft = path.startswith("v1/")
        path = path.removeprefix("v1/")
        if serving.reconciling is None:
            raise RefusalError(404, "names are not reconciled here.")
        answer = self._routes.get(("GET" if scope["method"] == "HEAD" else scope["method"], path))
        if answer is None:
            raise self._no_route(path)
        held = Held(self._room)
        try:
            response = await answer(await read_call(scope, receive, serving, self._settings, held, is_draft))
            if response is not _LEFT:
                await respond(scope, send, response)
            return response.status
        finally:
            held.give()

    def _no_route(self, path: str) -> RefusalError:
        allowed = [method for method, route in self._routes if route == path]
        if not allowed:
            return RefusalError(404, "there is nothing at this address.", hint=f"The service is at /{ROUTE}.")
        allow = ", ".join([*allowed, "OPTIONS"])
        return RefusalError(405, f"only {', '.join(allowed)} are answered here.", headers={"Allow": allow})

    # Version 0.2 has one address for three things

    async def _old(self, call: Call) -> Response:
        if call.body is not None:
            raise RefusalError(415, "JSON is posted to /match or /extend (version 1.0-draft).")
        if "queries" in call.parameters:
            questions = await asyncio.to_thread(v02.read_queries, _long(call, "queries"))  # it may take a while
            lines = await self._candidates(call, list(questions.values()))
            return _LEFT if lines is None else self._json(call, v02.write_results(list(questions), lines))
        if "extend" in call.parameters:
            ids, wanted = v02.read_extend(_long(call, "extend"))
            ids = list(dict.fromkeys(ids))
            lines = await self._values(call, ids, wanted, listed=False)
            return _LEFT if lines is None else self._json(call, v02.write_rows(meta(wanted, call.language), ids, lines))
        if call.scope["method"] == "POST":
            raise RefusalError(400, "the form needs 'queries' or 'extend'.")
        response = self._json(call, v02.encode(manifest(call.root, call.language, self._offered)))
        response.headers["Link"] = f'<{call.root}{DRAFT}>; rel="successor-version"'
        return response

    # Version 1.0-draft; its smaller routes are those of 0.2, too

    async def _draft(self, call: Call) -> Response:
        return self._json(call, v02.encode(draft_manifest(call.root, call.language, self._offered)))

    async def _match(self, call: Call) -> Response:
        lines = await self._candidates(call, await asyncio.to_thread(v1.read_queries, _posted(call)))
        return _LEFT if lines is None else self._json(call, v1.write_results(lines))

    async def _extend(self, call: Call) -> Response:
        ids, wanted = v02.read_extend(_posted(call), "body")
        lines = await self._values(call, ids, wanted, listed=True)
        return _LEFT if lines is None else self._json(call, v1.write_rows(meta(wanted, call.language), ids, lines))

    async def _propose(self, call: Call) -> Response:
        asked = call.text("type", "")
        limit = call.number("limit", len(properties()), 1)
        own = kinds().get(kind_of(asked))
        names = own.properties if own else () if asked else tuple(properties())
        told = {"properties": [named(properties()[name], call.language) for name in names[:limit]], "type": asked}
        return self._json(call, v02.encode(told | ({"limit": limit} if "limit" in call.parameters else {})))

    async def _things(self, call: Call) -> Response:
        limit, offset = self._window(call)
        task = {"do": "suggest", "prefix": call.text("prefix", ""), "kind": call.text("type", "")}
        pieces = await self._asking(call).all([task | {"limit": limit, "offset": offset, "language": call.language}])
        return _LEFT if pieces is None else self._json(call, pieces[0])

    async def _types(self, call: Call) -> Response:
        found = fixed(self._offered, call.text("prefix", ""), *self._window(call), call.language)
        return self._json(call, v02.encode({"result": found}))

    async def _properties(self, call: Call) -> Response:
        found = fixed(properties().values(), call.text("prefix", ""), *self._window(call), call.language)
        return self._json(call, v02.encode({"result": found}))

    @staticmethod
    def _window(call: Call) -> tuple[int, int]:
        """Return how many are wanted and how many skipped, which the versions call differently."""
        offset = "offset" if "offset" in call.parameters else "cursor"
        return call.number("limit", USUAL, 1), call.number(offset, 0, 0, FARTHEST)

    async def _flyout(self, call: Call) -> Response:
        told = await self._told(call, {"do": "flyout", "language": call.language})
        return _LEFT if told is None else self._piece(call, told.decode())

    async def _flyout_of(self, of: Mapping[str, Kind | Property], call: Call) -> Response:
        one = of.get(call.text("id"))
        if one is None:
            raise _nothing()
        return self._piece(call, piece_of(one, call.language))

    def _piece(self, call: Call, html: str) -> Response:
        return self._json(call, v02.encode({"id": call.text("id"), "html": html}))

    async def _preview(self, call: Call) -> Response:
        told = await self._told(call, {"do": "preview", "root": call.root, "language": call.language})
        return _LEFT if told is None else self._response(call, told, _PAGE, {"Content-Security-Policy": policy()})

    async def _view(self, call: Call) -> Response:
        path = await self._told(call, {"do": "view"})
        return _LEFT if path is None else moved(303, self._path + path.decode())

    async def _told(self, call: Call, task: dict[str, Any]) -> bytes | None:
        """Return what is told of the thing that is asked for; None if the client left before."""
        pieces = await self._asking(call).all([task | {"asked": call.text("id")}])
        if pieces is None:
            return None
        if not pieces[0]:
            raise _nothing()
        return pieces[0]

    # What the workers do

    async def _candidates(self, call: Call, questions: Sequence[Question]) -> list[bytes] | None:
        packed = [question.packed() for question in questions]
        task = {"do": "match", "language": call.language}
        return await self._lines(call, [task | {"questions": some} for some in _pieces(packed)])

    async def _values(self, call: Call, ids: Sequence[str], wanted: list[str], *, listed: bool) -> list[bytes] | None:
        task = {"do": "extend", "wanted": wanted, "language": call.language, "listed": listed}
        return await self._lines(call, [task | {"ids": some} for some in _pieces(ids)])

    async def _lines(self, call: Call, tasks: Sequence[dict[str, Any]]) -> list[bytes] | None:
        pieces = await self._asking(call).all(tasks)
        if pieces is None:
            return None
        lines: list[bytes] = []
        for number, piece in enumerate(pieces):
            pieces[number] = b""  # what is split need not be in memory twice
            lines += piece.split(b"\n")
        return lines

    def _asking(self, call: Call) -> Asking:
        assert call.serving.reconciling is not None  # noqa: S101 - it was asked for before
        return Asking(call.serving.reconciling, call.scope, call.held, self._settings.result)

    # How it is told

    def _json(self, call: Call, body: bytes) -> Response:
        if not call.callback:
            return self._response(call, body, JSON)
        return self._response(call, v02.padded(body, call.callback), _SCRIPT)

    @staticmethod
    def _response(call: Call, body: bytes, media_type: str, more: dict[str, str] | None = None) -> Response:
        headers = {"Content-Type": media_type, "Content-Language": call.language, "Vary": "Accept-Language"}
        return Response(200, body, headers | {"Cache-Control": "no-cache"} | (more or {}))


def _nothing() -> RefusalError:
    return RefusalError(404, "there is no such thing.")


def _pieces(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]


def _long(call: Call, name: str) -> str:
    values = call.parameters[name]
    if len(values) != 1:
        raise RefusalError(400, f"there must be one parameter '{name}'; there are {len(values)}.")
    return values[0]


def _posted(call: Call) -> bytes:
    if call.body is None:
        raise RefusalError(415, f"what is posted here is {JSON}.")
    return call.body
