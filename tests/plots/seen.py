"""What stands on a plot, as the renderer sees it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from buendnis_graph.plots.plot import Plot
from buendnis_graph.plots.style import in_style

_SLACK = 0.6
"""Points by which boxes may touch: the renderer's boxes are whole pixels."""


def texts(plot: Plot) -> list[tuple[str, Bbox, Any]]:
    """Return each text with its box in points from the bottom left, and the artist."""
    figure = plot.sheet.figure
    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    scale = 72 / figure.dpi
    found = []
    with in_style():
        for artist in figure.findobj(Text):
            assert isinstance(artist, Text)
            if artist.get_text() and artist.get_visible():
                box = artist.get_window_extent(renderer)
                found.append((artist.get_text(), Bbox(box.get_points() * scale), artist))
    return found


def outside(plot: Plot) -> list[str]:
    """Return the texts that reach over the edge of the sheet."""
    sheet = Bbox.from_bounds(0, 0, plot.sheet.width, plot.sheet.height).padded(_SLACK)
    return [text for text, box, _ in texts(plot) if not _within(box, sheet)]


def _within(box: Bbox, sheet: Bbox) -> bool:
    return bool(box.x0 >= sheet.x0 and box.x1 <= sheet.x1 and box.y0 >= sheet.y0 and box.y1 <= sheet.y1)


def overlapping(plot: Plot) -> list[tuple[str, str]]:
    """Return the pairs of texts of which one covers a part of the other."""
    boxes = [(text, box.padded(-_SLACK)) for text, box, _ in texts(plot)]
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]
