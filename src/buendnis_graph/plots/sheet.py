"""The sheet a plot is drawn on: a figure of a given width in points, with the caption below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from buendnis_graph.plots.style import DPI, INK, LINE, PAPER, SMALL, TEXT
from buendnis_graph.plots.text import wrap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MARGIN = 3.0
_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands below a plot: a title, and sentences that say what it shows, rests on and leaves out."""

    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All sentences."""
        return " ".join(sentence for sentence in self.sentences if sentence)


class Sheet:
    """A sheet with the origin at the top left; all lengths are points, and so are the sizes of what is drawn.

    Args:
        width: of the sheet.
        height: of the plot, without caption.
        caption: to be set below.

    Attributes:
        width: of the sheet.
        height: of the sheet with the caption.
        figure: of matplotlib.
    """

    def __init__(self, width: float, height: float, caption: Caption) -> None:
        from matplotlib.figure import Figure

        room = width - 2 * MARGIN
        title, text = wrap(caption.title, room, TEXT, "bold"), wrap(caption.text, room, TEXT)
        self.width = width
        self.height = height + _GAP + (len(title) + len(text)) * TEXT * LINE + MARGIN
        self.figure: Figure = Figure(figsize=(width / 72, self.height / 72), facecolor=PAPER, dpi=DPI)
        self._axes: Any = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(self.height, 0))
        self._axes.set_axis_off()
        below = height + _GAP
        self.lines(MARGIN, below, title, size=TEXT, weight="bold")
        self.lines(MARGIN, below + len(title) * TEXT * LINE, text, size=TEXT)

    def text(self, x: float, y: float, text: str, **how: Any) -> None:
        """Set one line of text, by default from ``x`` to the right with its middle at the height ``y``."""
        given = {"fontsize": SMALL, "color": INK, "ha": "left", "va": "center_baseline", **how}
        self._axes.text(x, y, text, **given)

    def lines(self, x: float, top: float, lines: Sequence[str], *, size: float = SMALL, **how: Any) -> None:
        """Set lines of text below each other, the first from ``top`` downwards."""
        for i, line in enumerate(lines):
            self.text(x, top + (i + 0.5) * size * LINE, line, fontsize=size, **how)

    def rectangle(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
        """Draw a rectangle by its top left corner."""
        from matplotlib.patches import Rectangle

        given = {"facecolor": INK, "edgecolor": "none", "linewidth": 0, **how}
        self._axes.add_patch(Rectangle((x, y), width, height, **given))

    def line(self, xs: Sequence[float], ys: Sequence[float], **how: Any) -> None:
        """Draw a line through points."""
        self._axes.plot(xs, ys, **{"color": INK, "linewidth": 0.5, "solid_capstyle": "butt", **how})

    def mark(self, x: float, y: float, marker: str, size: float, **how: Any) -> None:
        """Draw a mark of matplotlib's kinds, ``size`` points across."""
        given = {"markerfacecolor": INK, "markeredgecolor": INK, "markeredgewidth": 0.6, "linestyle": "none", **how}
        self._axes.plot([x], [y], marker=marker, markersize=size, **given)

    def arrow(self, x: float, y: float, dx: float, dy: float, **how: Any) -> None:
        """Draw an arrow from a point, with a filled head."""
        head = {"arrowstyle": "-|>,head_length=3,head_width=1.5", "mutation_scale": 1}
        given = {**head, "color": INK, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
        self._axes.annotate("", (x + dx, y + dy), (x, y), arrowprops={**given, **how})
