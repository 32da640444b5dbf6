"""How the queries of shapes were taken apart, kept between runs: to do it anew takes seconds."""

from __future__ import annotations

import hashlib
import inspect
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path as FilePath
from typing import Any

import pyoxigraph as ox

from buendnis_graph.validate import delta
from buendnis_graph.validate.delta import Pattern, Situation
from buendnis_graph.validate.paths import Path

_FILE = ".queries.json"


@contextmanager
def remembered(build: FilePath) -> Iterator[None]:
    """Know within the block how queries were taken apart before, and remember those that are known by its end.

    Args:
        build: the folder of all builds; where it can't be written to, nothing is remembered.
    """
    file, maker = build / _FILE, _maker()
    before = set[str]()
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text("utf-8"))
        if kept["maker"] == maker:
            delta.KNOWN.update({query: _read(apart) for query, apart in kept["queries"].items()})
            before = set(kept["queries"])
    yield
    if delta.KNOWN.keys() - before:
        kept = {"maker": maker, "queries": {query: _write(apart) for query, apart in delta.KNOWN.items()}}
        with suppress(OSError), tempfile.NamedTemporaryFile("w", dir=build, prefix=".new-", delete=False) as aside:
            json.dump(kept, aside)
            aside.flush()
            FilePath(aside.name).replace(file)


def _maker() -> str:
    """Return what stands for who takes queries apart: another one may do it otherwise."""
    return f"{version('rdflib')} {hashlib.sha256(inspect.getsource(delta).encode()).hexdigest()}"


def _write(apart: tuple[Situation, ...] | None) -> Any:
    return apart and [[_pattern(s.pattern), [_pattern(p) for p in s.beside]] for s in apart]


def _pattern(pattern: Pattern) -> list[Any]:
    return [pattern.subject, pattern.path and _path(pattern.path), pattern.variable, pattern.object]


def _path(path: Path) -> Any:
    return path.predicate.value if path.predicate is not None else [path.operator, *map(_path, path.parts)]


def _read(apart: Any) -> tuple[Situation, ...] | None:
    if apart is None:
        return None
    return tuple(Situation(_pattern_of(p), tuple(map(_pattern_of, beside))) for p, beside in apart)


def _pattern_of(kept: Any) -> Pattern:
    subject, path, variable, value = kept
    return Pattern(subject, path and _path_of(path), variable, value)


def _path_of(kept: Any) -> Path:
    if isinstance(kept, str):
        return Path("", ox.NamedNode(kept))
    return Path(kept[0], parts=tuple(map(_path_of, kept[1:])))
