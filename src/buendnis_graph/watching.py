"""Do something again whenever a file is saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from buendnis_graph.errors import BuendnisError, FaultsError, LimitError, ReadError, disk_errors
from buendnis_graph.settings import is_editors

if TYPE_CHECKING:
    from watchfiles import Change

SETTLED = 0.05
"""Seconds in which no file is saved before those that were are looked at: editors write more than one at once."""
_WAITING = 200
"""Milliseconds after which it is looked whether Ctrl-C was pressed."""

Again = Callable[[frozenset[Path]], None]
Fail = Callable[[BuendnisError], None]


def watch(roots: Iterable[Path], again: Again, fail: Fail) -> None:
    """Do something now and after every change, until Ctrl-C.

    What changes while it is done is told the next time. The system tells of changes
    (`watchfiles <https://watchfiles.helpmanual.io>`_); where it can't, as in some folders of other machines, they are
    looked for if ``WATCHFILES_FORCE_POLLING`` is set.

    Args:
        roots: the files and folders to look at; those that editors keep beside the one they edit are passed over.
        again: told which files changed, or folders that are gone or others than before; none at first.
        fail: shows why it could not be done; the next change is waited for.

    Raises:
        LimitError: if the system does not watch so many folders.
    """
    files = frozenset(root.absolute() for root in roots if not root.is_dir())
    folders = frozenset(root.absolute() for root in roots if root.is_dir())
    places = {*folders, *(file.parent for file in files)}  # a file that is replaced is a new one

    def counts(path: Path) -> bool:
        below = next((path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder)), None)
        return path in files or (below is not None and not (below and is_editors(below[-1])))

    at_first = frozenset[Path]()
    try:
        while True:
            watched = _on_disk(places)
            with closing(_changes(places, recursive=bool(folders))) as changes:
                next(changes)  # from now on nothing is missed
                _run(again, fail, at_first)
                for found in changes:
                    if changed := frozenset(filter(counts, chain.from_iterable(map(_files, found)))):
                        _run(again, fail, changed)
                    if at_first := _replaced(watched):
                        break  # the system tells of what was there before
    except KeyboardInterrupt:
        return


def _changes(places: Iterable[Path], *, recursive: bool) -> Generator[set[tuple[Change, str]], None, None]:
    """Yield what changes in folders, and nothing now and then.

    Raises:
        LimitError: if the system does not watch so many folders.
    """
    import watchfiles

    try:
        yield from watchfiles.watch(
            *places,
            watch_filter=None,
            step=round(SETTLED * 1000),
            rust_timeout=_WAITING,
            yield_on_timeout=True,
            recursive=recursive,
        )
    except (OSError, RuntimeError) as error:  # this if it is a new folder that is one too many
        raise LimitError(
            f"the system can't watch the files: {error}",
            hint="Allow it to watch more folders (on Linux: sysctl fs.inotify.max_user_watches=1000000), or set "
            "WATCHFILES_FORCE_POLLING=1.",
        ) from error


def _on_disk(places: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return which folders stand at places."""
    found = {}
    for place in places:
        with suppress(OSError):
            status = place.stat()
            found[place] = (status.st_dev, status.st_ino)
    return found


def _replaced(watched: Mapping[Path, tuple[int, int]]) -> frozenset[Path]:
    """Return the places at which another folder stands now; none while one is missing, as it can't be watched."""
    now = _on_disk(watched)
    return frozenset(place for place in now if now[place] != watched[place] and now.keys() == watched.keys())


def _files(change: tuple[Change, str]) -> Iterable[Path]:
    """Yield what a change is one of; of a new folder, the files in it: what is put into it at once is not told of.

    Where a folder is gone and another one stands, it is the folder: what was in the one that is gone is not told of.
    """
    kind, path = change[0].raw_str(), Path(change[1])
    if kind == "deleted" or path.is_symlink() or not path.is_dir():
        return (path,)
    walked = os.walk(path) if kind == "added" else ()  # what goes meanwhile is passed over
    return (Path(folder, name) for folder, _, names in walked for name in names)


def _run(again: Again, fail: Fail, changed: frozenset[Path], *, is_last: bool = False) -> None:
    """Do it; a file that can't be read may be half-written, so it is read once more before it is called broken."""
    try:
        with disk_errors(Path.cwd()):
            again(changed)
    except BuendnisError as error:
        if is_last or not isinstance(error, FaultsError | ReadError):
            fail(error)
            return
        time.sleep(SETTLED)
        _run(again, fail, changed, is_last=True)
