"""Bulk sources in a build: in its store with all else, and as files of their own beside its dumps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.evidence.bulk import BulkSource
from buendnis_graph.namespaces import BASE
from buendnis_graph.store.dataset import STORE, load_pieces

BULK = "bulk"
"""The folder of a build that holds the shards of bulk sources: the dumps hold all but them."""


def add_bulk(folder: Path, sources: Iterable[BulkSource], step: Callable[[str], None] = lambda _text: None) -> None:
    """Put what bulk sources say into the store of a build: into the graph of each, and into the consolidated view.

    Args:
        folder: of the build, whose store is saved; the shards are put beside it.
        sources: the sources; their shards have been checked.
        step: told what is being done.
    """
    disk: ox.Store | None = None
    for source in sources:
        own = folder / BULK / source.source.value.removeprefix(f"{BASE}source/")
        own.mkdir(parents=True)
        for shard in source.shards:
            _link(shard, own / shard.name)
        disk = disk or ox.Store(str(folder / STORE))
        load_pieces(
            disk,
            sorted(own.iterdir()),
            ox.RdfFormat.N_TRIPLES,
            (source.source, None),
            lambda number, pieces: step(f"storing the register: {number} of {pieces}"),
        )
    if disk is not None:
        disk.flush()
        disk.optimize()


def keep_bulk(old: Path, new: Path) -> None:
    """Link the shards of a build into another one, whose store is a copy."""
    for path in chain.from_iterable(shards_of(old).values()):
        beside = new / path.relative_to(old)
        beside.parent.mkdir(parents=True, exist_ok=True)
        _link(path, beside)


def shards_of(folder: Path) -> dict[str, list[Path]]:
    """Return the shards of a build by the IRI of their source, sorted; none if no bulk source was taken in."""
    found: dict[str, list[Path]] = {}
    for path in sorted((folder / BULK).rglob("*.nt")):
        source = path.parent.relative_to(folder / BULK).as_posix()
        found.setdefault(f"{BASE}source/{source}", []).append(path)
    return found


def need_shards(folder: Path) -> dict[str, list[Path]]:
    """Return what :func:`shards_of` does, for who was told to use it.

    Raises:
        UsageError: if the build holds none.
    """
    found = shards_of(folder)
    if not found:
        raise UsageError(
            "the build holds no register of associations. Nothing was written.",
            hint="Take it in: buendnis register FILE --take --date DAY. Then: buendnis build",
        )
    return found


def _link(shard: Path, beside: Path) -> None:
    """A shard is never edited, only replaced: so one file can be two."""
    try:
        os.link(shard, beside)
    except OSError:  # another file system, or one without links
        shutil.copyfile(shard, beside)
