"""Nodes and edges of a selection with what is known of them, for exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from buendnis_graph.network.export.content import Content, plain, spell
from buendnis_graph.network.projection import project
from buendnis_graph.network.select import Selection
from buendnis_graph.network.source import Source
from buendnis_graph.network.summary import as_json
from buendnis_graph.network.twomode import ALLIANCE, BODY

if TYPE_CHECKING:
    import polars as pl

_DAYS = ("since_earliest", "since_latest", "until_earliest", "until_latest", "first_attested", "last_attested")


def content(
    selection: Selection, source: Source, labels: Mapping[str, str], mode: str, weight: str, about: Sequence[str]
) -> Content:
    """Return what is written of a network.

    Args:
        selection: the memberships.
        source: the tables.
        labels: a name for each body.
        mode: ``two-mode``, ``bodies`` or ``alliances``.
        weight: of the edges of a projection.
        about: what to say of it.
    """
    bodies = _nodes(selection.bodies, "body", BODY, source, labels, selection) if mode != "alliances" else []
    alliances = _nodes(selection.alliances, "alliance", ALLIANCE, source, labels, selection) if mode != "bodies" else []
    edges = _ties(selection.memberships) if mode == "two-mode" else _shares(selection, mode, weight)
    return Content([*bodies, *alliances], edges, about, as_json(selection), dynamic=mode == "two-mode")


def _nodes(
    names: list[str], mode: str, prefix: str, source: Source, labels: Mapping[str, str], selection: Selection
) -> list[dict[str, Any]]:
    import polars as pl

    degrees = dict(selection.memberships[mode].value_counts().iter_rows())
    known = (
        source["bodies"]
        .filter(pl.col("body").is_in(names))
        .select(
            "body",
            "label_de",
            "label_en",
            "kind",
            "sector",
            "legal_form",
            "founded",
            "dissolved",
            "website",
            "same_as",
        )
    )
    of = {row.pop("body"): row for row in plain(known)}
    nodes = [
        {"id": prefix + name, "label": labels.get(name, name), "mode": mode, "degree": int(degrees[name])}
        | of.get(name, {})
        for name in names
    ]
    if mode == "alliance":
        lists, founding = _lists(selection), set(selection.founding)
        for node, name in zip(nodes, names, strict=True):
            node["founding"] = name in founding
            node |= lists.get(name, {})
    return nodes


def _lists(selection: Selection) -> dict[str, dict[str, str | None]]:
    """Return how complete the lists of each alliance are, of what time, and where they stand."""
    import polars as pl

    texts = [pl.col(name).drop_nulls().unique().sort().str.join(" ") for name in ("completeness", "as_of", "url")]
    rows = selection.lists.group_by("alliance").agg(texts).rename({"as_of": "list_as_of", "url": "list_url"})
    return {row.pop("alliance"): {k: v or None for k, v in row.items()} for row in rows.iter_rows(named=True)}


def _ties(memberships: pl.DataFrame) -> list[dict[str, Any]]:
    rows = plain(memberships)
    return [
        {"source": BODY + row["body"], "target": ALLIANCE + row["alliance"], "weight": 1.0}
        | spell(row)
        | {name: row[name] for name in ("roles", "states", "completeness", *_DAYS, "pages", "sources", "urls")}
        for row in rows
    ]


def _shares(selection: Selection, mode: str, weight: str) -> list[dict[str, Any]]:
    onto, prefix = ("body", BODY) if mode == "bodies" else ("alliance", ALLIANCE)
    pairs = project(selection.memberships, onto).sort("a", "b")
    return [
        {"source": prefix + row.pop("a"), "target": prefix + row.pop("b"), "weight": float(row[weight])} | row
        for row in plain(pairs)
    ]
