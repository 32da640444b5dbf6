"""The form works without the script, is named for all who can't see it, and tells the script where things are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from buendnis_graph.publish import search
from buendnis_graph.publish.search import ASSETS, page, quick
from buendnis_graph.publish.search.facets import FACETS


def parsed(markup: str) -> LexborNode:
    form = LexborHTMLParser(markup).css_first("form")
    assert form is not None
    return form


@pytest.mark.parametrize("make", [quick, page])
@pytest.mark.parametrize(("language", "root", "home"), [("de", "", ""), ("en", "../../", "../../en/")])
def test_a_form_says_where_things_are(make: object, language: str, root: str, home: str) -> None:
    assert callable(make)
    form = parsed(make(language, root, "assets/"))
    assert form.attributes["data-home"] == home
    assert form.attributes["data-index"] == f"{root}assets/search-index.js"
    assert json.loads(form.attributes["data-texts"] or "")["none"]
    labels = {label.attributes["for"] for label in form.css("label")}
    assert {field.attributes["id"] for field in form.css("input, select")} == labels
    assert not form.css("[style], [onclick], script")


def test_without_a_script_the_field_leads_to_the_page_and_the_page_to_the_lists() -> None:
    head = parsed(quick("en", "../", "assets/"))
    assert head.attributes["action"] == "../en/search.html"
    assert [field.attributes["name"] for field in head.css("input")] == ["q"]
    whole = parsed(page("en", "../", "assets/"))
    assert "../en/alliances.html" in [a.attributes["href"] for a in whole.css("noscript a")]
    assert [s.attributes["name"] for s in whole.css("select")] == ["kind", *FACETS]


def test_the_assets_are_there_and_ask_no_other_host() -> None:
    for name in ASSETS:
        text = (Path(search.__file__).parent / name).read_text(encoding="utf-8")
        assert "http" not in text
        assert "innerHTML" not in text
        assert len(text) < 16_000
