"""A schematic map: a tile for each Land, and for each district of Saxony, with what is located there."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from buendnis_graph.publish.overviews.facts import Facts, iri
from buendnis_graph.publish.overviews.markup import Frame, Link, drawing, link, said, tag, text, tip
from buendnis_graph.publish.overviews.model import Cell, Overview, Table
from buendnis_graph.publish.overviews.words import Words
from buendnis_graph.wording import read_toml

_TILE, _GAP, _TOP, _STEPS = 68.0, 4.0, 24.0, 5
_FEW = 8.0
"""From so many bodies on the shade is scaled to the largest number; with fewer, one body is not yet the darkest."""


@dataclass(frozen=True, slots=True)
class _Tile:
    """A tile: key of the place, column and row from the north-west, and what is written on it in one or two lines."""

    key: str
    column: int
    row: int
    words: tuple[str, ...]


@cache
def maps() -> Mapping[str, tuple[_Tile, ...]]:
    """Return the tiles of each map by its name, from ``tiles.toml``."""
    given = read_toml(__file__, "tiles.toml")
    return {
        name: tuple(_Tile(key, column, row, tuple(words)) for key, (column, row, *words) in tiles.items())
        for name, tiles in given.items()
    }


def _within(facts: Facts, digits: int) -> Mapping[str, frozenset[str]]:
    """Return the bodies that are located in each region, by so many digits of its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for body, keys in facts.located.items():
        for key in keys:
            if len(key) >= digits:
                found[key[:digits]].add(body)
    return {key: frozenset(several) for key, several in found.items()}


def _draw(facts: Facts, words: Words, to: Link) -> str:
    alliances, others = _nowhere(facts)
    told = words("nowhere-known", alliances=words.count("alliances", alliances), others=words.count("others", others))
    tiles = (_map(name, facts, words, to) for name in maps())
    return tag("div", tag("p", said(told), class_="ov-first"), *tiles, class_="ov ov-panels ov-map")


def _nowhere(facts: Facts) -> tuple[int, int]:
    """Return of how many alliances, and of how many other organisations, no seat or place is known."""
    return facts.split((facts.alliances | facts.organisations) - facts.located.keys())


def _map(name: str, facts: Facts, words: Words, to: Link) -> str:
    tiles = maps()[name]
    located = _within(facts, len(tiles[0].key))
    counts = [len(located.get(tile.key, ())) for tile in tiles]
    parts = [_tile(tile, facts, words, located.get(tile.key, frozenset()), max(counts), to) for tile in tiles]
    side = _TILE + _GAP
    width = side * (1 + max(tile.column for tile in tiles)) - _GAP
    height = _TOP + side * (1 + max(tile.row for tile in tiles)) - _GAP
    alliances, others = facts.split(frozenset().union(*(located.get(tile.key, ()) for tile in tiles)))
    seen = words("seen", alliances=words.count("alliances", alliances), others=words.count("others", others))
    frame = Frame(f"map-{name}", words(name), seen)
    return drawing(frame, width, height, text(0, 13, words(name), class_="ov-head"), *parts)


def _tile(tile: _Tile, facts: Facts, words: Words, bodies: frozenset[str], most: int, to: Link) -> str:
    alliances, others = facts.split(bodies)
    shade = math.ceil(_STEPS * math.sqrt(len(bodies) / max(most, _FEW)))
    x, y = tile.column * (_TILE + _GAP), _TOP + tile.row * (_TILE + _GAP)
    slug = facts.regions.get(tile.key, "")
    name = facts.names[slug][words.at] if slug in facts.names else " ".join(tile.words)
    told = f"{name}: {words.count('alliances', alliances)}, {words.count('others', others)}"
    size = "ov-key" if len(tile.words) == 1 and len(tile.words[0]) == 2 else "ov-small"
    top = y + (26 if len(tile.words) == 1 else 17)
    marked = tag(
        "g",
        tag("rect", class_="ov-tile", x=x, y=y, width=_TILE, height=_TILE, rx=3),
        *(text(x + _TILE / 2, top + i * 13, line, class_=f"{size} ov-middle") for i, line in enumerate(tile.words)),
        tag("rect", class_="ov-on", x=x + 8, y=y + 46, width=8, height=8),
        text(x + 19, y + 54, str(alliances)),
        tag("circle", class_="ov-on", cx=x + 41, cy=y + 50, r=4),
        text(x + 48, y + 54, str(others)),
        class_=f"ov-q{shade}",
    )
    return link(to(iri(slug)), tip(told), marked) if slug else tag("g", tip(told), marked)


def _tell(facts: Facts, words: Words) -> Table:
    rows = []
    for name, tiles in maps().items():
        located = _within(facts, len(tiles[0].key))
        for tile in tiles:
            alliances, others = facts.split(located.get(tile.key, frozenset()))
            slug = facts.regions.get(tile.key, "")
            named = facts.names[slug][words.at] if slug in facts.names else " ".join(tile.words)
            rows.append((Cell(words(name)), Cell(named, iri(slug) if slug else None), Cell(alliances), Cell(others)))
    alliances, others = _nowhere(facts)
    rows.append((Cell(words("nowhere-head")), Cell(words("nowhere")), Cell(alliances), Cell(others)))
    return Table((words("map"), words("place"), words("alliances"), words("others")), tuple(rows))


MAP = Overview("map", _draw, _tell)
