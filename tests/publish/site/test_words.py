"""Dates and numbers as people write them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.publish.site import things
from buendnis_graph.publish.site.memberships import most_precise
from buendnis_graph.publish.site.view import View, sort_key
from buendnis_graph.publish.site.words import date_words, number_words, plain_line


@pytest.mark.parametrize(
    ("date", "german", "english"),
    [
        ("2023", "2023", "2023"),
        ("2023-03", "März 2023", "March 2023"),
        ("2023-03-07", "7. März 2023", "7 March 2023"),
        ("sometime", "sometime", "sometime"),
        ("2023-13", "13 2023", "13 2023"),
    ],
)
def test_a_date_keeps_its_precision(date: str, german: str, english: str) -> None:
    assert (date_words(date, "de"), date_words(date, "en")) == (german, english)


def test_numbers_have_marks_from_ten_thousand_on() -> None:
    assert [number_words(n, "de") for n in (0, 1234, 12345)] == ["0", "1234", "12.345"]
    assert number_words(1234567, "en") == "1,234,567"


@given(st.text())
def test_a_plain_line_is_one_line_without_marks_of_direction(text: str) -> None:
    line = plain_line(text, 50)
    assert len(line) <= 50
    assert not set(line) & set("\n\r\t\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def test_the_less_precise_of_agreeing_dates_is_left_out() -> None:
    assert most_precise(["2023", "2023-03", "", "2024"]) == ("2023-03", "2024")


def test_names_are_sorted_as_german_readers_expect() -> None:
    names = ["Zebra", "äußerst", "Abc", "„Bund“", "Aussen"]
    assert sorted(names, key=sort_key) == ["Abc", "Aussen", "äußerst", "„Bund“", "Zebra"]


def test_names_that_differ_in_case_alone_have_one_order() -> None:
    x = ox.NamedNode("https://w3id.org/buendnis-graph/id/x")
    alt = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    spelt = ["ABC", "ABc", "AbC", "Abc", "aBC", "aBc", "abC", "abc"]
    view = View(ox.Triple(x, alt, ox.Literal(name, language="de")) for name in spelt)
    assert things.names(view, x.value, [])["other"] == tuple(spelt)
