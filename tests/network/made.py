"""Tables made on the spot, in the shape that a build writes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from buendnis_graph.network.source import Source
from buendnis_graph.tables import codebook, save

Rows = list[dict[str, Any]]


def day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


class Made:
    """Collects rows and writes a folder with tables."""

    def __init__(self) -> None:
        self.rows: dict[str, Rows] = {name: [] for name in codebook()}

    def member(
        self,
        alliance: str,
        body: str,
        role: str = "member",
        *,
        on: str | None = None,
        since: str | None = None,
        until: str | None = None,
        attested: str | None = None,
        state: str = "unknown",
        spell: int = 1,
    ) -> Made:
        """Add a membership; ``on`` names a list (source) that it stands on, days are whole days."""
        key = f"{alliance}/{body}" + (f"/{spell}" if spell > 1 else "")
        counts = role in {"member", "founding-member", "consortium-partner"}
        same = {"membership": key, "alliance": alliance, "member": body, "role": role, "counts": counts}
        days = {
            "since_earliest": day(since),
            "since_latest": day(since),
            "until_earliest": day(until),
            "until_latest": day(until),
        }
        source = on or f"{alliance}-{body}-page"
        self.rows["incidence"].append(
            same
            | days
            | {
                "alliance_label": alliance.upper(),
                "member_label": body.upper(),
                "spell": spell,
                "state": state,
                "first_attested": day(attested),
                "last_attested": day(attested),
                "pages": 1,
                "sources": source,
                "urls": f"https://example.org/{source}",
            }
        )
        held = {"attested_earliest": day(attested), "attested_latest": day(attested), "seen_on": day("2026-11-22")}
        over = {"ended": state.startswith("ended")}
        self.rows["attestations"].append(
            same | days | held | over | {"attestation": f"{source}#{key}", "source": source}
        )
        return self

    def list(
        self, source: str, alliance: str, completeness: str, role: str = "member", as_of: str | None = None
    ) -> Made:
        """Add a judgement on a list."""
        self.rows["lists"].append(
            {
                "list": f"{source}/{alliance}/{role}",
                "alliance": alliance,
                "role": role,
                "completeness": completeness,
                "as_of": as_of,
                "as_of_earliest": day(as_of),
                "as_of_latest": day(as_of),
                "source": source,
            }
        )
        return self

    def complete(self, alliance: str, *bodies: str, role: str = "member", as_of: str | None = None) -> Made:
        """Add a complete list with its members."""
        source = f"{alliance}-list" + (f"-{as_of}" if as_of else "")
        self.list(source, alliance, "complete", role, as_of)
        for body in bodies:
            self.member(alliance, body, role, on=source, attested=as_of)
        return self

    def succeeds(self, new: str, old: str, date: str | None = None) -> Made:
        """Add a succession."""
        self.rows["relations"].append({"subject": new, "relation": "successor-of", "object": old, "date": date})
        return self

    def add(self, table: str, **row: Any) -> Made:
        """Add any row."""
        self.rows[table].append(row)
        return self

    def folder(self, path: Path) -> Path:
        """Write the tables; bodies are named where no row says more of them."""
        alliances = {row["alliance"] for row in self.rows["incidence"]} | {
            row["alliance"] for row in self.rows["lists"]
        }
        known = {row["body"] for row in self.rows["bodies"]}
        for body in sorted(alliances | {row["member"] for row in self.rows["incidence"]}):
            if body not in known:
                self.add("bodies", body=body, label_de=body.upper(), is_alliance=body in alliances, kind="organization")
        tables = {
            name: pl.DataFrame(
                [
                    pl.Series(c.name, [row.get(c.name) for row in rows], dtype=c.polars_type)
                    for c in codebook()[name].columns
                ]
            )
            for name, rows in self.rows.items()
        }
        path.mkdir(parents=True, exist_ok=True)
        save(tables, path)
        return path

    def source(self, path: Path) -> Source:
        """Write the tables and open them."""
        return Source(self.folder(path))
