"""How a server is set: by a file (TOML), the environment (``BUENDNIS_SERVE_…``) and flags, the last the strongest."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from buendnis_graph.errors import ReadError, UsageError

PREFIX = "BUENDNIS_SERVE_"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set; sizes are in MiB, times in seconds unless said otherwise.

    Attributes:
        host: address to listen at.
        port: to listen at; 0 for any free one.
        url: the service's public address, such as ``https://example.org/graph/``; empty for the one it listens at.
        site: folder of the written site, whose pages are served; empty for none.
        endpoint: address of another SPARQL endpoint, which answers in the place of a build; empty for none.
        direct: 1 to answer with a document at the address of its thing, 0 to lead to it (303).
        page: triples of a page of a document; a larger one comes in several.
        time: that the evaluation of a query may take.
        memory: that a query may take beside the store.
        result: how large an answer may be.
        sending: how large all answers together may be that clients are still reading.
        cache: how large all answers together may be that are kept for who asks the same; 0 keeps none.
        body: how large a request's body may be.
        head: how large a request's line and headers may be, in KiB.
        slots: queries evaluated at once that have just begun.
        slow_slots: queries evaluated at once that have run for longer than ``quick`` milliseconds.
        quick: milliseconds of computing until a query counts as a slow one.
        queue: how many queries may wait.
        wait: how long a query may wait.
        upload: how long a request may take to come in.
        idle: how long a connection without a request is kept.
        connections: how many there may be.
        in_memory: up to which size of the dump of quads the store is held in memory; a larger one is read from disk.
        reconcile: 1 to answer the Reconciliation API, 0 to leave it out, with its process and workers.
        register: 1 to answer it for the entries of a register that was taken in, too, which takes memory.
        reload: seconds between looks for a new build, or for an endpoint that can't be reached.
    """

    host: str = "127.0.0.1"
    port: int = 8787
    url: str = ""
    site: str = ""
    endpoint: str = ""
    direct: int = 0
    page: int = 10000
    time: float = 10.0
    memory: int = 1024
    result: int = 64
    sending: int = 256
    cache: int = 64
    body: int = 1
    head: int = 128
    slots: int = 6
    slow_slots: int = 2
    quick: int = 50
    queue: int = 64
    wait: float = 20.0
    upload: float = 20.0
    idle: int = 20
    connections: int = 512
    in_memory: int = 512
    reconcile: int = 1
    register: int = 0
    reload: float = 2.0


_BOUNDS: Mapping[str, tuple[float, float]] = {
    "port": (0, 65535),
    "direct": (0, 1),
    "reconcile": (0, 1),
    "register": (0, 1),
    "time": (0.1, 3600),
    "cache": (0, 1 << 20),
    "memory": (64, 1 << 20),
    "in_memory": (0, 1 << 20),
    "reload": (0.05, 3600),
}
_OTHERS = (1, 1_000_000)


def read_settings(file: Path | None, environment: Mapping[str, str] = os.environ, **flags: object) -> Settings:
    """Return the settings of a server.

    Args:
        file: TOML with names of :class:`Settings`, if there is one.
        environment: where names stand in capitals behind :data:`PREFIX`.
        flags: that were given; ``None`` means not given.

    Raises:
        ReadError: if the file can't be read.
        UsageError: if there is no such setting or a value will not do.
    """
    given: dict[str, Any] = {} if file is None else _of_file(file)
    given |= {name.removeprefix(PREFIX).lower(): v for name, v in environment.items() if name.startswith(PREFIX)}
    given |= {name: value for name, value in flags.items() if value is not None}
    kinds = {field.name: type(field.default) for field in fields(Settings)}
    for name in given:
        if name not in kinds:
            raise UsageError(f"there is no setting '{name}'.", hint=f"There are: {', '.join(kinds)}.")
    return Settings(**{name: _checked(name, kinds[name], value) for name, value in given.items()})


def _of_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"can't be read as TOML: {error}.", path=file) from error


def _checked(name: str, kind: Any, value: object) -> Any:
    """Return a value in the type of its setting."""
    if kind is str:
        return str(value)
    low, high = _BOUNDS.get(name, _OTHERS)
    try:
        typed = kind(str(value))
    except ValueError:
        typed = low - 1
    if not low <= typed <= high:
        raise UsageError(
            f"'{value}' will not do for the setting '{name}'.", hint=f"Give a number from {low:g} to {high:g}."
        )
    return typed
