"""A request of the Reconciliation API: what is common to all routes."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from buendnis_graph.publish.hosts.negotiation import choose
from buendnis_graph.serve.builds import Serving
from buendnis_graph.serve.http import Receive, Scope, header, read_body
from buendnis_graph.serve.reconcile.questions import LENGTH, MOST, wrong
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.request import FORM, parameters_of
from buendnis_graph.serve.room import Held
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.wording import LANGUAGES

JSON = "application/json"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,3}", re.ASCII)
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Call:
    """A request.

    Attributes:
        scope: of the request.
        serving: the build that is asked.
        root: the server's public address, ending in a slash.
        language: of names, ``de`` or ``en``.
        is_draft: whether it came by the address of version 1.0-draft.
        parameters: of its address, and of its body if that is a form.
        held: the room that the answer takes until it is sent.
        callback: name of the function that the answer is given to (JSONP); empty for none.
        body: if it is JSON; else None.
    """

    scope: Scope
    serving: Serving
    root: str
    language: str
    is_draft: bool
    parameters: dict[str, list[str]]
    held: Held
    callback: str = ""
    body: bytes | None = None

    def text(self, name: str, usual: str | None = None) -> str:
        """Return a parameter that is a text.

        Args:
            name: of the parameter.
            usual: what it is if it is not given; None if it must be.

        Raises:
            RefusalError: 400, if it is not given but must be, twice, or too long.
        """
        values = self.parameters.get(name, [])
        if not values and usual is not None:
            return usual
        if len(values) != 1:
            raise wrong(name, f"must be given once, not {len(values)} times")
        if len(values[0]) > LENGTH:
            raise wrong(name, f"may have {LENGTH:,} characters, not {len(values[0]):,}")
        return values[0]

    def number(self, name: str, usual: int, least: int, most: int = MOST) -> int:
        """Return a parameter that is a number; larger ones than ``most`` are that.

        Raises:
            RefusalError: 400, if it is no number or too small.
        """
        text = self.text(name, str(usual))
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
            raise wrong(name, f"must be a number from {least}")
        return min(int(text), most)


async def read_call(
    scope: Scope, receive: Receive, serving: Serving, settings: Settings, held: Held, is_draft: bool
) -> Call:
    """Return a request, read to its end.

    Raises:
        RefusalError: 400, 413 or 415, if it can't be read.
    """
    parameters, posted = parameters_of(scope["query_string"]), None
    if scope["method"] == "POST":
        body = await read_body(scope, receive, settings.body * MIB)
        kind = header(scope, b"content-type").partition(";")[0].strip().lower()
        if kind == FORM:
            for name, values in (await asyncio.to_thread(parameters_of, body)).items():  # it may take a while
                parameters.setdefault(name, []).extend(values)
        elif kind == JSON:
            posted = body
        else:
            raise RefusalError(415, f"what is posted here is {FORM} (version 0.2) or {JSON} (version 1.0-draft).")
    language = _language(parameters.get("lang", []), header(scope, b"accept-language"))
    may_call = scope["method"] != "POST" and not is_draft
    callback = _callback(parameters.get("callback", [])) if may_call else ""
    return Call(scope, serving, _root(scope, settings), language, is_draft, parameters, held, callback, posted)


def _language(given: list[str], accepted: str) -> str:
    """Return the language of names: that of the address, as OpenRefine itself accepts none, or the reader's."""
    if given and given[0] in LANGUAGES:
        return given[0]
    return "en" if choose("text/html", accepted)[0] else "de"


def _callback(given: list[str]) -> str:
    """Return the name of the function that is asked for; else a name that is none would be found out last."""
    if len(given) > 1 or not all(name == "" or _CALLBACK.fullmatch(name) for name in given):
        raise RefusalError(400, "'callback' must be the name of a function, such as jQuery123.")
    return "".join(given)


def _root(scope: Scope, settings: Settings) -> str:
    """Return the server's public address: as it is set, or as the client knows it."""
    if settings.url:
        return settings.url.rstrip("/") + "/"
    host = header(scope, b"host")
    if not _HOST.fullmatch(host):
        host = "{}:{}".format(*(scope.get("server") or ("127.0.0.1", settings.port)))
    return f"{scope.get('scheme', 'http')}://{host}/"
