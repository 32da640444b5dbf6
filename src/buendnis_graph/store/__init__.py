"""Where graphs live: in memory, on disk."""

from buendnis_graph.store.dataset import consolidate, named_graphs, open_read_only, save

__all__ = ["consolidate", "named_graphs", "open_read_only", "save"]
