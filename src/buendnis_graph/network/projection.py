"""Projections: which bodies share alliances, which alliances share bodies. On columns of numbers, never pair by pair.

Shared memberships; Jaccard (1912): shared by those of either; cosine (Ochiai 1957): shared by the geometric mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from buendnis_graph.network.pairing import sharing, sharing_two

if TYPE_CHECKING:
    import polars as pl

WEIGHTS = ("shared", "jaccard", "cosine")


def project(memberships: pl.DataFrame, onto: str, at_least: int = 1) -> pl.DataFrame:
    """Return the pairs that share something: ``a``, ``b`` (``a`` first by name), ``shared``, ``jaccard``, ``cosine``.

    Args:
        memberships: as for :func:`shared_by_pairs`; the same for the others.
        onto: ``body`` or ``alliance``.
        at_least: how many they must share.

    Returns:
        A table sorted by ``shared``, most first, then by name. Names are of polars' type Enum.

    Raises:
        NetworkError: if there are more pairs than can be listed.
    """
    import numpy as np
    import polars as pl

    pairs = shared_by_pairs(memberships, onto, at_least)
    shared: Any = pairs["shared"].to_numpy()
    # Small numbers are sorted fast; those that are equal stay in the order of their names.
    small = len(pairs) == 0 or shared.max() < 1 << 15
    order = np.argsort(-shared.astype(np.int16 if small else np.int64), kind="stable")
    pairs = pairs.select(pl.all().gather(order))
    chained = onto == "body" and _has_chains(memberships)
    degrees = memberships.group_by(onto).agg((pl.col("chain").n_unique() if chained else pl.len()).alias("degree"))
    degree = degrees.sort(onto)["degree"].cast(pl.Float64)
    a, b = (degree.gather(pairs[end].to_physical()) for end in "ab")
    jaccard, cosine = pairs["shared"] / (a + b - pairs["shared"]), pairs["shared"] / (a * b).sqrt()
    return pairs.with_columns(jaccard.alias("jaccard"), cosine.alias("cosine"))


def shared_by_pairs(memberships: pl.DataFrame, onto: str, at_least: int = 1) -> pl.DataFrame:
    """Return the pairs that share something, and how much: ``a``, ``b``, ``shared``, sorted by name.

    Predecessor and successor are one alliance at different times: two alliances of one chain are no pair, and two
    bodies that meet in both share one, not two.

    Args:
        memberships: with the columns ``alliance`` and ``body``, each pair once; and ``chain``, if alliances of the
            same chain may be among them.
        onto: ``body`` or ``alliance``.
        at_least: how many they must share.

    Raises:
        NetworkError: if there are more pairs than can be listed.
    """
    import numpy as np
    import polars as pl

    over = "alliance" if onto == "body" else "body"
    names = memberships[onto].unique().sort()
    coded = memberships.select(_number(onto).alias("node"), _number(over).alias("via"))
    if coded.is_empty():
        keys = shared = np.zeros(0, dtype=np.int64)
    elif _has_chains(memberships):
        keys, shared = _chained(coded.with_columns(memberships.select(_number("chain"))["chain"]), onto, len(names))
    else:
        count = sharing_two if at_least > 1 else sharing
        keys, shared = count(np, coded["node"].to_numpy(), coded["via"].to_numpy())
    if at_least > 1:
        keys, shared = keys[shared >= at_least], shared[shared >= at_least]
    nodes = keys.dtype.type(max(len(names), 1))
    first = keys // nodes
    second = keys - first * nodes
    named = names.cast(pl.Enum(names))
    a, b = (named.gather(pl.Series(numbers.astype(np.uint32, copy=False))) for numbers in (first, second))
    return pl.DataFrame([a.alias("a"), b.alias("b"), pl.Series("shared", shared, dtype=pl.Int64)])


def _number(column: str) -> pl.Expr:
    import polars as pl

    return (pl.col(column).rank("dense") - 1).cast(pl.Int64)


def _has_chains(memberships: pl.DataFrame) -> bool:
    return "chain" in memberships.columns and memberships["chain"].n_unique() < memberships["alliance"].n_unique()


def _chained(coded: pl.DataFrame, onto: str, nodes: int) -> tuple[Any, Any]:
    """Return pairs and what they share where alliances of one chain are among them."""
    import polars as pl

    pairs = coded.join(coded, on="via").filter(pl.col("node") < pl.col("node_right"))
    if onto == "alliance":
        pairs = pairs.filter(pl.col("chain") != pl.col("chain_right"))
    number = pl.col("chain").n_unique() if onto == "body" else pl.len()
    key = (pl.col("node") * nodes + pl.col("node_right")).alias("key")
    counted = pairs.group_by(key).agg(number.cast(pl.Int64).alias("shared")).sort("key")
    return counted["key"].to_numpy(), counted["shared"].to_numpy()
