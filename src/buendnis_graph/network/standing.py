"""Whether memberships held at the time asked for, by the rule of :mod:`buendnis_graph.membership`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from buendnis_graph.membership import Verdict, standing
from buendnis_graph.membership.at import evidence
from buendnis_graph.network.filters import Filters
from buendnis_graph.network.source import Source

if TYPE_CHECKING:
    import polars as pl


def rows_asked_for(source: Source, filters: Filters, alliances: set[str]) -> pl.DataFrame:
    """Return the rows of the incidence table of some alliances in the roles asked for."""
    import polars as pl

    return source["incidence"].filter(pl.col("alliance").is_in(sorted(alliances)), _asked(filters))


def judged(rows: pl.DataFrame, source: Source, filters: Filters) -> dict[Verdict, pl.DataFrame]:
    """Return rows of the incidence table by whether their membership held at the time asked for.

    What is heard of a membership is what sources say of the roles asked for, whether or not they count as membership.
    """
    import polars as pl

    heard = {
        "incidence": source["incidence"].with_columns(_asked(filters).alias("counts")),
        "attestations": source["attestations"].with_columns(_asked(filters).alias("counts")),
        "lists": source["lists"],
    }
    known, at = evidence(heard), filters.days()
    answers = {membership: standing(known[membership], at).verdict for membership in rows["membership"].unique()}
    given = pl.Series([answers[membership].value for membership in rows["membership"]], dtype=pl.String)
    return {verdict: rows.filter(given == verdict.value) for verdict in Verdict}


def _asked(filters: Filters) -> pl.Expr:
    import polars as pl

    return pl.col("role").is_in(filters.role) if filters.role else pl.col("counts")
