"""What captions say of the evidence: its date, its sources, how complete the lists are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from buendnis_graph.network.select import Selection
from buendnis_graph.network.source import Source
from buendnis_graph.network.summary import list_times, warning_texts
from buendnis_graph.network.texts import say
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


def membership_data(shown: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Return the memberships that a plot shows, with German names, roles, completeness and sources."""
    import polars as pl

    german = {body: names[0] for body, names in source.labels.items()}
    return shown.select(
        "body",
        pl.col("body").replace_strict(german).alias("body_label"),
        "alliance",
        pl.col("alliance").replace_strict(german).alias("alliance_label"),
        "roles",
        "completeness",
        "sources",
    )


def completeness(words: Words, degrees: pl.Series) -> str:
    """Return the sentence about how complete the lists are that memberships stand on."""
    counted = {degree: degrees.null_count() if degree is None else (degrees == degree).sum() for degree in DEGREES}
    parts = [f"{words(f'completeness {degree}')} {n}" for degree, n in counted.items() if n]
    return words("evidence", parts=", ".join(parts))


def selected(words: Words, selection: Selection) -> list[str]:
    """Return what must be said of a choice of memberships: of what time it is, what it holds and what it leaves out."""
    language = words.language
    first, last, undated = list_times(selection)
    if selection.filters.at is not None:
        time = say("summary", "at", language, at=selection.filters.at)
    elif first is None:
        time = say("summary", "all-undated", language)
    else:
        time = say("summary", "undated", language, first=first, last=last, n=undated)
    out = [
        _left_out(words, f"left out {what}", [(one.reason, n) for one, n in counted if n])
        for what, counted in (
            ("memberships", [(one, one.memberships) for one in selection.left_out]),
            ("alliances", [(one, 0 if one.memberships else len(one.alliances)) for one in selection.left_out]),
        )
    ]
    return [time, *warning_texts(selection, language), *out]


def _left_out(words: Words, key: str, reasons: list[tuple[str, int]]) -> str:
    parts = "; ".join(f"{say('reason', reason, words.language)}: {n}" for reason, n in reasons)
    return words(key, parts=parts) if parts else ""
