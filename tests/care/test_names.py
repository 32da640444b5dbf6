"""Names in texts and addresses: inflected, squeezed, encoded, but not within the longer name of another."""

from __future__ import annotations

import pytest

from buendnis_graph.care.names import Mentions, comparison_key, is_acronym

NAMES = ["Deutscher Frauenrat", "Haus SoVi", "Eleven", "DFR"]
OTHERS = ["Förderverein Deutscher Frauenrat", "Elevenses", "Kulturrat"]


@pytest.fixture
def mentions() -> Mentions:
    return Mentions(NAMES, OTHERS)


@pytest.mark.parametrize(
    "text",
    [
        "Deutscher Frauenrat",
        "die Satzung des Deutschen Frauenrats",
        "DEUTSCHER FRAUENRAT e. V.",
        "»Deutscher   Frauenrat«",
        "im Haus SoVi",
        "Elevens Projekt",
        "Träger: DFR.",
        "Der Förderverein Deutscher Frauenrat und der Deutsche Frauenrat",
        "id:deutscher-frauenrat",
    ],
)
def test_mentioned(mentions: Mentions, text: str) -> None:
    assert mentions.in_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Deutscher Kulturrat",
        "Förderverein Deutscher Frauenrat",
        "Elevenses",
        "dfr",
        "Haus, SoWi",
        "Frauenrat",
        "DFRX",
    ],
)
def test_not_mentioned(mentions: Mentions, text: str) -> None:
    assert not mentions.in_text(text)


@pytest.mark.parametrize(
    ("iri", "says"),
    [
        ("https://www.haus-sovi.de/", True),
        ("https://deutscherfrauenrat.example/p", True),
        ("https://example.org/Deutscher%20Frauenrat", True),
        ("source/dfr.de/start/2026-11-22", True),
        ("https://example.org/a?id=deutscher-frauenrat&x=1", True),
        ("#m--x--deutscher-frauenrat", True),
        ("#m--deutscher--frauenrat", False),
        ("#m--x--foerderverein-deutscher-frauenrat", False),
        ("https://foerdervereindeutscherfrauenrat.example/", False),
        ("https://example.org/sovi", False),
        ("https://xn--.example/", False),
    ],
)
def test_addresses(mentions: Mentions, iri: str, says: bool) -> None:
    assert mentions.in_iri(iri) is says


def test_punycode_is_read() -> None:
    assert Mentions(["Jüdische Gemeinde"], []).in_iri("https://xn--jdische-gemeinde-jzb.com/Ueber-uns")


def test_without_names_nothing_is_mentioned() -> None:
    assert not Mentions([], ["A"]).in_text("A")
    assert not Mentions([], []).in_iri("https://a.example/")


def test_names_that_hold_it_are_known(mentions: Mentions) -> None:
    assert mentions.longer == ("Förderverein Deutscher Frauenrat",)


@pytest.mark.parametrize(
    ("name", "says"), [("DFR", True), ("BBE", True), ("iaf", False), ("Rat", False), ("A B", False)]
)
def test_acronyms(name: str, says: bool) -> None:
    assert is_acronym(name) is says


def test_names_are_compared_without_case_spelling_and_legal_form() -> None:
    assert comparison_key("Müller-Haus e.V.") == comparison_key("MUELLER HAUS")
    assert comparison_key("A") != comparison_key("B")
