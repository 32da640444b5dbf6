"""Sort more lines than one wants to hold at once."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from sys import getsizeof
from typing import IO

AT_ONCE = 32_000_000
"""Bytes that are held at once."""
MOST = 64
"""Files of one level; so many are merged into one of the next."""
_POINTER = 8


def in_order(
    lines: Iterable[bytes], at_once: int = AT_ONCE, folder: Path | None = None, most: int = MOST
) -> Iterator[bytes]:
    """Yield lines sorted: runs of them are put aside on the disk and merged, so many at once.

    Args:
        lines: each with its line feed, and no other in it.
        at_once: how many bytes of memory they may take, but for one line and what sorting takes.
        folder: where on the disk (default: where the system puts temporary files).
        most: how many runs are merged into one, at least 2. Each line is written as often as the logarithm of their
            number to this base, and so many times this many files are open.
    """
    levels: list[list[IO[bytes]]] = []
    held: list[bytes] = []
    taken = 0
    with ExitStack() as files:

        def put_aside(some: Iterable[bytes], level: int = 0) -> None:
            file: IO[bytes] = files.enter_context(tempfile.TemporaryFile(dir=folder))
            file.writelines(some)
            file.seek(0)
            if level == len(levels):
                levels.append([])
            levels[level].append(file)
            if len(levels[level]) == most:
                put_aside(heapq.merge(*levels[level]), level + 1)
                for merged in levels[level]:
                    merged.close()
                levels[level].clear()

        for line in lines:
            held.append(line)
            taken += getsizeof(line) + _POINTER
            if taken >= at_once:
                held.sort()
                put_aside(held)
                held.clear()
                taken = 0
        held.sort()
        yield from heapq.merge(*chain(*levels), held)
