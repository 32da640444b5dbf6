"""Draw a plot of a build by the name of its kind."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from buendnis_graph.extras import need
from buendnis_graph.network.source import Source
from buendnis_graph.plots.kinds import wish_for
from buendnis_graph.plots.plot import Plot, Wish
from buendnis_graph.plots.style import in_style


def draw(kind: str, folder: Path, wish: Wish | None = None) -> Plot:
    """Draw a plot.

    Args:
        kind: one of :data:`~buendnis_graph.plots.kinds.KINDS`.
        folder: of the build.
        wish: what it rests on, its language and width; see :func:`~buendnis_graph.plots.kinds.wish_for`.

    Raises:
        UsageError: if there is no such kind.
        QueryError: if a name is not known, or nothing is left to draw.
        MissingExtraError: if matplotlib is not installed.
    """
    asked = wish_for(kind) if wish is None else wish
    need("matplotlib")
    function: Callable[[Source, Wish], Plot] = getattr(import_module(f"buendnis_graph.plots.{kind}"), kind)
    with in_style():
        return function(Source(folder), asked)
