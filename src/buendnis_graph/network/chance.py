"""Do two alliances share more bodies than chance? Against networks with the same number of memberships everywhere.

In the null model every body has as many memberships as it has, every alliance as many members, and all such networks
are equally likely. They are drawn by the curveball algorithm (Strona, Nappo, Boccacci, Fattorini and San-Miguel-Ayanz
2014, Nature Communications 5, 4114; uniform: Carstens 2015, Physical Review E 91, 042812): two alliances at a time
shuffle among them the bodies that only one of them has.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from buendnis_graph.network.texts import say
from buendnis_graph.network.twomode import TwoMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import polars as pl

SAMPLES = 1_000
"""Networks drawn, unless another number is asked for: the smallest p-value is then about 0.001."""

BURN_IN, THINNING = 100, 5
"""Trades for each alliance before the first network, and between two. Strona and others found the result stable after
about five trades for each alliance; before the first, we leave a wide margin."""


def samples(
    members: list[list[int]], number: int, seed: int, own: Sequence[int | None] | None = None
) -> Iterator[list[Any]]:
    """Yield networks drawn from all that have the same degrees, as the members of each alliance.

    Args:
        members: for each alliance the numbers of its bodies.
        number: how many networks.
        seed: the same one gives the same networks.
        own: for each alliance its own number as a body, if it is one: it is never drawn as its own member.
    """
    import numpy as np

    own = own or [None] * len(members)
    rng = np.random.default_rng(seed)
    rows = [set(row) for row in members]
    for n in range(number):
        if len(rows) > 1:
            trades = len(rows) * (THINNING if n else BURN_IN)
            first = rng.integers(len(rows), size=trades)
            second = (first + 1 + rng.integers(len(rows) - 1, size=trades)) % len(rows)
            for a, b in zip(first.tolist(), second.tolist(), strict=True):
                _trade(rng, rows, a, b, own)
        yield [np.array(sorted(row), dtype=np.int64) for row in rows]


def _trade(rng: Any, rows: list[set[int]], a: int, b: int, own: Sequence[int | None]) -> None:
    """Let two alliances shuffle the bodies that only one of them has; none becomes a member of itself."""
    only_a, only_b = rows[a] - rows[b] - {own[b]}, rows[b] - rows[a] - {own[a]}
    if only_a and only_b:
        pool = sorted(only_a | only_b)
        new_a = {pool[k] for k in rng.permutation(len(pool))[: len(only_a)].tolist()}
        rows[a] = (rows[a] - only_a) | new_a
        rows[b] = (rows[b] - only_b) | (set(pool) - new_a)


def overlaps(np: Any, members: list[Any]) -> Any:
    """Return how many bodies each two alliances share, as a matrix.

    A body's pairs of alliances are counted, all bodies with the same number of memberships at once.
    """
    size = len(members)
    body = np.concatenate(members)
    alliance = np.repeat(np.arange(size), [len(row) for row in members])
    alliance = alliance[np.lexsort((alliance, body))]
    degrees = np.unique(body, return_counts=True)[1]
    starts = np.cumsum(degrees) - degrees
    counts = np.zeros(size * size, dtype=np.int64)
    for degree in np.unique(degrees[degrees > 1]):
        theirs = alliance[starts[degrees == degree][:, None] + np.arange(degree)]
        first, second = np.triu_indices(degree, 1)
        counts += np.bincount((theirs[:, first] * size + theirs[:, second]).ravel(), minlength=size * size)
    return counts.reshape(size, size)


def more_than_chance(
    memberships: pl.DataFrame,
    labels: Mapping[str, str],
    number: int = SAMPLES,
    seed: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> pl.DataFrame:
    """Return for each pair of alliances whether they share more bodies than chance.

    Args:
        memberships: with the columns ``alliance`` and ``body``, each pair once.
        labels: a name for each alliance.
        number: how many networks to draw.
        seed: the same one gives the same result.
        progress: called with how far it is.

    Returns:
        A table with ``a``, ``b``, their labels, ``shared``, ``expected`` (mean under the null model), ``z`` (empty
        where chance never varies), ``p`` (one-sided: share of networks with at least as many shared, the observed one
        counted among them: Phipson and Smyth 2010) and ``p_adjusted`` (Benjamini and Hochberg 1995, over all pairs).
        Sorted by p, then z, then name.
    """
    import numpy as np
    import polars as pl

    net = TwoMode(memberships)
    first, second = np.triu_indices(len(net.alliances), 1)
    shared, mean, spread, as_many = (found[first, second] for found in _compared(np, net, number, seed, progress))
    p = (as_many + 1) / (number + 1)
    z = np.divide(shared - mean, spread, out=np.full(len(p), np.nan), where=spread > 1e-9)
    names = pl.Series(net.alliances)
    table = {
        "a": names.gather(first.tolist()),
        "b": names.gather(second.tolist()),
        "shared": shared,
        "expected": mean,
        "z": z,
        "p": p,
        "p_adjusted": adjusted(np, p),
    }
    return (
        pl.DataFrame(table)
        .with_columns(
            pl.col("z").fill_nan(None),
            *(pl.Series(f"{c}_label", [labels.get(x, x) for x in table[c]], pl.String) for c in "ab"),
        )
        .select("a", "a_label", "b", "b_label", "shared", "expected", "z", "p", "p_adjusted")
        .sort(["p", "z", "a", "b"], descending=[False, True, False, False], nulls_last=True)
    )


def _compared(
    np: Any, net: TwoMode, number: int, seed: int, progress: Callable[[str], None]
) -> tuple[Any, Any, Any, Any]:
    """Return, by pair of alliances: bodies shared; their mean and spread over networks drawn; networks with as many."""
    body, alliance = net.pairs()
    members = [body[alliance == a].tolist() for a in range(len(net.alliances))]
    observed = overlaps(np, [np.array(row) for row in members])
    total, squares, as_many = np.zeros(observed.shape), np.zeros(observed.shape), np.zeros(observed.shape)
    numbers = {name: place for place, name in enumerate(net.bodies)}
    own = [numbers.get(name) for name in net.alliances]
    for n, drawn in enumerate(samples(members, number, seed, own)):
        if n % 50 == 0:
            progress(f"{n}/{number}")
        counts = overlaps(np, drawn)
        total += counts
        squares += counts.astype(float) ** 2
        as_many += counts >= observed
    mean = total / number
    return observed, mean, np.sqrt(np.maximum(squares / number - mean**2, 0)), as_many


def samples_needed(pairs: int, level: float = 0.05) -> int:
    """Return how many networks must be drawn so that a single pair can stand out among so many at a level."""
    return math.ceil(pairs / level) - 1


def notes(pairs: int, number: int, seed: int, language: str) -> list[str]:
    """Return what must be said with the result, as sentences: the null model, and whether too few were drawn."""
    needed = samples_needed(pairs)
    few = [say("chance", "few", language, pairs=pairs, samples=number, needed=needed)] if number < needed else []
    return [say("chance", "model", language, samples=number, seed=seed), *few]


def adjusted(np: Any, p: Any) -> Any:
    """Return p-values adjusted for the number of tests (Benjamini and Hochberg 1995).

    They bound the share of false findings for tests that are independent or depend positively. With fixed degrees the
    overlaps do not quite: read them as a guide.
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    result = np.empty(len(p))
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return result
