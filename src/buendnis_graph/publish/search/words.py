"""What the search says to people, German and English; the texts are in ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("de", "en")


@cache
def words(language: str) -> Mapping[str, str]:
    """Return all texts in a language by key."""
    texts = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return {key: pair[LANGUAGES.index(language)] for key, pair in texts.items()}
