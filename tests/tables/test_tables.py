"""The tables say what the graph says, in the types of the codebook, and are the same bytes each time."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.queries import Table
from buendnis_graph.tables import codebook, load, make, save
from tests.mini import MiniProject, rows

NAMES = list(codebook())


@pytest.mark.parametrize("name", NAMES)
def test_types_and_columns_are_those_of_the_codebook(graph: Graph, name: str) -> None:
    table = load(graph.folder, name)
    assert table.schema == pl.Schema({c.name: c.polars_type for c in codebook()[name].columns})
    assert table.height > 0
    assert table.equals(table.sort(table.columns, nulls_last=True))


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_the_same_as_parquet(graph: Graph, name: str) -> None:
    table = load(graph.folder, name)
    with (graph.folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))
    words = {True: "true", False: "false", None: ""}
    expected = [
        [words.get(v, str(v)) if v is None or isinstance(v, bool) else str(v) for v in r] for r in table.iter_rows()
    ]
    assert read == [table.columns, *expected]


def test_a_store_gives_the_tables_that_a_build_makes_of_columns(graph: Graph) -> None:
    made = make(graph.store)
    assert all(made[name].equals(load(graph.folder, name)) for name in NAMES)


def test_every_column_holds_something_or_nothing_is_known_of_it(graph: Graph) -> None:
    empty = {
        (n, c)
        for n in NAMES
        for c in load(graph.folder, n).columns
        if load(graph.folder, n)[c].null_count() == load(graph.folder, n).height
    }
    assert empty == set()


def test_attestations_are_those_of_the_graph(graph: Graph) -> None:
    said = rows(
        graph.store,
        "SELECT ?a ?m ?x ?r ?url WHERE { ?a a bg:Attestation ; org:member ?m ; org:organization ?x ; org:role ?r ; "
        "dcterms:source/schema:url ?url } ORDER BY ?a",
    )
    table = load(graph.folder, "attestations")
    kinds = {"attestation": "source", "member": "id", "alliance": "id", "role": "role"}
    ours = table.select(
        *((pl.lit(f"{BASE}{kind}/") + pl.col(column)).alias(column) for column, kind in kinds.items()), "url"
    ).rows()
    assert sorted(map(tuple, said)) == sorted(ours)


def test_incidence_counts_what_the_graph_calls_members(graph: Graph) -> None:
    table = load(graph.folder, "incidence").filter(
        pl.col("counts"), ~pl.col("state").is_in(["ended-dated", "ended-undated"])
    )
    known = graph.query("alliances")
    assert isinstance(known, Table)
    expected = {row["slug"].value: int(row["members"].value) for row in known}  # type: ignore[union-attr]
    found = Counter(alliance for alliance, _ in table.select("alliance", "member").unique().iter_rows())
    assert {slug: number for slug, number in expected.items() if number} == dict(found)


def test_the_completeness_of_each_list_is_kept(graph: Graph) -> None:
    table = load(graph.folder, "lists")
    complete = table.filter(pl.col("completeness") == "complete", pl.col("role") != "carrier")
    assert set(complete["role"]) == {"founding-member", "consortium-partner"}
    attestations = load(graph.folder, "attestations").filter(pl.col("completeness") == "complete")
    assert attestations.select("source", "alliance", "member", "role").unique().height == sum(
        table.filter(pl.col("completeness") == "complete")["members"]
    )


def test_successors(graph: Graph) -> None:
    pairs = load(graph.folder, "relations").filter(pl.col("relation") == "successor-of").select("subject", "object")
    assert ("claim-ggmbh", "claim") in pairs.rows()
    assert all(new != old for new, old in pairs.rows())


def test_the_codebook_tells_every_column_in_both_languages(graph: Graph) -> None:
    told = json.loads((graph.folder / "tables" / "csv-metadata.json").read_text(encoding="utf-8"))
    assert [t["url"] for t in told["tables"]] == [f"{name}.csv" for name in NAMES]
    for table, name in zip(told["tables"], NAMES, strict=True):
        assert [c["name"] for c in table["tableSchema"]["columns"]] == load(graph.folder, name).columns
        for column in table["tableSchema"]["columns"]:
            assert {text["@language"] for text in column["dc:description"] if text["@value"]} == {"de", "en"}


def test_two_builds_give_the_same_bytes(mini: MiniProject, tmp_path: Path) -> None:
    mini.attest("one", "a", "x", more='; bg:since "2020-02"^^xsd:gYearMonth')
    mini.attest("two", "a", "x", "carrier")
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        save(make(mini.derived()), tmp_path / name)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / n / "tables").iterdir()} for n in ("first", "second"))
    assert first == second
    assert len(first) == 2 * len(NAMES) + 1


def test_one_row_for_each_membership_and_role(mini: MiniProject) -> None:
    mini.attest("one", "a", "x", more='; bg:since "2020-02"^^xsd:gYearMonth')
    mini.attest("two", "a", "x", more='; bg:listedRole "Mitglied, Gast"')
    mini.attest("three", "a", "x", "carrier")
    table = make(mini.derived())["incidence"]
    assert table.select("membership", "role", "counts", "pages", "role_listed").rows() == [
        ("x/a", "carrier", False, 1, None),
        ("x/a", "member", True, 2, "Mitglied, Gast"),
    ]
    assert [str(day) for day in table["since_latest"]] == ["2020-02-29", "2020-02-29"]


def test_a_build_without_tables_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="no table 'incidence'"):
        load(tmp_path, "incidence")
