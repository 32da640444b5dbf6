"""Take what a person has decided in a file of proposals."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import ReadError
from buendnis_graph.linking.mappings import Mapping
from buendnis_graph.linking.proposals import COLUMNS
from buendnis_graph.linking.targets import Target
from buendnis_graph.namespaces import BASE, expand

DECISIONS = {"same": "same", "not": "not-same", "unsure": "unsure"}
"""What a person may write, with the judgement that it is; nothing is: later."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A line on which a person has decided.

    Args:
        line: its number in the file.
        mapping: the judgement.
    """

    line: int
    mapping: Mapping


def read_decisions(path: Path, target: Target, date: str, seen_in: str) -> Iterator[Decided]:
    """Yield what is decided in a file of proposals (or a copy of one that was filled in).

    Args:
        path: the file.
        target: the data set of the ids.
        date: the day of the decisions, ISO 8601.
        seen_in: data set and version that the proposals rest on.

    Raises:
        ReadError: if a column is missing, a decision is none, or an id is none of the data set; with the line.
    """
    hint = f"Write one of {', '.join(DECISIONS)}, or nothing to decide later."
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(COLUMNS[:2]) | {"id", "their_name"} <= set(rows.fieldnames or ()):
                raise ReadError("is no file of proposals.", path=path, line=1)
            for row in rows:
                decision = (row["decision"] or "").strip()
                if not decision:
                    continue
                key = target.id_of((row["id"] or "").strip())
                if decision not in DECISIONS:
                    raise ReadError(f"'{decision}' is no decision.", path=path, line=rows.line_num, hint=hint)
                if not key:
                    raise ReadError(f"'{row['id']}' is no id of {target.name}.", path=path, line=rows.line_num)
                yield Decided(rows.line_num, _mapping(row, key, DECISIONS[decision], target, date, seen_in))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"is no file of proposals: {error}.", path=path) from error


def _mapping(row: dict[str, str], key: str, judgement: str, target: Target, date: str, seen_in: str) -> Mapping:
    return Mapping(
        slug=f"{row['body']}--{target.key}-{key}",
        subject=f"{BASE}id/{row['body']}",
        predicate=expand("schema:sameAs").value,
        object=f"{target.iri}{key}",
        judgement=judgement,
        justification="ManualMappingCuration",
        date=date,
        seen_in=seen_in,
        label=row["their_name"],
        reviewer="editor",
    )
