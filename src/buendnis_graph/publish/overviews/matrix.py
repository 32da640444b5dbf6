"""Alliances by organisations: who is listed where, ordered so that like stands by like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from buendnis_graph.plots.order import seriated
from buendnis_graph.publish.overviews.core import Core, Pairs, beside, chains, core
from buendnis_graph.publish.overviews.facts import STATES, Facts, iri
from buendnis_graph.publish.overviews.markup import Frame, Link, drawing, link, tag, text, tip, wide
from buendnis_graph.publish.overviews.model import Cell, Overview, Table
from buendnis_graph.publish.overviews.type import shortened
from buendnis_graph.publish.overviews.words import Words

_CELL, _MARK, _NAMES, _HEAD, _FOOT = 20.0, 14.0, 300.0, 258.0, 26.0
_GAP = 14.0
"""Between the names of the columns and the grid: room for brackets."""


@dataclass(frozen=True)
class _Part:
    """The memberships that are shown, with rows and columns in order of their structure."""

    core: Core
    chain: Mapping[str, str]

    @property
    def pairs(self) -> Pairs:
        """The memberships."""
        return self.core.pairs

    @cached_property
    def order(self) -> tuple[list[str], list[str]]:
        """The organisations and the alliances, those of a chain side by side."""
        rows, columns = seriated(self.pairs)
        first = {self.chain.get(column, column): i for i, column in reversed([*enumerate(columns)])}
        return rows, sorted(columns, key=lambda column: first[self.chain.get(column, column)])


def _draw(facts: Facts, words: Words, to: Link) -> str:
    part = _Part(core(facts), facts.chains.chain)
    rows, columns = part.order
    counts = {"organisations": len(rows), "alliances": len(columns), "memberships": len(part.pairs)}
    height = _HEAD + len(rows) * _CELL + _FOOT
    seen = "seen" if part.core.whole else "seen-part"
    description = words(seen, least=part.core.least, **counts)
    names = Frame("matrix-names", words("rows"), words("rows-said", **counts))
    cells = Frame("matrix", words("title"), description)
    return wide(
        words("hint"),
        tag("div", drawing(names, _NAMES, height, *_legend(words), *_rows(facts, words, rows, to)), class_="ov-names"),
        drawing(
            cells,
            len(columns) * _CELL + 2 * _CELL,
            height,
            *_columns(facts, words, part, to),
            *_cells(facts, words, part),
            *_brackets(facts, words, columns),
        ),
        class_="ov-matrix",
    )


def _legend(words: Words) -> list[str]:
    parts = []
    for i, state in enumerate(STATES):
        y = _HEAD - 98 + i * 22
        parts += [_mark(4, y, state), text(26, y + 11.5, words(f"short-{state}"), class_="ov-quiet")]
    y = _HEAD - 98 + len(STATES) * 22
    return [*parts, _bracket(4, 18, y + 10), text(26, y + 11.5, words("short-chain"), class_="ov-quiet")]


def _rows(facts: Facts, words: Words, rows: list[str], to: Link) -> list[str]:
    parts = []
    for i, member in enumerate(rows):
        name = facts.names[member][words.at]
        y = _HEAD + (i + 0.5) * _CELL + 4
        label = text(4, y, shortened(name, _NAMES - 8))
        parts += [_stripe(i, _NAMES), link(to(iri(member)), tip(name), label)]
    return parts


def _stripe(row: int, width: float) -> str:
    """Return the ground of every second row, so that the eye keeps to its line."""
    return tag("rect", class_="ov-stripe", x=0, y=_HEAD + row * _CELL, width=width, height=_CELL) if row % 2 else ""


def _columns(facts: Facts, words: Words, part: _Part, to: Link) -> list[str]:
    rows, columns = part.order
    parts = [_stripe(i, (len(columns) + 2) * _CELL) for i in range(len(rows))]
    for i, alliance in enumerate(columns):
        name, x = facts.names[alliance][words.at], (i + 0.5) * _CELL
        turned = f"rotate(-90 {x + 4:.0f} {_HEAD - _GAP:.0f})"
        label = text(x + 4, _HEAD - _GAP, shortened(name, _HEAD - _GAP - 6), transform=turned)
        count = sum(a == alliance for _, a in part.pairs)
        parts += [
            tag("path", class_="ov-line", d=f"M{x:.0f} {_HEAD:.0f}V{_HEAD + len(rows) * _CELL:.0f}"),
            link(to(iri(alliance)), tip(name), label),
            text(x, _HEAD + len(rows) * _CELL + 17, str(count), class_="ov-quiet ov-middle"),
        ]
    for i, member in enumerate(rows):
        y = _HEAD + (i + 0.5) * _CELL + 4
        parts.append(text((len(columns) + 1) * _CELL, y, str(facts.degree[member]), class_="ov-quiet ov-middle"))
    return parts


def _brackets(facts: Facts, words: Words, columns: list[str]) -> list[str]:
    """Return a bracket above the columns of each chain: predecessor and successor, one alliance."""
    parts = []
    for chain in chains(facts, columns):
        places = [(columns.index(alliance) + 0.5) * _CELL for alliance in chain]
        told = " → ".join(facts.names[alliance][words.at] for alliance in chain)
        parts.append(_bracket(min(places), max(places), _HEAD - 4, f"{told}: {words('chain')}"))
    return parts


def _bracket(left: float, right: float, y: float, told: str = "") -> str:
    d = f"M{left:.0f} {y:.0f}v-5H{right:.0f}v5"
    return tag("path", *([tip(told)] if told else []), class_="ov-chain", d=d)


def _cells(facts: Facts, words: Words, part: _Part) -> list[str]:
    rows, columns = ({slug: i for i, slug in enumerate(some)} for some in part.order)
    gap = (_CELL - _MARK) / 2
    return [
        _mark(
            columns[alliance] * _CELL + gap,
            _HEAD + rows[member] * _CELL + gap,
            state,
            f"{facts.names[member][words.at]} – {facts.names[alliance][words.at]}: {words(state)}",
        )
        for (member, alliance), state in sorted(part.pairs.items(), key=lambda p: (rows[p[0][0]], columns[p[0][1]]))
    ]


def _mark(x: float, y: float, state: str, told: str = "") -> str:
    """Return the mark of a membership; its shape alone tells its state, without colour."""
    small = 2.0 if state == "undated" else 0.0
    square = tag(
        "rect",
        *([tip(told)] if told else []),
        class_=f"ov-{state}",
        x=x + small,
        y=y + small,
        width=_MARK - 2 * small,
        height=_MARK - 2 * small,
    )
    if state != "ended":
        return square
    return square + tag("path", class_="ov-stroke", d=f"M{x:.0f} {y + _MARK:.0f}L{x + _MARK:.0f} {y:.0f}")


def _tell(facts: Facts, words: Words) -> Table:
    part = _Part(core(facts), facts.chains.chain)
    rows, columns = part.order
    return Table(
        (words("organisation"), words("alliance"), words("evidence"), words("chained")),
        tuple(
            (
                Cell(facts.names[member][words.at], iri(member)),
                Cell(facts.names[alliance][words.at], iri(alliance)),
                Cell(words(part.pairs[member, alliance])),
                Cell(beside(facts, alliance, columns, words)),
            )
            for member in rows
            for alliance in columns
            if (member, alliance) in part.pairs
        ),
    )


MATRIX = Overview("matrix", _draw, _tell)
