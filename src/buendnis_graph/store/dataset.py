"""Write a store to disk beside its sorted dumps (:mod:`.shards`), and open it again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.store.shards import write_shards

STORE = "store"


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
    disk = ox.Store(str(folder / STORE))
    with tempfile.TemporaryDirectory(prefix=".dump-", dir=folder) as aside:
        dump = Path(aside) / "all.nq"
        store.dump(dump, format=ox.RdfFormat.N_QUADS)
        write_shards(dump, folder)
        disk.bulk_load(path=dump, lenient=True)  # what the store holds was checked before
    disk.flush()
    disk.optimize()


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
