"""Sorted dumps in shards, so that a small change rewrites small files: the others are shared with the build before.

A dump is a folder of at most 256 files. Which one a line stands in depends on its subject alone: what is said of one
body, page, list of members stands together. So equal graphs give equal files, however they came about.
"""

from __future__ import annotations

import heapq
import mmap
import os
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.namespaces import BASE

QUADS, CONSOLIDATED = "quads", "view"
"""The dumps: all named graphs as N-Quads, and the consolidated view as N-Triples."""
_SUFFIX = {QUADS: ".nq", CONSOLIDATED: ".nt"}
_SHARDS = 256
_BASE = f"<{BASE}".encode()
_AT_ONCE = 1 << 18
"""Lines that are held in memory before they are written aside."""
_BLOCK = 1 << 14
"""Bytes that are compared at once."""
_OPEN = 64
"""Shards that are open at once, each with a descriptor: some systems allow a process 256."""
_SPACES = 3
"""In a line of a triple without a literal."""


class DumpWriter:
    """Writes both dumps of a build from lines in any order: what is in memory is what waits, then one shard.

    Args:
        folder: of the build.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: dict[tuple[str, int], list[bytes]] = defaultdict(list)
        self._held = 0
        for name in _SUFFIX:
            (folder / name).mkdir()

    def add(self, lines: Iterable[bytes]) -> None:
        """Take lines of N-Quads as Oxigraph writes them: what has no graph is the consolidated view."""
        for line, shard in _with_shards(lines):
            self._put(QUADS if _has_graph(line) else CONSOLIDATED, shard, line)

    def add_derived(self, lines: Iterable[bytes], graph: ox.NamedNode) -> None:
        """Take lines of N-Triples that stand in a graph and in the consolidated view."""
        end = f"{graph} .\n".encode()
        for line, shard in _with_shards(lines):
            self._put(CONSOLIDATED, shard, line)
            self._put(QUADS, shard, line[:-2] + end)

    def finish(self) -> None:
        """Sort the dumps; a line that was taken twice stands there once."""
        self._append()
        for name, suffix in _SUFFIX.items():
            for path in (self.folder / name).iterdir():
                with path.open("rb") as file:
                    found = sorted(set(file))
                path.with_suffix(suffix).write_bytes(b"".join(found))
                path.unlink()

    def _put(self, dump: str, shard: int, line: bytes) -> None:
        self._waiting[dump, shard].append(line)
        self._held += 1
        if self._held == _AT_ONCE:
            self._append()

    def _append(self) -> None:
        for (dump, number), lines in self._waiting.items():
            with (self.folder / dump / f"{number:02x}").open("ab") as file:
                file.writelines(lines)
        self._waiting.clear()
        self._held = 0


def renew_shards(old: Path, new: Path, dump: str, gone: Iterable[bytes], come: Iterable[bytes]) -> None:
    """Write a dump of a changed graph: shards that do not change are linked to.

    Args:
        old: the folder of a build.
        new: the folder of another one, in the same file system.
        dump: one of :data:`QUADS` and :data:`CONSOLIDATED`.
        gone: lines that went.
        come: lines that came.
    """
    (new / dump).mkdir()
    less, more = _by_shard(gone), _by_shard(come)
    touched = {f"{number:02x}{_SUFFIX[dump]}" for number in less.keys() | more.keys()}
    for path in shards(old, dump):
        if path.name not in touched:
            os.link(path, new / dump / path.name)
    for name in sorted(touched):
        number, before = int(name[:2], 16), old / dump / name
        lines = before.read_bytes().splitlines(keepends=True) if before.is_file() else list[bytes]()
        for line in less[number]:
            lines[_places(lines, line)] = []
        for line in more[number]:
            lines[_places(lines, line)] = [line]
        if lines:
            (new / dump / name).write_bytes(b"".join(lines))


def _places(lines: list[bytes], line: bytes) -> slice:
    """Return where a line stands in sorted lines; if it does not, where it would."""
    start = bisect_left(lines, line)
    return slice(start, start + (lines[start : start + 1] == [line]))


def shards(build: Path, dump: str) -> list[Path]:
    """Return the files of a dump, sorted.

    Raises:
        NotBuiltError: if the build is gone: it would pass for an empty graph.
    """
    if not (build / dump).is_dir():
        raise _gone(build)
    return sorted((build / dump).glob(f"*{_SUFFIX[dump]}"))


def _gone(path: Path) -> NotBuiltError:
    return NotBuiltError("the build is no longer there.", path=path, hint="Begin again; another run may have built.")


def pieces(files: Iterable[Path], size: int) -> Iterator[list[Path]]:
    """Yield files some at a time: as few as have a size together.

    Args:
        files: the files.
        size: bytes that all pieces but the last have at least.
    """
    piece: list[Path] = []
    so_far = 0
    for path in files:
        piece.append(path)
        so_far += path.stat().st_size
        if so_far >= size:
            yield piece
            piece, so_far = [], 0
    if piece:
        yield piece


def dump_size(build: Path, dump: str) -> int:
    """Return how many bytes a dump has."""
    return sum(path.stat().st_size for path in shards(build, dump))


def dump_count(build: Path, dump: str) -> int:
    """Return how many lines a dump has."""
    return sum(path.read_bytes().count(b"\n") for path in shards(build, dump))


def dump_lines(build: Path, dump: str) -> Iterator[bytes]:
    """Yield the lines of a whole dump, sorted."""
    files = [path.open("rb") for path in shards(build, dump)]
    try:
        yield from heapq.merge(*files)
    finally:
        for file in files:
            file.close()


class SubjectLines:
    """A dump that is asked for the lines of one subject: quicker than a store, which has to put terms together.

    Not for several threads at once.

    Args:
        build: the folder of the build.
        dump: one of :data:`QUADS` and :data:`CONSOLIDATED`.

    Raises:
        NotBuiltError: if the build is gone.
    """

    def __init__(self, build: Path, dump: str) -> None:
        self._paths = {path.stem: path for path in shards(build, dump)}
        self._text = lru_cache(_OPEN)(_mapped)  # what it lets go is closed

    def of(self, subject: str) -> bytes:
        """Return the lines of a subject, sorted.

        Raises:
            NotBuiltError: if the build is gone or damaged.
        """
        key = f"<{subject}> ".encode()
        name = f"{_shard(key[:-2]):02x}"
        if name not in self._paths:
            return b""
        text = self._text(self._paths[name])
        start = end = _first(text, key)
        while text[end : end + len(key)] == key:
            end = _after_line(text, end)
        return text[start:end]


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise _gone(path) from error
    except ValueError as error:  # it is empty
        raise NotBuiltError(
            "the built graph can't be read.", path=path, hint="Build it anew: buendnis build --force"
        ) from error


def _first(text: mmap.mmap, key: bytes) -> int:
    """Return where the first of sorted lines stands that begins with a key or comes after it."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        start = max(low, text.rfind(b"\n", low, middle) + 1)
        if text[start : start + len(key)] < key:
            low = _after_line(text, middle)
        else:
            high = start
    return low


