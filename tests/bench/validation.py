"""How long validation takes on synthetic data with planted defects, beside pySHACL; each run in a process of its own.

``BUENDNIS_BENCH_PEERS=1`` runs pySHACL at 10,000 organisations too, ``BUENDNIS_BENCH_LARGE=1`` adds 600,000. A run that
takes longer than ``BUENDNIS_BENCH_LIMIT`` seconds (900) is ended, and the table says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
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
from tests.bench.clock import seconds
from tests.bench.defects import Finding, Planted, found_in
from tests.bench.generator import Generator

LIMIT = int(os.environ.get("BUENDNIS_BENCH_LIMIT", "900"))
EDIT_AT = 100_000
"""The size at which an edit is timed."""
FILE_LAYERS = [name for name, layer in LAYERS.items() if layer.sources or layer.files]
_ENGINES = {
    "ours": "ours",
    "pyshacl": "pySHACL",
    "memoised": "pySHACL, each query parsed once",
}


def run() -> None:
    """Print two tables: ours by size, and pySHACL beside it."""
    sizes = [1_000, 10_000, 100_000, *([600_000] if os.environ.get("BUENDNIS_BENCH_LARGE") else [])]
    out = sys.stdout
    out.write("\nValidation of synthetic data, all layers about files; seconds. Reading in: who mentions what.\n\n")
    out.write("| organisations | statements | parsing | reading in | checking | after parsing | an organisation, µs |")
    out.write(" memory at most, MiB | planted defects found | findings beside |\n" + "|--:" * 10 + "|\n")
    ours = {}
    for size in sizes:
        done = _in_a_process(size, "ours")
        ours[size] = done
        out.write(_row(size, done))
        out.flush()
    edit = ours[EDIT_AT].get("edit")
    if edit is not None:
        out.write(f"\nAfter an edit of one line at {EDIT_AT:,} organisations: {edit:.3f} s.\n")
    out.write("\n| organisations | engine | after parsing | ratio to ours |\n|--:|---|--:|--:|\n")
    peers = [(1_000, "pyshacl"), (1_000, "memoised")]
    if os.environ.get("BUENDNIS_BENCH_PEERS"):
        peers += [(10_000, "pyshacl"), (10_000, "memoised")]
    else:
        out.write("| 10,000 | pySHACL: takes minutes; BUENDNIS_BENCH_PEERS=1 runs it | | |\n")
    for size, engine in peers:
        out.write(_peer_row(size, engine, _in_a_process(size, engine), ours[size]))
        out.flush()


def _in_a_process(size: int, engine: str) -> dict[str, Any]:
    """Return what a run in a process of its own measured; empty if it was ended."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.validation", str(size), engine]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {}
    if done.returncode:
        sys.stdout.write(f"\n{size:,} organisations, {engine}: failed.\n{done.stderr[-2000:]}\n")
        return {}
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _row(size: int, done: dict[str, Any]) -> str:
    if not done:
        return f"| {size:,} | ended after {LIMIT} s or failed |\n"
    parsing, loading, validation = done["parsing"], done["loading"], done["validation"]
    return (
        f"| {size:,} | {done['statements']:,} | {parsing:.2f} | {loading:.2f} | {validation:.2f} "
        f"| {loading + validation:.2f} | {(loading + validation) / size * 1e6:,.0f} "
        f"| {done['memory']:,.0f} | {done['found']:,} of {done['planted']:,} | {done['beside']:,} |\n"
    )


def _peer_row(size: int, engine: str, done: dict[str, Any], ours: dict[str, Any]) -> str:
    if not done or not ours:
        return f"| {size:,} | {_ENGINES[engine]} | more than {LIMIT} | |\n"
    total, mine = done["validation"], ours["loading"] + ours["validation"]
    found = f"{done['found']:,} of {done['planted']:,} found, {done['beside']:,} beside"
    return f"| {size:,} | {_ENGINES[engine]} ({found}) | {total:.2f} | {total / mine:.0f} |\n"


def measure(size: int, engine: str) -> dict[str, Any]:
    """Return what one run takes: seconds to parse, to load and to validate, memory, and the planted defects found."""
    planted = Planted(Generator(find_project(), size))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nq"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(f"{s.subject} {s.predicate} {s.object} {s.graph} .\n" for s in planted.statements())
        parsed = _Parsed(file)
        loading, validation, found = (_ours if engine == "ours" else _peer)(parsed, engine)
        done = {
            "statements": parsed.number,
            "parsing": parsed.seconds,
            "loading": loading,
            "validation": validation,
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "planted": len(planted.findings),
            "found": len(found & planted.findings),
            "beside": len(found - planted.findings),
        }
        return done | {"edit": _edit(parsed) if engine == "ours" and size == EDIT_AT else None}


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
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]), sys.argv[2])) + "\n")
