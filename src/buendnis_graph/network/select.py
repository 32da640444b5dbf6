"""Choose the memberships that a network rests on, and keep account of what is left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from buendnis_graph.membership import FOUNDING, Verdict, is_over
from buendnis_graph.network.filters import Filters
from buendnis_graph.network.lists import chosen_lists, on_lists, with_whole
from buendnis_graph.network.source import Source
from buendnis_graph.network.standing import judged, rows_asked_for

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out for one reason.

    Attributes:
        reason: a key of the texts of the summary.
        memberships: how many memberships (alliance, body) it concerns; 0 where alliances are counted.
        alliances: the alliances concerned, sorted.
        instead: the alliance of the same chain that was kept, by the one left out.
    """

    reason: str
    memberships: int
    alliances: tuple[str, ...]
    instead: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """The memberships that a network rests on.

    Attributes:
        filters: what was asked for, with keys.
        memberships: one row for each alliance and body, sorted: ``alliance``, ``body``, ``chain`` (which alliances
            that succeeded one another share), ``founding`` (whether only as founding member), ``roles``, ``states``,
            ``completeness``, the bounds of dates, ``pages``, ``sources``, ``urls``.
        lists: the lists that they were taken from, as in the table ``lists``.
        left_out: what is not in it, in the order in which it was left out.
        uncounted: roles asked for that do not count as membership.
    """

    filters: Filters
    memberships: pl.DataFrame
    lists: pl.DataFrame
    left_out: tuple[LeftOut, ...]
    uncounted: tuple[str, ...]

    @property
    def alliances(self) -> list[str]:
        """The alliances in it, sorted."""
        return self.memberships["alliance"].unique().sort().to_list()

    @property
    def founding(self) -> list[str]:
        """Those of them of which only founding members are in it, sorted."""
        import polars as pl

        only = self.memberships.group_by("alliance").agg(pl.col("founding").all())
        return only.filter("founding")["alliance"].sort().to_list()

    @property
    def bodies(self) -> list[str]:
        """The bodies in it, sorted."""
        return self.memberships["body"].unique().sort().to_list()

    @property
    def has_chains(self) -> bool:
        """Whether it holds predecessor and successor both, because both were named."""
        return self.memberships["chain"].n_unique() < self.memberships["alliance"].n_unique()

    @property
    def from_complete_lists(self) -> list[str]:
        """The alliances of which a complete list of all members, not only of some role, is in it; sorted."""
        import polars as pl

        member_lists = self.lists.filter((pl.col("completeness") == "complete") & pl.col("whole"))
        return sorted(set(self.alliances) & set(member_lists["alliance"]))


def select(source: Source, filters: Filters) -> Selection:
    """Choose the memberships for a network.

    Raises:
        QueryError: if a name that was asked for is not known.
    """
    import polars as pl

    filters = source.resolved(filters)
    asked, unsaid = source.asked_for(filters)
    left_out = [LeftOut(reason, 0, tuple(sorted(those))) for reason, those in unsaid.items() if those]
    rows = rows_asked_for(source, filters, asked)
    uncounted = tuple(rows.filter(~pl.col("counts"))["role"].unique().sort())
    rows = _in_time(rows, source, filters, left_out)
    lists = source["lists"].join(rows.select("alliance", "role").unique(), on=["alliance", "role"], how="semi")
    chosen = with_whole(chosen_lists(lists, filters), source["incidence"])
    if filters.completeness != "any":
        rows = _listed(rows, on_lists(rows, source["attestations"], chosen), lists, filters, left_out)
    if filters.completeness == "complete":
        rows = _without_mere_founders(rows, left_out)
    rows = _without_predecessors(rows, source, filters, left_out)
    memberships = _by_pair(rows, source)
    chosen = chosen.join(rows.select("alliance", "role").unique(), on=["alliance", "role"], how="semi")
    return Selection(filters, memberships, chosen, tuple(left_out), uncounted)


def _note(left_out: list[LeftOut], reason: str, rows: pl.DataFrame) -> None:
    if len(rows):
        pairs = rows.select("alliance", "member").n_unique()
        left_out.append(LeftOut(reason, pairs, tuple(rows["alliance"].unique().sort())))


