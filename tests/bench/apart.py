"""Functions of benches in processes of their own, so that the memory each held is its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tests.bench.clock import peak_memory


def apart(function: Callable[..., Any], *arguments: object, limit: float | None = None) -> tuple[Any, float]:
    """Run a function in a process of its own.

    Args:
        function: of a module; what it returns can be written as JSON.
        arguments: that it is given; they can be, too.
        limit: seconds it may take.

    Returns:
        What it returned, and the most that its process held, in MiB, without the processes that it started.

    Raises:
        RuntimeError: with what it printed, if it failed.
        subprocess.TimeoutExpired: if it took too long.
    """
    # the module of a bench that is run as a program has no name of its own
    spec = sys.modules[function.__module__].__spec__
    assert spec is not None
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.apart", spec.name, function.__name__]
    command.append(json.dumps(arguments))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)
    if done.returncode:
        raise RuntimeError(f"{function.__name__}{arguments}: failed.\n{done.stderr[-4000:]}")
    returned, memory = json.loads(done.stdout)
    return returned, memory


def _main(module: str, function: str, arguments: str) -> None:
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)  # what a library prints is no answer
        returned = getattr(import_module(module), function)(*json.loads(arguments))
        json.dump([returned, peak_memory()], out)


if __name__ == "__main__":
    _main(*sys.argv[1:])
