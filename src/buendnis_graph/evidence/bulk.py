"""Bulk sources: registers of hundreds of thousands of entries, which are read as lines and never as quads.

A bulk source is a source like any other, but what it says stands in shards of sorted N-Triples beside its description:

    data/bulk/<site>/<slug>/<date seen>.trig                  the description, read with all other files
    data/bulk/<site>/<slug>/<date seen>/<part>-<hash>.nt      what it says of one part, such as a register court

The name of a shard holds a hash of its content: one that has not changed keeps its name, and one that was edited by
hand is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.faults import Fault
from buendnis_graph.evidence.layout import source_of
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.settings import Project

FOLDER = "bulk"
REGISTER = f"{BASE}register/"
"""What the IRIs of entries begin with."""

COURT, NUMBER, NAME, SEAT = (
    expand(f"bg:{name}").value for name in ("registerCourt", "registerNumber", "registeredName", "registeredSeat")
)
_NAME_OF_SHARD = re.compile(r"[A-Za-z0-9]+-([0-9a-f]{12})[.]nt")
_TEXTS, _STATE = "|".join(map(re.escape, (COURT, NUMBER, NAME, SEAT))), re.escape(expand("bg:isRegistered").value)
_LINE = re.compile(
    rf"<({re.escape(REGISTER)}[A-Za-z0-9._~%-]+)> "
    rf"(?:<({_TEXTS})> (\"(?:[^\"\\\n\r]|\\[tbnrf\"'\\])*\")"
    rf"|<{_STATE}> \"(true|false)\"\^\^<{re.escape(expand('xsd:boolean').value)}>"
    rf"|<{re.escape(expand('rdf:type').value)}> <{re.escape(expand('bg:RegisterEntry').value)}>"
    rf"|<{re.escape(expand('dcterms:source').value)}> <([^<> ]+)>) \."
)


@dataclass(frozen=True, slots=True)
class BulkSource:
    """A bulk source.

    Attributes:
        source: its IRI, and the graph of what it says.
        shards: the files of what it says, sorted by name.
    """

    source: ox.NamedNode
    shards: tuple[Path, ...]


def bulk_sources(project: Project) -> list[BulkSource]:
    """Return the bulk sources of a project, sorted by IRI; mostly there are none.

    Raises:
        LayoutError: if a folder is not named as a source is, a shard has no name of one, or the description is missing.
    """
    folders: dict[Path, list[Path]] = {}
    for path in sorted((project.data / FOLDER).rglob("*.nt")):
        if not _NAME_OF_SHARD.fullmatch(path.name):
            raise Fault("shard-name", project.relative(path)).error()
        folders.setdefault(path.parent, []).append(path)
    found = []
    for folder, shards in folders.items():
        description = folder.with_name(f"{folder.name}.trig")
        if not description.is_file():
            raise Fault("shard-alone", project.relative(shards[0]), parts={"file": description.name}).error()
        found.append(BulkSource(source_of(project.relative(description)), tuple(shards)))
    return sorted(found, key=lambda one: one.source.value)


def is_shard(relative: Path) -> bool:
    """Return whether a path below the project's root is one of a shard: its name then tells its content."""
    return relative.parts[:2] == ("data", FOLDER) and _NAME_OF_SHARD.fullmatch(relative.name) is not None


def shard_name(part: str, content: bytes) -> str:
    """Return the name of a shard of a part with a content."""
    return f"{part}-{hashlib.sha256(content).hexdigest()[:12]}.nt"


def read_shard(path: Path, source: ox.NamedNode, shown: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, IRI and name of each entry of a shard, and check all of its lines.

    Args:
        path: of the shard.
        source: whose it is.
        shown: the path as messages name it.

    Raises:
        ReadError, LayoutError: if the content is not what the name says, or a line says nothing of an entry of that
            source, is out of order or repeated.
    """
    content = path.read_bytes()
    if shard_name(path.name.rpartition("-")[0], content) != path.name or not content.endswith(b"\n"):
        raise Fault("shard-changed", shown).error()
    last = ""
    for number, line in enumerate(content[:-1].decode(errors="replace").split("\n"), start=1):
        found = _LINE.fullmatch(line)
        if found is None or line <= last or found[5] not in (None, source.value):
            raise Fault("shard-line", shown, number).error()
        last = line
        if found[2] == NAME:
            yield number, found[1], plain(found[3])


def plain(literal: str) -> str:
    """Return the text of a literal of N-Triples without language and datatype."""
    if "\\" not in literal:
        return literal[1:-1]
    (triple,) = ox.parse(f"<urn:s> <urn:p> {literal} .", format=ox.RdfFormat.N_TRIPLES)
    return str(triple.object.value)


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An entry of a register: what must be known to find it again, and whether it stood there at that time."""

    iri: str
    name: str
    court: str
    number: str
    seat: str
    is_current: bool


def register_entries(shards: Iterable[Path]) -> Iterator[RegisterEntry]:
    """Yield the entries of shards of a build or project, which were checked before; sorted within each shard."""
    for path in shards:
        iri, texts = "", dict[str | None, str]()
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                found = _LINE.fullmatch(line, 0, len(line) - 1)
                if found is None or not (found[2] or found[4]):
                    continue
                if found[1] != iri:
                    yield from _entry(iri, texts)
                    iri, texts = found[1], {}
                texts[found[2]] = plain(found[3]) if found[2] else found[4]
        yield from _entry(iri, texts)


def _entry(iri: str, texts: dict[str | None, str]) -> Iterator[RegisterEntry]:
    if NAME in texts:
        name, court, number, seat = (texts.get(of, "") for of in (NAME, COURT, NUMBER, SEAT))
        yield RegisterEntry(iri, name, court, number, seat, texts.get(None) == "true")
