"""Reconciliation at scale: names against a register of associations, beside a rapidfuzz scan and csv-reconcile.

Ours is asked through a real server.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rapidfuzz import process, utils

from buendnis_graph.namespaces import BASE, PREFIXES, expand
from buendnis_graph.store import save
from buendnis_graph.store.builds import POINTER, REPORT
from tests.bench import csv_peer
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.registers import MOVES, NOT_TIMED, register
from tests.bench.report import Cell, Table
from tests.serve.live import children, memory_of, serving
from tests.serve.reconcile.client import Client

_TITLE = "Names reconciled"
_NAMES, _BATCH, _SCANNED, _ASKED_PEER = 10_000, 1000, 20, 5
_GRAPH = f"<{BASE}graph/registry>"


def tables(run: Run) -> Iterator[Table]:
    """Yield how many names a second are reconciled; or that there is no register to time against."""
    run.step("reading the register")
    rows = [(f"r{n}", registered.name, registered.office) for n, registered in enumerate(register(run))]
    if not rows:
        yield Table(_TITLE, note=NOT_TIMED)
        return
    choice = random.Random(1).sample(rows, min(_NAMES, len(rows)))  # noqa: S311 - a fixed sample, no secret
    queries = {
        number: {
            "query": MOVES[n % len(MOVES)](name),
            "type": "organisation",
            "properties": [{"pid": "place", "v": place}],
        }
        for n, (number, name, place) in enumerate(choice)
    }
    found: dict[str, list[dict[str, object]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        run.step("storing the register")
        _write(Path(folder), rows)
        run.step("starting the server")
        with serving(Path(folder), in_memory=0, connections=64) as live:
            client = Client(live)
            keys = list(queries)

            def ask() -> None:
                for start in range(0, len(keys), _BATCH):
                    found.update(client.match(**{key: queries[key] for key in keys[start : start + _BATCH]}))

            run.step(f"reconciling {len(keys):,} names")
            took = seconds(ask)
            memory = _memory(live.process.pid)
    same = {key: some[0]["id"] for key, some in found.items() if some and some[0]["match"]}
    right = sum(one == key for key, one in same.items())
    texts = [utils.default_process(name) for _, name, _ in rows]
    wanted = [utils.default_process(str(queries[key]["query"])) for key in list(queries)[:_SCANNED]]
    run.step(f"scanning for {len(wanted):,} names")
    scan = seconds(lambda: [process.extractOne(name, texts) for name in wanted])
    ours, peer = len(queries) / took, len(wanted) / scan
    yield Table(
        _TITLE,
        ("what", "figure"),
        [
            ["entries", len(rows)],
            ["names reconciled", len(queries)],
            ["names reconciled a second", ours],
            ["names scanned a second (rapidfuzz, extractOne)", peer],
            ["here : scan", ours / peer],
            *_csv_reconcile(run, rows, queries, ours),
            ["matched", len(same)],
            ["of them with the entry the name came from", right],
            ["memory of all processes of the server after that, MiB", memory],
        ],
        f"By HTTP, in batches of {_BATCH:,}; the scan is asked for {len(wanted)} names, csv-reconcile, without HTTP, for {_ASKED_PEER}.",
    )


def _csv_reconcile(
    run: Run, rows: list[tuple[str, str, str]], queries: dict[str, dict[str, object]], ours: float
) -> list[list[Cell]]:
    """Return how csv-reconcile answers some of the same names; nothing if it is not installed."""
    if not csv_peer.is_installed():
        return []
    keys = list(queries)[:_ASKED_PEER]
    found: list[str | None] = []
    with tempfile.TemporaryDirectory() as folder:
        run.step("csv-reconcile reads the register")
        ask = csv_peer.made(Path(folder), [(number, name) for number, name, _ in rows])
        run.step(f"csv-reconcile is asked for {len(keys)} names")
        took = seconds(lambda: found.extend(ask([str(queries[key]["query"]) for key in keys])))
    peer = len(keys) / took
    return [
        ["names reconciled a second by csv-reconcile", peer],
        ["here : csv-reconcile", ours / peer],
        [
            f"of {len(keys)} names csv-reconcile puts the entry first that the name came from",
            sum(map(str.__eq__, keys, map(str, found))),
        ],
    ]


def _memory(pid: int) -> float:
    """Return what a process and those that it has started hold for themselves, in MiB."""
    return memory_of(pid) / 1024 + sum(map(_memory, children(pid)))


def _write(root: Path, rows: list[tuple[str, str, str]]) -> None:
    """Write a project that has nothing but a build: each association with name, place and legal form."""
    folder = root / "build" / "bench"
    for part in (folder, root / "data", root / "ontology"):
        part.mkdir(parents=True)
    lines = [f"{triple} {_GRAPH} .\n{triple} .\n" for triple in _triples(rows)]
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    save(store, folder)
    (folder / REPORT).write_text("{}")
    (folder.parent / POINTER).write_text(folder.name)


def _triples(rows: list[tuple[str, str, str]]) -> Iterator[str]:
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
