"""What holds of every plot of the real data: nothing clipped, nothing covered, the same bytes, told to all readers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from buendnis_graph.errors import MissingExtraError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.plots import KINDS, Plot, draw, wish_for
from buendnis_graph.plots.output import rendered
from buendnis_graph.plots.style import MM, PAGE_HEIGHT, SMALL, WIDTHS
from buendnis_graph.tables import load
from tests.plots.seen import outside, overlapping, texts

CASES = [(kind, language, width) for kind in KINDS for language in ("de", "en") for width in WIDTHS]
SVG = "{http://www.w3.org/2000/svg}"
_DRAWN: dict[tuple[str, str, int, int], Plot] = {}


def drawn(graph: Graph, kind: str, language: str, width: int, run: int = 1) -> Plot:
    """Return a plot of the real data; each run draws it anew, once."""
    key = (kind, language, width, run)
    if key not in _DRAWN:
        _DRAWN[key] = draw(kind, graph.folder, wish_for(kind, language, width))
    return _DRAWN[key]


@pytest.mark.parametrize(("kind", "language", "width"), CASES)
def test_no_text_is_clipped_covered_or_too_small(graph: Graph, kind: str, language: str, width: int) -> None:
    plot = drawn(graph, kind, language, width)
    assert len(texts(plot)) > 20
    assert outside(plot) == []
    assert overlapping(plot) == []
    assert min(artist.get_fontsize() for _, _, artist in texts(plot)) >= SMALL


@pytest.mark.parametrize(("kind", "language", "width"), CASES)
def test_it_is_as_wide_as_a_column_and_fits_a_page(graph: Graph, kind: str, language: str, width: int) -> None:
    plot = drawn(graph, kind, language, width)
    assert plot.sheet.figure.get_figwidth() == pytest.approx(width / 25.4)
    assert plot.sheet.height <= (PAGE_HEIGHT + 5) * MM


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_two_runs_give_the_same_bytes_without_a_date(graph: Graph, kind: str, form: str) -> None:
    first = rendered(drawn(graph, kind, "de", 183), form)
    second = rendered(drawn(graph, kind, "de", 183, run=2), form)
    assert first == second
    assert b"CreationDate" not in first
    assert b"dc:date" not in first


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_svg_says_what_it_shows_and_its_text_is_text(graph: Graph, kind: str, language: str) -> None:
    plot = drawn(graph, kind, language, 183)
    svg = rendered(plot, "svg")
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    assert root.get("role") == "img"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert described is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert title.text == plot.caption.title
    assert described.text == plot.caption.text
    written = {"".join(element.itertext()) for element in root.iter(f"{SVG}text")}
    assert {text for text, _, _ in texts(plot)} <= written
    assert len(svg) < 300_000


@pytest.mark.parametrize("kind", KINDS)
def test_the_caption_says_date_and_number_of_sources(graph: Graph, kind: str) -> None:
    plot = drawn(graph, kind, "en", 183)
    newest = str(load(graph.folder, "attestations")["seen_on"].max())
    assert f"Date of the data: {newest}" in plot.caption.text
    numbers = re.search(r"Sources: (\d+)\.", plot.caption.text)
    assert numbers is not None
    assert int(numbers[1]) > 10
    if "sources" in plot.data.columns:
        known = {source for cell in plot.data["sources"] for source in cell.split()}
        assert int(numbers[1]) == len(known)


@pytest.mark.parametrize("kind", ["matrix", "network", "overlap", "timeline"])
def test_the_caption_says_how_complete_the_lists_are(graph: Graph, kind: str) -> None:
    assert "Memberships by completeness of the list they stand on: " in drawn(graph, kind, "en", 183).caption.text


@pytest.mark.parametrize("kind", KINDS)
def test_german_and_english_plots_show_the_same_numbers(graph: Graph, kind: str) -> None:
    german, english = drawn(graph, kind, "de", 183), drawn(graph, kind, "en", 183)
    assert german.data.equals(english.data)
    assert german.caption.title != english.caption.title


def test_the_users_own_settings_of_matplotlib_change_nothing(graph: Graph) -> None:
    import matplotlib as mpl

    expected = rendered(drawn(graph, "sizes", "de", 183), "svg")
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "svg.fonttype": "path", "font.family": ["serif"]}):
        changed = draw("sizes", graph.folder, wish_for("sizes", "de", 183))
        assert rendered(changed, "svg") == expected


def test_a_png_is_as_wide_as_asked_at_300_dots_an_inch(graph: Graph) -> None:
    image = Image.open(BytesIO(rendered(drawn(graph, "sizes", "de", 89), "png")))
    assert image.width == pytest.approx(89 / 25.4 * 300, abs=1)
    assert image.info["Title"] == drawn(graph, "sizes", "de", 89).caption.title


def test_without_matplotlib_the_error_names_the_extra(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"buendnis-graph\[network\]"):
        draw("sizes", graph.folder)


def test_what_is_no_plot_and_no_filter_of_it_is_said(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Plots: matrix, network"):
        draw("pie", graph.folder)
    with pytest.raises(UsageError, match="takes no filter 'at'"):
        wish_for("sizes", at="2020")
    with pytest.raises(UsageError, match=r"\.svg, \.png, \.pdf, not '\.gif'"):
        drawn(graph, "sizes", "de", 183).save(tmp_path / "plot.gif")
