"""Where graphs live: in memory, on disk."""

from buendnis_graph.store.dataset import (
    CONSOLIDATED,
    QUADS,
    STORE,
    consolidate,
    load,
    named_graphs,
    open_read_only,
    save,
)

__all__ = ["CONSOLIDATED", "QUADS", "STORE", "consolidate", "load", "named_graphs", "open_read_only", "save"]
