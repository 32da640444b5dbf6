"""The texts of the pages: data, one file a language."""

from __future__ import annotations

from functools import cache
from typing import Any

from buendnis_graph.wording import read_toml


class Texts(dict[str, Any]):
    """Texts by name, also as attributes: that is how a template gets at them without looking twice."""

    def __init__(self, named: dict[str, Any]) -> None:
        super().__init__(named)
        self.__dict__ = self


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language (``de`` or ``en``), by name; lists for months and the like."""
    return Texts(read_toml(__file__, f"{language}.toml"))
