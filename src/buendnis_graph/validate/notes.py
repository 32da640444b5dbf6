"""What a report says of itself: that not all that was asked for was checked, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from buendnis_graph.wording import read_toml

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Note:
    """Says why something was not checked.

    Attributes:
        name: which note, as ``notes.toml`` names it.
        files: the files it is about.
    """

    name: str
    files: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """Return what it says in ``de`` or ``en``."""
        text: str = _texts()[self.name][language]
        return text.format(files=self._names())

    @property
    def texts(self) -> dict[str, str]:
        """What it says in both languages."""
        return {language: self.text(language) for language in ("de", "en")}

    def _names(self) -> str:
        more = [f"… +{len(self.files) - _SHOWN}"] if len(self.files) > _SHOWN else []
        return (" " if self.name == "no-target" else ", ").join([*self.files[:_SHOWN], *more])


def about(name: str, paths: Iterable[object]) -> Note:
    """Return a note about some files, each named once, sorted."""
    return Note(name, tuple(sorted({str(path) for path in paths})))


def _texts() -> dict[str, Any]:
    return read_toml(__file__, "notes.toml")
