"""Packages that come with an extra: imported when they are needed, and asked for by name when they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from buendnis_graph.errors import MissingExtraError

_EXTRAS = {
    "h11": "serve",
    "httptools": "serve",
    "igraph": "network",
    "jinja2": "site",
    "matplotlib": "network",
    "mcp": "mcp",
    "networkx": "network",
    "pandas": "frames",
    "pyarrow": "frames",
    "uvicorn": "serve",
    "xlsxwriter": "frames",
}


def need(package: str, extra: str = "") -> Any:
    """Return a package of an extra.

    Args:
        package: its name.
        extra: to be named if it is missing, of a package that several extras have.

    Raises:
        MissingExtraError: if it is not installed.
    """
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingExtraError(
            f"this needs the package {package}, which is not installed.",
            hint=f"Install it: pip install 'buendnis-graph[{extra or _EXTRAS[package]}]'",
        ) from error
