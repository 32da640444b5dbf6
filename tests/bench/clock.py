"""How long a piece of work takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call took, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
