"""What networks say to people, in German and English."""

from __future__ import annotations

from buendnis_graph.wording import LANGUAGES, read_toml


def _texts() -> dict[str, dict[str, list[str]]]:
    return read_toml(__file__, "texts.toml")


def say(section: str, key: str, language: str, **parts: object) -> str:
    """Return a text in a language, filled in."""
    return _texts()[section][key][LANGUAGES.index(language)].format(**parts)
