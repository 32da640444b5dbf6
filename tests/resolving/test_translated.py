"""English and German names of one body meet; those of two do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.resolving import SURE, compare, parse
from buendnis_graph.resolving.translated import is_english, shared_in_translation


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Federal Agency for Nature Conservation", "Bundesamt für Naturschutz"),
        ("Technical University of Dortmund", "TU Dortmund"),
        ("Amadeu Antonio Foundation", "Amadeu Antonio Stiftung"),
        ("European Research Institute for Oncology", "Europäisches Forschungsinstitut für Onkologie"),
        ("Saxon Refugee Council", "Sächsischer Flüchtlingsrat e. V."),
    ],
)
def test_a_translation_is_the_same(english: str, german: str) -> None:
    likeness = compare(parse(english), parse(german))
    assert likeness == compare(parse(german), parse(english))
    assert likeness.score >= SURE
    assert likeness.reasons == ("same-translated",)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("City of Munich", "Stadtrat München"),
        ("University of Cologne", "Uniklinik Köln"),
        ("University of Augsburg", "Hochschule Augsburg"),
        ("Max Planck Institute for Chemistry", "Max-Planck-Institut für Chemische Ökologie"),
        ("Saxon Refugee Council", "Bayerischer Flüchtlingsrat"),
        ("Women's Foundation", "Stiftung Frauenhaus"),
        ("Foundation", "Stiftung"),
    ],
)
def test_what_says_something_else_is_not(english: str, german: str) -> None:
    assert compare(parse(english), parse(german)).score < SURE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("University of Passau", True),
        ("Universität Passau", False),
        ("Forum Menschenrechte", False),
        ("Human Rights Watch", True),
    ],
)
def test_a_language_is_told_by_its_words(name: str, expected: bool) -> None:
    assert is_english(parse(name).spoken) is expected


WORDS = st.lists(st.text("abcdefghilmnorstu", min_size=1, max_size=30), max_size=6).map(tuple)


@given(WORDS, WORDS)
def test_a_share_is_a_share(english: tuple[str, ...], german: tuple[str, ...]) -> None:
    assert 0 <= shared_in_translation(english, german) <= 1


def test_a_long_compound_takes_no_time() -> None:
    english = ("federal", "union", "federation", "association", "league", "national", "state", "council") * 20
    begun = time.perf_counter()
    assert shared_in_translation(english, ("bundes" * 13,) * 40) <= 1
    assert shared_in_translation(english, ("bundes" * 600,)) == 0
    assert time.perf_counter() - begun < 5
