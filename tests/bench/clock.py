"""How long a piece of work takes, and how much memory."""

from __future__ import annotations

import math
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


def peak_memory(process: int | None = None) -> float:
    """Return the most memory that a process has held so far, in MiB.

    Where there is ``/proc`` it is read there: what ``getrusage`` says of a process counts the one that started it.

    Args:
        process: its number; None is this one.
    """
    status = Path(f"/proc/{process or 'self'}/status")
    if status.is_file() and (found := re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)):
        return int(found[1]) / 1024
    return math.nan if process else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
