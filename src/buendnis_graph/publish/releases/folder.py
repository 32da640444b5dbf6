"""The folder of releases is replaced as a whole: who is killed in between leaves the old one, or one that is finished.

The new folder is prepared beside the old one; renaming it to ``.NAME.decided`` is the one step that counts. From then
on it takes the place of the old folder, if need be by the next who looks.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from buendnis_graph.errors import ReleaseError
from buendnis_graph.locks import locked
from buendnis_graph.whole import sync, write_safely


def finish(folder: Path) -> None:
    """Finish a replacement that was decided by a run that died since; does nothing if there is none.

    Call it under the lock (:func:`alone`) before a folder of releases is read or changed.
    """
    decided, old = _beside(folder, "decided"), _beside(folder, "old")
    if decided.is_dir():
        if folder.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
        decided.rename(folder)
        sync(folder.parent)
    # A folder that is gone without a decision was never there: "old" only exists once a new one is decided.
    shutil.rmtree(old, ignore_errors=True)
    for aside in folder.parent.glob(f".{folder.name}.new-*"):
        shutil.rmtree(aside, ignore_errors=True)


def settle(folder: Path) -> None:
    """Finish what a killed run had decided; waits for one that lives. For those who only read."""
    if _beside(folder, "decided").is_dir():
        with alone(folder, lambda _text: None):
            finish(folder)


def replace(folder: Path, new: Mapping[str, Mapping[str, bytes]], files: Mapping[str, bytes]) -> None:
    """Replace a folder of releases by one in which some releases are new; call it under the lock.

    Args:
        folder: the folder; it may be missing.
        new: version, and the contents of its files by name: all that its folder holds from now on.
        files: contents of files of the folder itself. Whatever else the folder holds stays.

    Raises:
        ReleaseError: if it can't be written; nothing was changed then.
    """
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
        try:
            _fill(aside, folder, new, files)
            aside.chmod(0o755)
            aside.rename(_beside(folder, "decided"))
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        sync(folder.parent)
        finish(folder)
    except OSError as error:
        raise ReleaseError(f"can't be written: {error.strerror}.", path=folder) from error


def _fill(aside: Path, folder: Path, new: Mapping[str, Mapping[str, bytes]], files: Mapping[str, bytes]) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in new and path.name not in files:
            _take_over(path, aside / path.name)
    for version, contents in new.items():
        (aside / version).mkdir()
        for name, content in contents.items():
            write_safely(aside / version / name, content)
        sync(aside / version)
    for name, content in files.items():
        write_safely(aside / name, content)
    sync(aside)


def _take_over(path: Path, target: Path) -> None:
    """Let the new folder hold what the old one does; the files are linked, for dumps are large."""

    def link(source: str, to: str) -> None:
        try:
            os.link(source, to, follow_symlinks=False)
        except OSError:  # a file system without links
            shutil.copy2(source, to, follow_symlinks=False)

    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, target, symlinks=True, copy_function=link)
    else:
        link(str(path), str(target))


@contextmanager
def alone(folder: Path, step: Callable[[str], None]) -> Iterator[None]:
    """Hold a folder of releases; a second run waits here until the first is done. The lock falls with the process.

    Raises:
        ReleaseError: if the folder above it is not there.
    """
    if not folder.parent.is_dir():
        raise ReleaseError(
            f"there is no folder {folder.parent} for the releases.", hint="Make it, or name another: --output FOLDER"
        )
    with locked(folder.parent, lambda: step("waiting for another release to end")):
        yield


def _beside(folder: Path, state: str) -> Path:
    return folder.parent / f".{folder.name}.{state}"
