"""Packages that come with the extra ``network``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from buendnis_graph.errors import MissingExtraError


def need(name: str) -> Any:
    """Return a module of a package of the extra.

    Raises:
        MissingExtraError: if it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"networks need the package '{name}'.", hint="Install it: pip install 'buendnis-graph[network]'"
        ) from error
