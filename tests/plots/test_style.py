"""Shades are told apart in grey."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from buendnis_graph.plots.output import rendered
from buendnis_graph.plots.plot import Plot
from buendnis_graph.plots.sheet import Caption, Sheet
from buendnis_graph.plots.style import COMPLETENESS, INK, PAPER, RAMP, in_style, luminance, readable_on
from buendnis_graph.plots.words import Words

STEP = 0.15
"""Least difference of neighbours in grey, on the scale from black to white."""


def greys(shades: list[str]) -> list[float]:
    """Print shades side by side, turn the picture into grey, and read it."""
    import polars as pl

    with in_style():
        caption = Caption("Title", ())
        sheet = Sheet(len(shades) * 20, 20, caption)
        for i, shade in enumerate(shades):
            sheet.rectangle(i * 20, 0, 20, 20, facecolor=shade)
    image = Image.open(BytesIO(rendered(Plot(sheet, caption, pl.DataFrame(), "en"), "png"))).convert("L")
    step = image.width / len(shades)
    found: list[float] = []
    for i in range(len(shades)):
        pixel = image.getpixel((int((i + 0.5) * step), int(10 / 72 * 300)))
        assert isinstance(pixel, int)
        found.append(pixel / 255)
    return found


@pytest.mark.parametrize("shades", [list(COMPLETENESS.values()), list(RAMP)], ids=["completeness", "ramp"])
def test_neighbours_differ_when_printed_in_grey(shades: list[str]) -> None:
    printed = greys(shades)
    assert printed == pytest.approx([luminance(shade) for shade in shades], abs=0.01)
    assert printed in (sorted(printed), sorted(printed, reverse=True))
    assert min(abs(one - other) for one, other in pairwise(printed)) >= STEP


@pytest.mark.parametrize("shade", [*COMPLETENESS.values(), *RAMP])
def test_text_on_a_shade_can_be_read(shade: str) -> None:
    def relative(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    grey = "#" + f"{round(luminance(shade) * 255):02x}" * 3
    for ground in (shade, grey):
        light, dark = sorted((relative(ground), relative(readable_on(shade))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, ground  # WCAG 2.2, 1.4.3
    assert readable_on(shade) in (INK, PAPER)


def test_every_text_is_there_in_both_languages() -> None:
    for kind in ("matrix", "network", "overlap", "sizes", "timeline"):
        german, english = Words(kind, "de"), Words(kind, "en")
        assert german("origin", n=1, date="2026") != english("origin", n=1, date="2026")
