"""Reconciliation at scale: names against a register of associations, beside a rapidfuzz scan and csv-reconcile.

Ours is asked through a real server.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rapidfuzz import process, utils

from buendnis_graph.namespaces import BASE, PREFIXES, expand
from buendnis_graph.store import save
from buendnis_graph.store.builds import POINTER, REPORT
from tests.bench import csv_peer
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.growth import Point, growing
from tests.bench.machine import missing
from tests.bench.registers import entries, moved, sizes, some, told
from tests.bench.report import Cell, Ratio, Table, Timing
from tests.bench.stores import load
from tests.serve.live import memory_of_all, serving
from tests.serve.reconcile.client import Client

_NAMES, _BATCH, _ROUNDS = 10_000, 1_000, 5
_GRAPH = f"<{BASE}graph/registry>"
_Entry = tuple[str, str, str]
"""Identifier, name and place of an entry."""


@dataclass(frozen=True)
class _Found:
    """What names took of one register, in seconds each, and what was found.

    Attributes:
        count: of the names asked.
        start: of our server, which makes its index, until it has answered a first name; in seconds.
        ours: by HTTP.
        scan: of all names by rapidfuzz.
        peer: csv-reconcile's; None if it is not installed.
        matched: how many names ours is certain of.
        right: how many of these are the entry that the name was taken from.
        firsts: how many of the names that csv-reconcile was asked for it gives the right entry first.
        memory: of all processes of our server after that, in MiB.
    """

    count: int
    start: float
    ours: Timing
    scan: Timing
    peer: Timing | None
    matched: int
    right: int
    firsts: int | None
    memory: float


def tables(run: Run) -> Iterator[Table]:
    """Yield what a name takes by the size of the register, and what it takes peers."""
    run.step("reading the register")
    total = sum(1 for _ in entries(quick=run.quick))
    found = {size: _asked(run, total, size) for size in sizes(total, quick=run.quick)}
    start = [Point("starting the server", n, one.start, one.memory) for n, one in found.items()]
    points = [Point("reconciling a name", n, one.ours, one.memory, asked=1) for n, one in found.items()]
    yield growing(
        "Names by size of the register",
        "entries",
        [*start, *points],
        f"By HTTP, in batches of {_BATCH:,}; the median of {_ROUNDS} rounds, for one name. The index is made at the start. Memory: of all processes of the "
        f"server after that. {told(quick=run.quick)}",
    )
    absent = missing(["csv-reconcile"])
    yield Table(
        "Names beside peers",
        (
            "entries",
            "names",
            "a name, ms",
            "rapidfuzz, ms",
            "csv-reconcile, ms",
            "rapidfuzz : here",
            "csv-reconcile : here",
            "matched",
            "of them right",
            f"right first by csv-reconcile, of {_ROUNDS}",
        ),
        [_row(size, one) for size, one in found.items()],
        f"{_ROUNDS} rounds, in turn; the peers, which scan all names (rapidfuzz: extractOne), are asked for one name in each, "
        f"and without HTTP. Right is the entry that the name was taken from. {absent}".strip(),
    )


def _row(size: int, found: _Found) -> list[Cell]:
    times = [one and one.times(1000) for one in (found.ours, found.scan, found.peer)]
    ratios = [
        one and Ratio(name, one.median / found.ours.median)
        for name, one in (("a scan with rapidfuzz", found.scan), ("csv-reconcile", found.peer))
    ]
    return [size, found.count, *times, *ratios, found.matched, found.right, found.firsts]


def _asked(run: Run, total: int, size: int) -> _Found:
    """Ask our server, which has so many entries, and the peers, in turn."""
    registered = some(total, size, quick=run.quick)
    rows = [(f"r{n}", one.name, one.office) for n, one in enumerate(registered)]
    number = {id(one): key for one, (key, _, _) in zip(registered, rows, strict=True)}
    queries = {number[id(one)]: _query(name, one.office) for one, name in moved(registered, _NAMES)}
    keys = list(queries)
    probes = [(key, str(queries[key]["query"])) for key in _spread(keys)]
    firsts: list[bool] = []
    found: dict[str, list[dict[str, object]]] = {}
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    with tempfile.TemporaryDirectory() as folder:
        run.step(f"{size:,} entries: storing")
        _write(Path(folder), rows)
        peer = _peer(run, Path(folder), rows)
        texts = [utils.default_process(name) for _, name, _ in rows]
        run.step(f"{size:,} entries: starting the server")
        began = time.perf_counter()
        with serving(Path(folder), in_memory=0, connections=64) as live:
            ask = partial(_ask, Client(live), queries, found)
            ask(keys[:1])
            start = time.perf_counter() - began
            for turn in range(_ROUNDS):
                run.step(f"{size:,} entries: names, {turn + 1} of {_ROUNDS}")
                mine = keys[turn::_ROUNDS]
                times[0].append(seconds(partial(ask, mine)) / len(mine))
                key, name = probes[turn]
                times[1].append(seconds(partial(process.extractOne, utils.default_process(name), texts)))
                if peer:
                    times[2].append(seconds(lambda key=key, name=name: firsts.append(peer([name]) == [key])))  # type: ignore[misc]
            memory = memory_of_all(live.process.pid) / 1024
    same = {key: best[0]["id"] for key, best in found.items() if best and best[0]["match"]}
    right = sum(one == key for key, one in same.items())
    ours, scan, theirs = (Timing.of(one) if one else None for one in times)
    assert ours is not None
    assert scan is not None
    return _Found(len(queries), start, ours, scan, theirs, len(same), right, sum(firsts) if peer else None, memory)


def _spread(keys: Sequence[str]) -> list[str]:
    """Return a name for each round, from all over: a scan ends early where it finds one to the letter."""
    return [keys[min(len(keys) - 1, turn * (len(keys) // _ROUNDS) + turn)] for turn in range(_ROUNDS)]


def _query(name: str, place: str) -> dict[str, object]:
    return {"query": name, "type": "organisation", "properties": [{"pid": "place", "v": place}]}


def _ask(client: Client, queries: dict[str, dict[str, Any]], found: dict[str, Any], keys: Sequence[str]) -> None:
    for start in range(0, len(keys), _BATCH):
        found.update(client.match(**{key: queries[key] for key in keys[start : start + _BATCH]}))


def _peer(run: Run, folder: Path, rows: list[_Entry]) -> Callable[[Sequence[str]], list[str | None]] | None:
    if not csv_peer.is_installed():
        return None
    run.step(f"{len(rows):,} entries: csv-reconcile reads them")
    return csv_peer.made(folder, [(key, name) for key, name, _ in rows])


def _write(root: Path, rows: list[_Entry]) -> None:
    """Write a project that has nothing but a build: each association with name, place and legal form."""
    folder = root / "build" / "bench"
    for part in (folder, root / "data", root / "ontology"):
        part.mkdir(parents=True)
    store = ox.Store()
    load(store, (f"{triple} {_GRAPH} .\n{triple} .\n" for triple in _triples(rows)))
    save(store, folder)
    (folder / REPORT).write_text("{}")
    (folder.parent / POINTER).write_text(folder.name)


def _triples(rows: list[_Entry]) -> Iterator[str]:
    label, offices = expand("skos:prefLabel"), sorted({office for _, _, office in rows if office})
    place = {office: f"<{BASE}id/ags-{number:08d}>" for number, office in enumerate(offices)}
    for office, iri in place.items():
        yield f"{iri} {expand('rdf:type')} {expand('schema:Place')}"
        yield f"{iri} {label} {ox.Literal(office, language='de')}"
    for number, name, office in rows:
        iri = f"<{BASE}id/{number}>"
        yield f"{iri} {expand('rdf:type')} {expand('org:Organization')}"
        yield f"{iri} {label} {ox.Literal(name, language='de')}"
        yield f"{iri} {expand('bg:legalForm')} <{PREFIXES['legal-form']}ev>"
        if office:
            yield f"{iri} {expand('schema:location')} {place[office]}"
