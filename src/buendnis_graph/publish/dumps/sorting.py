"""Sort more lines than one wants to hold at once."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

AT_ONCE = 200_000
"""Lines that are held at once, some 40 MB of N-Quads; fewer would be too many open files for large graphs."""


def in_order(lines: Iterable[bytes], at_once: int = AT_ONCE, folder: Path | None = None) -> Iterator[bytes]:
    """Yield lines sorted: runs of them are put aside on the disk and merged.

    Args:
        lines: each with its line feed, and no other in it.
        at_once: how many are held at once.
        folder: where on the disk (default: where the system puts temporary files).
    """
    left = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        run = sorted(islice(left, at_once))
        while len(run) == at_once:
            file = files.enter_context(tempfile.TemporaryFile(dir=folder))
            file.writelines(run)
            run.clear()  # before the next one is read
            file.seek(0)
            runs.append(file)
            run = sorted(islice(left, at_once))
        yield from heapq.merge(*runs, run)
