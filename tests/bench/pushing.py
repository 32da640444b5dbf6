"""Seconds until a store elsewhere holds a build: all of it, nothing new, one organisation changed; beside loading the dump anew."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.push import Wanted, push
from buendnis_graph.settings import find_project
from buendnis_graph.store.addresses import Addresses, addresses_of
from buendnis_graph.store.http import Client
from buendnis_graph.store.logins import Login
from buendnis_graph.store.quads import DEFAULT
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.generator import Generator
from tests.bench.report import Cell, Table
from tests.endpoint import oxigraph_to_write
from tests.system import virtuoso

SIZES = (1_000, 10_000)
Served = Callable[[], AbstractContextManager[tuple[Addresses, Client]]]


def tables(run: Run) -> Iterator[Table]:
    """Yield how long pushes take; Virtuoso is left out where it is not installed."""
    rows: list[list[Cell]] = []
    for size in (200,) if run.quick else SIZES:
        store = _synthetic(size)
        for name, served in _servers().items():
            run.step(f"{size:,} organisations into {name}")
            with served() as (addresses, client):
                rows.append([size, len(store), name, *_times(addresses, client, store)])
    columns = ("organisations", "quads", "server", "dump loaded as a whole, s", "pushed first, s")
    note = "One run each, into a server on this machine. Virtuoso was not asked to load the dump."
    yield Table("Pushing synthetic data", (*columns, "nothing new, s", "one label changed, s"), rows, note)


def _times(addresses: Addresses, client: Client, store: ox.Store) -> list[Cell]:
    """Return how long each takes, in seconds; nothing for a dump that this server does not take as a whole."""
    whole: Cell = None
    if addresses.data.endswith("/store"):
        whole = _timed(_load, client, addresses, store)
        client.send(addresses.update, "POST", b"CLEAR ALL", Content_Type="application/sparql-update")
    remote = RemoteQuads(addresses, client)
    first, again = (_timed(_push, remote, store, "a") for _ in range(2))
    changed = ox.Quad(ox.NamedNode(f"{BASE}id/new"), expand("skos:prefLabel"), ox.Literal("Neu"), DEFAULT)
    store.add(changed)
    edited = _timed(_push, remote, store, "b")
    store.remove(changed)
    return [whole, first, again, edited]


@contextmanager
def _oxigraph() -> Iterator[tuple[Addresses, Client]]:
    with oxigraph_to_write() as url:
        yield addresses_of(url), Client(None, 600, 1 << 30)


@contextmanager
def _virtuoso() -> Iterator[tuple[Addresses, Client]]:
    with tempfile.TemporaryDirectory() as folder, virtuoso.server(Path(folder), rows=10_000) as url:
        yield addresses_of(f"{url}-auth"), Client(Login("dba", "dba"), 600, 1 << 30)


def _servers() -> dict[str, Served]:
    found: dict[str, Served] = {"Oxigraph 0.5": _oxigraph}
    return found | ({"Virtuoso 7.2": _virtuoso} if shutil.which("virtuoso-t") else {})


def _synthetic(size: int) -> ox.Store:
    generator = Generator(find_project(), size)
    rows = (row for block in generator.blocks() for row in block.statements)
    lines = [f"{s} {p} {o} {g} .\n{s} {p} {o} .\n" for s, p, o, g in rows]
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return store


def _load(client: Client, addresses: Addresses, store: ox.Store) -> None:
    dump = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dump is not None
    client.send(addresses.data, "PUT", dump, Content_Type="application/n-quads")


def _push(remote: RemoteQuads, store: ox.Store, name: str) -> None:
    push(remote, Wanted(name, store), step=lambda _text: None)


def _timed(work: Callable[..., None], *arguments: object) -> float:
    return seconds(lambda: work(*arguments))
