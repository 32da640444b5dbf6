"""What is written of a network: nodes and edges with their attributes, whatever the format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from buendnis_graph.xmltext import writable

if TYPE_CHECKING:
    import polars as pl

TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}
"""The kinds of attribute there are. Days are texts (2023-03-27), as none of the formats has days for all programs."""


@dataclass(frozen=True, slots=True)
class Content:
    """A network to write.

    Attributes:
        nodes: each with ``id``, ``label`` and further attributes; None is left out.
        edges: each with ``source``, ``target``, ``weight`` and further attributes.
        about: what to say of it, as lines: what remains, what was left out, what to beware of.
        summary: the same for programs.
        dynamic: whether edges have ``start`` and ``end``.
    """

    nodes: Sequence[Mapping[str, Any]]
    edges: Sequence[Mapping[str, Any]]
    about: Sequence[str]
    summary: Mapping[str, Any]
    dynamic: bool = False

    def attributes(self, of: str) -> dict[str, str]:
        """Return the attributes of ``nodes`` or ``edges`` beside those that each format has, with their types."""
        rows = self.nodes if of == "nodes" else self.edges
        found: dict[str, str] = {}
        for row in rows:
            for name, value in row.items():
                if name not in _OWN and value is not None:
                    found.setdefault(name, TYPES[type(value)])
        return dict(sorted(found.items()))


_OWN = {"id", "label", "source", "target", "weight", "start", "end"}


def text(value: object) -> str:
    """Return a value as all formats write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def xml(lines: Iterable[str]) -> str:
    """Return lines as a document, without the characters that XML 1.0 can't hold."""
    return writable("\n".join(lines) + "\n")


def plain(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as attributes: days as texts."""
    return [
        {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}
        for row in rows.iter_rows(named=True)
    ]


def spell(row: Mapping[str, Any]) -> dict[str, str | None]:
    """Return ``start`` and ``end`` of the time for which the evidence makes sure of a membership, as texts.

    From the earliest day by which it certainly held to the last day on which it certainly did; where its only evidence
    is of a year or month, all of that. Nothing where there is no date: such a membership is of no time.
    """
    begun = [row[name] for name in ("since_latest", "first_attested") if row[name] is not None]
    lasting = [row[name] for name in ("until_earliest", "last_attested", "since_latest") if row[name] is not None]
    if not begun or not lasting:
        return {"start": None, "end": None}
    start, end = sorted((min(begun), max(lasting)))
    return {"start": start, "end": end}
