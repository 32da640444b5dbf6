"""The folder of a site: what has changed is written aside and renamed, what is no longer part of it goes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.dumps.replace import LISTS, SITE, aside, refuse_others
from buendnis_graph.publish.site.listed import DamagedError, Listed, read_list

MADE = ".site-made.json"
"""What a site was made from: not there while one is written."""
_IN_FOLDER = 1000
"""Files that are written aside into one folder."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of a site were new, changed, left as they were, and removed."""

    new: int
    changed: int
    same: int
    removed: int


class Drafted(NamedTuple):
    """The content of a file that was written aside already.

    Attributes:
        part: where it lies; empty if the file that is there holds the same.
    """

    part: str


Files = Iterable[tuple[str, str | bytes | Drafted]]


class Drafts:
    """Writes contents aside, under numbers, some in each folder.

    Args:
        output: the folder of the site.
        aside: a folder in the same file system for this alone; made when it is needed.
    """

    def __init__(self, output: str, aside: str) -> None:
        self._output, self._aside, self._count = output, aside, 0

    def put(self, path: str, content: str | bytes) -> Drafted:
        """Write the content of a file of the site aside, unless the file that is there holds the same."""
        data = content.encode() if isinstance(content, str) else content
        if _holds(f"{self._output}/{path}", data):
            return Drafted("")
        folder, number = divmod(self._count, _IN_FOLDER)
        if number == 0:
            for one in (self._aside, f"{self._aside}/{folder}"):  # and none above: who held the site may be gone
                with suppress(FileExistsError):
                    os.mkdir(one)  # noqa: PTH102 - texts, not objects: there are millions
        part = f"{self._aside}/{folder}/{number}"
        with open(part, "wb") as file:  # noqa: PTH123
            file.write(data)
        self._count += 1
        return Drafted(part)


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
        made: what the site that is there was made from, as the run told that wrote it; None if that is not known.
        before: the files of the site that is there, by path; none if there is none yet.
    """

    output: Path
    aside: Path
    made: Any
    before: Listed

    def kept(self, name: str) -> Any:
        """Return what :meth:`keep` kept with the site that is there; None if it is not there or can't be read."""
        return _told(self.output / LISTS / f"{name}.json")

    def keep(self, name: str, told: object) -> None:
        """Keep something with the site, beside what it is made from: only who tells that may do it, when asked."""
        self._put(f"{LISTS}/{name}.json", told)

    def write(self, files: Files, made: Callable[[], object] = lambda: None) -> Written:
        """Write a whole site, as :func:`write_site` does; remember what it was made from, as told when all is made."""
        there = {*self.before}
        return self._write(files, lambda given: there - given, made)

    def renew(self, files: Files, gone: Iterable[str], made: Callable[[], object]) -> Written:
        """Write the files of a site that may have changed, remove some; the others stay as they are, unseen."""
        left = {path for path in gone if path in self.before}
        return self._write(files, lambda given: left - given, made)

    def _write(self, files: Files, left: Callable[[Set[str]], Set[str]], made: Callable[[], object]) -> Written:
        pending: list[tuple[str, str]] = []
        given: set[str] = set()
        drafts = Drafts(str(self.output), str(self.aside / "here"))
        for path, content in files:
            if path in given or not _is_inside(path):
                raise LayoutError(f"'{path}' is there twice, or no path within a site.")
            given.add(path)
            drafted = content if isinstance(content, Drafted) else drafts.put(path, content)
            if drafted.part:
                pending.append((drafted.part, path))
        new, gone = [path for path in given if path not in self.before], sorted(left(given))
        changed = sum(path in self.before for _, path in pending)
        count = self._replace(pending, new, gone)
        if (told := made()) is not None:
            self._put(MADE, {"files": count, "from": told})
        return Written(len(new), changed, count - changed - len(new), len(gone))

    def _replace(self, pending: Iterable[tuple[str, str]], new: Sequence[str], gone: Sequence[str]) -> int:
        """Put files in place; return how many there are. Until all is done, what is new and what is old is listed."""
        (self.output / MADE).unlink(missing_ok=True)
        listed, output = self.before, str(self.output)
        if new or not listed.there:
            listed = listed.changed(new, ())
            listed.keep(self.aside)
        for part, path in pending:
            target = f"{output}/{path}"
            try:
                os.replace(part, target)  # noqa: PTH105 - texts, not objects: there are millions
            except FileNotFoundError:
                os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
                os.replace(part, target)  # noqa: PTH105
        _remove(self.output, gone)
        if gone:
            listed = listed.changed((), gone)
            listed.keep(self.aside)
        listed.tidy()
        return len(listed)

    def _put(self, name: str, told: object) -> None:
        new = self.aside / "told"
        new.write_text(json.dumps(told, sort_keys=True) + "\n", encoding="utf-8")
        new.replace(self.output / name)


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
            told = _told(output / MADE)
            made, count = (told.get("from"), told.get("files")) if isinstance(told, dict) else (None, None)
            yield Held(output, folder, made, read_list(output, count if isinstance(count, int) else None))
        except DamagedError as error:
            raise UsageError(
                "is damaged, so what belongs to the site is not known.",
                path=output / SITE,
                hint="Write to a new folder.",
            ) from error


def _told(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and not {"..", SITE, LISTS, MADE} & {*parts} and "\\" not in path


def _holds(target: str, data: bytes) -> bool:
    try:
        with open(target, "rb") as file:  # noqa: PTH123
            return file.read() == data
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
