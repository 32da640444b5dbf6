"""Bodies of another data set from a local file: a CSV of names, ROR's JSON, or Wikidata's items as JSON lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from buendnis_graph.errors import ReadError
from buendnis_graph.linking.body import Body, made
from buendnis_graph.linking.records import NO_FILE, opened, records
from buendnis_graph.linking.ror import ror_body
from buendnis_graph.linking.targets import Target
from buendnis_graph.linking.wikidata import needed, wikidata_bodies

COLUMNS = {
    "key": ("id", "ror_id", "qid", "gnd", "uri", "key"),
    "names": (
        "name", "label", "label_de", "nsi_display_names", "alt_names", "names_variants", "aliases", "label_en",
        "wikidata_label_en",
    ),
    "acronyms": ("acronyms", "acronym", "short_name"),
    "places": ("city", "place", "headquarters", "places"),
    "websites": ("website", "websites", "url"),
    "founded": ("established", "founded", "inception"),
    "classes": ("instance_of", "class", "classes"),
    "parents": ("parent", "parents"),
    "status": ("status",),
    "same": ("wikidata", "wikidata_id", "same_as"),
}  # fmt: skip
"""Columns of a CSV by what they hold; several values stand in one cell with | between them."""

_GONE = frozenset({"withdrawn", "inactive", "deleted", "redirected", "obsolete"})
_BIGGEST_CELL = 1 << 20


def read_snapshot(path: Path) -> list[Body]:
    """Return the bodies of a snapshot, in the order of the file.

    Args:
        path: ``.csv``, ``.json`` (ROR) or ``.jsonl`` (Wikidata, or ROR), each also gzipped. Nothing is asked of any
            server.

    Raises:
        ReadError: if the file is none of these, or two of its entries have one id.
    """
    try:
        with opened(path) as file:
            bodies = list(_read(file, path))
    except NO_FILE as error:
        raise ReadError(f"can't be read as a snapshot: {error}.", path=path) from error
    keys: set[str] = set()
    for body in bodies:
        if body.entry.key in keys:
            raise ReadError(f"holds two entries with the id {body.entry.key}.", path=path)
        keys.add(body.entry.key)
    if not bodies:
        raise ReadError("holds no entry with an id and a name.", path=path)
    return bodies


def with_ids_of(bodies: Iterable[Body], target: Target) -> tuple[list[Body], int]:
    """Return the bodies whose ids are of a data set, with bare ids, and how many others there are."""
    every = list(bodies)
    known = [(body, target.id_of(body.entry.key)) for body in every]
    found = [replace(body, entry=replace(body.entry, key=key)) for body, key in known if key]
    return found, len(every) - len(found)


def _read(file: TextIO, path: Path) -> Iterator[Body]:
    kind = Path(path.name.removesuffix(".gz")).suffix
    if kind == ".csv":
        yield from _csv(file, path)
    elif kind in {".json", ".jsonl", ".ndjson"}:
        found = [needed(one) for _, one in records(file, path) if isinstance(one, dict)]
        if any("claims" in record for record in found):
            yield from wikidata_bodies(found)
        else:
            yield from (body for record in found if (body := ror_body(record)) is not None)
    else:
        raise ReadError(
            "is no snapshot by its ending.", path=path, hint="Known are .csv, .json and .jsonl, also with .gz."
        )


def _csv(file: TextIO, path: Path) -> Iterator[Body]:
    csv.field_size_limit(_BIGGEST_CELL)
    rows = csv.DictReader(file)
    try:
        columns = {kind: [c for c in names if c in (rows.fieldnames or ())] for kind, names in COLUMNS.items()}
        if not columns["key"] or not columns["names"]:
            hint = f"An id is looked for in {', '.join(COLUMNS['key'])}; names in {', '.join(COLUMNS['names'])}."
            raise ReadError("lacks a column of ids or of names.", path=path, line=1, hint=hint)
        for row in rows:
            told = {kind: _values(row, names) for kind, names in columns.items()}
            if told["key"] and told["names"]:
                yield made(told["key"][0], told["names"], told, is_gone=bool(_GONE & set(told["status"])))
    except csv.Error as error:
        raise ReadError(f"is no CSV: {error}.", path=path, line=rows.line_num) from error


def _values(row: dict[str, str | None], names: list[str]) -> list[str]:
    cells = [row.get(name) or "" for name in names]
    return list(dict.fromkeys(value.strip() for cell in cells for value in cell.split("|") if value.strip()))
