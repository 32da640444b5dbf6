"""Take what a person decides on proposals, in their file or one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.linking.mappings import Mapping as Judgement
from buendnis_graph.linking.proposals import COLUMNS
from buendnis_graph.linking.targets import Target
from buendnis_graph.namespaces import BASE, expand

DECISIONS = {"same": "same", "not": "not-same", "unsure": "unsure"}
"""What a person may write, with the judgement that it is; nothing is: later."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A line of a file of proposals.

    Args:
        line: its number in the file.
        id: of the entry in the other data set.
        cells: by column; see :data:`.proposals.COLUMNS`.
    """

    line: int
    id: str
    cells: Mapping[str, str]

    def judged(self, decision: str, target: Target, date: str, seen_in: str) -> Judgement:
        """Return the judgement of a person.

        Args:
            decision: one of :data:`DECISIONS`.
            target: the data set of the id.
            date: the day of the decision, ISO 8601.
            seen_in: data set and version that the proposal rests on.
        """
        return Judgement(
            slug=f"{self.cells['body']}--{target.key}-{self.id}",
            subject=f"{BASE}id/{self.cells['body']}",
            predicate=expand("schema:sameAs").value,
            object=f"{target.iri}{self.id}",
            judgement=DECISIONS[decision],
            justification="ManualMappingCuration",
            date=date,
            seen_in=seen_in,
            label=self.cells["their_name"],
            reviewer="editor",
        )


def read_proposals(path: Path, target: Target) -> Iterator[Proposed]:
    """Yield the lines of a file of proposals, or of a copy of one that was filled in.

    Args:
        path: the file.
        target: the data set of the ids.

    Raises:
        ReadError: if a column is missing, a decision is none, or an id is none of the data set; with the line.
    """
    hint = f"Write one of {', '.join(DECISIONS)}, or nothing to decide later."
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(COLUMNS) <= set(rows.fieldnames or ()):
                raise ReadError("is no file of proposals.", path=path, line=1)
            for row in rows:
                cells = {name: (row[name] or "").strip() for name in COLUMNS}
                key = target.id_of(cells["id"])
                if cells["decision"] not in {"", *DECISIONS}:
                    raise ReadError(f"'{cells['decision']}' is no decision.", path=path, line=rows.line_num, hint=hint)
                if not key:
                    raise ReadError(f"'{cells['id']}' is no id of {target.name}.", path=path, line=rows.line_num)
                yield Proposed(rows.line_num, key, cells)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"is no file of proposals: {error}.", path=path) from error


def refuse_unapplied(path: Path, target: Target, judged: Iterable[Judgement]) -> None:
    """Refuse to write over a file of proposals that holds decisions which nobody has applied.

    Args:
        path: where proposals are to go; nothing need be there.
        target: the data set.
        judged: the judgements of the project.

    Raises:
        UsageError: if it holds such.
        ReadError: if a file is there that is no file of proposals.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    known = {(m.subject, m.object, m.judgement) for m in judged if m.reviewer != "rule"}
    decided = (one for one in read_proposals(path, target) if one.cells["decision"])
    left = [one for one in decided if _pair(one, target, DECISIONS[one.cells["decision"]]) not in known]
    if left:
        raise UsageError(
            f"{path.name} holds decisions that are not applied yet ({len(left):,}); a new run would write over them.",
            hint=f"Apply them (buendnis review --links {path} --date DAY), or write elsewhere: --out FILE",
        )


def _pair(one: Proposed, target: Target, judgement: str) -> tuple[str, str, str]:
    return f"{BASE}id/{one.cells['body']}", f"{target.iri}{one.id}", judgement


def undecided(proposed: Iterable[Proposed], target: Target, judged: Iterable[Judgement]) -> list[Proposed]:
    """Return the proposals that nobody has decided on: neither in the file nor, but for *unsure*, in the project."""
    by_person = {(m.subject, m.object) for m in judged if m.reviewer != "rule" and m.judgement != "unsure"}
    return [
        one
        for one in proposed
        if not one.cells["decision"] and (f"{BASE}id/{one.cells['body']}", f"{target.iri}{one.id}") not in by_person
    ]
