"""What a build depends on: each input file with the hash of its content; only files that were touched are read.

As git does with its index, what a file's state on disk was when it was read is kept beside the builds (``.stat``)
whenever all are looked at, by folder: one in which nothing was touched is compared as a whole.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import NamedTuple

from buendnis_graph.errors import LimitError, disk_errors
from buendnis_graph.evidence.bulk import FOLDER, is_shard
from buendnis_graph.settings import MAX_FILE_BYTES, Project, is_editors, shown

_SEEN = ".stat"
_SETTLED = 2 * 10**9
"""Nanoseconds after which a change of a file must have changed its times: the coarsest clock of file systems."""
MANY = 500
"""If more is told of at once, the system may have told of too much to keep: all is looked at."""
ENGINES = ("numpy", "polars", "pyoxigraph", "pyshacl", "rdflib")
"""The packages that a build rests on; the name of a build is a hash of their versions too."""
_BULK = f"data/{FOLDER}/"
_BETWEEN = "/"
"""Stands between states: no name of a file holds it."""
_END = "\0"
"""Ends each part of the record; no name holds it either."""


_COUNTS: Mapping[str, Callable[[str], bool]] = {
    "ontology": lambda _name: True,
    "data": lambda name: not is_editors(name),
    "package": lambda name: name.endswith((".py", ".toml")),
}
"""The folders that hold inputs, and which files there are some."""


class _Folder(NamedTuple):
    """The files that lie in one folder, sorted: what they were like on disk, and their lines in the list of inputs."""

    states: str
    lines: str


_NO_FILES = _Folder("", "")


class Inputs:
    """What a build of a project depends on, for who asks again and again: only what was touched is looked at again.

    This package and its engines are as they were when they were loaded, so they are looked at once.

    Args:
        project: whose files.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._seen: dict[str, _Folder] = {}
        self._package: dict[str, _Folder] = {}
        self._touched: set[str] | None = None
        """Files and folders to look at; None if all are to be."""

    def touch(self, paths: Iterable[Path] | None) -> None:
        """Note what may have changed since it was listed; nothing else is looked at.

        Args:
            paths: files or folders; None if that is not known, or more than :data:`MANY`, so that all is looked at.
        """
        paths = None if paths is None else [*paths]
        if paths is None or len(paths) > MANY or self._touched is None:
            self._touched = None
            return
        root = self._project.root.absolute()
        self._touched |= {path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root)}

    def listed(self) -> str:
        """Return all that a build depends on, a line each: data, terms, shapes, rules, this package, its engines.

        A line is the name of a file, a tab and the SHA-256 of its content. The list is a function of the contents
        alone: folders are sorted, and the files in each.

        Raises:
            LimitError: if a file is too large to be one of ours.
            DiskError: if something can't be read.
        """
        known = self._seen or _read(self._project.build / _SEEN)
        with disk_errors(self._project.root):
            seen = self._looked_at(known)
        if seen != known and self._touched is None:  # else a new process reads the few that were touched
            _write(self._project.build, seen)
        self._seen, self._touched = seen, set()
        lines = [f"engine/{engine}\t{_version(engine)}\n" for engine in ENGINES]
        return "".join((*lines, *(seen[folder].lines for folder in sorted(seen))))

    def _looked_at(self, known: dict[str, _Folder]) -> dict[str, _Folder]:
        root = self._project.root
        if self._touched is None:
            self._package = self._package or _seen_in(_folders("package", str(Path(__file__).parent)), known)
            tops = (_folders(name, str(root / name)) for name in ("ontology", "data"))
            return {**_seen_in(chain.from_iterable(tops), known), **self._package}
        touched = {path for path in self._touched if path.partition("/")[0] in ("ontology", "data")}
        seen = {where: folder for where, folder in known.items() if touched.isdisjoint(_from_top(where))}
        names = defaultdict[str, set[str]](set)
        for path in sorted(touched):
            folder, _, name = path.rpartition("/")
            if any((root / above).is_symlink() for above in [*_from_top(folder)][1:]):
                continue
            if folder:  # also of a folder: there may have been a file
                names[folder].add(name)
            if (root / path).is_dir() and not (folder and (root / path).is_symlink()):
                seen |= _seen_in(_folders(path, str(root / path)), known)
        for folder, some in names.items():
            found = _seen_again(folder, str(root / folder), some, seen.pop(folder, _NO_FILES))
            seen |= {folder: found} if found.lines else {}
        return seen


class ChangedError(Exception):
    """Files are others than they were when they were listed: what was read of them may not bear that name.

    Args:
        paths: files or folders that may be; None if any.
    """

    def __init__(self, paths: Iterable[Path] | None) -> None:
        super().__init__("files have changed")
        self.paths = paths


def refuse_changed(project: Project, inputs: str, files: Mapping[Path, str | None] = MappingProxyType({})) -> None:
    """Refuse files that were read, and terms, shapes and rules, if they are no longer those that were listed.

    Args:
        project: whose files.
        inputs: the list.
        files: those that were read, below the root, each with the hash that it is listed with; None if it is not.

    Raises:
        ChangedError: if they are not.
    """
    terms = _seen_in(_folders("ontology", str(project.ontology)), {})
    if "".join(terms[folder].lines for folder in sorted(terms)) not in inputs:
        raise ChangedError([project.ontology])
    for path, listed in files.items():
        file = project.root / path
        if (_hash(str(file)) if file.is_file() else None) != listed:
            raise ChangedError([file])


