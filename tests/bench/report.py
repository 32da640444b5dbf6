"""What benches measure, as data, and the report of it: ``docs/benchmarks.json`` and, made of the same, ``docs/benchmarks.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from buendnis_graph.whole import write_whole
from tests.bench import chart, summary
from tests.bench.cells import Cell, Grown, Ratio, Timing, from_data, shown

__all__ = ["NAME", "Cell", "Grown", "Part", "Ratio", "Table", "Timing", "read", "write"]

NAME = "benchmarks"
QUIET = 0.05
"""The share of the processors that other work may have on a machine that is called quiet."""


@dataclass(frozen=True)
class Table:
    """A table of a report.

    Attributes:
        title: what the rows are.
        columns: their names, with the unit behind a comma: ``here, ms``.
        rows: of as many cells each.
        note: what a reader must know beside, in a sentence or two.
        grows: whether it is one of :func:`tests.bench.growth.growing`, so that it is drawn, too.
    """

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    note: str = ""
    grows: bool = False

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Table:
        """Return the table that :func:`dataclasses.asdict` has taken apart."""
        return cls(**{**data, "rows": [[from_data(cell) for cell in row] for row in data["rows"]]})

    def markdown(self) -> str:
        """Return it for people: three digits that count, numbers on the right."""
        parts = [f"### {self.title}\n", *([f"{self.note}\n"] if self.note else [])]
        if self.rows:
            texts = [any(isinstance(cell, str) for cell in cells) for cells in zip(*self.rows, strict=True)]
            rule = "".join("---|" if is_text else "--:|" for is_text in texts)
            lines = [_line(self.columns), f"|{rule}", *(_line([shown(cell) for cell in row]) for row in self.rows)]
            parts.append("\n".join(lines) + "\n")
        return "\n".join(parts)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


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
        f"{name} {version}" if version else f"{name} (not installed)"
        for name, version in conditions["versions"].items()
    ]
    tiny = "Tiny sizes, to see that it runs: the figures say nothing. " if conditions["quick"] else ""
    changed = " with changes" if git["changed"] else ""
    settings = conditions.get("settings")
    given = f" Given: {', '.join(f'`{setting}`' for setting in settings)}." if settings else ""
    return (
        f"{tiny}Measured with {', '.join(versions)} at commit {git['commit']}{changed} of {git['day']}, on {machine['cores']} "
        f"cores ({machine['processor']}), {machine['memory']:.1f} GiB, {machine['system']}, load before "
        f"{machine['load']:.1f}.{_meanwhile(conditions)}{given}"
    )


def _meanwhile(conditions: Mapping[str, Any]) -> str:
    """Return how long it took, and what else the machine did; nothing where nobody has looked."""
    if conditions.get("others") is None:
        return ""
    loud = " **The machine was not quiet: times are too long.**" if conditions["others"] > QUIET else ""
    return f" It took {conditions['took'] / 60:.1f} minutes; other work had {conditions['others']:.0%} of the processors.{loud}"


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
    plot = chart.drawn(kept)
    text = "\n".join([summary.head(kept, f"{NAME}.svg" if plot else ""), *(part.markdown() for part in kept)])
    write_whole(
        {folder / f"{NAME}.json": data + "\n", folder / f"{NAME}.md": text}
        | ({folder / f"{NAME}.svg": plot} if plot else {})
    )
