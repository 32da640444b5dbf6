"""The words of overviews, German and English; the texts are in ``words.toml``."""

from __future__ import annotations

from buendnis_graph.wording import LANGUAGES, read_toml


class Words:
    """The words of one overview in one language."""

    def __init__(self, name: str, language: str) -> None:
        self.language = language
        self.at = LANGUAGES.index(language)
        texts = _texts()
        self._texts = {**texts["common"], **texts[name]}

    def __call__(self, key: str, **parts: object) -> str:
        """Return a text with its parts filled in."""
        return self._texts[key][self.at].format(**parts)

    def count(self, key: str, number: int) -> str:
        """Return a number with what is counted: ``<key>-one`` for one, else ``<key>-many``."""
        return self(f"{key}-{'one' if number == 1 else 'many'}", n=number)


def _texts() -> dict[str, dict[str, list[str]]]:
    return read_toml(__file__, "words.toml")
