"""Share cards: drawn alike each time, whatever an alliance is called, and only told of under a whole address."""

from __future__ import annotations

import warnings
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from buendnis_graph.graph import Graph
from buendnis_graph.publish.site import lists
from buendnis_graph.publish.site.cards import HEIGHT, WIDTH, cards
from buendnis_graph.publish.site.view import View
from buendnis_graph.publish.site.whole import whole_site
from tests.publish.site.conftest import BIDI, LONG, MARKUP, Made


def _view(name: str) -> View:
    import pyoxigraph as ox

    x, label = ox.NamedNode("https://w3id.org/buendnis-graph/id/x"), "http://www.w3.org/2004/02/skos/core#prefLabel"
    return View([ox.Triple(x, ox.NamedNode(label), ox.Literal(name, language="de"))])


def _card(name: str) -> Image.Image:
    row = lists.AllianceRow("https://w3id.org/buendnis-graph/id/x", 3, None, (), [])
    drawn = dict(cards(_view(name), [row]))
    return Image.open(BytesIO(drawn["assets/cards/x.de.png"])).convert("RGB")


@pytest.mark.parametrize("name", [MARKUP, BIDI, LONG, "$\\frac{1}{2}$", "漢字", "\u202e", ""])
def test_any_name_gives_a_card_that_keeps_its_margins_and_warns_of_nothing(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        card = _card(name)
    assert card.size == (WIDTH, HEIGHT)
    blank = Image.new("RGB", card.size, card.getpixel((0, 0)))
    left, top, right, bottom = ImageChops.difference(card, blank).getbbox() or (0, 0, 0, 0)
    assert min(left, top, WIDTH - right, HEIGHT - bottom) >= 40


def test_a_name_is_on_its_card() -> None:
    assert _card("Eins").tobytes() != _card("Zwei").tobytes()


def test_a_name_is_drawn_without_marks_of_direction() -> None:
    assert _card("Bund \u202egegen").tobytes() == _card("Bund gegen").tobytes()


def test_cards_are_part_of_a_site_with_an_address_and_the_same_each_time(made: Made) -> None:
    first, second = (dict(whole_site(Graph(made.project), site_url="https://example.org/g").files()) for _ in range(2))
    drawn = {path: content for path, content in first.items() if path.startswith("assets/cards/")}
    assert {path: second[path] for path in drawn} == drawn
    assert len(drawn) == 2 * 4
    for page, card in (
        ("id/x.html", "x.de"),
        ("en/id/x.html", "x.en"),
        ("id/a.html", "-.de"),
        ("en/index.html", "-.en"),
    ):
        assert f'<meta property="og:image" content="https://example.org/g/assets/cards/{card}.png">' in str(first[page])
        assert f"assets/cards/{card}.png" in drawn


def test_without_an_address_no_page_names_a_card(made: Made) -> None:
    assert not [path for path in made.files if path.endswith(".png") or "og:image" in made.files[path]]
