"""Put an export in the place of the last one as one step: whoever looks finds all files old or all files new.

The new files are written into a folder aside; renaming that to :data:`COMMITTED` is the step that counts; then they
are moved into place. A run killed before it leaves the old export, one killed after it a folder that the next run
finishes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from buendnis_graph.errors import UsageError

COMMITTED = ".export-committed"
_ASIDE = ".export-aside-"
_LIST = ".gone.json"


@contextmanager
def aside(output: Path) -> Iterator[Path]:
    """Give a folder aside, on the same disk; it is gone afterwards unless :func:`put_in_place` took it.

    Raises:
        UsageError: if the folder can't be made or written to, or another run is writing into it.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(output, os.O_RDONLY)
    except OSError as error:
        raise UsageError(
            f"can't be a folder to export into: {error.strerror}.", path=output, hint="Name another: --output FOLDER"
        ) from error
    try:
        _lock(descriptor, output)
        finish(output)
        for left in output.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=output))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"can't be written: {error.strerror}.", path=output) from error
    finally:
        os.close(descriptor)


def _lock(descriptor: int, output: Path) -> None:
    """Hold the folder until its descriptor is closed; the lock falls with the process."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(
            "another run is exporting into this folder.",
            path=output,
            hint="Wait until it is done; nothing was changed.",
        ) from None


def put_in_place(folder: Path, output: Path, former: Iterable[str]) -> list[str]:
    """Move all files of a folder aside into the output folder; return their paths, sorted.

    Args:
        folder: what :func:`aside` gave.
        output: where the export goes.
        former: files of the last export; those that the new one lacks are removed.
    """
    new = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    gone = sorted(set(former) - set(new))
    (folder / _LIST).write_text(json.dumps(gone), encoding="utf-8")
    folder.chmod(0o755)
    folder.rename(output / COMMITTED)
    finish(output)
    return new


def finish(output: Path) -> None:
    """Move into place what a killed run had decided to write; do nothing if there is nothing."""
    committed = output / COMMITTED
    if not committed.is_dir():
        return
    if (committed / _LIST).is_file():
        for name in json.loads((committed / _LIST).read_text(encoding="utf-8")):
            if ".." not in Path(name).parts and not Path(name).is_absolute():
                (output / name).unlink(missing_ok=True)
        for path in sorted(committed.rglob("*")):
            if path.is_file() and path.name != _LIST:
                target = output / path.relative_to(committed)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        (committed / _LIST).unlink()
    shutil.rmtree(committed, ignore_errors=True)
