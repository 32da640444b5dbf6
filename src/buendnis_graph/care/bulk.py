"""Bulk sources of a build: checked line by line, and refused if a withheld body is back in one."""

from __future__ import annotations

from buendnis_graph.care.withheld import Withheld, open_guard
from buendnis_graph.errors import InvalidDataError
from buendnis_graph.evidence.bulk import BulkSource, bulk_sources, read_shard
from buendnis_graph.namespaces import BASE
from buendnis_graph.settings import Project


def checked_bulk(project: Project) -> tuple[list[BulkSource], int]:
    """Return the bulk sources of a project and how many entries they hold; without the key none is known as withheld.

    Raises:
        ReadError, LayoutError: if a shard is none, or was changed by hand.
        InvalidDataError: if entries are withheld; their files and lines are named, not they.
    """
    guard = open_guard(project)
    sources, number, back = bulk_sources(project), 0, list[str]()
    for source in sources:
        for shard in source.shards:
            shown = project.relative(shard)
            for line, entry, name in read_shard(shard, source.source, shown):
                number += 1
                if guard.judge((name,), entry.removeprefix(BASE)) is Withheld.YES:
                    back.append(f"{shown}:{line}: this body or name is withheld.")
    if back:
        raise InvalidDataError(
            "\n".join(back), hint="Nothing is built until the register is taken in again: buendnis register FILE --take"
        )
    return sources, number
