"""The ledger of the corpus (docs/corpus.md) and the data say the same: every row accounted for, every place named is there."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from buendnis_graph.evidence import Corpus, read_corpus
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.queries import Table, read_catalogue
from buendnis_graph.store.builds import read_report
from tests.mini import HEAD, REAL

LEDGER = (REAL.root / "docs" / "corpus.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([mf]\d{3}) \| (.*) \|$", LEDGER, re.MULTILINE)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(REAL)


def _totals() -> dict[str, int]:
    return {what: int(number) for what, number in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", LEDGER, re.MULTILINE)}


def test_every_row_is_told_once_with_its_places_or_a_reason() -> None:
    totals = _totals()
    ids = [row for row, _ in ROWS]
    assert ids == sorted(set(ids), key=lambda row: (row[0] != "m", row))
    without = [row for row, where in ROWS if "`" not in where]
    assert len(ids) == totals["rows"]
    assert len(without) == totals["rows left out"]
    assert len(ids) == totals["rows taken wholly"] + totals["rows taken in part"] + totals["rows left out"]
    assert [row for row, where in ROWS if not where.strip()] == []


def test_every_place_the_ledger_names_is_in_the_data(corpus: Corpus) -> None:
    quads = {item.quad for item in corpus.quads}
    subjects = {item.quad.subject.value for item in corpus.quads}  # type: ignore[union-attr]
    statements, nodes = [], set()
    for row, where in ROWS:
        for place in re.findall(r"`([^`]*)`", where):
            source, _, statement = place.partition(" ")
            if statement:
                statements.append((row, source, statement))
            else:
                nodes.add((row, f"{BASE}{place}"))
    assert len(statements) > 500
    assert sorted((row, node) for row, node in nodes if node not in subjects) == []
    # What is said of a source itself stands in the graph of the sources.
    homes = [
        (f"{BASE}graph/sources" if statement.startswith("<>") else f"{BASE}{source}", source, statement)
        for _, source, statement in statements
    ]
    text = HEAD + "\n".join(
        f"<{graph}> {{ {statement.replace('<>', f'<{BASE}{source}>', 1)} }}" for graph, source, statement in homes
    )
    assert set(ox.parse(text, format=ox.RdfFormat.TRIG)) - quads == set()


def test_every_attestation_claim_number_and_grant_of_the_data_is_in_the_ledger(corpus: Corpus) -> None:
    """Nothing stands in a source that no row of our reading accounts for."""
    named = {f"{BASE}{place}" for _, where in ROWS for place in re.findall(r"`(source/[^` ]*)`", where)}
    kinds = {expand(f"bg:{kind}") for kind in ("Attestation", "Claim", "MemberCount", "Grant")}
    found = {
        str(item.quad.subject).strip("<>")
        for item in corpus.quads
        if item.quad.predicate == RDF_TYPE and item.quad.object in kinds
    }
    assert sorted(found - named) == []


def test_totals_are_those_of_the_build_report(graph: Graph) -> None:
    totals, counts = _totals(), read_report(graph.folder)["counts"]
    ours = {
        "bodies": "organisations",
        "of these alliances": "alliances",
        "sources": "sources",
        "attestations": "attestations",
    }
    assert {what: totals[what] for what in ours} == {what: counts[name] for what, name in ours.items()}


def test_known_members_are_those_of_the_graph(graph: Graph) -> None:
    told = dict(re.findall(r"^\| .* \(`id/([a-z0-9-]+)`\) \| \d+ \| \d+ \| \d+ \| (\d+) \|$", LEDGER, re.MULTILINE))
    asked = graph.query(
        "PREFIX bg: <https://w3id.org/buendnis-graph/ontology#> PREFIX org: <http://www.w3.org/ns/org#>"
        " SELECT ?a (COUNT(DISTINCT ?m) AS ?n) { ?a a bg:Alliance OPTIONAL { ?m org:memberOf ?a } } GROUP BY ?a"
    )
    assert isinstance(asked, Table)
    found = {str(a).strip("<>").removeprefix(f"{BASE}id/"): getattr(n, "value", "") for a, n in asked.rows}
    assert told == found


def test_every_alliance_of_the_corpus_answers_the_questions(graph: Graph) -> None:
    """Also those of which nobody is known: an answer without rows is one, an error is none."""
    told = re.findall(r"^\| .* \(`id/([a-z0-9-]+)`\) \| \d+ \| \d+ \| \d+ \| (\d+) \|$", LEDGER, re.MULTILINE)
    names = [q.name for q in read_catalogue(REAL) if any(p.name == "alliance" for p in q.parameters)]
    assert len(told) == _totals()["of these alliances"]
    assert "members-of-alliance" in names
    for slug, known in told:
        for name in names:
            table = graph.query(name, alliance=slug)
            assert isinstance(table, Table)
            if name == "members-of-alliance":
                assert bool(len(table)) >= (known != "0"), slug
