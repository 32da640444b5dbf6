"""The method report: intervals right, figures those of the build and of the documentation, both languages alike."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue.method.figures import figures
from buendnis_graph.publish.catalogue.method.rereading import Z_95, rereading, wilson
from buendnis_graph.queries import Table
from buendnis_graph.tables import codebook
from tests.mini import REAL
from tests.publish.catalogue.conftest import Described


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(hits: int, trials: int, low: float, high: float) -> None:
    found = wilson(hits, trials)
    assert [round(end, 4) for end in found] == [low, high]


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_its_ends_are_where_the_score_test_just_holds(case: tuple[int, int]) -> None:
    hits, trials = case
    low, high = wilson(hits, trials)
    assert 0 <= low <= hits / trials <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert abs(hits / trials - end) / math.sqrt(end * (1 - end) / trials) == pytest.approx(Z_95, rel=1e-6)


@pytest.mark.parametrize(("hits", "trials"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(hits: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, trials)


def test_the_first_sample() -> None:
    told = rereading()
    assert told["sample_confirmed"] + told["sample_unclear"] + told["sample_wrong"] == told["sample_rows"] == 50
    assert (told["sample_wrong"], told["sample_checkable"]) == (1, 40)
    assert [round(told[end], 3) for end in ("wrong_low", "wrong_high", "wrong_low_of_all", "wrong_high_of_all")] == [
        0.004,
        0.129,
        0.004,
        0.105,
    ]


def test_totals_of_the_reading_list_are_those_of_the_page(graph: Graph) -> None:
    page = (REAL.root / "docs" / "corpus.md").read_text(encoding="utf-8")
    told = figures(graph)
    for row, name in {
        "rows": "rows_read",
        "rows taken wholly": "rows_taken",
        "rows taken in part": "rows_in_part",
        "rows left out": "rows_left_out",
        "sources": "sources",
        "of these alliances": "alliances",
    }.items():
        assert f"| {row} | {told[name]} |" in page


def test_figures_are_what_the_questions_answer(graph: Graph) -> None:
    told = figures(graph)
    for question, name in {"single-source-memberships": "single_page", "claimed-by-member-only": "own_word"}.items():
        table = graph.query(question)
        assert isinstance(table, Table)
        assert len(table) == told[name]
    assert told["lists"] == told["lists_complete"] + told["lists_partial"] + told["lists_examples"]
    assert 0 < told["saxon"] < told["located"]
    assert 0 < told["undated_share"] < 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_report_has_no_gap_and_the_whole_codebook(described: Described, language: str) -> None:
    text = (described.folder / f"method.{language}.md").read_text(encoding="utf-8")
    assert not re.search(r"[{}]", re.sub(r"`[^`]*`", "", text))
    assert all(f"`{column.name}`" in text for table in codebook().values() for column in table.columns)
    assert "Wilson" in text
    assert ("12,9 %" if language == "de" else "12.9%") in text


def test_both_reports_have_the_same_parts_and_figures(described: Described) -> None:
    german, english = (
        (described.folder / f"method.{language}.md").read_text(encoding="utf-8") for language in ("de", "en")
    )
    assert len(re.findall("^#", german, re.MULTILINE)) == len(re.findall("^#", english, re.MULTILINE))
    assert len(re.findall(r"^\|", german, re.MULTILINE)) == len(re.findall(r"^\|", english, re.MULTILINE))
    numbers = [sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", text))) for text in (german, english)]
    assert numbers[0] == numbers[1]
