"""The graph as RDF: TriG and N-Quads of all named graphs, Turtle, N-Triples and JSON-LD of the consolidated view."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import own_namespace
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import expand
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.dumps.manifest import Dump, describe
from buendnis_graph.publish.dumps.streamed import statements, turtle
from buendnis_graph.store.bulk import shards_of
from buendnis_graph.store.dataset import add_store
from buendnis_graph.store.shards import CONSOLIDATED, QUADS, DumpWriter, dump_count, dump_lines

_LICENCE = expand("dcterms:license")
NAME = "dumps/buendnis-graph"
_VIEW = f"{NAME}-view"
_FILES = {
    "trig": (QUADS, NAME, "trig.gz"),
    "nquads": (QUADS, NAME, "nq.gz"),
    "turtle": (CONSOLIDATED, _VIEW, "ttl"),
    "ntriples": (CONSOLIDATED, _VIEW, "nt.gz"),
}
_AT_ONCE = 10_000
"""Lines that are packed at once."""


@dataclass(frozen=True)
class Halves:
    """The sorted dumps of a build: of all of it, and of what is under CC0.

    Attributes:
        whole: the folder of the build.
        licences: of its graphs.
        into: the folder that files are written into.
        aside: a folder for what does not fit into memory.
    """

    whole: Path
    licences: Licences
    into: Path
    aside: Path

    @cached_property
    def free(self) -> Path:
        """The folder of the dumps of what is under CC0: that of the build, if all of it is."""
        if not self.licences.by_graph:
            return self.whole
        folder = self.aside / "free"
        folder.mkdir()
        dumps = DumpWriter(folder)
        add_store(self.licences.free, dumps)
        dumps.finish()
        return folder


def graph(halves: Halves, kind: str) -> Iterator[Dump]:
    """Write a graph twice, whole and without what is not under CC0: if nothing is, the one is a copy of the other.

    Args:
        halves: what is written.
        kind: ``nquads`` or ``trig`` of all named graphs, ``ntriples`` or ``turtle`` of the consolidated view.
    """
    dump, name, suffix = _FILES[kind]
    whole, free, into = f"{name}.{suffix}", f"{name}-cc0.{suffix}", halves.into
    _write(_lines(halves.whole, kind, halves.aside), into / whole)
    count = free_count = dump_count(halves.whole, dump)
    if halves.free == halves.whole:
        shutil.copyfile(into / whole, into / free)
    else:
        _write(_lines(halves.free, kind, halves.aside), into / free)
        free_count = dump_count(halves.free, dump)
    yield describe(into, whole, kind, count, halves.licences.strictest)
    yield describe(into, free, kind, free_count, CC0, complete=False)


def _lines(folder: Path, kind: str, aside: Path) -> Iterator[bytes]:
    dump, _, _ = _FILES[kind]
    if kind in {"nquads", "ntriples"}:
        return dump_lines(folder, dump)
    own = own_namespace(graph for *_, graph in statements(folder, dump)) if dump == QUADS else None
    return turtle(statements(folder, dump), own, aside)


def registers(build: Path, store: ox.Store, into: Path) -> Iterator[Dump]:
    """Write what each bulk source says as packed N-Quads: a file of its own under its licence; all others lack it."""
    for source, shards in shards_of(build).items():
        name = ox.NamedNode(source)
        (licence,) = (q.object.value for q in store.quads_for_pattern(name, _LICENCE, None, ox.DefaultGraph()))  # type: ignore[union-attr]
        path = f"{NAME}-{source.split('/')[-2]}.nq.gz"
        _write(_in_graph(name, shards), into / path)
        count = sum(shard.read_bytes().count(b"\n") for shard in shards)
        yield describe(into, path, "register", count, licence)


def _in_graph(name: ox.NamedNode, shards: Iterable[Path]) -> Iterator[bytes]:
    for shard in shards:
        with shard.open("rb") as lines:
            yield from (line[:-2] + f"{name} .\n".encode() for line in lines)


def jsonld(halves: Halves, of: Graph) -> Iterator[Dump]:
    """Write the consolidated view as one JSON-LD document."""
    from buendnis_graph.publish.jsonld import write_whole_graph

    path = f"{_VIEW}.jsonld"
    with (halves.into / path).open("w", encoding="utf-8", newline="\n") as file:
        write_whole_graph(of.without_bulk, file, lines=of.view_lines(), aside=halves.aside)
    count = dump_count(halves.whole, CONSOLIDATED)
    yield describe(halves.into, path, "jsonld", count, halves.licences.strictest)


def _write(lines: Iterator[bytes], path: Path) -> None:
    """Write lines into a file, packed if its name says so: without name and time, so that the same give the same."""
    with path.open("wb") as file:
        if path.suffix != ".gz":
            file.writelines(lines)
            return
        with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            _write_beside(lines, packed)


def _write_beside(lines: Iterator[bytes], file: gzip.GzipFile) -> None:
    """Write lines while the next ones are made: packing needs no Python."""
    with ThreadPoolExecutor(1) as packer:
        packing: Future[int] | None = None
        while block := b"".join(islice(lines, _AT_ONCE)):
            if packing:
                packing.result()
            packing = packer.submit(file.write, block)
        if packing:
            packing.result()
