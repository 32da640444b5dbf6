"""The founding page: its 62 claims are each accounted for, and the table that says so is true."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import BASE, PREFIXES
from tests.mini import REAL

PAGE = f"{BASE}source/soziale-dienste-jugendhilfe.de/buendnisarbeit/2026-11-22"
TABLE = REAL.root / "docs" / "founding-page.md"
IMPLIED = {4, 13, 19, 20, 33, 60, 61, 62}
"""Claims the page only implies by wording or layout; claim 19 must not be asserted from it at all."""


def _rows() -> Iterator[tuple[int, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        match = re.match(r"\| (\d+) \| [^|]+ \| (.+) \|$", line)
        if match:
            yield int(match[1]), match[2]


ROWS = dict(_rows())


@pytest.fixture(scope="module")
def page(corpus: Corpus) -> set[ox.Triple]:
    """The triples of the page's graph."""
    return {item.quad.triple for item in corpus.quads if item.quad.graph_name == ox.NamedNode(PAGE)}


def _triples(cell: str) -> list[ox.Triple]:
    head = f"@prefix : <{PAGE}#> .\n" + "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items())
    text = head + "".join(f"{span} .\n" for span in re.findall(r"`([^`]+)`", cell))
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def test_every_claim_has_a_row() -> None:
    assert list(ROWS) == list(range(1, 63))


@pytest.mark.parametrize("number", sorted(set(range(1, 63)) - IMPLIED))
def test_what_the_page_says_is_in_its_graph(number: int, page: set[ox.Triple]) -> None:
    triples = _triples(ROWS[number])
    assert triples, ROWS[number]
    assert [triple for triple in triples if triple not in page] == []


@pytest.mark.parametrize("number", sorted(IMPLIED))
def test_what_it_only_implies_is_not(number: int) -> None:
    assert ROWS[number].startswith("not in the graph: ")
    assert "`" not in ROWS[number]


def test_nothing_else_is_in_its_graph(page: set[ox.Triple]) -> None:
    """Each node and plain fact of the page belongs to a claim of the table: nothing unsaid has crept in."""
    told = {triple for cell in ROWS.values() for triple in _triples(cell)}
    fragments = {triple.subject for triple in told}
    assert {t for t in page if t not in told and t.subject not in fragments} == set()
    plain = {t for t in page if isinstance(t.subject, ox.NamedNode) and not t.subject.value.startswith(PAGE)}
    assert plain - told == set()


def test_opinions_are_attributed_and_in_both_languages(page: set[ox.Triple]) -> None:
    schema = PREFIXES["schema"]
    claims = {t.subject for t in page if t.object == ox.NamedNode(f"{schema}Claim")}
    assert len(claims) >= 35
    for claim in claims:
        texts = {t.object.language for t in page if t.subject == claim and t.predicate == ox.NamedNode(f"{schema}text")}  # type: ignore[union-attr]
        authors = [t for t in page if t.subject == claim and t.predicate == ox.NamedNode(f"{schema}author")]
        assert texts == {"de", "en"}
        assert len(authors) == 1


def test_the_page_names_three_memberships_one_founding_and_one_grant(page: set[ox.Triple]) -> None:
    kinds = [str(t.object).rpartition("#")[2].strip(">") for t in page if t.predicate.value.endswith("#type")]
    assert kinds.count("Attestation") == 4
    assert kinds.count("Grant") == 1
    assert kinds.count("MemberCount") == 1
