"""What networks say to people, in German and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_LANGUAGES = ("de", "en")


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


def say(section: str, key: str, language: str, **parts: object) -> str:
    """Return a text in a language, filled in."""
    return _texts()[section][key][_LANGUAGES.index(language)].format(**parts)
