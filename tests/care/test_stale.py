"""What has not been attested for long: by date bounds, without a clock, undated apart."""

from __future__ import annotations

import csv
import json

import pytest

from buendnis_graph.care.stale import StaleMembership, UndatedAlliance, find_stale, release_date
from buendnis_graph.errors import UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.queries import find_question
from buendnis_graph.settings import Project
from tests.command import run
from tests.mini import REAL, MiniProject

CATALOGUE = REAL


def _find(mini: MiniProject, as_of: str = "2026-11-25", years: int = 3) -> dict[str, tuple[str, ...]]:
    stale = find_stale(Project(CATALOGUE.root), mini.derived(), as_of, years)
    return {
        "stale": tuple(f"{m.member} in {m.alliance} {m.last_attested}" for m in stale.memberships),
        "undated": tuple(f"{m.member} in {m.alliance}" for m in stale.undated),
        "alliances": tuple(a.alliance for a in stale.alliances),
    }


def test_the_latest_dated_attestation_decides_and_undated_is_listed_apart(mini: MiniProject) -> None:
    mini.attest("old", "a", "x", more='; bg:attestedOn "2020"^^xsd:gYear')
    mini.attest("newer", "a", "x", more='; bg:attestedOn "2022-05"^^xsd:gYearMonth')
    mini.attest("fresh", "b", "x", more='; bg:attestedOn "2025-01-01"^^xsd:date')
    mini.attest("undated", "c", "x")
    assert _find(mini) == {"stale": ("A in X 2022-05-01",), "undated": ("C in X",), "alliances": ("Y",)}
    assert _find(mini, years=5)["stale"] == ()
    assert _find(mini, as_of="2030-01-01")["stale"] == ("A in X 2022-05-01", "B in X 2025-01-01")


def test_dates_are_compared_on_their_earliest_day(mini: MiniProject) -> None:
    mini.attest("year", "a", "x", more='; bg:attestedOn "2023"^^xsd:gYear')
    assert _find(mini, as_of="2026-01-01")["stale"] == ()
    assert _find(mini, as_of="2026-01-02")["stale"] == ("A in X 2023-01-01",)


def test_what_has_ended_or_does_not_count_is_not_stale(mini: MiniProject) -> None:
    mini.attest("left", "a", "x", more='; bg:attestedOn "2011"^^xsd:gYear ; bg:until "2011"^^xsd:gYear')
    mini.attest("over", "b", "x", more='; bg:attestedOn "2010"^^xsd:gYear ; bg:ended true')
    mini.attest("carrier", "c", "x", role="carrier", more='; bg:attestedOn "2010"^^xsd:gYear')
    assert _find(mini) == {"stale": (), "undated": (), "alliances": ("Y",)}


def test_sources_of_one_membership_stand_together(mini: MiniProject) -> None:
    mini.attest("p2", "a", "x")
    mini.attest("p1", "a", "x")
    stale = find_stale(CATALOGUE, mini.derived(), "2026-11-25", 3)
    assert stale.undated == (StaleMembership("X", "A", "", ("https://example.org/p1", "https://example.org/p2")),)
    assert stale.alliances == (UndatedAlliance("X", 2, 2), UndatedAlliance("Y", 0, 0))


def test_the_release_date_is_the_default(graph: Graph, mini: MiniProject) -> None:
    assert release_date(graph.store) == "2026-11-25"
    assert '"2026-11-25"^^xsd:date' in find_question(REAL, "stale-memberships").sparql, "the catalogue's default"
    with pytest.raises(UsageError, match="when it was issued"):
        release_date(mini.derived())


def test_command(graph: Graph) -> None:
    table = run("stale", root=graph.project.root)
    assert "more than 3 years before 2026-11-25: " in table.stdout
    german = run("--lang", "de", "stale", "--years", "5", "--as-of", "2026-01-01", root=graph.project.root)
    assert "mehr als 5 Jahren bezeugt (Stichtag 2026-01-01)" in german.stdout
    data = json.loads(run("stale", "-f", "json", root=graph.project.root).stdout)
    rows = list(csv.DictReader(run("stale", "-f", "csv", root=graph.project.root).stdout.splitlines()))
    for what, key in (("stale", "memberships"), ("undated", "undated"), ("alliance", "alliances")):
        assert sum(row["what"] == what for row in rows) == len(data[key]) > 0
    assert list(rows[0]) == ["what", "alliance", "member", "lastAttestedEarliest", "sources"]
    assert run("stale", "--as-of", "soon", root=graph.project.root).returncode == 2
