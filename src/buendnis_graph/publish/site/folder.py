"""The folder of a site: what has changed is written aside and renamed, what is no longer part of it goes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.dumps.replace import SITE, aside, refuse_others
from buendnis_graph.publish.site.listed import DamagedError, Listed

MADE = ".site-made.json"
"""What a site was made from: not there while one is written."""


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
    with writing(output) as held:
        return held.write(files)


@dataclass(frozen=True, slots=True)
class Held:
    """The folder of a site while a run holds it.

    Attributes:
        output: the folder.
        aside: where files are written first.
        before: the files of the site that is there, by path, with their SHA-256; none if there is none yet.
    """

    output: Path
    aside: Path
    before: Listed

    @property
    def made(self) -> Any:
        """What the site that is there was made from, as the run told that wrote it; None if that is not known."""
        try:
            return json.loads((self.output / MADE).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, files: Files, made: Callable[[], object] = lambda: None) -> Written:
        """Write a whole site, as :func:`write_site` does; remember what it was made from, as told when all is made."""
        there = {*self.before}
        return self._write(files, lambda given: there - given, made)

    def renew(self, files: Files, gone: Iterable[str], made: Callable[[], object]) -> Written:
        """Write the files of a site that may have changed, remove some; the others stay as they are, unseen."""
        left = {path for path in gone if path in self.before}
        return self._write(files, lambda given: left - given, made)

    def _write(self, files: Files, left: Callable[[Set[str]], Set[str]], made: Callable[[], object]) -> Written:
        pending: list[tuple[Path, Path]] = []
        given: dict[str, str] = {}
        for path, content in files:
            if path in given or not _is_inside(path):
                raise LayoutError(f"'{path}' is there twice, or no path within a site.")
            data = content.encode() if isinstance(content, str) else content
            given[path] = hashlib.sha256(data).hexdigest()
            target = self.output / path
            if self.before.get(path) == given[path] and _holds(target, data):
                continue
            part = self.aside / str(len(pending))
            part.write_bytes(data)
            pending.append((part, target))
        new, gone = sum(path not in self.before for path in given), sorted(left(given.keys()))
        now = self.before.changed(given, gone)
        self._replace(pending, self.before.changed(given, ()) if new or gone else now, now, gone)
        if (told := made()) is not None:
            self._put(MADE, json.dumps(told, sort_keys=True) + "\n")
        return Written(new, len(pending) - new, len(now) - len(pending), len(gone))

    def _replace(self, pending: Iterable[tuple[Path, Path]], both: Listed, now: Listed, gone: Sequence[str]) -> None:
        """Put files in place. Until all is done, what is new and what is old is listed, both ours."""
        (self.output / MADE).unlink(missing_ok=True)
        if both is not now:
            self._put(SITE, both.text)
        for part, target in pending:
            try:
                part.replace(target)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                part.replace(target)
        _remove(self.output, gone)
        if now.text != self.before.text or not now:
            self._put(SITE, now.text)

    def _put(self, name: str, text: str) -> None:
        (self.aside / name).write_text(text, encoding="utf-8")
        (self.aside / name).replace(self.output / name)


@contextmanager
def writing(output: Path) -> Iterator[Held]:
    """Hold the folder of a site; give what writes the site into it.

    For who must look at what lies in the folder before the site can be made.

    Raises:
        UsageError: as :func:`write_site` does.
    """
    refuse_others(output)
    with aside(output) as folder:
        try:
            yield Held(output, folder, _before(output))
        except DamagedError as error:
            raise UsageError(
                "is damaged, so what belongs to the site is not known.",
                path=output / SITE,
                hint="Write to a new folder.",
            ) from error


def _before(output: Path) -> Listed:
    """Return the files of the site that is there; none if there is none yet.

    Raises:
        DamagedError: if its list can't be read.
    """
    try:
        return Listed((output / SITE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Listed.of({})
    except UnicodeDecodeError as error:
        raise DamagedError from error


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and not {"..", SITE, MADE} & {*parts} and "\\" not in path


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
