"""Where graphs live: in memory, on disk."""

from buendnis_graph.store.dataset import STORE, consolidate, named_graphs, open_read_only, save
from buendnis_graph.store.shards import (
    CONSOLIDATED,
    QUADS,
    SubjectLines,
    dump_lines,
    dump_size,
    load_dumps,
    read_dump,
    shards,
)

__all__ = [
    "CONSOLIDATED",
    "QUADS",
    "STORE",
    "SubjectLines",
    "consolidate",
    "dump_lines",
    "dump_size",
    "load_dumps",
    "named_graphs",
    "open_read_only",
    "read_dump",
    "save",
    "shards",
]
