"""The graph as RDF: TriG and N-Quads of all named graphs, Turtle, N-Triples and JSON-LD of the consolidated view."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import write
from buendnis_graph.namespaces import expand
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.dumps.manifest import Dump, describe
from buendnis_graph.publish.dumps.sorting import in_order
from buendnis_graph.store import QUADS, consolidate, dump_lines, named_graphs
from buendnis_graph.store.bulk import shards_of
from buendnis_graph.store.shards import line_of

_LICENCE = expand("dcterms:license")
NAME = "dumps/buendnis-graph"


def quads(build: Path, store: ox.Store, licences: Licences, into: Path, kind: str) -> Iterator[Dump]:
    """Write all named graphs as ``nquads`` or ``trig``, packed: whole, and without what is not under CC0."""
    suffix = {"nquads": "nq", "trig": "trig"}[kind]
    whole, free = f"{NAME}.{suffix}.gz", f"{NAME}-cc0.{suffix}.gz"
    if kind == "nquads":
        count = _pack(dump_lines(build, QUADS), into / whole)
        free_count = _pack(in_order(map(line_of, named_graphs(licences.free))), into / free)
    else:
        count, free_count = (_count(named_graphs(some)) for some in (store, licences.free))
        _pack([write(named_graphs(store)).encode()], into / whole)
        _pack([write(named_graphs(licences.free)).encode()], into / free)
    yield describe(into, whole, kind, count, licences.strictest)
    yield describe(into, free, kind, free_count, CC0, complete=False)


def registers(build: Path, store: ox.Store, into: Path) -> Iterator[Dump]:
    """Write what each bulk source says as packed N-Quads: a file of its own under its licence; all others lack it."""
    for source, shards in shards_of(build).items():
        graph = ox.NamedNode(source)
        (licence,) = (q.object.value for q in store.quads_for_pattern(graph, _LICENCE, None, ox.DefaultGraph()))  # type: ignore[union-attr]
        path = f"{NAME}-{source.split('/')[-2]}.nq.gz"
        yield describe(into, path, "register", _pack(_in_graph(graph, shards), into / path), licence)


def _in_graph(graph: ox.NamedNode, shards: Iterable[Path]) -> Iterator[bytes]:
    for shard in shards:
        with shard.open("rb") as lines:
            yield from (line[:-2] + f"{graph} .\n".encode() for line in lines)


def view(store: ox.Store, licences: Licences, into: Path, kind: str) -> Iterator[Dump]:
    """Write the consolidated view as ``turtle`` or packed ``ntriples``: whole, and without what is not under CC0."""
    suffix = {"turtle": "ttl", "ntriples": "nt.gz"}[kind]
    whole, free = f"{NAME}-view.{suffix}", f"{NAME}-view-cc0.{suffix}"
    if kind == "turtle":
        _text(into / whole, [write(consolidate(store))])
        _text(into / free, [write(consolidate(licences.free))])
        count, free_count = (_count(consolidate(some)) for some in (store, licences.free))
    else:
        count = _pack(in_order(map(line_of, consolidate(store))), into / whole)
        free_count = _pack(in_order(map(line_of, consolidate(licences.free))), into / free)
    yield describe(into, whole, kind, count, licences.strictest)
    yield describe(into, free, kind, free_count, CC0, complete=False)


def jsonld(store: ox.Store, licences: Licences, into: Path) -> Iterator[Dump]:
    """Write the consolidated view as one JSON-LD document."""
    from buendnis_graph.publish.jsonld import write_whole_graph

    path = f"{NAME}-view.jsonld"
    with (into / path).open("w", encoding="utf-8", newline="\n") as file:
        write_whole_graph(store, file)
    yield describe(into, path, "jsonld", _count(consolidate(store)), licences.strictest)


def _count(some: Iterable[ox.Quad]) -> int:
    return sum(1 for _ in some)


def _pack(pieces: Iterable[bytes], path: Path) -> int:
    """Write pieces packed with gzip, without name and time, so that the same bytes give the same file; count them."""
    count = 0
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        for piece in pieces:
            file.write(piece)
            count += 1
    return count


def _text(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
