"""What benches measure, as data, and the report of it: ``docs/benchmarks.json`` and, made of the same, ``docs/benchmarks.md``."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from buendnis_graph.whole import write_whole

NAME = "benchmarks"
_HEAD = """# Benchmarks

Written by `make bench`; do not edit. Machines differ: the ratios count, which come from one run in which both took turns.
A figure with two others behind it is the median of several rounds, with the least and the most. The same as data:
[benchmarks.json](benchmarks.json).
"""


@dataclass(frozen=True)
class Timing:
    """Several measurements of one thing, in the unit that its column names."""

    median: float
    least: float
    most: float
    rounds: int

    @classmethod
    def of(cls, measured: Sequence[float], scale: float = 1) -> Timing:
        """Return the median and the spread.

        Args:
            measured: at least one measurement.
            scale: what each is multiplied with: 1000 makes milliseconds of seconds.
        """
        values = [scale * one for one in measured]
        return cls(statistics.median(values), min(values), max(values), len(values))

    def __str__(self) -> str:
        spread = f" ({_number(self.least)} to {_number(self.most)})" if self.rounds > 1 else ""
        return _number(self.median) + spread


Cell = int | float | str | Timing | None
"""What a cell holds; nothing where there is nothing to measure or no peer to ask."""


@dataclass(frozen=True)
class Table:
    """A table of a report.

    Attributes:
        title: what the rows are.
        columns: their names, with the unit behind a comma: ``here, ms``.
        rows: of as many cells each.
        note: what a reader must know beside, in a sentence or two.
    """

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    note: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Table:
        """Return the table that :func:`dataclasses.asdict` has taken apart."""
        rows = [[Timing(**cell) if isinstance(cell, dict) else cell for cell in row] for row in data["rows"]]
        return cls(data["title"], data["columns"], rows, data["note"])

    def markdown(self) -> str:
        """Return it for people: three digits that count, numbers on the right."""
        parts = [f"### {self.title}\n", *([f"{self.note}\n"] if self.note else [])]
        if self.rows:
            texts = [any(isinstance(cell, str) for cell in cells) for cells in zip(*self.rows, strict=True)]
            rule = "".join("---|" if is_text else "--:|" for is_text in texts)
            lines = [_line(self.columns), f"|{rule}", *(_line([_shown(cell) for cell in row]) for row in self.rows)]
            parts.append("\n".join(lines) + "\n")
        return "\n".join(parts)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else str(cell) if isinstance(cell, Timing) else _number(cell)


def _number(value: float) -> str:
    if isinstance(value, int) or value == 0 or not math.isfinite(value):
        return f"{value:,}"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


@dataclass(frozen=True)
class Part:
    """What one bench found, and under which conditions: parts of one report may be of different days.

    Attributes:
        name: of the bench.
        what: it measures, and beside which peer.
        conditions: machine, versions, commit; see :func:`tests.bench.machine.conditions`.
        tables: what it found, until it failed if it did.
        memory: the most that its process held, in MiB, without the processes that it started.
        failed: why it did not come to its end; empty if it did.
    """

    name: str
    what: str
    conditions: Mapping[str, Any]
    tables: Sequence[Table] = field(default=())
    memory: float | None = None
    failed: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Part:
        """Return the part that :func:`dataclasses.asdict` has taken apart."""
        return cls(**{**data, "tables": [Table.from_data(table) for table in data["tables"]]})

    def markdown(self) -> str:
        """Return its section."""
        return "\n".join(f"{text}\n" if not text.endswith("\n") else text for text in self._texts())

    def _texts(self) -> Iterator[str]:
        yield f"## {self.name.capitalize()}"
        yield self.what
        if self.failed:
            yield f"**Not complete: {self.failed}.**"
        yield from (table.markdown() for table in self.tables)
        yield self.told()

    def told(self) -> str:
        """Return a paragraph on the conditions and the memory."""
        memory = "" if self.memory is None else f" Memory of the bench's own process at most: {self.memory:,.0f} MiB."
        return _told(self.conditions) + memory


def _told(conditions: Mapping[str, Any]) -> str:
    machine, git = conditions["machine"], conditions["git"]
    versions = [
        f"{name} {number}" if number else f"{name} (not installed)" for name, number in conditions["versions"].items()
    ]
    tiny = "Tiny sizes, to see that it runs: the figures say nothing. " if conditions["quick"] else ""
    changed = " with changes" if git["changed"] else ""
    return (
        f"{tiny}Measured with {', '.join(versions)} at commit {git['commit']}{changed} of {git['day']}, on {machine['cores']} "
        f"cores ({machine['processor']}), {machine['memory']:.1f} GiB, {machine['system']}, load before {machine['load']:.1f}."
    )


def read(folder: Path) -> list[Part]:
    """Return the parts of the report in a folder; none if there is none yet."""
    file = folder / f"{NAME}.json"
    return [Part.from_data(part) for part in json.loads(file.read_text("utf-8"))] if file.is_file() else []


def write(folder: Path, parts: Iterable[Part], order: Sequence[str]) -> None:
    """Write parts into the report in a folder; what it has of other benches stays as it is.

    Args:
        folder: where the report is, or is to be.
        parts: what was measured now.
        order: the names of all benches there are; parts of others are left out.
    """
    found = {part.name: part for part in (*read(folder), *parts)}
    kept = [found[name] for name in order if name in found]
    data = json.dumps([asdict(part) for part in kept], ensure_ascii=False, indent=1)
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join([_HEAD, *(part.markdown() for part in kept)])
    write_whole({folder / f"{NAME}.json": data + "\n", folder / f"{NAME}.md": text})
