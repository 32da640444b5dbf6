"""The alliances at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from buendnis_graph.membership import is_over, memberships
from buendnis_graph.tables import load

if TYPE_CHECKING:
    import polars as pl


def alliances(tables: Path | Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the alliances, sorted by their German names, with the number of members known.

    Members are counted once each, without those whose membership a source says is over.
    """
    import polars as pl

    known = memberships(tables).filter(~is_over())
    members = known.group_by("alliance").agg(pl.col("member").n_unique().cast(pl.Int64).alias("members"))
    return (
        load(tables, "bodies")
        .filter(pl.col("is_alliance"))
        .rename({"body": "alliance"})
        .join(members, on="alliance", how="left")
        .select(
            "alliance",
            "label_de",
            "label_en",
            pl.col("members").fill_null(0),
            "founded",
            "dissolved",
            "legal_form",
            "website",
            "same_as",
        )
        .sort("label_de", "alliance")
    )
