"""Write a store to disk beside its sorted dumps (:mod:`.shards`), and open it again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.store.shards import CONSOLIDATED, QUADS, DumpWriter, pieces, shards

STORE = "store"
_PIECE = 64 * 1024 * 1024
"""Bytes that are loaded at once."""


def named_graphs(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield the quads of all named graphs."""
    return (quad for quad in store if isinstance(quad.graph_name, ox.NamedNode))


def consolidate(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield the triples of the consolidated view, which is the default graph."""
    return store.quads_for_pattern(None, None, None, ox.DefaultGraph())


def save(store: ox.Store, folder: Path) -> None:
    """Write a store into a folder: RocksDB for querying, and two dumps that are the same for the same data.

    ``quads/`` holds all named graphs, ``view/`` the consolidated view.
    """
    dumps = DumpWriter(folder)
    add_store(store, dumps)
    dumps.finish()
    load_store(folder)


def add_store(store: ox.Store, dumps: DumpWriter) -> None:
    """Put what a store holds into dumps."""
    with tempfile.NamedTemporaryFile(prefix=".dump-", dir=dumps.folder) as file:
        store.dump(file.name, format=ox.RdfFormat.N_QUADS)
        dumps.add(file)


def dump_said(store: ox.Store, path: Path) -> Path:
    """Write what the named graphs of a store hold into a file of N-Triples, and return the file."""
    with path.open("wb") as file:
        for graph in store.named_graphs():
            store.dump(file, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
    return path


def load_store(folder: Path, going_on: Callable[[], None] = lambda: None) -> ox.Store:
    """Return the store of a build on disk, made of its dumps.

    Args:
        folder: of the build.
        going_on: called before each piece and before the end; what it raises stops the work there.
    """
    disk = ox.Store(str(folder / STORE))
    for dump in (QUADS, CONSOLIDATED):
        load_pieces(disk, shards(folder, dump), ox.RdfFormat.N_QUADS, on_piece=lambda _number, _all: going_on())
    going_on()
    disk.flush()
    disk.optimize()
    return disk


def load_pieces(
    disk: ox.Store,
    files: Sequence[Path],
    rdf_format: ox.RdfFormat,
    graphs: Iterable[ox.NamedNode | None] = (None,),
    on_piece: Callable[[int, int], None] = lambda _number, _all: None,
) -> None:
    """Load files whose lines were checked before, many at once: one by one takes longer, all together takes memory.

    Args:
        disk: the store.
        files: what is loaded.
        rdf_format: N-Quads, or N-Triples if ``graphs`` says where they go.
        graphs: where triples go, None for the default graph.
        on_piece: told the number of each piece before it is loaded, and how many there are.
    """
    some = list(pieces(files, _PIECE))
    for number, piece in enumerate(some, start=1):
        on_piece(number, len(some))
        lines = b"".join(path.read_bytes() for path in piece)
        for graph in graphs:
            disk.bulk_load(lines, format=rdf_format, to_graph=graph, lenient=True)


def load_lines(store: ox.Store, path: Path, rdf_format: ox.RdfFormat) -> None:
    """Load a file whose lines were checked before, piece by piece, so that it may be larger than memory."""
    with path.open("rb") as file:
        while lines := file.read(_PIECE) + file.readline():
            store.bulk_load(lines, format=rdf_format, lenient=True)


def open_read_only(folder: Path) -> ox.Store:
    """Return the store of a built graph.

    Raises:
        NotBuiltError: if there is none, or it can't be opened.
    """
    path = folder / STORE
    if not path.is_dir():
        raise NotBuiltError("there is no built graph yet.", hint="Build it: buendnis build")
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:  # RuntimeError: RocksDB found it damaged
        raise NotBuiltError(
            f"the built graph can't be opened: {error}.", hint="Build it anew: buendnis build --force"
        ) from error
