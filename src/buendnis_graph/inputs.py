"""What a build depends on: each input file with the hash of its content; only files that were touched are read.

As git does with its index, what a file's state on disk was when it was read is kept beside the builds (``.stat``).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from buendnis_graph.errors import LimitError
from buendnis_graph.evidence.bulk import FOLDER, is_shard
from buendnis_graph.settings import MAX_FILE_BYTES, Project

_SEEN = ".stat"
_SETTLED = 2 * 10**9
"""Nanoseconds after which a change of a file must have changed its times: the coarsest clock of file systems."""
_ENGINES = ("polars", "pyoxigraph", "pyshacl", "rdflib", "shacl")
_BULK = f"data/{FOLDER}/"
_HASH = 64
"""Characters of a hash."""


def input_list(project: Project) -> str:
    """Return all that a build depends on, a sorted line each: data, terms, shapes, rules, this package, its engines.

    A line is the name of a file, a tab and the SHA-256 of its content. The list is a function of the contents alone.

    Raises:
        LimitError: if a file is too large to be one of ours.
    """
    known, settled = _read(project.build / _SEEN), time.time_ns() - _SETTLED
    seen: dict[str, str] = {}
    lines = [f"engine/{engine}\t{version(engine)}\n" for engine in _ENGINES]
    for name, path, status in _files(project):
        if name.startswith(_BULK) and is_shard(Path(name)):
            lines.append(f"{name}\t\n")  # the name holds a hash, which a build checks
            continue
        if status.st_size > MAX_FILE_BYTES:
            raise LimitError(
                f"is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB.",
                path=Path(name),
                hint="Split it by subject.",
            )
        state = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {name}"
        found = known.get(state) or _hash(path)
        lines.append(f"{name}\t{found}\n")
        # One that was written a moment ago can be written once more without a new time: it is read again.
        if status.st_mtime_ns < settled and status.st_ctime_ns < settled:
            seen[state] = found
    if seen != known:
        _write(project.build, seen)
    return "".join(sorted(lines))


def name_of_inputs(inputs: str) -> str:
    """Return the hash that names the build of some inputs."""
    return hashlib.sha256(inputs.encode()).hexdigest()[:16]


def input_hash(project: Project) -> str:
    """Return a hash of all that a build depends on: data, terms, shapes, rules, this package and its engines.

    Raises:
        LimitError: if a file is too large to be one of ours.
    """
    return name_of_inputs(input_list(project))


def _files(project: Project) -> Iterator[tuple[str, str, os.stat_result]]:
    for folder in (project.ontology, project.data):
        yield from _below(str(folder), project.relative(folder).as_posix())
    for found in _below(str(Path(__file__).parent), "package"):
        if found[0].endswith((".py", ".toml")):
            yield found


def _below(folder: str, name: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """Yield name, path and state of the files below a folder; links are passed over."""
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            below = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, below)
            elif entry.is_file(follow_symlinks=False):
                yield below, entry.path, entry.stat(follow_symlinks=False)


def _hash(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of them
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> dict[str, str]:
    """Return the hash of each file by its state on disk and its name; nothing if nothing is kept."""
    with suppress(OSError, ValueError):
        return {line[_HASH + 1 :]: line[:_HASH] for line in path.read_text("utf-8").split("\n")[:-1]}
    return {}


def _write(build: Path, seen: dict[str, str]) -> None:
    """Keep what was seen; where nothing can be written, all is read again next time."""
    with suppress(OSError, ValueError):
        descriptor, aside = tempfile.mkstemp(prefix=".new-", dir=build)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - an open file
            file.writelines(f"{found} {state}\n" for state, found in seen.items())
        Path(aside).replace(build / _SEEN)
