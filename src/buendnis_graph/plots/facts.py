"""What captions say of the evidence: its date, its sources, how complete the lists are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

DEGREES = ("complete", "partial", "examples", None)
"""Completeness of lists, from the most complete; None: not judged."""


def origin(words: Words, sources: Iterable[str]) -> str:
    """Return the sentence about sources: how many, and when the last was read. The IRI of a source ends in that day.

    Args:
        words: of the plot.
        sources: what follows ``source/`` in their IRIs; several may stand in one text, apart by blanks.
    """
    known = {source for text in sources for source in text.split()}
    newest = max((source.rpartition("/")[2] for source in known), default="–")
    return words("origin", n=len(known), date=newest)


def completeness(words: Words, degrees: pl.Series) -> str:
    """Return the sentence about how complete the lists are that memberships stand on."""
    counted = {degree: degrees.null_count() if degree is None else (degrees == degree).sum() for degree in DEGREES}
    parts = [f"{words(f'completeness {degree}')} {n}" for degree, n in counted.items() if n]
    return words("evidence", parts=", ".join(parts))
