"""What a release says to people, in German and English."""

from __future__ import annotations

from buendnis_graph.wording import LANGUAGES, number, read_toml


def _words() -> dict[str, dict[str, list[str]]]:
    return read_toml(__file__, "words.toml")


def say(section: str, key: str, language: str, **parts: object) -> str:
    """Return a text in ``de`` or ``en``, filled in; numbers as the language writes them."""
    text = _words()[section][key][LANGUAGES.index(language)]
    return text.format(
        **{name: number(part, language) if isinstance(part, int) else part for name, part in parts.items()}
    )


def keys(section: str) -> tuple[str, ...]:
    """Return the keys of a section, in their order."""
    return tuple(_words()[section])
