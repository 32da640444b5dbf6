"""Run a bench in a process of its own, and tell what it does meanwhile."""

from __future__ import annotations

import compileall
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

import buendnis_graph
import tests
from tests.bench.benches import Bench
from tests.bench.machine import Meanwhile, conditions
from tests.bench.report import Part, Table

_GRACE = 20.0
"""Seconds that a bench has to end the servers it has started."""
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


def run(
    bench: Bench, limit: float, step: Callable[[str], None], show: Callable[[Table], None], *, quick: bool = False
) -> tuple[Part, str]:
    """Run a bench.

    Args:
        bench: which.
        limit: seconds it may take; then it is ended.
        step: told what it does.
        show: told each table as soon as it is there.
        quick: whether tiny sizes will do.

    Returns:
        What it found, and what it printed if it failed.
    """
    known, meanwhile = conditions(bench.packages, quick=quick), Meanwhile()
    tables: list[Table] = []
    memory: float | None = None
    error = ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, (Path(folder) / "log").open("w+") as log:
        process = _started(bench, folder, log, quick=quick)
        late = threading.Event()

        def end_late() -> None:
            late.set()
            _end(process)

        watch = threading.Timer(limit, end_late)
        watch.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                told = json.loads(line)
                memory, error = told.get("memory", memory), told.get("error", error)
                if "step" in told:
                    step(told["step"])
                if "table" in told:
                    tables.append(Table.from_data(told["table"]))
                    show(tables[-1])
            process.wait()
        finally:
            watch.cancel()
            _end(process)
        log.seek(0)
        printed = log.read()
    failed = f"ended after {limit:,g} s" if late.is_set() else _failure(process.returncode, error)
    return Part(bench.name, bench.what, known | meanwhile.told(), tables, memory, failed), printed if failed else ""


def _started(bench: Bench, folder: str, log: IO[str], *, quick: bool) -> subprocess.Popen[str]:
    """Start the process of a bench: in a group, so that all it starts can be ended, with a folder for its files.

    Modules are compiled before, as they are where the package was installed.
    """
    for package in (buendnis_graph, tests):
        compileall.compile_dir(package.__path__[0], quiet=2)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.child", bench.name, *(["--quick"] if quick else [])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if name != _UNCOMPILED} | {"TMPDIR": folder},
    )


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and all that is left of what it has started, kindly at first."""
    with contextlib.suppress(ProcessLookupError):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failure(code: int, error: str) -> str:
    """Return why a bench failed, without what a message says of this machine; empty if it did not."""
    if code == 0:
        return ""
    return f"ended by {signal.Signals(-code).name}" if code < 0 else f"it failed with {error or f'exit code {code}'}"
