"""The texts are complete in both languages, and templates ask for none that is not there."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

import pytest

from buendnis_graph.publish.documents import Kind
from buendnis_graph.publish.site.texts import texts

SITE = files("buendnis_graph.publish.site")
TEMPLATES = [file for file in SITE.joinpath("templates").iterdir() if file.name.endswith(".html")]


def gaps(text: object) -> object:
    """Return the names of the gaps in a text, or the shape of a list or table of texts."""
    if isinstance(text, str):
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name)
    if isinstance(text, list):
        return [gaps(part) for part in text]
    assert isinstance(text, dict)
    return {key: gaps(part) for key, part in text.items()}


def test_both_languages_have_the_same_texts_with_the_same_gaps() -> None:
    assert gaps(dict(texts("de"))) == gaps(dict(texts("en")))


def test_no_text_is_empty() -> None:
    for language in ("de", "en"):
        assert [name for name, text in texts(language).items() if not text] == []


def test_prose_is_there_in_both_languages() -> None:
    names = {file.name for file in SITE.joinpath("templates", "prose").iterdir()}
    german = {name for name in names if ".de." in name}
    assert {name.replace(".de.", ".en.") for name in german} | german == names
    assert len(german) >= 4


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_a_template_asks_for_texts_that_are_there(template: object) -> None:
    source = template.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    asked = set(re.findall(r"\b(?:t|p\.texts)\.([a-z_]+)\b(?!\()", source))
    asked |= set(re.findall(r"p\.(?:t|count)\('([a-z_]+)'", source))
    assert asked - set(texts("de")) == set()


def test_a_template_holds_no_text_of_its_own() -> None:
    for template in TEMPLATES:
        source = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>|&\w+;", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        words = set(re.findall(r"[^\W\d_]{4,}", source))
        assert words <= {"Turtle", "JSON", "SPARQL", "buendnis", "query"}, (template.name, words)


def test_every_kind_of_document_has_a_name() -> None:
    assert {f"kind_{kind}" for kind in Kind} <= set(texts("de"))
