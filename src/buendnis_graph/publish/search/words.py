"""What the search says to people, German and English; the texts are in ``words.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from buendnis_graph.wording import LANGUAGES, read_toml


@cache
def words(language: str) -> Mapping[str, str]:
    """Return all texts in a language by key."""
    texts = read_toml(__file__, "words.toml")
    return {key: pair[LANGUAGES.index(language)] for key, pair in texts.items()}
