"""The tables of a build that networks are made of, each read once, and the names that may be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from buendnis_graph.namespaces import BASE
from buendnis_graph.network.chains import Chains, find_chains
from buendnis_graph.network.filters import STATES, Filters, find
from buendnis_graph.tables import load

if TYPE_CHECKING:
    import polars as pl


class Source:
    """The tables of a build.

    Args:
        tables: the folder of a build, or its tables by name.
    """

    def __init__(self, tables: Path | Mapping[str, pl.DataFrame]) -> None:
        self._given = tables
        self._tables: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table by name."""
        if name not in self._tables:
            self._tables[name] = load(self._given, name)
        return self._tables[name]

    @cached_property
    def chains(self) -> Chains:
        """Who succeeded whom."""
        return find_chains(self["relations"])

    @cached_property
    def labels(self) -> dict[str, tuple[str, str]]:
        """German and English name of each body; the German one where there is no English one."""
        return {
            body: (german or english or body, english or german or body)
            for body, german, english in self["bodies"].select("body", "label_de", "label_en").iter_rows()
        }

    def resolved(self, filters: Filters) -> Filters:
        """Return what was asked for with all names replaced by keys.

        Raises:
            QueryError: if nothing bears one of the names.
        """
        import polars as pl

        topics = {t: (de, en) for t, de, en in self["topics"].select("topic", "label_de", "label_en").iter_rows()}
        above = {t for cell in self["topics"]["broader"].drop_nulls() for t in cell.split()} - topics.keys()
        topics |= dict.fromkeys(above, (None, None))
        roles = dict.fromkeys(self["incidence"]["role"].drop_nulls().unique().sort(), ())
        known = self["bodies"].filter(pl.col("is_alliance")).select("body", "other_names")
        alliances = {
            body: (*self.labels[body], *(others.split(" | ") if others else ())) for body, others in known.iter_rows()
        }
        return Filters(
            filters.at,
            tuple(find(t, topics, "topic", "Topics: buendnis query topic-tree") for t in filters.topic),
            tuple(
                find(r, STATES, "federal state", "By name or official key, such as Sachsen or 14.")
                for r in filters.region
            ),
            tuple(find(r, roles, "role", f"Roles: {', '.join(roles)}") for r in filters.role),
            tuple(
                find(a.removeprefix(f"{BASE}id/"), alliances, "alliance", "Alliances: buendnis query alliances")
                for a in filters.alliance
            ),
            filters.completeness,
        )

    def asked_for(self, filters: Filters) -> tuple[set[str], dict[str, set[str]]]:
        """Return the alliances of the topics, regions and names asked for; and by reason those left out.

        A place is where an alliance sits, is or works; one that works all over Germany is in no federal state for it.

        Args:
            filters: with keys, not names.
        """
        import polars as pl

        alliances = set(self["bodies"].filter(pl.col("is_alliance"))["body"])
        if filters.alliance:
            alliances &= set(filters.alliance)
        unsaid: dict[str, set[str]] = {}
        if filters.topic:
            table = self["topics"].filter(pl.col("body").is_in(list(alliances)))
            unsaid["no-topic"] = alliances - set(table["body"])
            asked = set(filters.topic)
            fitting = {
                body
                for body, topic, broader in table.select("body", "topic", "broader").iter_rows()
                if asked & {topic, *(broader or "").split()}
            }
            unsaid["other-topic"] = set(table["body"]) - fitting
            alliances = fitting
        if filters.region:
            table = self["places"].filter(pl.col("body").is_in(list(alliances)))
            unsaid["no-place"] = alliances - set(table["body"])
            alliances = set(table.filter(pl.col("state").is_in(filters.region))["body"])
            unsaid["other-place"] = set(table["body"]) - alliances
        return alliances, unsaid
