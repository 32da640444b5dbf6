"""A worker: a process that answers one request at a time and is killed if that takes too long."""

from __future__ import annotations

import ctypes
import gzip
import io
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.run import unreadable
from buendnis_graph.serve.formats import BY_NAME
from buendnis_graph.serve.pages import page_of
from buendnis_graph.serve.seal import seal
from buendnis_graph.serve.settings import MIB

REQUEST = struct.Struct("!I")
"""Before a request: how long it is."""
ANSWER = struct.Struct("!BBQ")
"""Before an answer: its :class:`Outcome`, whether it is compressed, how long it is."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG."""
SMALL = 1024
"""An answer of fewer bytes is not compressed."""


class Outcome(IntEnum):
    """What came of a query."""

    ANSWERED = 0
    WRONG = 1
    """It can't be read or evaluated; the answer says why."""
    TOO_LARGE = 2
    """Its answer is larger than allowed."""
    NO_MEMORY = 3
    MORE = 4
    """A page of a document, behind which there are others."""
    NO_PAGE = 5
    """The document has no such page."""


Answering = Callable[[dict[str, Any]], tuple[Outcome, bytes]]
"""Answers a request."""


class _TooLargeError(Exception):
    pass


class _Bounded(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _TooLargeError
        return super().write(data)


def confine(memory: int) -> None:
    """Bound what this process may take, and seal it: see :mod:`buendnis_graph.serve.seal`.

    Args:
        memory: MiB beside what it has already.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(AttributeError, OSError):  # Linux: whatever becomes of the nursery, no worker is left
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory * MIB
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    seal()  # for what the guard may overlook; where it does not hold, that was said at the start
    with suppress(OSError):  # if the machine runs out of memory, this is what ends
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def work(connection: socket.socket, answer: Answering) -> None:
    """Answer requests until the other end is closed.

    Args:
        connection: where requests come from, as :data:`REQUEST` and JSON.
        answer: called with each.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with connection.makefile("rb") as incoming:
        while head := incoming.read(REQUEST.size):
            asked = json.loads(incoming.read(REQUEST.unpack(head)[0]))
            compressed = False
            try:
                outcome, payload = answer(asked)
                if asked["gzip"] and outcome in {Outcome.ANSWERED, Outcome.MORE} and len(payload) >= SMALL:
                    payload, compressed = gzip.compress(payload, 1, mtime=0), True
            except MemoryError:
                outcome, payload = Outcome.NO_MEMORY, b""
            connection.sendall(ANSWER.pack(outcome, compressed, len(payload)) + payload)


def evaluate(store: ox.Store, asked: dict[str, Any], limit: int) -> tuple[Outcome, bytes]:
    """Return the answer to a query, in the format asked for, or why there is none.

    Args:
        store: that is asked.
        asked: ``query``, ``base``, ``default`` and ``named`` (lists of IRIs, or both null), ``format`` (its name). Or
            ``file``, the path of a document in Turtle, and ``format``. A document may have a page:
            see :func:`buendnis_graph.serve.pages.page_of`.
        limit: how many bytes it may have.
    """
    output, engine = _Bounded(limit), BY_NAME[asked["format"]].engine
    try:
        found = _found(store, asked)
        if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
            assert isinstance(engine, ox.QueryResultsFormat)  # noqa: S101 - negotiated by the form of the query
            found.serialize(output, engine)
            return Outcome.ANSWERED, output.getvalue()
        assert isinstance(engine, ox.RdfFormat)  # noqa: S101 - likewise
        outcome = Outcome.ANSWERED
        if "page" in asked:
            found, more = page_of(found if "file" in asked else sorted(set(found), key=str), asked)
            outcome = Outcome.MORE if more else Outcome.ANSWERED if found else Outcome.NO_PAGE
        short = engine in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
        ox.serialize(found, output, engine, prefixes=PREFIXES if short else None)
        return outcome, output.getvalue()
    except _TooLargeError:
        return Outcome.TOO_LARGE, b""
    except SyntaxError as error:
        return Outcome.WRONG, str(unreadable(asked["query"], str(error.msg))).encode()
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        return Outcome.WRONG, f"the query can't be answered: {error}.".encode()


def _found(store: ox.Store, asked: dict[str, Any]) -> ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]:
    if "file" in asked:
        return (quad.triple for quad in ox.parse(path=asked["file"], format=ox.RdfFormat.TURTLE))
    query = asked["query"]
    return store.query(
        query,
        base_iri=asked["base"],
        prefixes={prefix: iri for prefix, iri in PREFIXES.items() if f"{prefix}:" in query},
        default_graph=None if asked["default"] is None else [ox.NamedNode(iri) for iri in asked["default"]],
        named_graphs=None if asked["named"] is None else [ox.NamedNode(iri) for iri in asked["named"]],
    )


def ends_quietly() -> None:
    """Let this process write nothing: what the engine says when it ends is of no use to anybody."""
    sys.stderr = sys.stdout = io.StringIO()
    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(quiet, descriptor)
