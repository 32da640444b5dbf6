"""Plots that a paper can print: readable in grey, as wide as a column, with a caption that says on what they rest.

Each kind of plot is a module; all draw on a :class:`~buendnis_graph.plots.sheet.Sheet` in points.
"""

from buendnis_graph.plots.draw import draw
from buendnis_graph.plots.kinds import KINDS, wish_for
from buendnis_graph.plots.plot import Plot, Wish

__all__ = ["KINDS", "Plot", "Wish", "draw", "wish_for"]
