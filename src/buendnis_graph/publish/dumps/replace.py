"""The folder that an export and the site are written into: held by one run at a time, and only if it is ours.

An export takes the place of the last one as one step: whoever looks finds all files old or all files new. The new
files are written into a folder aside; renaming that to :data:`COMMITTED` is the step that counts; then they are moved
into place. A run killed before it leaves the old export, one killed after it a folder that the next run finishes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from buendnis_graph.errors import UsageError, disk_errors
from buendnis_graph.locks import locked
from buendnis_graph.publish.dumps.manifest import MANIFEST

COMMITTED = ".export-committed"
SITE = ".site.json"
"""Tells where the files of a site are listed: it marks a folder as a site of ours."""
LISTS = ".site"
"""The folder of the lists: alone, it is what a killed run left."""
_ASIDE = ".buendnis-aside-"
_LIST = ".gone.json"
_HARMLESS = (".git", ".gitattributes", ".gitignore", ".nojekyll")
"""What a checkout that a site is published from may hold."""


def refuse_others(output: Path) -> None:
    """Refuse a folder that is not empty and holds neither an export nor a site of ours: files would be overwritten.

    What a killed run left is ours; so is nobody's way barred by :data:`_HARMLESS`.

    Raises:
        UsageError: if it is such a folder.
    """
    if not output.is_dir() or any((output / mark).exists() for mark in (MANIFEST, SITE)):
        return
    if any(
        path.name not in {COMMITTED, LISTS, *_HARMLESS} and not path.name.startswith(_ASIDE)
        for path in output.iterdir()
    ):
        raise UsageError(
            "is not empty and holds neither an export nor a site of this project; nothing was written.",
            path=output,
            hint="Name another folder with --output, or empty this one.",
        )


@contextmanager
def aside(output: Path) -> Iterator[Path]:
    """Hold the output folder and give a folder aside, on the same disk.

    What a killed export had decided is finished first. The folder aside is gone afterwards unless :func:`put_in_place`
    took it; so is an output folder that this made and nothing was written into.

    Raises:
        UsageError: if the folder can't be made, or another run is writing into it.
        DiskError: if something can't be read or written.
    """

    def busy() -> None:
        raise UsageError(
            "another run is writing into this folder.", path=output, hint="Wait until it is done; nothing was changed."
        )

    with _made(output), disk_errors(output), locked(output, busy):
        finish(output)
        for left in output.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=output))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _made(output: Path) -> Iterator[None]:
    """Make a folder with those above it; remove those of them that are empty afterwards."""
    new: list[Path] = []
    try:
        try:
            new = [path for path in (output, *output.parents) if not path.exists()]
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"can't be a folder to write into: {error.strerror or error}.",
                path=output,
                hint="Name another: --output FOLDER",
            ) from error
        yield
    finally:
        for path in new:
            with suppress(OSError):
                path.rmdir()


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
