"""The page's texts, German and English; they are in ``words.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from buendnis_graph.wording import LANGUAGES, read_toml


@cache
def tables() -> Mapping[str, Any]:
    """Return the tables of the file."""
    loaded: Mapping[str, Any] = read_toml(__file__, "words.toml")
    return loaded


def words(table: str, language: str) -> dict[str, str]:
    """Return the texts of a table in a language."""
    at = LANGUAGES.index(language)
    return {key: texts[at] for key, texts in tables()[table].items()}
