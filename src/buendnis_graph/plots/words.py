"""The words of plots, German and English; the texts are in ``words.toml``."""

from __future__ import annotations

from buendnis_graph.wording import LANGUAGES, read_toml


class Words:
    """The words of one kind of plot in one language."""

    def __init__(self, kind: str, language: str) -> None:
        self.language = language
        texts = _texts()
        self._texts = {**texts["common"], **texts[kind]}
        self._at = LANGUAGES.index(language)

    def __call__(self, key: str, **parts: object) -> str:
        """Return a text with its parts filled in."""
        return self._texts[key][self._at].format(**parts)


def _texts() -> dict[str, dict[str, list[str]]]:
    return read_toml(__file__, "words.toml")
