"""What the worker does: answers one small task after the other, from an index that it shares with its siblings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from buendnis_graph.serve.reconcile.matching import Matcher
from buendnis_graph.serve.reconcile.offer import kind_of
from buendnis_graph.serve.reconcile.preview import page, path_of, piece
from buendnis_graph.serve.reconcile.questions import unpacked
from buendnis_graph.serve.reconcile.suggest import Suggester
from buendnis_graph.serve.reconcile.things import read
from buendnis_graph.serve.reconcile.v02 import encode
from buendnis_graph.serve.reconcile.values import told
from buendnis_graph.serve.worker import Outcome


class Answerer:
    """Answers tasks.

    Args:
        folder: of the build.
        register: whether entries of a register that was taken in can be found.
    """

    def __init__(self, folder: Path, *, register: bool = False) -> None:
        self._things = read(folder, register=register)
        self._matcher = Matcher(self._things)
        self._suggester = Suggester(self._things)
        self._doing: dict[str, Callable[..., bytes]] = {
            "match": self._match,
            "extend": self._extend,
            "suggest": self._suggest,
            "preview": self._preview,
            "flyout": self._flyout,
            "view": self._view,
        }

    def __call__(self, asked: dict[str, Any]) -> tuple[Outcome, bytes]:
        """Return the answer to a request of the pool, whose ``query`` is a task in JSON."""
        task = json.loads(asked["query"])
        return Outcome.ANSWERED, self._doing[task.pop("do")](**task)

    def _match(self, questions: list[dict[str, Any]], language: str) -> bytes:
        """Return the candidates of each question, a line of JSON each."""
        return b"\n".join(encode(self._matcher.told(unpacked(one), language)) for one in questions)

    def _extend(self, ids: list[str], wanted: list[str], language: str, listed: bool) -> bytes:
        """Return the values of each thing, a line of JSON each: by property, or as a list of properties."""
        lines = []
        for asked in ids:
            thing = self._things.get(asked)
            row = {name: told(thing, name, self._things, language) if thing else [] for name in wanted}
            lines.append(encode([{"id": n, "values": v} for n, v in row.items()] if listed else row))
        return b"\n".join(lines)

    def _suggest(self, prefix: str, kind: str, limit: int, offset: int, language: str) -> bytes:
        wanted = kind_of(kind) if kind else None
        return encode({"result": self._suggester.suggest(prefix, wanted, limit, offset, language)})

    def _preview(self, asked: str, root: str, language: str) -> bytes:
        """Return a page; nothing if there is no such thing."""
        thing = self._things.get(asked)
        return page(thing, self._things, root, language).encode() if thing else b""

    def _flyout(self, asked: str, language: str) -> bytes:
        """Return what is shown beside a suggestion; nothing if there is no such thing."""
        thing = self._things.get(asked)
        return piece(thing, self._things, language).encode() if thing else b""

    def _view(self, asked: str) -> bytes:
        """Return the path of a thing's document; nothing if there is no such thing."""
        thing = self._things.get(asked)
        return path_of(thing).encode() if thing else b""
