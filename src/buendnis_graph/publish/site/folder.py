"""The folder of a site: what has changed is written aside and renamed, what is no longer part of it goes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.dumps import MANIFEST as DUMPS

MANIFEST = ".site.json"
"""The list of a site's files with their SHA-256: it marks a folder as a site of ours."""
_ASIDE = ".new-"


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of a site were new, changed, left as they were, and removed."""

    new: int
    changed: int
    same: int
    removed: int


def write_site(output: Path, files: Iterable[tuple[str, str | bytes]]) -> Written:
    """Write a site into a folder: only files whose content is another than before; remove those it no longer has.

    Files are written aside first and renamed when all are there, so a run that fails changes nothing; one that is
    killed while renaming is finished by the next. Files of others in the folder are left alone.

    Args:
        output: the folder; made if it is not there.
        files: relative path (with ``/``) and content of each.

    Raises:
        UsageError: if the folder holds something else than a site of ours, or can't be written.
        LayoutError: if a path leads out of the folder, or two files have the same one.
    """
    before = _before(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        for left in output.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=output))
        try:
            return _write(output, aside, files, before)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"can't be written: {error.strerror}.", path=Path(error.filename or output)) from error


def _before(output: Path) -> dict[str, str]:
    """Return the files of the site that is there, by path, with their SHA-256; none if the folder is new or empty.

    A folder with an export of ours, which has no site yet, will do.

    Raises:
        UsageError: if something else is there.
    """
    if not output.exists():
        return {}
    if not output.is_dir():
        raise UsageError("is no folder.", path=output)
    try:
        listed = json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(path): str(digest) for path, digest in listed.items()}
    except FileNotFoundError:
        if not (output / DUMPS).exists() and any(not path.name.startswith(_ASIDE) for path in output.iterdir()):
            raise UsageError(
                "is not empty and no site of this project; nothing was written.",
                path=output,
                hint="Name another folder with --output, or empty this one.",
            ) from None
        return {}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise UsageError(
            "is damaged, so what belongs to the site is not known.",
            path=output / MANIFEST,
            hint="Write to a new folder.",
        ) from error


def _write(output: Path, aside: Path, files: Iterable[tuple[str, str | bytes]], before: dict[str, str]) -> Written:
    now: dict[str, str] = {}
    pending: list[tuple[Path, Path]] = []
    new = 0
    for path, content in files:
        if path in now or not _is_inside(path):
            raise LayoutError(f"'{path}' is there twice, or no path within a site.")
        data = content.encode() if isinstance(content, str) else content
        now[path] = hashlib.sha256(data).hexdigest()
        target = output / path
        if before.get(path) == now[path] and _holds(target, data):
            continue
        new += path not in before
        part = aside / str(len(pending))
        part.write_bytes(data)
        pending.append((part, target))
    listing = json.dumps({"files": dict(sorted(now.items()))}, indent=0, ensure_ascii=False) + "\n"
    (aside / "all").write_text(json.dumps({"files": dict(sorted({**before, **now}.items()))}), encoding="utf-8")
    (aside / "all").replace(output / MANIFEST)  # until all is done: what is new and what is old, both ours
    for part, target in pending:
        try:
            part.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
    gone = [path for path in sorted(before.keys() - now.keys()) if not _is_anothers(output / path, before[path])]
    _remove(output, gone)
    (aside / "list").write_text(listing, encoding="utf-8")
    (aside / "list").replace(output / MANIFEST)
    return Written(new, len(pending) - new, len(now) - len(pending), len(gone))


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and path != MANIFEST


def _is_anothers(target: Path, digest: str) -> bool:
    """Return whether another file stands where one of ours was: an export has put its own there."""
    try:
        return hashlib.sha256(target.read_bytes()).hexdigest() != digest
    except OSError:
        return False


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.read_bytes() == data
    except OSError:
        return False


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Remove files of a site, and folders that are empty after it."""
    for path in paths:
        if not _is_inside(path):
            continue
        target = output / path
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == output:
                break
            try:
                os.rmdir(folder)  # noqa: PTH106 - only if it is empty
            except OSError:
                break
