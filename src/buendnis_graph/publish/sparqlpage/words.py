"""The page's texts, German and English; they are in ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("de", "en")


@cache
def tables() -> Mapping[str, Any]:
    """Return the tables of the file."""
    loaded: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return loaded


def words(table: str, language: str) -> dict[str, str]:
    """Return the texts of a table in a language."""
    at = LANGUAGES.index(language)
    return {key: texts[at] for key, texts in tables()[table].items()}
