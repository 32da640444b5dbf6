"""Take a register in as a bulk source: all its entries but those that must not be in the graph."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.withheld import Guard
from buendnis_graph.errors import LayoutError
from buendnis_graph.evidence import replace_files
from buendnis_graph.evidence.bulk import FOLDER, SEAT, BulkSource, shard_name
from buendnis_graph.evidence.turtle import write
from buendnis_graph.linking.register import Registered, entry_iri
from buendnis_graph.linking.shards import SEAT_LEFT_OUT, SITE, SLUG, by_part, describe, kept, write_shard
from buendnis_graph.namespaces import BASE, GRAPH_REGISTER_LINKS, GRAPH_SOURCES, PREFIXES, expand
from buendnis_graph.settings import Project
from buendnis_graph.validate.bulk import entry_of, validate_bulk
from buendnis_graph.validate.engine import Engine, Result

ASIDE = ".bulk.new"
"""The folder below the root in which shards are made; what a killed run left there is removed by the next."""

_PERSONAL = f"{PREFIXES['shape']}no-personal"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in.

    Attributes:
        entries: how many.
        left_out: how many entries were left out, by reason: ``personal``, ``withheld``, ``unfit``.
        seats: how many seats were left out, of entries that were taken in.
        changed: the files that were written or removed.
    """

    entries: int
    left_out: Counter[str]
    seats: int
    changed: tuple[Path, ...]


def take(
    project: Project,
    register: Iterable[Registered],
    sha256: str,
    day: str,
    guard: Guard,
    engine: Engine,
    said: list[ox.Quad],
    step: Callable[[str], None] = lambda _text: None,
) -> Taken:
    """Replace what ``data/bulk/`` holds of the register; taken in again, the same register changes nothing.

    The caller holds the project's data for writing.

    Args:
        project: whose ``data/bulk/``.
        register: all entries.
        sha256: of the file that they were read from.
        day: on which it was read, ISO 8601.
        guard: recognises what is withheld.
        engine: checks what is taken in; what it finds fault with is left out.
        said: what the files of the project say.
        step: told what is being done.

    Raises:
        LayoutError: if the links speak of an entry otherwise than the register does.
        ShapesError: if the shapes can't be used.
    """
    source = ox.NamedNode(f"{BASE}source/{SITE}/{SLUG}/{day}")
    description = describe(source, sha256, day)
    left_out: Counter[str] = Counter()
    step("reading the register")
    parts = by_part(kept(register, guard, left_out))
    refuse_contradictions(said, parts)
    aside = project.root / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        shards = {part: write_shard(aside, part, entries, source) for part, entries in parts.items()}
        bulk = BulkSource(source, tuple(sorted(shards.values())))
        in_store = (ox.Quad(q.subject, q.predicate, q.object, GRAPH_SOURCES) for q in description)
        for part, faults in _faults(validate_bulk([bulk], [*said, *in_store], project, engine, step)).items():
            shards.pop(part).unlink()
            parts[part] = list(_without(parts[part], faults, left_out))
            if parts[part]:
                shards[part] = write_shard(aside, part, parts[part], source)
        changed = _put(project, source, write(description), shards.values())
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    seats = left_out.pop(SEAT_LEFT_OUT, 0)
    return Taken(sum(map(len, parts.values())), left_out, seats, tuple(changed))


def refuse_contradictions(said: Iterable[ox.Quad], parts: Mapping[str, Iterable[Registered]]) -> None:
    """Stop if links speak of an entry otherwise than the register does: the graph would hold two courts or numbers.

    Raises:
        LayoutError: naming the entry.
    """
    linked = {(q.subject, q.predicate): q.object for q in said if q.graph_name == GRAPH_REGISTER_LINKS}
    for registered in (one for entries in parts.values() for one in entries):
        entry = entry_iri(registered.number)
        ours = [linked.get((entry, expand(of))) for of in ("bg:registerCourt", "bg:registerNumber")]
        theirs = [ox.Literal(registered.court), ox.Literal(registered.court_number)]
        if any(one not in (None, other) for one, other in zip(ours, theirs, strict=True)):
            raise LayoutError(
                f"speaks of <{entry.value}> otherwise than the register does.",
                path=Path("data/links/register.ttl"),
                hint="Propose the links anew from this register: buendnis register FILE --date DAY",
            )


def _faults(results: Iterable[Result]) -> dict[str, dict[str, list[Result]]]:
    """Return what was found, by part and entry."""
    found: dict[str, dict[str, list[Result]]] = {}
    for result in results:
        assert result.place is not None  # noqa: S101 - findings about bulk sources have one
        part = Path(result.place[0]).name.rpartition("-")[0]
        found.setdefault(part, {}).setdefault(entry_of(result), []).append(result)
    return found


def _without(
    entries: Iterable[Registered], faults: Mapping[str, list[Result]], left_out: Counter[str]
) -> Iterator[Registered]:
    """Yield the entries without those that something is wrong with; if it is the seat alone, without the seat."""
    for registered in entries:
        found = faults.get(entry_iri(registered.number).value, [])
        if not found:
            yield registered
        elif all(str(result.path) == f"<{SEAT}>" for result in found):
            left_out[SEAT_LEFT_OUT] += 1
            yield replace(registered, office="")
        else:
            personal = any(result.rule.startswith(_PERSONAL) for result in found)
            left_out["personal" if personal else "unfit"] += 1


def _put(project: Project, source: ox.NamedNode, description: str, shards: Iterable[Path]) -> list[Path]:
    """Put description and shards in place of those there; unchanged shards are left alone."""
    home = project.data / FOLDER / SITE / SLUG
    folder = home / source.value.rpartition("/")[2]
    wanted: dict[Path, str | Path] = {folder / shard.name: shard for shard in shards}
    wanted[folder.with_name(f"{folder.name}.trig")] = description
    files: dict[Path, str | Path | None] = {
        path: new for path, new in wanted.items() if not isinstance(new, Path) or not _is_whole(path)
    }
    files |= {path: None for path in sorted(home.rglob("*")) if path.is_file() and path not in wanted}
    return replace_files(project, files)


def _is_whole(shard: Path) -> bool:
    return shard.is_file() and shard_name(shard.name.rpartition("-")[0], shard.read_bytes()) == shard.name
