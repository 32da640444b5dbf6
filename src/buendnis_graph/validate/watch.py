"""Check again whenever a file is saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from buendnis_graph.errors import BuendnisError

INTERVAL = 0.2
"""Seconds between two looks at the files."""
SETTLED = 0.1
"""Seconds that files must stay as they are before they count as saved."""

Check = Callable[[frozenset[Path]], None]
Fail = Callable[[BuendnisError], None]
_Stamps = dict[Path, tuple[int, int, int]]


def watch(roots: Iterable[Path], check: Check, fail: Fail, *, interval: float = INTERVAL) -> None:
    """Check now and after every change, until Ctrl-C.

    Args:
        roots: the files and folders to look at.
        check: told which files changed (none at first); checks and shows what it found.
        fail: shows why a check could not be done; the next change is waited for.
        interval: seconds between two looks.
    """
    places = list(roots)
    try:
        stamps = _settled(places, {})
        _run(check, fail, frozenset())
        while True:
            time.sleep(interval)
            now = _stamps(places)
            if now == stamps:
                continue
            now = _settled(places, now)
            changed = frozenset(path for path in now.keys() | stamps.keys() if now.get(path) != stamps.get(path))
            stamps = now
            if changed:
                _run(check, fail, changed)
    except KeyboardInterrupt:
        return


def _run(check: Check, fail: Fail, changed: frozenset[Path]) -> None:
    """Check; a file that can't be read may be half-written, so it is read once more before it is called broken."""
    try:
        check(changed)
    except BuendnisError:
        time.sleep(SETTLED)
        try:
            check(changed)
        except BuendnisError as error:
            fail(error)


def _settled(places: list[Path], stamps: _Stamps) -> _Stamps:
    """Return the stamps of the files once they stay the same for a moment."""
    while True:
        time.sleep(SETTLED)
        now = _stamps(places)
        if now == stamps:
            return now
        stamps = now


def _stamps(places: list[Path]) -> _Stamps:
    found: _Stamps = {}
    for path in _files(places):
        try:
            status = path.stat()
        except OSError:
            continue  # gone between listing and looking
        found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def _files(places: list[Path]) -> Iterator[Path]:
    """Yield files, but for those that editors keep beside the one they edit."""
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for folder, below, names in os.walk(place):
            below[:] = sorted(name for name in below if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith(".") and name[-1] != "~")
