"""Sort more lines than one wants to hold at once."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from sys import getsizeof
from typing import IO

AT_ONCE = 32_000_000
"""Bytes that are held at once."""
MOST = 128
"""Files that are open at once, well below what systems allow."""
_POINTER = 8


def in_order(
    lines: Iterable[bytes], at_once: int = AT_ONCE, folder: Path | None = None, most: int = MOST
) -> Iterator[bytes]:
    """Yield lines sorted: runs of them are put aside on the disk and merged.

    Args:
        lines: each with its line feed, and no other in it.
        at_once: how many bytes of memory they may take, but for one line and what sorting takes.
        folder: where on the disk (default: where the system puts temporary files).
        most: how many runs there may be; so many are merged into one.
    """
    with ExitStack() as files:
        runs: list[IO[bytes]] = []
        for run in _runs(lines, at_once):
            if len(runs) == most:
                with files.pop_all():
                    merged = heapq.merge(*runs)
                    runs = [_written(merged, files.enter_context(tempfile.TemporaryFile(dir=folder)))]
            runs.append(_written(run, files.enter_context(tempfile.TemporaryFile(dir=folder))))
        yield from heapq.merge(*runs)


def _runs(lines: Iterable[bytes], at_once: int) -> Iterator[list[bytes]]:
    """Yield the next lines that take so much memory, sorted; a list is emptied when the next one is asked for."""
    run: list[bytes] = []
    taken = 0
    for line in lines:
        run.append(line)
        taken += getsizeof(line) + _POINTER
        if taken >= at_once:
            run.sort()
            yield run
            run.clear()
            taken = 0
    run.sort()
    yield run


def _written(lines: Iterable[bytes], file: IO[bytes]) -> IO[bytes]:
    file.writelines(lines)
    file.seek(0)
    return file
