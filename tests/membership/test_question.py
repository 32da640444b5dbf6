"""The question ``members-at-date`` and Python give the same answers: the one in SPARQL, the other proven by a reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.membership import memberships_at
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.queries import Table, answer, find_question
from buendnis_graph.tables import make
from tests.mini import REAL, MiniProject, date

QUESTION = find_question(REAL, "members-at-date")
_REASONS = {
    "sources contradict each other": "contradiction",
    "attested for the time": "attested",
    "between two dated statements": "between",
    "before the earliest beginning": "before-beginning",
    "after the latest end": "after-end",
    "not named on a complete list": "absent-from-complete-list",
    "undated evidence only": "undated",
    "no source tells of that time": "not-told",
}
DATES = ("2018", "2019", "2019-06", "2020", "2021-05", "2021-05-01", "2022", "2023-05", "2024-12-31", "2026")


def _asked(store: ox.Store, alliance: str, at: str) -> Counter[tuple[str, str, str]]:
    day = date(at).replace("xsd:", "")
    datatype = expand("xsd:" + day.partition("^^")[2])
    terms: dict[str, ox.NamedNode | ox.Literal] = {
        "alliance": ox.NamedNode(f"{BASE}id/{alliance}"),
        "date": ox.Literal(at, datatype=datatype),
        "lang": ox.Literal("en"),
    }
    table = answer(store, QUESTION.bound(terms))
    assert isinstance(table, Table)
    return Counter((r["member"].value, r["answer"].value, _REASONS[r["reason"].value]) for r in table)  # type: ignore[union-attr]


def _told(frame: pl.DataFrame, alliance: str) -> Counter[tuple[str, str, str]]:
    rows = frame.filter(pl.col("alliance") == alliance).select("member_label", "answer", "reason").rows()
    return Counter(rows)


def _list(mini: MiniProject, key: str, source: str, day: str, role: str) -> None:
    mini.write(
        f"data/codings/completeness-{key}.ttl",
        f"<{BASE}coding/completeness/{key}> a bg:ListCompleteness ; bg:listOf id:x ; bg:listRole role:{role} ; "
        f"bg:completeness completeness:complete ; bg:basis basis:reader ; bg:asOf {date(day)} ; "
        f"dcterms:source <{source.partition('#')[0]}> .\n",
    )


def _dated(day: str) -> str:
    return f"; bg:attestedOn {date(day)}"


def _list_between(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more=_dated("2019"))
    mini.attest("two", "a", "x", more=_dated("2023-05"))
    mini.attest("three", "b", "x", more=_dated("2021-05"))
    _list(mini, "l", mini.attest("list", "c", "x", more=_dated("2021-05-01")), "2021-05-01", "member")


def _vague_list(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more=_dated("2021"))
    mini.attest("two", "a", "x", more="; bg:since " + date("2019-06"))
    _list(mini, "l", mini.attest("list", "c", "x"), "2021", "member")


def _lists_of_other_roles(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", "founding-member", more=_dated("2019"))
    mini.attest("two", "b", "x", "consortium-partner", more=_dated("2019"))
    _list(mini, "f", mini.attest("founders", "c", "x", "founding-member"), "2021-05-01", "founding-member")
    _list(mini, "p", mini.attest("partners", "c", "x", "consortium-partner"), "2021-05-01", "consortium-partner")


def _ends(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more=_dated("2019-06") + "; bg:until " + date("2019"))
    mini.attest("two", "b", "x", more="; bg:ended true " + _dated("2021-05-01"))
    mini.attest("three", "b", "x", more=_dated("2019"))
    mini.attest("four", "c", "x", more="; bg:ended true")


def _contradictions(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more=_dated("2019"))
    mini.attest("two", "a", "x", more="; bg:since " + date("2021"))
    mini.attest("three", "b", "x", more=_dated("2021-05-01"))
    _list(mini, "l", mini.attest("list", "c", "x"), "2021-05-01", "member")


def _begun_within(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more="; bg:since " + date("2020"))
    mini.attest("two", "b", "x", more="; bg:since " + date("2019") + "; bg:until " + date("2022"))
    mini.attest("three", "c", "x")


@pytest.mark.parametrize(
    "write", [_list_between, _vague_list, _lists_of_other_roles, _ends, _contradictions, _begun_within]
)
def test_on_made_evidence(mini: MiniProject, write: Callable[[MiniProject], None]) -> None:
    write(mini)
    store = mini.derived()
    tables = make(store)
    for at in DATES:
        assert _asked(store, "x", at) == _told(memberships_at(tables, at), "x"), at


@pytest.mark.parametrize("at", ["2014", "2017", "2020", "2023-03-27", "2025", "2025-11"])
def test_on_the_corpus(graph: Graph, at: str) -> None:
    frame = memberships_at(Path(graph.folder), at)
    alliances = frame["alliance"].unique().sort()
    for alliance in [*alliances[::7], "kooperationsverbund-gegen-antiziganismus", "netzwerk-tolerantes-sachsen"]:
        assert _asked(graph.store, alliance, at) == _told(frame, alliance), alliance
