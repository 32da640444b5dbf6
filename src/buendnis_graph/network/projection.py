"""Projections: which bodies share alliances, which alliances share bodies. On columns of numbers, never pair by pair.

Shared memberships; Jaccard (1912): shared by those of either; cosine (Ochiai 1957): shared by the geometric mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

WEIGHTS = ("shared", "jaccard", "cosine")


def project(memberships: pl.DataFrame, onto: str, at_least: int = 1) -> pl.DataFrame:
    """Return the pairs that share something: ``a``, ``b`` (``a`` first by name), ``shared``, ``jaccard``, ``cosine``.

    Predecessor and successor are one alliance at different times: two alliances of one chain are no pair, and two
    bodies that meet in both share one, not two.

    Args:
        memberships: with the columns ``alliance`` and ``body``, each pair once; and ``chain``, if alliances of the
            same chain may be among them.
        onto: ``body`` or ``alliance``.
        at_least: how many they must share.

    Returns:
        A table sorted by ``shared``, most first, then by name.
    """
    import polars as pl

    over = "alliance" if onto == "body" else "body"
    chained = "chain" in memberships.columns and memberships["chain"].n_unique() < memberships["alliance"].n_unique()
    coded = memberships.select(
        pl.col(onto).alias("name"),
        pl.col(onto).rank("dense").cast(pl.Int64).alias("node"),
        pl.col(over).rank("dense").cast(pl.Int64).alias("via"),
        (pl.col("chain") if chained else pl.col("alliance")).rank("dense").cast(pl.Int64).alias("chain"),
    )
    nodes = coded.group_by("node", "name").agg(
        (pl.col("chain").n_unique() if onto == "body" else pl.len()).cast(pl.Int64).alias("degree")
    )
    if chained:
        shared = _chained(coded, onto)
    elif at_least > 1:
        shared = _sharing_two(coded.select("node", "via"))
    else:
        shared = _sharing(coded.select("node", "via"))
    return _with_names(shared.filter(pl.col("shared") >= at_least), nodes)


def _joined(coded: pl.DataFrame) -> pl.LazyFrame:
    """Return each pair of nodes once for each thing they share."""
    import polars as pl

    rows = coded.lazy()
    return rows.join(rows, on="via").filter(pl.col("node") < pl.col("node_right"))


def _sharing(coded: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    pairs = _joined(coded).group_by("node", "node_right").agg(pl.len().cast(pl.Int64).alias("shared"))
    return pairs.collect()


def _sharing_two(coded: pl.DataFrame) -> pl.DataFrame:
    """Return pairs that share at least two things, without ever listing those that share one.

    First each node's pairs of things: what stands in one thing only has none. Nodes that have the same pair of things
    share both. A pair of nodes that shares m things is found m(m-1)/2 times, which gives m. So a large alliance costs
    no more than its members that meet elsewhere too.
    """
    import polars as pl

    often = coded.filter(pl.len().over("node") > 1).lazy()
    two = often.join(often, on="node").filter(pl.col("via") < pl.col("via_right"))
    both = two.select("node", (pl.col("via") * (coded["via"].max() or 0) + pl.col("via_right")).alias("via"))
    found = pl.col("shared").cast(pl.Float64)
    pairs = _joined(both.collect()).group_by("node", "node_right").agg(pl.len().alias("shared"))
    return pairs.with_columns(((1 + (1 + 8 * found).sqrt()) / 2).round().cast(pl.Int64).alias("shared")).collect()


def _chained(coded: pl.DataFrame, onto: str) -> pl.DataFrame:
    """Return shared things where alliances of one chain are among them."""
    import polars as pl

    joined = _joined(coded)
    if onto == "body":
        number = pl.col("chain").n_unique()
    else:
        joined = joined.filter(pl.col("chain") != pl.col("chain_right"))
        number = pl.len()
    return joined.group_by("node", "node_right").agg(number.cast(pl.Int64).alias("shared")).collect()


def _with_names(shared: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    a, b = pl.col("degree"), pl.col("degree_b")
    return (
        shared.join(nodes, on="node")
        .join(nodes.rename({"node": "node_right", "name": "b", "degree": "degree_b"}), on="node_right")
        .sort(["shared", "node", "node_right"], descending=[True, False, False])
        .select(
            pl.col("name").alias("a"),
            "b",
            "shared",
            (pl.col("shared") / (a + b - pl.col("shared"))).alias("jaccard"),
            (pl.col("shared") / (a * b).sqrt()).alias("cosine"),
        )
    )
