"""Share cards: the picture that a link to the site is shown with elsewhere, one for all and one for each alliance.

Drawn with matplotlib's own fonts and settings, without a date: the same text gives the same bytes with the same
versions of matplotlib and Pillow.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from buendnis_graph.extras import need
from buendnis_graph.namespaces import BASE
from buendnis_graph.plots.style import in_style
from buendnis_graph.plots.text import wrap
from buendnis_graph.publish.site.lists import AllianceRow
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.publish.site.view import View
from buendnis_graph.publish.site.words import date_words, number_words, plain_line
from buendnis_graph.wording import LANGUAGES

WIDTH, HEIGHT = 1200, 630
"""Of a card, in pixels: what the places that show cards ask for."""
_MARGIN, _TITLE, _SMALL, _LEADING = 80, 60, 30, 1.2
_LINES, _LETTERS = 4, 160
_DARK, _PAPER = (6, 57, 60), (252, 251, 248)
_INK, _MARK, _QUIET = "0", "0.15", "0.3"
"""Drawn in grey, from black to white, and printed from dark to paper: one byte a pixel is quick and small."""
_POINTS = {(8, 10): 4, (24, 8): 3, (25, 23): 4, (10, 25): 3}
_STROKES = (((8, 10), (24, 8), (25, 23), (10, 25)), ((8, 10), (25, 23)))


def path_of(page: Page, language: str) -> str:
    """Return the path of a page's card: that of its alliance, else that of the site."""
    slug = page.iri.removeprefix(BASE + "id/") if page.template == "alliance" else ""
    return _path(slug, language)


def cards_of(alliance: str) -> list[str]:
    """Return the paths of the cards of an alliance by its IRI, in all languages."""
    return [_path(alliance.removeprefix(BASE + "id/"), language) for language in LANGUAGES]


def _path(slug: str, language: str) -> str:
    return f"assets/cards/{slug or '-'}.{language}.png"


def cards(view: View, rows: Iterable[AllianceRow]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the card of the site, and of that of each alliance, in both languages.

    Args:
        view: what is known.
        rows: all alliances.

    Raises:
        MissingExtraError: if matplotlib is not installed.
    """
    need("matplotlib", "site")
    listed = list(rows)
    with in_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the card then shows a box in its place
        for language in LANGUAGES:
            said, draw = texts(language), _Drawer(str(texts(language)["site"]))
            yield _path("", language), draw(str(said["start_title"]), str(said["start_lead"]))
            for row in listed:
                name, _ = view.label(row.thing, language)
                yield _path(row.thing.removeprefix(BASE + "id/"), language), draw(name, _size(view, row, language))


def _size(view: View, row: AllianceRow, language: str) -> str:
    """Return how many members are known, of how many stated."""
    said, stated = texts(language), row.stated
    known = f"{number_words(row.known, language)} {said['known_members']}"
    if stated is None:
        return f"{known}, {said['total_unknown']}"
    bound = "" if stated.is_exact or not stated.bound else f"{view.label(stated.bound, language)[0]} "
    when = f"{said['as_of']} {date_words(stated.as_of, language)}" if stated.as_of else said["undated"]
    return f"{known} {said['of']} {bound}{number_words(stated.number, language)} ({when})"


class _Drawer:
    """Draws cards that differ in their texts alone: what they share is set up once."""

    def __init__(self, site: str) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor="1")
        self._canvas: Any = FigureCanvasAgg(figure)
        self._axes: Any = figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self._axes.set_axis_off()
        self._mark()
        self._line(_MARGIN + 72, 98, _SMALL, _MARK, "bold").set_text(site)
        tops = (216 + _TITLE * _LEADING * line for line in range(_LINES))
        self._title = [self._line(_MARGIN, top, _TITLE, _INK, "bold") for top in tops]
        self._below = [
            self._line(_MARGIN, HEIGHT - 70 - _SMALL * 1.35 * line, _SMALL, _QUIET) for line in range(_LINES)
        ]

    def _line(self, x: float, y: float, size: float, colour: str, weight: str = "normal") -> Any:
        """Return a place for a line of text, empty so far; ``y`` is that of its middle."""
        return self._axes.text(x, y, "", fontsize=size, color=colour, weight=weight, va="center_baseline")

    def _mark(self) -> None:
        """Draw the mark of the site, as in ``assets/mark.svg``."""
        from matplotlib.patches import Circle

        def place(point: tuple[int, int]) -> tuple[float, float]:
            return _MARGIN - 8 + 2 * point[0], 64 + 2 * point[1]

        for stroke in _STROKES:
            self._axes.plot(*zip(*map(place, stroke), strict=True), color=_MARK, linewidth=4.8)
        for point, radius in _POINTS.items():
            self._axes.add_patch(Circle(place(point), 2 * radius, color=_MARK))

    def __call__(self, title: str, below: str) -> bytes:
        """Return a card as PNG."""
        from PIL import Image

        lines = wrap(plain_line(title, _LETTERS), WIDTH - 2 * _MARGIN, _TITLE, "bold")
        shown = lines if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1].rstrip("-…") + "…"]
        _fill(self._title, shown)
        _fill(self._below, wrap(below, WIDTH - 2 * _MARGIN, _SMALL)[::-1])
        self._canvas.draw()
        into = BytesIO()
        grey = Image.frombytes("L", (WIDTH, HEIGHT), bytes(self._canvas.buffer_rgba())[::4])
        grey.putpalette(_palette())
        grey.save(into, "PNG")
        return into.getvalue()


def _fill(places: Sequence[Any], lines: Sequence[str]) -> None:
    for number, place in enumerate(places):
        place.set_text(lines[number] if number < len(lines) else "")


@cache
def _palette() -> list[int]:
    """Return red, green and blue of each shade of grey."""
    ends = list(zip(_DARK, _PAPER, strict=True))
    return [round(dark + (light - dark) * shade / 255) for shade in range(256) for dark, light in ends]
