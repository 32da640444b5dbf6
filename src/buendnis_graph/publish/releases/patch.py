"""RDF Patch: which quads a release adds and removes, written and read.

The format is that of Apache Jena (https://jena.apache.org/documentation/rdf-patch/): rows of an operation and terms as
N-Quads writes them. ``H id`` and ``H prev`` name the patch and the one before it, so that patches make up a log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import ReadError

PATCH = "patch.rdfp"
_HEADER = re.compile(r"H\s+(\S+)\s+(.+?)\s*\.?\s*")
_ROW = re.compile(r"(TX|TC|TA|PA|PD|A|D)(?:\s+(.*?))?\s*\.?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Patch:
    """A set of changes.

    Args:
        id: IRI of the patch; of ours that of the release it leads to.
        previous: IRI of the one before; empty if none is named.
        removed: quads that go.
        added: quads that come.
    """

    id: str
    previous: str
    removed: frozenset[ox.Quad]
    added: frozenset[ox.Quad]


def patch_between(old: Iterable[ox.Quad], new: Iterable[ox.Quad], *, id: str, previous: str) -> Patch:  # noqa: A002 - the format's word
    """Return the patch that leads from the old quads to the new ones."""
    before, after = frozenset(old), frozenset(new)
    return Patch(id, previous, before - after, after - before)


def write_patch(patch: Patch) -> str:
    """Return a patch as text: one transaction, removals first, each sorted. Without changes it has no rows."""
    head = [f"H id <{patch.id}> ."] + ([f"H prev <{patch.previous}> ."] if patch.previous else [])
    rows = sorted(f"D {quad} ." for quad in patch.removed) + sorted(f"A {quad} ." for quad in patch.added)
    return "".join(f"{line}\n" for line in [*head, "TX .", *rows, "TC ."])


def read_patch(text: str, path: Path | None = None) -> Patch:
    """Return a patch that a text holds; prefixes are read over, transactions that were aborted too.

    Args:
        text: the patch.
        path: its file, for messages.

    Raises:
        ReadError: if a row is none of RDF Patch, or a transaction does not end.
    """
    headers: dict[str, str] = {}
    done: list[tuple[str, ox.Quad]] = []
    pending: list[tuple[str, ox.Quad]] = []
    is_open = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if header := _HEADER.fullmatch(line):
            headers[header[1]] = header[2].strip("<>")
            continue
        row = _ROW.fullmatch(line)
        if row is None or (row[1] == "TX" and is_open) or (row[1] in ("TC", "TA") and not is_open):
            raise ReadError("is no row of an RDF Patch here.", path=path, line=number)
        if row[1] in ("A", "D"):
            pending.append((row[1], _quad(row[2] or "", path, number)))
        elif row[1] in ("TC", "TA"):
            done += pending if row[1] == "TC" else []
            pending = []
        is_open = row[1] == "TX" or (is_open and row[1] not in ("TC", "TA"))
    if is_open:
        raise ReadError("breaks off: its last transaction does not end.", path=path, hint="Fetch the patch again.")
    return Patch(headers.get("id", ""), headers.get("prev", ""), *_net([*done, *pending]))


def _quad(terms: str, path: Path | None, line: int) -> ox.Quad:
    try:
        quad: ox.Quad
        (quad,) = ox.parse(f"{terms} .".encode(), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise ReadError("is no triple or quad.", path=path, line=line) from error
    if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name)):
        raise ReadError("names a blank node, which no two data sets share.", path=path, line=line)
    return quad


def _net(rows: Iterable[tuple[str, ox.Quad]]) -> tuple[frozenset[ox.Quad], frozenset[ox.Quad]]:
    """Return what is removed and what is added once all rows have been carried out in their order."""
    last = {quad: operation for operation, quad in rows}
    removed = frozenset(quad for quad, operation in last.items() if operation == "D")
    return removed, frozenset(last) - removed


def apply_patch(old: Iterable[ox.Quad], patch: Patch) -> set[ox.Quad]:
    """Return the quads that a patch makes of old ones.

    Raises:
        ReadError: if it removes what is not there or adds what is: it was made for other data.
    """
    quads = set(old)
    missing, there = patch.removed - quads, patch.added & quads
    if missing or there:
        raise ReadError(
            f"the patch was made for other data: {len(missing):,} quads that it removes are not there, "
            f"{len(there):,} that it adds are there already.",
            hint=f"It follows {patch.previous or 'an unnamed state'}: take the dump of that release.",
        )
    return quads - patch.removed | patch.added


def quad_lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield quads as the lines of a dump: N-Quads, sorted."""
    yield from sorted(f"{quad} .\n" for quad in quads)