def _after_line(text: mmap.mmap, at: int) -> int:
    """Return where the line ends that a place is in; the last one may be cut off."""
    return text.find(b"\n", at) + 1 or len(text)


def read_dump(build: Path, dump: str) -> Iterator[ox.Quad]:
    """Yield what a dump says.

    Raises:
        OSError: if it can't be read.
        SyntaxError: if it is damaged.
    """
    for path in shards(build, dump):
        yield from ox.parse(path=path)


def load_dumps(build: Path) -> ox.Store:
    """Return the graph of a build in memory, from both dumps."""
    store = ox.Store()
    for dump in (QUADS, CONSOLIDATED):
        for path in shards(build, dump):
            store.bulk_load(path=path)
    return store


@dataclass(eq=False)
class Differences:
    """In what two builds differ; their dumps are read once, when it is first asked.

    Attributes:
        old: the folder of one.
        new: that of the other.
    """

    old: Path
    new: Path

    @cached_property
    def said(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """What stands in named graphs of the old one alone, and of the new one alone, sorted."""
        return differing(self.old, self.new, QUADS)

    @cached_property
    def seen(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Likewise of their consolidated views."""
        return differing(self.old, self.new, CONSOLIDATED)


def differing(old: Path, new: Path, dump: str) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Return what a dump of one build alone says, and what that of another one alone does, sorted.

    Shards that are one file on disk are not read.
    """
    before, after = ({path.name: path for path in shards(build, dump)} for build in (old, new))
    gone: set[bytes] = set()
    come: set[bytes] = set()
    for name in before.keys() | after.keys():
        one, two = before.get(name), after.get(name)
        if one is None or two is None or not one.samefile(two):
            less, more = _apart(*(path.read_bytes() if path else b"" for path in (one, two)))
            gone |= less - more
            come |= more - less
    format_ = ox.RdfFormat.N_QUADS
    return tuple(list(ox.parse(b"\n".join(sorted(lines)), format=format_)) for lines in (gone, come))  # type: ignore[return-value]


def _apart(one: bytes, two: bytes) -> tuple[set[bytes], set[bytes]]:
    """Return the lines of two texts without most of those that both begin and end with: a change is in few places."""
    most = min(len(one), len(two))
    same = next((at for at in range(0, most, _BLOCK) if one[at : at + _BLOCK] != two[at : at + _BLOCK]), most)
    start = one.rfind(b"\n", 0, same) + 1
    same = 0
    while same + _BLOCK <= most - start and _from_end(one, same) == _from_end(two, same):
        same += _BLOCK
    line = one.find(b"\n", len(one) - same) + 1
    end = len(one) - line if same and line else 0
    return set(one[start : len(one) - end].splitlines()), set(two[start : len(two) - end].splitlines())


def _from_end(text: bytes, at: int) -> bytes:
    return text[len(text) - at - _BLOCK : len(text) - at]


def line_of(quad: ox.Quad | ox.Triple) -> bytes:
    """Return a quad, or a triple of the view, as a line of a dump."""
    return f"{quad} .\n".encode()


def _has_graph(line: bytes) -> bool:
    """Return whether a line of N-Quads names a graph: its last term is an IRI, and not the third one."""
    last = line[line.rindex(b" ", 0, -3) + 1 :]
    return last.startswith(b"<") and b'"' not in last and line.count(b" ") > _SPACES


def _by_shard(lines: Iterable[bytes]) -> defaultdict[int, list[bytes]]:
    found: defaultdict[int, list[bytes]] = defaultdict(list)
    for line, shard in _with_shards(lines):
        found[shard].append(line)
    return found


def _with_shards(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield lines with their shards; most have the subject of the line before."""
    subject, shard = b"", 0
    for line in lines:
        if not subject or not line.startswith(subject):
            subject = line[: line.index(b">") + 1]
            shard = _shard(subject[:-1])
        yield line, shard


def _shard(subject: bytes) -> int:
    """Return the number of the shard of a subject, from its IRI in N-Triples without the closing bracket."""
    return zlib.crc32(_key(subject)) % _SHARDS


def _key(subject: bytes) -> bytes:
    """Return what a subject is sorted by: of our own names the body, alliance, page or site that they begin with."""
    if not subject.startswith(_BASE):
        return subject.partition(b"#")[0]
    kind, *parts = subject[len(_BASE) :].partition(b"#")[0].split(b"/")
    if kind in (b"coding", b"conflict") and len(parts) > 2:  # coding/role/<site>/…, conflict/membership/<alliance>/…
        return parts[1]
    if kind == b"source":
        return b"/".join(parts[:2])
    return parts[0] if parts else kind
