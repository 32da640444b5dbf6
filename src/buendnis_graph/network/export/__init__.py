"""Networks as files for other programs: GraphML, GEXF, Pajek, CSV. The same network gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from buendnis_graph.errors import UsageError
from buendnis_graph.network.export.content import Content
from buendnis_graph.network.export.edge_list import edge_list
from buendnis_graph.network.export.gexf import gexf
from buendnis_graph.network.export.graphml import graphml
from buendnis_graph.network.export.pajek import pajek
from buendnis_graph.whole import write_whole

__all__ = ["SUFFIXES", "Content", "save"]

# Each gives the files by what follows the name: of most formats one, with the suffix asked for.
_WRITERS: dict[str, Callable[[Content], dict[str, str]]] = {
    ".graphml": lambda content: {".graphml": graphml(content)},
    ".gexf": lambda content: {".gexf": gexf(content)},
    ".net": pajek,
    ".csv": edge_list,
}
SUFFIXES = tuple(_WRITERS)
"""The suffixes of files that can be written."""


def save(content: Content, path: Path) -> list[Path]:
    """Write a network in the format that the suffix names; return the files written.

    Raises:
        UsageError: if the suffix names no format, or the file can't be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"'{path.suffix}' is no format of networks.", path=path, hint=f"One of: {', '.join(SUFFIXES)}")
    files: dict[Path, str | bytes] = {
        path if suffix == path.suffix.lower() else path.with_suffix(suffix): text
        for suffix, text in writer(content).items()
    }
    write_whole(files)
    return list(files)
