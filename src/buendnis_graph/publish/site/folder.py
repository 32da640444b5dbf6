"""The folder of a site: what has changed is written aside and renamed, what is no longer part of it goes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.dumps.replace import SITE, aside, refuse_others


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of a site were new, changed, left as they were, and removed."""

    new: int
    changed: int
    same: int
    removed: int


Files = Iterable[tuple[str, str | bytes]]


def write_site(output: Path, files: Files) -> Written:
    """Write a site into a folder: only files whose content is another than before; remove those it no longer has.

    Files are written aside first and renamed when all are there, so a run that fails changes nothing; one that is
    killed while renaming is finished by the next. Files of others in the folder are left alone.

    Args:
        output: the folder; made if it is not there.
        files: relative path (with ``/``) and content of each.

    Raises:
        UsageError: if the folder holds something else, can't be written, or another run writes there.
        LayoutError: if a path leads out of the folder, or two files have the same one.
    """
    with writing(output) as write:
        return write(files)


@contextmanager
def writing(output: Path) -> Iterator[Callable[[Files], Written]]:
    """Hold the folder of a site; give what writes the site into it, as :func:`write_site` does.

    For who must look at what lies in the folder before the site can be made.

    Raises:
        UsageError: as there.
    """
    refuse_others(output)
    with aside(output) as folder:
        yield partial(_write, output, folder, before=_before(output))


def _before(output: Path) -> dict[str, str]:
    """Return the files of the site that is there, by path, with their SHA-256; none if there is none yet.

    Raises:
        UsageError: if its list can't be read.
    """
    try:
        listed = json.loads((output / SITE).read_text(encoding="utf-8"))["files"]
        return {str(path): str(digest) for path, digest in listed.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise UsageError(
            "is damaged, so what belongs to the site is not known.",
            path=output / SITE,
            hint="Write to a new folder.",
        ) from error


def _write(output: Path, folder: Path, files: Files, before: dict[str, str]) -> Written:
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
        part = folder / str(len(pending))
        part.write_bytes(data)
        pending.append((part, target))
    listing = json.dumps({"files": dict(sorted(now.items()))}, indent=0, ensure_ascii=False) + "\n"
    (folder / "all").write_text(json.dumps({"files": dict(sorted({**before, **now}.items()))}), encoding="utf-8")
    (folder / "all").replace(output / SITE)  # until all is done: what is new and what is old, both ours
    for part, target in pending:
        try:
            part.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
    gone = sorted(before.keys() - now.keys())
    _remove(output, gone)
    (folder / "list").write_text(listing, encoding="utf-8")
    (folder / "list").replace(output / SITE)
    return Written(new, len(pending) - new, len(now) - len(pending), len(gone))


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and path != SITE


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
