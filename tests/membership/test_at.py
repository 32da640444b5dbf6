"""Memberships as of a time, from sources to answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.errors import UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.membership import memberships, memberships_at
from buendnis_graph.namespaces import BASE
from buendnis_graph.tables import make, save
from tests.mini import MiniProject


def _answers(mini: MiniProject, at: str) -> dict[str, tuple[str, str]]:
    folder = mini.root / f"tables-{at}"
    folder.mkdir()
    save(make(mini.derived()), folder)
    rows = memberships_at(folder, at).rows(named=True)
    return {row["membership"]: (row["answer"], row["reason"]) for row in rows}


def _list(mini: MiniProject, source: str, day: str, role: str = "member") -> None:
    mini.write(
        "data/codings/completeness.ttl",
        f"<{BASE}coding/completeness/l> a bg:ListCompleteness ; bg:listOf id:x ; bg:listRole role:{role} ; "
        f'bg:completeness completeness:complete ; bg:basis basis:reader ; bg:asOf "{day}"^^xsd:date ; '
        f"dcterms:source <{source}> .\n",
    )


def test_attested_between_and_not_told(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:attestedOn "2019"^^xsd:gYear')
    mini.attest("two", "a", "x", more='; bg:attestedOn "2023-05"^^xsd:gYearMonth')
    mini.attest("three", "b", "x")
    mini.attest("four", "c", "x", more='; bg:since "2022"^^xsd:gYear')
    assert _answers(mini, "2019") == {
        "x/a": ("yes", "attested"),
        "x/b": ("unknown", "undated"),
        "x/c": ("no", "before-beginning"),
    }
    assert _answers(mini, "2021-06-01")["x/a"] == ("yes", "between")
    assert _answers(mini, "2024") == {
        "x/a": ("unknown", "not-told"),
        "x/b": ("unknown", "undated"),
        "x/c": ("unknown", "not-told"),
    }


def test_only_roles_that_count_are_asked_for(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", "carrier", more='; bg:attestedOn "2019"^^xsd:gYear')
    mini.attest("two", "b", "x", "carrier", more='; bg:attestedOn "2019"^^xsd:gYear')
    mini.attest("three", "b", "x", "member", more='; bg:attestedOn "2021"^^xsd:gYear')
    assert _answers(mini, "2019") == {"x/b": ("unknown", "not-told")}


@pytest.mark.parametrize(
    ("role", "answer"), [("member", ("no", "absent-from-complete-list")), ("founding-member", ("unknown", "not-told"))]
)
def test_missing_from_a_complete_list(mini: MiniProject, role: str, answer: tuple[str, str]) -> None:
    mini.attest("one", "a", "x", more='; bg:attestedOn "2019"^^xsd:gYear')
    source = mini.attest("list", "b", "x", more='; bg:attestedOn "2021-05-01"^^xsd:date')
    _list(mini, source.partition("#")[0], "2021-05-01", role)
    assert _answers(mini, "2021-05-01") == {"x/a": answer, "x/b": ("yes", "attested")}


def test_an_end_that_a_source_reports(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:attestedOn "2019"^^xsd:gYear')
    mini.attest("two", "a", "x", more='; bg:ended true ; bg:attestedOn "2022-03-01"^^xsd:date')
    assert _answers(mini, "2023")["x/a"] == ("no", "after-end")
    assert _answers(mini, "2021")["x/a"] == ("unknown", "not-told")


def test_spells_are_answered_apart(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:until "2010"^^xsd:gYear ; bg:since "2005"^^xsd:gYear')
    iri = mini.source(
        "two",
        ":m--x--a--2 a bg:Attestation ; org:member id:a ; org:organization id:x ; bg:listedName 'a' ; bg:spell 2 ; "
        'bg:since "2020"^^xsd:gYear ; bg:attestedOn "2024"^^xsd:gYear ; dcterms:source SRC .',
    )
    mini.code_role("two", iri, "m--x--a--2", "member")
    assert _answers(mini, "2007") == {"x/a": ("yes", "between"), "x/a/2": ("no", "before-beginning")}
    assert _answers(mini, "2022") == {"x/a": ("no", "after-end"), "x/a/2": ("yes", "between")}


def test_a_time_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no day, month or year"):
        memberships_at(tmp_path, "März 2023")


def test_the_saxon_alliance(graph: Graph) -> None:
    rows = memberships_at(graph.folder, "2023-03-27").rows(named=True)
    saxon = {r["member"]: r for r in rows if r["alliance"] == "buendnis-gegen-antimuslimischen-rassismus-in-sachsen"}
    assert saxon["haus-der-sozialen-vielfalt"]["answer"] == "yes"
    assert saxon["soziale-dienste-und-jugendhilfe"]["reason"] == "attested"
    assert saxon["laubegast-ist-bunt"]["answer"] == "unknown"
    assert {r["answer"] for r in rows} == {"yes", "no", "unknown"}
    assert len(rows) == memberships(graph.folder).height