def _in_time(rows: pl.DataFrame, source: Source, filters: Filters, left_out: list[LeftOut]) -> pl.DataFrame:
    """Return what certainly held at the time asked for; without a time, what is not known to be over."""
    if filters.at is None:
        _note(left_out, "ended", rows.filter(is_over()))
        return rows.filter(~is_over())
    answers = judged(rows, source, filters)
    _note(left_out, "unknown-then", answers[Verdict.UNKNOWN])
    _note(left_out, "not-then", answers[Verdict.NO])
    return answers[Verdict.YES]


def _listed(
    rows: pl.DataFrame, kept: pl.DataFrame, lists: pl.DataFrame, filters: Filters, left_out: list[LeftOut]
) -> pl.DataFrame:
    """Return what stands on the lists chosen, and note alliances without one and memberships beside one."""
    import polars as pl

    gone = rows.join(kept, on="alliance", how="anti")
    complete = lists.filter(pl.col("completeness") == "complete")
    if filters.completeness == "complete":
        other_time = gone.join(complete.filter(pl.col("as_of_earliest").is_not_null()), on="alliance", how="semi")
        undated = gone.join(complete, on="alliance", how="semi").join(other_time, on="alliance", how="anti")
        _note(left_out, "list-of-other-time", other_time)
        _note(left_out, "list-undated", undated)
        gone = gone.join(complete, on="alliance", how="anti")
    partial = gone.join(lists.filter(pl.col("completeness") == "partial"), on="alliance", how="semi")
    _note(left_out, "only-partial-list", partial)
    _note(left_out, "no-list", gone.join(partial, on="alliance", how="anti"))
    beside = rows.join(kept, on="alliance", how="semi").join(kept, on=["alliance", "member"], how="anti")
    _note(left_out, "not-on-list", beside)
    return kept


def _without_mere_founders(rows: pl.DataFrame, left_out: list[LeftOut]) -> pl.DataFrame:
    """Where an alliance has a complete list of members, who is only on its list of founders is not added to it."""
    import polars as pl

    members = rows.filter(pl.col("role") != FOUNDING)
    founders = rows.filter(pl.col("role") == FOUNDING).join(members, on="alliance", how="semi")
    gone = founders.join(members, on=["alliance", "member"], how="anti")
    _note(left_out, "founder-not-listed", gone)
    return rows.join(gone, on=["membership", "role"], how="anti")


def _without_predecessors(
    rows: pl.DataFrame, source: Source, filters: Filters, left_out: list[LeftOut]
) -> pl.DataFrame:
    """Keep one alliance of each chain, unless several of it were named."""
    import polars as pl

    at = None if filters.at is None else filters.days()[1]
    given_way = source.chains.kept(set(rows["alliance"]), at)
    given_way = {old: new for old, new in given_way.items() if not {old, new} <= set(filters.alliance)}
    if given_way:
        pairs = rows.filter(pl.col("alliance").is_in(sorted(given_way))).select("alliance", "member").n_unique()
        left_out.append(LeftOut("same-chain", pairs, tuple(sorted(given_way)), given_way))
    return rows.filter(~pl.col("alliance").is_in(sorted(given_way)))


def _by_pair(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Return one row for each alliance and body, whatever roles and spells it has."""
    import polars as pl

    days = ["since_earliest", "since_latest", "first_attested"]
    ends = ["until_earliest", "until_latest", "last_attested"]
    degrees = ["complete", "partial", "examples"]
    words = pl.col("sources", "urls").str.split(" ").explode().drop_nulls().unique().sort().str.join(" ")
    table = rows.group_by("alliance", pl.col("member").alias("body")).agg(
        (pl.col("role") == FOUNDING).all().alias("founding"),
        pl.col("role").unique().sort().str.join(" ").alias("roles"),
        pl.col("state").drop_nulls().unique().sort().str.join(" ").alias("states"),
        pl.col("completeness").sort_by(pl.col("completeness").replace_strict(degrees, range(3), default=3)).first(),
        pl.col(days).min(),
        pl.col(ends).max(),
        pl.col("pages").max(),
        words,
    )
    chain = source.chains.chain
    named = pl.col("alliance").map_elements(lambda a: chain.get(a, a), return_dtype=pl.String)
    return table.with_columns(named.alias("chain")).sort("alliance", "body")
