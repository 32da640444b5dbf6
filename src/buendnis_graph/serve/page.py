"""The page that a browser gets at ``/sparql`` where there is no site with an editor: a form that needs no script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def page() -> bytes:
    """Return the page."""
    return files(__package__ or "").joinpath("page.html").read_bytes()