def _from_top(where: str) -> Iterator[str]:
    """Yield a folder and those that it lies in."""
    parts = where.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def input_list(project: Project) -> str:
    """Return all that a build of a project depends on, as :meth:`Inputs.listed` does."""
    return Inputs(project).listed()


def _version(package: str) -> str:
    """Return the version of a package, as the name of a folder beside it says: ``importlib.metadata`` loads slowly."""
    for path in sys.path:
        with suppress(OSError):
            for name in os.listdir(path):  # noqa: PTH208 - names are enough
                if name.startswith(f"{package}-") and name.endswith(".dist-info"):
                    return name[len(package) + 1 : -len(".dist-info")]
    from importlib.metadata import version

    return version(package)


def name_of_inputs(inputs: str) -> str:
    """Return the hash that names the build of some inputs."""
    return hashlib.sha256(inputs.encode()).hexdigest()[:16]


def _folders(name: str, path: str, *, deep: bool = True) -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, path and the sorted states of the files of a folder, and of those below it if wanted.

    Links are passed over. A state is the file's name, a tab, its size, times and place on disk.
    """
    counts = _COUNTS[name.partition("/")[0]]
    files: list[str] = []
    below: list[str] = []
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.name)
            elif entry.is_file(follow_symlinks=False) and counts(entry.name):
                with suppress(FileNotFoundError):  # it went while the folder was read; the others are there
                    files.append(_state(entry.name, entry.stat(follow_symlinks=False)))
    yield name, path, sorted(files)
    for one in below if deep else ():
        yield from _folders(f"{name}/{one}", f"{path}/{one}")


def _seen_in(folders: Iterable[tuple[str, str, list[str]]], known: Mapping[str, _Folder]) -> dict[str, _Folder]:
    """Return the folders that hold files, as :func:`_seen` gives them."""
    return {name: _seen(name, where, files, known.get(name)) for name, where, files in folders if files}


def _seen(folder: str, where: str, files: list[str], known: _Folder | None) -> _Folder:
    """Return the files of a folder with their hashes: those that are as they were are not read."""
    if known is not None and known.states == _BETWEEN.join(files):
        return known
    before = _by_state(known) if known else {}
    states, lines = list[str](), list[str]()
    for state in files:
        line = before.get(state)
        if line is None:
            try:
                state, line = _looked_at(folder, where, state)
            except FileNotFoundError:  # it went while the folder was read
                continue
        states.append(state)
        lines.append(line)
    return _Folder(_BETWEEN.join(states), "".join(lines))


def _seen_again(folder: str, where: str, names: Iterable[str], known: _Folder) -> _Folder:
    """Return the files of a folder with their hashes: only some are looked at, the others are as they were."""
    found = {state.rpartition("\t")[0]: (state, line) for state, line in _by_state(known).items()}
    if known.lines and not found:
        ((_, _, files),) = _folders(folder, where, deep=False)
        return _seen(folder, where, files, known)
    for name in names:
        found.pop(name, None)
        with suppress(FileNotFoundError, NotADirectoryError):
            status = os.lstat(f"{where}/{name}")
            if S_ISREG(status.st_mode) and _COUNTS[folder.partition("/")[0]](name):
                found[name] = _looked_at(folder, where, _state(name, status))
    pairs = [found[name] for name in sorted(found, key=lambda name: f"{name}\t")]
    return _Folder(_BETWEEN.join(state for state, _ in pairs), "".join(line for _, line in pairs))


def _state(name: str, s: os.stat_result) -> str:
    return f"{name}\t{s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino}"


def _by_state(known: _Folder) -> dict[str, str]:
    """Return the line of each file by its state; nothing if a name with a line break makes it unsure whose is which."""
    states, lines = known.states.split(_BETWEEN), known.lines.split("\n")[:-1]
    return {state: f"{line}\n" for state, line in zip(states, lines, strict=False)} if len(states) == len(lines) else {}


def _looked_at(folder: str, where: str, state: str) -> tuple[str, str]:
    """Return the state of a file that may be kept, and its line.

    One that was written a moment ago can be written once more without a new time: only its name is kept, so that it is
    read again.
    """
    name, _, numbers = state.rpartition("\t")
    size, *times, _ = map(int, numbers.split())
    line = f"{shown(f'{folder}/{name}')}\t{_hash_of(f'{folder}/{name}', f'{where}/{name}', size)}\n"
    return (state if max(times) < time.time_ns() - _SETTLED else f"{name}\t"), line


def _hash_of(name: str, path: str, size: int) -> str:
    """Return the hash of a file; none of a shard of a bulk source: its name holds one, which a build checks."""
    if name.startswith(_BULK) and is_shard(Path(name)):
        return ""
    if size > MAX_FILE_BYTES:
        raise LimitError(
            f"is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB.", path=Path(name), hint="Split it by subject."
        )
    return _hash(path)


def _hash(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of them
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> dict[str, _Folder]:
    """Return what is kept of each folder; nothing if nothing is kept, or it is damaged."""
    with suppress(OSError, ValueError):
        *parts, _ = path.read_text("utf-8").split(_END)
        return {name: _Folder(*kept) for name, *kept in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}
    return {}


def _write(build: Path, seen: dict[str, _Folder]) -> None:
    """Keep what was seen; where nothing can be written, all is read again next time."""
    with suppress(OSError, ValueError):
        descriptor, name = tempfile.mkstemp(prefix=".new-", dir=build)
        aside = Path(name)
        try:
            with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - an open file
                file.writelines(f"{part}{_END}" for where, folder in seen.items() for part in (where, *folder))
            aside.replace(build / _SEEN)
        finally:
            aside.unlink(missing_ok=True)
