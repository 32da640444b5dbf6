"""A drawing of the two-mode network of bodies and alliances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from buendnis_graph.errors import QueryError
from buendnis_graph.network.select import Selection, select
from buendnis_graph.network.source import Source
from buendnis_graph.network.twomode import TwoMode
from buendnis_graph.plots.facts import completeness, membership_data, origin, selected
from buendnis_graph.plots.labels import place_labels
from buendnis_graph.plots.layout import Points, arranged
from buendnis_graph.plots.legend import Entry, Legend
from buendnis_graph.plots.numbered import Numbered
from buendnis_graph.plots.placing import Box
from buendnis_graph.plots.plot import Plot, Wish
from buendnis_graph.plots.sheet import MARGIN, Caption, Sheet
from buendnis_graph.plots.style import INK, PAPER, QUIET, readable_on
from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

_UNCROWDED = {89: 12, 183: 40}
"""So many bodies can all be named, by width in mm."""

_FIRST = ("broker", "body")
"""Whose names are placed first: between alliances there is little choice."""

_HEIGHT = {89: 1.1, 183: 0.66}
"""Height of the drawing by width in mm, in widths."""

_SIDE, _ABOVE, _GAP = 46.0, 16.0, 6.0
_STROKES: dict[str | None, Any] = {"complete": "-", "partial": (0, (4, 2)), "other": (0, (1, 1.5))}
_SHADES = {"alliance": "#12355b", "broker": "#8fb5dc", "body": PAPER}
_MARKS = {"alliance": "s", "broker": "o", "body": "o"}


@dataclass(frozen=True, slots=True)
class _Node:
    """A node: what it stands for, its kind (``alliance``, ``broker``, ``body``) and how many lines it has."""

    slug: str
    kind: str
    degree: int

    @property
    def size(self) -> float:
        """Diameter in points; it grows with the root of the degree, so that the area grows with the degree."""
        return (6.5 if self.kind == "alliance" else 1.2) + 1.8 * math.sqrt(self.degree)


def network(source: Source, wish: Wish) -> Plot:
    """Draw bodies as circles, alliances as squares, memberships as lines in the stroke of their evidence.

    Without alliances asked for, those that share no member with another are not drawn.

    Raises:
        QueryError: if nothing is left to draw.
        MissingExtraError: if igraph is not installed.
    """
    words = Words("network", wish.language)
    selection = select(source, wish.filters)
    shown = _joined(selection)
    graph = TwoMode(shown).to_igraph()
    nodes = [_node(name, degree) for name, degree in zip(graph.vs["name"], graph.degree(), strict=True)]
    names = [source.labels[node.slug][wish.language == "en"] for node in nodes]
    crowded = shown["body"].n_unique() > _UNCROWDED[wish.width_mm]
    legend = Legend(_key(words, shown), wish.width - 2 * MARGIN)
    numbered = Numbered([names[i] for i, node in enumerate(nodes) if node.kind == "alliance"], wish.width - 2 * MARGIN)
    height = _HEIGHT[wish.width_mm] * wish.width
    ground = Box(MARGIN, legend.height, wish.width - MARGIN, legend.height + height)
    points = arranged(graph, wish.width - 2 * _SIDE, height - 2 * _ABOVE)
    places = {node: (_SIDE + x, legend.height + _ABOVE + y) for node, (x, y) in points.items()}
    wanted = [i for i, node in enumerate(nodes) if node.kind == "broker" or (node.kind == "body" and not crowded)]
    wanted.sort(key=lambda i: (_FIRST.index(nodes[i].kind), nodes[i].slug))
    boxes = [_box(places[i], node.size) for i, node in enumerate(nodes)]
    labels, unplaced = place_labels(ground, boxes, graph.get_edgelist(), [(i, names[i]) for i in wanted])
    caption = _caption(words, selection, shown, crowded, [names[i] for i in unplaced])
    sheet = Sheet(wish.width, ground.bottom + _GAP + numbered.height, caption)
    legend.draw(sheet, MARGIN, 0)
    numbered.draw(sheet, MARGIN, ground.bottom + _GAP)
    _lines(sheet, graph, nodes, places, shown)
    for label in labels:
        label.draw(sheet, places[label.node])
    for i, node in enumerate(nodes):
        number = str(i - shown["body"].n_unique() + 1) if node.kind == "alliance" else ""
        _mark(sheet, *places[i], kind=node.kind, size=node.size, number=number)
    return Plot(sheet, caption, membership_data(shown, source), wish.language)


def _joined(selection: Selection) -> pl.DataFrame:
    """Return the memberships to draw: those of parts that hold at least two alliances, unless alliances were named."""
    if selection.memberships.is_empty():
        raise QueryError("no membership is left to draw.", hint="Ask for less: other filters, or --completeness any.")
    table = selection.memberships
    graph = TwoMode(table).to_igraph()
    kept = {
        graph.vs["name"][i].partition(":")[2]
        for part in graph.connected_components()
        if sum(graph.vs["type"][i] for i in part) > 1
        for i in part
        if graph.vs["type"][i]
    }
    return table if selection.filters.alliance or not kept else table.filter(table["alliance"].is_in(sorted(kept)))


def _node(name: str, degree: int) -> _Node:
    mode, _, slug = name.partition(":")
    return _Node(slug, "alliance" if mode == "alliance" else "broker" if degree > 1 else "body", degree)


def _box(place: tuple[float, float], size: float) -> Box:
    half = size / 2 + 0.8
    return Box(place[0] - half, place[1] - half, place[0] + half, place[1] + half)


def _lines(sheet: Sheet, graph: Any, nodes: list[_Node], places: Points, shown: pl.DataFrame) -> None:
    degrees = {(a, b): degree for a, b, degree in shown.select("alliance", "body", "completeness").iter_rows()}
    for one, other in graph.get_edgelist():
        degree = degrees[nodes[other].slug, nodes[one].slug]
        xs, ys = zip(places[one], places[other], strict=True)
        _stroke(sheet, list(xs), list(ys), _evidence(degree))


def _evidence(degree: str | None) -> str:
    return degree if degree in ("complete", "partial") else "other"


def _stroke(sheet: Sheet, xs: list[float], ys: list[float], evidence: str) -> None:
    sheet.line(xs, ys, color=QUIET, linewidth=0.5, linestyle=_STROKES[evidence], zorder=1)


def _mark(sheet: Sheet, x: float, y: float, *, kind: str, size: float, number: str = "") -> None:
    sheet.mark(x, y, _MARKS[kind], size, markerfacecolor=_SHADES[kind], markeredgecolor=INK, zorder=3)
    if number:
        sheet.text(x, y, number, ha="center", color=readable_on(_SHADES[kind]), weight="bold", zorder=4)


def _key(words: Words, shown: pl.DataFrame) -> list[Entry]:
    marks = [
        Entry(words("alliance"), partial(_mark, kind="alliance", size=9.0, number="1")),
        Entry(words("broker"), partial(_mark, kind="broker", size=3.8)),
        Entry(words("body"), partial(_mark, kind="body", size=3.0)),
    ]
    present = {_evidence(degree) for degree in shown["completeness"]}
    return marks + [
        Entry(words(f"line {one}"), lambda sheet, x, y, one=one: _stroke(sheet, [x - 6, x + 6], [y, y], one))  # type: ignore[misc]
        for one in _STROKES
        if one in present
    ]


def _caption(words: Words, selection: Selection, shown: pl.DataFrame, crowded: bool, unnamed: list[str]) -> Caption:
    alliances = shown["alliance"].n_unique()
    alone = len(selection.alliances) - alliances
    return Caption(
        words("title"),
        (
            words("what", alliances=alliances, bodies=shown["body"].n_unique(), memberships=len(shown)),
            words("crowded") if crowded else "",
            words("alone", n=alone) if alone else "",
            words("unnamed", names="; ".join(unnamed)) if unnamed else "",
            words("layout"),
            completeness(words, shown["completeness"]),
            *selected(words, selection),
            origin(words, shown["sources"]),
        ),
    )
