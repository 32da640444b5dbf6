"""What all plots share: sizes, shades, and the settings under which the same data gives the same bytes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, cast

MM = 72 / 25.4
"""Points in a millimetre. All lengths of a plot are points, 1/72 inch."""

DPI = 300
"""Dots an inch of a PNG."""

WIDTHS = (89, 183)
"""Widths in mm: one column of a journal, and two."""

PAGE_HEIGHT = 247
"""Height in mm that the text of a journal's page has at most (Nature's instructions to authors)."""

SMALL, TEXT = 6.0, 7.0
"""Sizes of type; nothing is set smaller than the first."""

LINE = 1.25
"""Distance of lines of text, in sizes of type."""

INK, QUIET, RULE, PAPER = "#1a1a1a", "#595959", "#c8c8c8", "#ffffff"
"""Text and marks; lesser text; rules and grids; ground."""

COMPLETENESS = {"complete": "#12355b", "partial": "#5d8fc2", "examples": "#bcd6ee", None: "#ffffff"}
"""Shades of evidence, from dark to light, by completeness of the list; None: not judged. Each lighter by a step that is
seen in grey."""

RAMP = ("#ffffff", "#c9dbef", "#92b8de", "#6094c8", "#12355b")
"""Shades of a number, from nothing to much: as light as steps seen in grey allow, as the number stands on it."""

SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: measured and drawn alike everywhere
    "text.parse_math": False,
    "text.usetex": False,
    "text.hinting": "none",  # letters are as wide at every size and in every form of file
    "svg.fonttype": "none",  # text stays text: found, read aloud, edited
    "svg.hashsalt": "buendnis-graph",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "hatch.linewidth": 0.5,
    "axes.unicode_minus": False,
}
"""Settings of matplotlib; those of the user do not reach a plot."""


def in_style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib has our settings and otherwise its own defaults."""
    import matplotlib as mpl

    settings = {**cast(dict[str, Any], mpl.rcParamsDefault), **SETTINGS, "backend": "agg"}
    return mpl.rc_context(cast(Any, settings))


def luminance(shade: str) -> float:
    """Return how light a shade is in grey, 0 to 1 (Rec. 601, as Pillow and most printers turn colour into grey)."""
    red, green, blue = (int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def readable_on(shade: str) -> str:
    """Return the colour of text that can be read on a shade."""
    return INK if luminance(shade) > 0.45 else PAPER
