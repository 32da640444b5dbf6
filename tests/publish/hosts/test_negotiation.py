"""What a reader gets by Accept and Accept-Language, held to a plain reading of RFC 9110."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.publish.hosts.negotiation import choose, compared, weight
from buendnis_graph.publish.hosts.parts import languages, variants

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
TYPES = ["*/*", "text/*", "text/html", "text/turtle", "application/*", "application/ld+json", "application/json", "application/xhtml+xml", "image/png", "text/n3", "application/rdf+xml"]  # fmt: skip
QUALITIES = ["", ";q=1", ";q=1.000", ";q=0", ";q=0.0", ";q=0.5", ";q=0.50", ";q=0.55", ";q=0.9", ";q=0.05", " ; q=0.7", ";charset=utf-8;q=0.3", ";Q=0.2", ";level=1"]  # fmt: skip
ACCEPT = st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(QUALITIES)), max_size=6).map(
    lambda items: ", ".join("".join(item) for item in items)
)
LANGUAGE = st.lists(
    st.tuples(st.sampled_from(["de", "en", "de-DE", "en-GB", "fr", "*", "den"]), st.sampled_from(QUALITIES)), max_size=4
).map(lambda items: ",".join("".join(item) for item in items))


@pytest.mark.parametrize(
    ("accept", "language", "chosen"),
    [
        ("", "", ("", ".html")),
        (BROWSER, "en-US,en;q=0.5", ("en/", ".html")),
        (BROWSER, "de-DE,de;q=0.8,en;q=0.5", ("", ".html")),
        (BROWSER, "fr, en;q=0.2", ("en/", ".html")),
        ("*/*", "*", ("", ".html")),
        ("text/turtle", "en", ("", ".ttl")),
        ("TEXT/TURTLE", "", ("", ".ttl")),
        ("text/turtle;q=0.5, application/ld+json;q=0.55", "", ("", ".jsonld")),
        ("text/turtle, application/ld+json", "", ("", ".ttl")),
        ("application/json", "", ("", ".jsonld")),
        ('application/ld+json;profile="https://example.org/#compacted";q=0.9, text/html;q=0.8', "", ("", ".jsonld")),
        ("application/rdf+xml", "", ("", ".ttl")),
        ("text/html;q=0, */*;q=0.1", "", ("", ".ttl")),
        ("text/turtle;q=0", "", ("", ".html")),
        ("image/png", "", ("", ".html")),
        ("text/turtles", "", ("", ".html")),
        ("text/turtle;q=0.12345", "", ("", ".html")),
    ],
)
def test_a_reader_gets_what_the_headers_prefer(accept: str, language: str, chosen: tuple[str, str]) -> None:
    assert choose(accept, language) == chosen


def _plain(header: str, ranges: tuple[str, ...], *, subtags: bool) -> Decimal:
    """Weigh as RFC 9110 says, by splitting and numbers. A range may be named twice: then "1" counts, else the first."""
    elements: dict[str, list[Decimal]] = {}
    for element in filter(None, (piece.strip() for piece in header.lower().split(","))):
        name, *parameters = (piece.strip() for piece in element.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        key = name.partition("-")[0] if subtags else name
        elements.setdefault(key, []).append(Decimal(quality))
    for text in reversed(ranges):
        if found := elements.get(text):
            return Decimal(1) if Decimal(1) in found else found[0]
    return Decimal(0)


@given(ACCEPT, LANGUAGE)
def test_weights_are_those_of_the_numbers(accept: str, language: str) -> None:
    for choices, header in ((variants(), accept), (languages(), language)):
        for choice in choices:
            found = weight(choice, header)
            number = Decimal(1) if found == "1" else Decimal(f"0.{found[1:]}0")
            assert number == _plain(header, choice.ranges, subtags=choice in languages())


WEIGHTS = st.one_of(st.just("1"), st.decimals(0, "0.999", places=3).map(lambda d: "0" + str(d)[2:].rstrip("0")))


@given(WEIGHTS, WEIGHTS)
def test_weights_sort_as_their_numbers(one: str, other: str) -> None:
    assert bool(re.search(compared(), f"{one}:{other}")) is (one > other)
    assert (one > other) is (_number(one) > _number(other))


def _number(text: str) -> Decimal:
    return Decimal(1) if text == "1" else Decimal(f"0.{text[1:]}0")


@given(st.text())
def test_any_header_is_answered(header: str) -> None:
    folder, suffix = choose(header, header)
    assert folder in {"", "en/"}
    assert suffix in {".html", ".ttl", ".jsonld"}
