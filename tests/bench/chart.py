"""How the time for one grows with the size: a panel for each part of the report, beside lines that n log n for all would draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from buendnis_graph.plots.style import INK, MM, QUIET, RULE, SMALL, TEXT, WIDTHS, in_style

if TYPE_CHECKING:
    from tests.bench.report import Part

Line = tuple[str, list[int], list[float]]
"""What was done, the sizes, and at each the microseconds for one."""

_ACROSS, _HEIGHT = 3, 60
"""Panels beside each other, and the height of one in mm."""
_SHADES = ("#12355b", "#b3541e", "#2e7d5b", "#8a3b8f", "#6094c8", "#8c7a1f", "#a02c4a", "#595959")
_MARKS = "osD^v<>P"


def drawn(parts: Sequence[Part]) -> bytes | None:
    """Return the plot as SVG, the same bytes for the same figures; None if nothing was done at several sizes."""
    panels = [(part.name, lines) for part in parts if (lines := list(_lines(part)))]
    if not panels:
        return None
    into = BytesIO()
    with in_style():
        from matplotlib.figure import Figure  # here, as a bench does not need it

        across = min(_ACROSS, len(panels))
        down = math.ceil(len(panels) / across)
        figure = Figure(
            figsize=(WIDTHS[-1] * MM / 72 * across / _ACROSS, _HEIGHT * MM / 72 * down), layout="constrained"
        )
        axes = list(figure.subplots(down, across, squeeze=False).flat)
        for axis, (name, lines) in zip(axes, panels, strict=False):
            _draw(axis, name, lines)
        for axis in axes[len(panels) :]:
            axis.set_axis_off()
        figure.savefig(into, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return into.getvalue()


def _lines(part: Part) -> Iterator[Line]:
    """Yield what was done at two sizes or more."""
    for table in part.tables:
        if not table.grows:
            continue
        for what, rows in groupby(table.rows, key=lambda row: str(row[0])):
            sizes: list[int] = []
            each: list[float] = []
            for row in rows:
                if isinstance(row[1], int) and isinstance(row[3], float) and row[3] > 0:
                    sizes.append(row[1])
                    each.append(row[3])
            if len(sizes) > 1:
                yield what, sizes, each


def _draw(axis: Any, name: str, lines: Sequence[Line]) -> None:
    axis.set_title(name.capitalize(), fontsize=TEXT, color=INK, loc="left", fontweight="bold")
    axis.set_xscale("log")
    axis.set_yscale("log")
    for number, (what, sizes, each) in enumerate(lines):
        allowed = [each[0] * math.log(size) / math.log(sizes[0]) for size in sizes]
        axis.plot(sizes, allowed, color=RULE, linewidth=0.6, linestyle=(0, (3, 2)), zorder=1)
        shade, mark = _SHADES[number % len(_SHADES)], _MARKS[number % len(_MARKS)]
        axis.plot(sizes, each, color=shade, marker=mark, markersize=2.5, linewidth=0.9, label=what, zorder=2)
    axis.set_ylabel("one, µs", fontsize=SMALL, color=QUIET)
    _mark(axis.xaxis, [size for _, sizes, _ in lines for size in sizes], axis.set_xlim)
    _mark(axis.yaxis, [one for _, _, each in lines for one in each], axis.set_ylim)
    axis.tick_params(labelsize=SMALL, labelcolor=QUIET, color=RULE, which="both", width=0.5)
    axis.minorticks_off()
    for side, spine in axis.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set(color=RULE, linewidth=0.5)
    below = {"loc": "upper left", "bbox_to_anchor": (0, -0.1), "borderaxespad": 0}
    axis.legend(fontsize=SMALL, frameon=False, handlelength=1.6, labelspacing=0.25, **below)


def _mark(axis: Any, values: Sequence[float], limit: Callable[[float, float], object]) -> None:
    """Mark the powers of ten around values, and no more."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
    powers = [10.0**power for power in range(low, high + 1)]
    limit(powers[0] / 1.5, powers[-1] * 1.5)
    axis.set_ticks(powers, [f"{power:,.15g}" for power in powers])
