"""The texts of the pages: data, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def texts(language: str) -> Mapping[str, Any]:
    """Return the texts of a language (``de`` or ``en``), by name; lists for months and the like."""
    loaded: dict[str, Any] = tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return loaded
