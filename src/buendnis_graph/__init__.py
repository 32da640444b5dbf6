"""Bündnis-Graph: which alliances exist, who belongs to them, since when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from buendnis_graph.graph import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | Path | None = None) -> Graph:  # noqa: A001 - reads as buendnis_graph.open()
    """Open the built graph of the project in a folder (default: the current one and those above it), or a remote one.

    Args:
        path: a folder, or the address of a SPARQL endpoint (``https://…``).
    """
    from buendnis_graph.graph import open_graph

    return open_graph(path)
