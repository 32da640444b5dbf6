"""What pages show, in which order: read from ``pages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def plan(name: str) -> Any:
    """Return a part of the plan of the pages: a list or a table, in the order of the file."""
    return tomllib.loads(files(__package__ or "").joinpath("pages.toml").read_text(encoding="utf-8"))[name]
