"""How long validation takes on synthetic data with planted defects, beside pySHACL; each run in a process of its own.

``BUENDNIS_BENCH_PEERS=1`` runs pySHACL at 10,000 organisations too, ``BUENDNIS_BENCH_LARGE=1`` adds 600,000. A run that
takes longer than ``BUENDNIS_BENCH_LIMIT`` seconds (900) is ended, and the table says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

import pyoxigraph as ox

from buendnis_graph.settings import find_project
from buendnis_graph.validate import LAYERS, Fast, PyShacl, Result, layer_shapes, reference, validate_layer
from buendnis_graph.validate.checker import Checker
from buendnis_graph.validate.layers import file_shapes, validate_said
from buendnis_graph.validate.said import Said
from tests.bench.benches import Run
from tests.bench.clock import peak_memory, seconds
from tests.bench.defects import Finding, Planted, found_in
from tests.bench.generator import Generator
from tests.bench.growth import Point, growing
from tests.bench.report import Cell, Ratio, Table

LIMIT = int(os.environ.get("BUENDNIS_BENCH_LIMIT", "900"))
EDIT_AT = 100_000
"""The size at which an edit is timed."""
_TINY = 300
_ENDED = f"ended after {LIMIT} s"
FILE_LAYERS = [name for name, layer in LAYERS.items() if layer.sources or layer.files]
_ENGINES = {
    "ours": "ours",
    "pyshacl": "pySHACL",
    "memoised": "pySHACL, each query parsed once",
}


def tables(run: Run) -> Iterator[Table]:
    """Yield ours by size, how it grows, and pySHACL beside it."""
    sizes = [1_000, 10_000, EDIT_AT, *([600_000] if os.environ.get("BUENDNIS_BENCH_LARGE") else [])]
    peers = [(1_000, "pyshacl"), (1_000, "memoised")]
    note = ""
    if os.environ.get("BUENDNIS_BENCH_PEERS"):
        peers += [(10_000, "pyshacl"), (10_000, "memoised")]
    else:
        note = "`BUENDNIS_BENCH_PEERS=1` asks pySHACL at 10,000 organisations, too."
    if run.quick:
        sizes, peers, note = [_TINY, 2 * _TINY], [], "Not asked with tiny sizes, as it takes long with these, too."
    ours = {}
    for size in sizes:
        run.step(f"{size:,} organisations")
        ours[size] = _in_a_process(size, "ours", with_edit=size in (EDIT_AT, _TINY))
    yield _by_size(ours)
    yield _growth(ours)
    rows = []
    for size, engine in peers:
        run.step(f"{size:,} organisations, {_ENGINES[engine]}")
        rows.append(_peer_row(size, engine, _in_a_process(size, engine), ours[size]))
    yield Table(
        "pySHACL beside it",
        ("organisations", "engine", "after parsing, s", "ratio to ours", "planted defects", "found", "findings beside"),
        rows,
        note,
    )


def _by_size(ours: dict[int, dict[str, Any]]) -> Table:
    return Table(
        "All layers about files, by size",
        (
            "organisations",
            "statements",
            "parsing, s",
            "reading in, s",
            "checking, s",
            "after parsing, s",
            "an organisation, µs",
            "after an edit of one line, s",
            "memory at most, MiB",
            "planted defects",
            "found",
            "findings beside",
        ),
        [_row(size, done) for size, done in ours.items()],
        "One run each, in a process of its own. Reading in: who mentions what.",
    )


def _growth(ours: dict[int, dict[str, Any]]) -> Table:
    return growing(
        "Growth of what comes after parsing",
        "organisations",
        [
            Point("reading in and checking", size, done["loading"] + done["validation"], done["memory"])
            for size, done in ours.items()
            if done
        ],
    )


def _in_a_process(size: int, engine: str, *, with_edit: bool = False) -> dict[str, Any]:
    """Return what a run in a process of its own measured; empty if it was ended.

    Raises:
        RuntimeError: if it failed.
    """
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.validation", str(size), engine]
    command += ["edit"] if with_edit else []
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {}
    if done.returncode:
        raise RuntimeError(f"{size:,} organisations, {engine}: failed.\n{done.stderr[-2000:]}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _row(size: int, done: dict[str, Any]) -> list[Cell]:
    if not done:
        return [size, _ENDED, *[None] * 10]
    parsing, loading, validation = done["parsing"], done["loading"], done["validation"]
    after = loading + validation
    times = [parsing, loading, validation, after, after / size * 1e6, done["edit"]]
    return [size, done["statements"], *times, done["memory"], done["planted"], done["found"], done["beside"]]


def _peer_row(size: int, engine: str, done: dict[str, Any], ours: dict[str, Any]) -> list[Cell]:
    if not ours:
        return [size, _ENGINES[engine], _ENDED, *[None] * 4]
    mine = ours["loading"] + ours["validation"]
    if not done:  # ended while it was checking: its data was made and parsed as quickly as ours
        return [
            size,
            _ENGINES[engine],
            _ENDED,
            Ratio(_ENGINES[engine], (LIMIT - ours["before"]) / mine, at_least=True),
            *[None] * 3,
        ]
    total = done["validation"]
    ratio = Ratio(_ENGINES[engine], total / mine)
    return [size, _ENGINES[engine], total, ratio, done["planted"], done["found"], done["beside"]]


def measure(size: int, engine: str, *, with_edit: bool) -> dict[str, Any]:
    """Return what one run takes: seconds to parse, to load and to validate, memory, and the planted defects found."""
    start = time.perf_counter()
    planted = Planted(Generator(find_project(), size))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nq"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(f"{s.subject} {s.predicate} {s.object} {s.graph} .\n" for s in planted.statements())
        parsed = _Parsed(file)
        before = time.perf_counter() - start
        loading, validation, found = (_ours if engine == "ours" else _peer)(parsed, engine)
        done = {
            "statements": parsed.number,
            "before": before + parsed.seconds,
            "parsing": parsed.seconds,
            "loading": loading,
            "validation": validation,
            "memory": peak_memory(),
            "planted": len(planted.findings),
            "found": len(found & planted.findings),
            "beside": len(found - planted.findings),
        }
        return done | {"edit": _edit(parsed) if with_edit else None}


class _Parsed:
    """The quads of a file, parsed as they are asked for, some thousands at a time.

    Attributes:
        seconds: what parsing took, the last time.
        number: how many there were.
    """

    def __init__(self, file: Path) -> None:
        self._file, self.seconds, self.number = file, 0.0, 0

    def __iter__(self) -> Iterator[ox.Quad]:
        self.seconds, self.number = 0.0, 0
        quads = ox.parse(path=self._file)
        while True:
            start = time.perf_counter()
            some = list(islice(quads, 5_000))
            self.seconds += time.perf_counter() - start
            if not some:
                return
            self.number += len(some)
            yield from some


def _ours(parsed: _Parsed, _engine: str) -> tuple[float, float, set[Finding]]:
    """Return the seconds to load, without those to parse, and to validate, and what is found."""
    results: list[Result] = []
    sources, files = file_shapes(find_project())
    start = time.perf_counter()
    said = Said(parsed)
    loading = time.perf_counter() - start - parsed.seconds
    return loading, seconds(lambda: results.extend(validate_said(said, sources, files, Fast()))), found_in(results)


def _peer(parsed: _Parsed, engine: str) -> tuple[float, float, set[Finding]]:
    """Return pySHACL's times; what it loads into rdflib counts as validation, as it is called that way."""
    unmodified = mock.patch.object(reference, "_parse_queries_once", contextlib.nullcontext)
    results: list[Result] = []
    quads = list(parsed)
    with unmodified if engine == "pyshacl" else contextlib.nullcontext():
        start = time.perf_counter()
        for name in FILE_LAYERS:
            results += validate_layer(name, quads, layer_shapes(find_project(), name), PyShacl())
        validation = time.perf_counter() - start
    return 0.0, validation, found_in(results)


def _edit(parsed: _Parsed) -> float:
    """Return the seconds it takes to know the findings after a change to one statement of one source."""
    quads = list(parsed)
    checker = Checker(quads, *file_shapes(find_project()), Fast())
    before = next(q for q in quads if q.predicate.value.endswith("#listedName"))
    after = ox.Quad(before.subject, before.predicate, ox.Literal("Ein anderer Name"), before.graph_name)
    return seconds(lambda: (checker.update([before], [after]), checker.results))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]), sys.argv[2], with_edit="edit" in sys.argv)) + "\n")
