"""How long a piece of work takes, and how much memory."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable
from pathlib import Path


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call took, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a call: on a machine with nothing else to do, the time it takes or more."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peak_memory() -> float:
    """Return the most memory that this process has held so far, in MiB.

    Where there is ``/proc`` it is read there: what ``getrusage`` says of a process counts the one that started it.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
