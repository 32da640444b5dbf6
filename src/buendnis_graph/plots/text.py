"""Text as it will be drawn: measured, and wrapped where it would be too wide."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

from buendnis_graph.plots.style import SETTINGS, SMALL

_FINE = 10
"""Text is measured this many times enlarged: hinting rounds widths to whole pixels."""


@cache
def _renderer() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg

    return cast(Any, RendererAgg)(64, 64, 72 * _FINE)


@cache
def width(text: str, size: float = SMALL, weight: str = "normal") -> float:
    """Return the width of a line of text in points."""
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=SETTINGS["font.family"], size=size, weight=weight)
    measured, _, _ = _renderer().get_text_width_height_descent(text, font, ismath=False)
    return float(measured) / _FINE


def wrap(text: str, room: float, size: float = SMALL, weight: str = "normal") -> list[str]:
    """Return text in lines that are no wider than there is room; a word that is wider is parted, with a hyphen.

    Args:
        text: at least one word.
        room: in points, wider than two letters.
        size: of type, in points.
        weight: ``normal`` or ``bold``.
    """
    lines: list[str] = []
    line = ""
    for piece in re.findall(r"\S+?(?:[-–/](?=[^\W\d])|(?=\s|$))\s*", text):
        if line and width((line + piece).rstrip(), size, weight) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while width(line.rstrip(), size, weight) > room:
            cut = _fitting(line, room, size, weight)
            lines.append(line[:cut] + "-")
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _fitting(word: str, room: float, size: float, weight: str) -> int:
    """Return how many letters of a word fit with a hyphen behind; four are left for the next line."""
    cut = len(word.rstrip()) - 4
    while cut > 1 and width(word[:cut] + "-", size, weight) > room:
        cut -= 1
    return max(cut, 1)


def widest(lines: list[str], size: float = SMALL, weight: str = "normal") -> float:
    """Return the width of the widest line in points."""
    return max((width(line, size, weight) for line in lines), default=0.0)
