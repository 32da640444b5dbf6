"""Evidence over time: when bodies were founded, how sources are dated, and for when memberships are attested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from buendnis_graph.publish.overviews.facts import Facts
from buendnis_graph.publish.overviews.markup import Frame, Link, drawing, tag, text, tip
from buendnis_graph.publish.overviews.model import Cell, Overview, Table
from buendnis_graph.publish.overviews.words import Words

_YEARS = 60
"""So many years are shown at most, one by one; what is earlier stands together before them."""

_WIDTH, _LEFT, _TOP, _HIGH, _BELOW = 352.0, 30.0, 44.0, 130.0, 24.0

Counts = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class _Panel:
    """Numbers by year, in one part or two that stand on one another; year None: without a date."""

    name: str
    parts: tuple[tuple[str, Counts], ...]

    def total(self, year: int | None) -> int:
        """Return the number of a year, of all parts."""
        return sum(counts.get(year, 0) for _, counts in self.parts)


def _panels(facts: Facts) -> tuple[int, tuple[_Panel, ...]]:
    """Return the first year that is shown by itself, and the panels, with all before it under the year before it."""
    dated = [year for counts in (facts.sources, facts.attestations) for year in counts if year is not None]
    years = [*dated, *facts.founded.values()]
    first = max(min(years), max(years) - _YEARS + 1) if years else 0

    def gathered(counts: Mapping[int | None, int]) -> Counts:
        found: Counter[int | None] = Counter()
        for year, number in counts.items():
            found[year if year is None else max(year, first - 1)] += number
        return found

    founded = tuple(
        (part, gathered(Counter(facts.founded.get(body) for body in bodies)))
        for part, bodies in (("alliances", facts.alliances), ("others", facts.organisations))
    )
    return first, (
        _Panel("founded", founded),
        _Panel("sources", (("sources", gathered(facts.sources)),)),
        _Panel("attestations", (("attestations", gathered(facts.attestations)),)),
    )


def _draw(facts: Facts, words: Words, _: Link) -> str:
    first, panels = _panels(facts)
    shown = (_panel(panel, first, words) for panel in panels if panel.name)
    return tag("div", *shown, class_="ov ov-panels ov-timeline")


def _panel(panel: _Panel, first: int, words: Words) -> str:
    years = sorted({year for _, counts in panel.parts for year, n in counts.items() if year is not None and n})
    years = list(range(years[0], years[-1] + 1)) if years else []
    undated, most = panel.total(None), max(map(panel.total, years), default=0) or 1
    step = (_WIDTH - _LEFT) / max(len(years), 1)
    seen = words(f"{panel.name}-seen", dated=sum(map(panel.total, years)), undated=undated)
    parts = [
        text(0, 14, words(panel.name), class_="ov-head"),
        text(0, 32, words(f"{panel.name}-undated", n=undated), class_="ov-quiet"),
        *_scale(most),
    ]
    every = next((size for size in (1, 2, 5, 10, 20) if size * step >= 44), 20)
    for i, year in enumerate(years):
        x = _LEFT + i * step
        parts += _bars(panel, year, x, step, most, _said(year, first, words), words)
        if year % every == 0 and x + step / 2 + 15 < _WIDTH:
            parts.append(text(x + step / 2, _TOP + _HIGH + 16, str(year), class_="ov-quiet ov-middle"))
    return drawing(
        Frame(f"timeline-{panel.name}", words(panel.name), seen, False), _WIDTH, _TOP + _HIGH + _BELOW, *parts
    )


def _scale(most: int) -> list[str]:
    """Return the lines of the scale with their numbers."""
    size = next(s * 10**e for e in range(12) for s in (1, 2, 5) if most / (s * 10**e) <= 4)
    parts = []
    for value in range(0, most + 1, size):
        y = _TOP + _HIGH * (1 - value / most)
        parts.append(tag("path", class_="ov-line", d=f"M{_LEFT:.0f} {y:.1f}H{_WIDTH:.0f}"))
        parts.append(text(_LEFT - 5, y + 4, str(value), class_="ov-quiet ov-end"))
    return parts


def _bars(panel: _Panel, year: int, x: float, step: float, most: int, said: str, words: Words) -> list[str]:
    parts, base = [], _TOP + _HIGH
    gap = 1.0 if step > 4 else 0.3
    for (name, counts), class_ in zip(panel.parts, ("ov-dated", "ov-other"), strict=False):
        if number := counts.get(year, 0):
            high = _HIGH * number / most
            base -= high
            told = tip(f"{said}: {words.count(name, number)}")
            width = min(step - gap, 22.0)
            parts.append(tag("rect", told, class_=class_, x=x + (step - width) / 2, y=base, width=width, height=high))
    return parts


def _said(year: int, first: int, words: Words) -> str:
    return words("before", year=first) if year < first else str(year)


def _tell(facts: Facts, words: Words) -> Table:
    first, panels = _panels(facts)
    parts = [part for panel in panels for part in panel.parts]
    years = {year for _, counts in parts for year, n in counts.items() if year is not None and n}
    named = [(year, _said(year, first, words)) for year in sorted(years)]
    rows = tuple(
        (Cell(said), *(Cell(counts.get(year, 0)) for _, counts in parts))
        for year, said in [*named, (None, words("undated"))]
    )
    heads = ("founded-alliances", "founded-others", "sources-dated", "attestations-dated")
    return Table((words("year"), *map(words, heads)), rows)


TIMELINE = Overview("timeline", _draw, _tell)
