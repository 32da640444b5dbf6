"""The review file: rows of a list that a person must decide, as a CSV to fill in."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from buendnis_graph.errors import ListError
from buendnis_graph.importing.delimited import read_delimited
from buendnis_graph.importing.model import Limits, Taken
from buendnis_graph.importing.text import decode
from buendnis_graph.settings import Project

COLUMNS = [
    "source",
    "row",
    "name",
    "role",
    "since",
    "until",
    "place",
    "website",
    "legal_form",
    "alliance",
    "role_for_all",
    "candidates",
    "decision",
    "reason",
    "date",
]
_CANDIDATE = re.compile(r"(?P<slug>[a-z0-9-]+) \((?P<score>[0-9.]+)\): (?P<reasons>[^|]*)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as the review file names it."""

    slug: str
    score: str
    reasons: str

    def __str__(self) -> str:
        return f"{self.slug} ({self.score}): {self.reasons}"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row to be decided.

    Args:
        source: ``<site>/<slug>/<seen>``.
        row: what was taken of the list's row.
        alliance: whose list it is.
        role_for_all: role given for all rows of the import.
        candidates: bodies it may be.
        decision: empty, or ``same:<slug>``, ``new``, ``new:<slug>``, ``out``.
        reason: why.
        date: of the decision, if it was ``out``.
        line: in the CSV, for messages.
    """

    source: str
    row: Taken
    alliance: str
    role_for_all: str = ""
    candidates: tuple[Choice, ...] = ()
    decision: str = ""
    reason: str = ""
    date: str = ""
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells rows apart: the source, the alliance, and name and role as listed."""
        return (self.source, self.alliance, self.row.name, self.row.role)

    @property
    def is_out(self) -> bool:
        """Whether it was decided to leave the row out; it stays in the file so that it is not asked again."""
        return self.decision == "out" and bool(self.date)


def review_path(project: Project, source: str) -> Path:
    """Return the path of the review file of a source."""
    return project.data / "review" / f"{source}.csv"


def write_review(rows: list[ReviewRow]) -> str | None:
    """Return the text of a review file, or None if there is nothing to decide and nothing left out."""
    if not rows:
        return None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in sorted(rows, key=lambda r: (r.source, r.alliance, r.row.line, r.row.name, r.row.role)):
        row = item.row
        writer.writerow(
            [
                item.source,
                row.line,
                row.name,
                row.role,
                row.since,
                row.until,
                row.place,
                row.website,
                row.legal_form,
                item.alliance,
                item.role_for_all,
                " | ".join(map(str, item.candidates)),
                item.decision,
                item.reason,
                item.date,
            ]
        )
    return out.getvalue()


def read_review(path: Path, *, shown: Path | None = None) -> list[ReviewRow]:
    """Return the rows of a review file, as the import wrote it or as a spreadsheet saved it.

    Args:
        path: the file.
        shown: how messages name it.

    Raises:
        ListError: if it is no review file.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ListError(f"can't be opened: {error.strerror}.", path=shown or path) from error
    try:
        text, _ = decode(content)
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        table = read_delimited(text, "csv", Limits(rows=1_000_000), delimiter)
    except ListError as error:
        raise ListError(error.message, path=shown or path, hint=error.hint) from error
    if not table.rows:
        return []
    header = [cell.strip() for cell in table.rows[0].cells]
    missing = [name for name in ("source", "name", "alliance", "candidates", "decision") if name not in header]
    if missing:
        raise ListError(
            f"is no review file: there is no column '{missing[0]}'.",
            path=shown or path,
            line=1,
            hint="Fill in the file that the import wrote, or a copy of it.",
        )
    rows = []
    for row in table.rows[1:]:
        cells = dict(zip(header, row.cells, strict=False))
        rows.append(_row(cells, row.line, shown or path))
    return rows


def _row(cells: dict[str, str], line: int, path: Path) -> ReviewRow:
    number = cells.get("row", "").strip()
    if not number.isdigit():
        raise ListError(f"'{number}' is no number of a row.", path=path, line=line)
    fields = ("role", "since", "until", "place", "website", "legal_form")
    taken = Taken(int(number), cells.get("name", ""), **{name: cells.get(name, "").strip() for name in fields})
    choices = tuple(
        Choice(match["slug"], match["score"], match["reasons"].strip())
        for match in map(_CANDIDATE.fullmatch, cells.get("candidates", "").split(" | "))
        if match
    )
    more = {name: cells.get(name, "").strip() for name in ("decision", "reason", "date", "role_for_all")}
    return ReviewRow(
        cells.get("source", "").strip(), taken, cells.get("alliance", "").strip(), candidates=choices, line=line, **more
    )


def review_files(project: Project) -> list[Path]:
    """Return the paths of all review files, sorted."""
    folder = project.data / "review"
    return sorted(folder.rglob("*.csv")) if folder.is_dir() else []
