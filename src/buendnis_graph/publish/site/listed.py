"""The list of a site's files, in parts: a run that changes few files of very many reads and writes few parts.

``.site.json`` says how many parts there are; they lie in a folder that is called by that number, ``.site/256/7.json``.
In which one a path stands depends on the path alone, how many there are on how many paths there are: so equal sites
have equal lists, and no part is long. If the number is to be another one, all parts are written into a folder of their
own before ``.site.json`` names it.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from buendnis_graph.publish.dumps.replace import LISTS, SITE

MOST = 512
"""Paths that a part has on average at most."""
_FACTOR = 16
"""So many times more parts are made if there are too few."""


class DamagedError(Exception):
    """A list of files can't be read."""


@dataclass(eq=False)
class Listed(Collection[str]):
    """The paths of a site's files.

    Attributes:
        output: the folder of the site.
        number: of the parts; 0 if all are known.
        known: parts that were read, or are others than on disk, by their numbers.
        count: how many paths there are; None if that is to be counted.
        there: the number of the parts on disk; 0 if there are none.
        others: the parts that are others than on disk.
    """

    output: Path
    number: int = 0
    known: dict[int, Set[str]] = field(default_factory=dict)
    count: int | None = None
    there: int = 0
    others: Collection[int] = ()

    def __contains__(self, path: object) -> bool:
        """Return whether a path is listed.

        Raises:
            DamagedError: if the part in which it would stand can't be read; so do all other methods.
        """
        return isinstance(path, str) and path in self._part(_part_of(path, self.number))

    def __iter__(self) -> Iterator[str]:
        """Yield all paths."""
        for part in range(max(1, self.number)):
            yield from self._part(part)

    def __len__(self) -> int:
        """Return how many paths there are."""
        if self.count is None:
            self.count = sum(1 for _ in self)
        return self.count

    def _part(self, part: int) -> Set[str]:
        if part not in self.known:
            self.known[part] = self._read(part)
        return self.known[part]

    def _read(self, part: int) -> Set[str]:
        paths = _json(self._folder / _name(part))
        if not isinstance(paths, list) or any(not isinstance(path, str) for path in paths):
            raise DamagedError
        if any(_part_of(path, self.number) != part for path in paths):
            raise DamagedError
        return frozenset(paths)

    @property
    def _folder(self) -> Path:
        return self.output / LISTS / str(self.number)

    def changed(self, come: Iterable[str], gone: Iterable[str]) -> Listed:
        """Return the list with some paths put in, and some others taken out."""
        new: dict[int, set[str]] = {}
        changes: tuple[tuple[Iterable[str], Callable[[set[str], str], None]], ...]
        changes = ((come, set.add), (gone, set.discard))
        for paths, change in changes:
            for path in paths:
                part = _part_of(path, self.number)
                if part not in new:
                    new[part] = {*self._part(part)}
                change(new[part], path)
        count = len(self) + sum(len(new[part]) - len(self._part(part)) for part in new)
        now = Listed(self.output, self.number, {**self.known, **new}, count, self.there, {*self.others, *new})
        return now if _parts_for(count) == self.number else now._in_parts(_parts_for(count))

    def _in_parts(self, number: int) -> Listed:
        new: dict[int, Set[str]] = {}
        by_part: list[set[str]] = [set() for _ in range(number)]
        for path in self:
            by_part[_part_of(path, number)].add(path)
        new.update(enumerate(by_part))
        return Listed(self.output, number, new, self.count, self.there, new.keys())

    def keep(self, aside: Path) -> None:
        """Write what is another list than on disk: while this is done a path is listed as before, or as it is now.

        Args:
            aside: a folder in the same file system for this alone.
        """
        new = aside / LISTS
        new.mkdir()
        for part in self.others:
            (new / _name(part)).write_text(json.dumps(sorted(self._part(part)), indent=0) + "\n", encoding="utf-8")
        if self.number == self.there:
            for part in self.others:
                (new / _name(part)).replace(self._folder / _name(part))
            new.rmdir()
        else:
            shutil.rmtree(self._folder, ignore_errors=True)  # a killed run may have left it, not named yet
            self._folder.parent.mkdir(exist_ok=True)
            new.replace(self._folder)
            (aside / SITE).write_text(json.dumps({"lists": self.number}) + "\n", encoding="utf-8")
            (aside / SITE).replace(self.output / SITE)
        self.there, self.others = self.number, ()

    def tidy(self) -> None:
        """Remove parts that are not used any more."""
        with suppress(OSError):
            for path in (self.output / LISTS).iterdir():
                if path.is_dir() and path != self._folder:
                    shutil.rmtree(path, ignore_errors=True)


def read_list(output: Path, count: int | None = None) -> Listed:
    """Return the list of the files of the site in a folder; nothing is listed if there is no site yet.

    Args:
        output: the folder.
        count: how many files are listed, if that is known.

    Raises:
        DamagedError: here or later, if it can't be read.
    """
    if not (output / SITE).exists():
        return Listed(output, known={0: frozenset()}, count=0)
    told = _json(output / SITE)
    if not isinstance(told, dict):
        raise DamagedError
    if isinstance(files := told.get("files"), dict):  # before there were parts: with their hashes
        return Listed(output, known={0: files.keys()})
    if not isinstance(number := told.get("lists"), int) or number < 1:
        raise DamagedError
    return Listed(output, number, count=count, there=number)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedError from error


def _parts_for(count: int) -> int:
    number = 1
    while number * MOST < count:
        number *= _FACTOR
    return number


def _name(part: int) -> str:
    return f"{part}.json"


def _part_of(path: str, number: int) -> int:
    """Return in which of some parts a path stands: all pages and data of one thing stand together."""
    stem = path.removeprefix("en/").rpartition(".")[0] or path
    return zlib.crc32(stem.encode(errors="replace")) % max(1, number)
