"""What all texts for people share: their languages, how numbers are written, and the TOML files that hold them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("de", "en")

_GERMAN = str.maketrans(",.", ".,")


@cache
def read_toml(beside: str, name: str) -> dict[str, Any]:
    """Return what a TOML file that comes with the package holds; read once, and not to be changed.

    Args:
        beside: ``__file__`` of a module in the same folder.
        name: of the file.
    """
    return tomllib.loads((Path(beside).parent / name).read_text(encoding="utf-8"))


def number(value: float, language: str, form: str = ",") -> str:
    """Return a number as a language writes it.

    Args:
        value: the number; a share with the form ``.1%``.
        language: ``de`` or ``en``.
        form: how Python is to write it.
    """
    text = format(value, form)
    return text.translate(_GERMAN).replace("%", " %") if language == "de" else text
