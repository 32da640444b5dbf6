"""The re-reading samples: how many rows hold, with an interval for the share of wrong ones."""

from __future__ import annotations

import math

from buendnis_graph.wording import read_toml

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution: for two-sided 95 % intervals."""


def wilson(hits: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """Return the Wilson score interval of a share (Wilson 1927, equation 1; JASA 22, 209-212), without correction.

    Args:
        hits: how often it was so.
        trials: of how many, at least one.
        z: quantile of the standard normal distribution.

    Raises:
        ValueError: if ``trials`` is not positive or ``hits`` not between 0 and ``trials``.
    """
    if trials < 1 or not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is no share")
    share, weight = hits / trials, z * z / trials
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * math.sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return (0.0 if hits == 0 else middle - half), (1.0 if hits == trials else middle + half)


def rereading() -> dict[str, int | float]:
    """Return the figures of all samples together: rows, outcomes, shares and ends of their 95 % intervals."""
    told = read_toml(__file__, "rereading.toml")["samples"]
    rows, confirmed, unclear, wrong = (
        sum(sample[key] for sample in told) for key in ("rows", "confirmed", "not-checkable", "wrong")
    )
    checkable = rows - unclear
    low, high = wilson(wrong, checkable)
    low_of_all, high_of_all = wilson(wrong, rows)
    return {
        "sample_rows": rows,
        "sample_confirmed": confirmed,
        "sample_unclear": unclear,
        "sample_wrong": wrong,
        "sample_checkable": checkable,
        "wrong_share": wrong / checkable,
        "wrong_low": low,
        "wrong_high": high,
        "wrong_share_of_all": wrong / rows,
        "wrong_low_of_all": low_of_all,
        "wrong_high_of_all": high_of_all,
    }
