"""What pages show, in which order: read from ``pages.toml``."""

from __future__ import annotations

from typing import Any

from buendnis_graph.wording import read_toml


def plan(name: str) -> Any:
    """Return a part of the plan of the pages: a list or a table, in the order of the file."""
    return read_toml(__file__, "pages.toml")[name]
