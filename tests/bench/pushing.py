"""Seconds until a store elsewhere holds a build: all of it, nothing new, one organisation changed; beside loading the dump anew."""

from __future__ import annotations

import http.client
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.push import Wanted, push
from buendnis_graph.settings import find_project
from buendnis_graph.store.addresses import Addresses, addresses_of
from buendnis_graph.store.http import Client
from buendnis_graph.store.logins import Login
from buendnis_graph.store.quads import DEFAULT
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.generator import Generator
from tests.bench.growth import Point, growing
from tests.bench.report import Cell, Ratio, Table
from tests.bench.sizes import SIZES
from tests.bench.stores import load
from tests.endpoint import oxigraph_to_write
from tests.system import virtuoso

VIRTUOSO_TO = 10_000
_OXIGRAPH, _VIRTUOSO = "Oxigraph 0.5", "Virtuoso 7.2"
_PUSHES = ("pushed first", "nothing new", "one label changed")
Served = Callable[[], AbstractContextManager[tuple[Addresses, Client]]]


def tables(run: Run) -> Iterator[Table]:
    """Yield how long pushes take, and how that grows; Virtuoso is left out where it is not installed."""
    rows: list[list[Cell]] = []
    points: list[Point] = []
    for size in (200, 400) if run.quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            run.step(f"{size:,} organisations: making data")
            quads, _ = apart(make_data, folder, size)
            for name in _servers(size):
                run.step(f"{size:,} organisations into {name}")
                whole, _ = apart(load_time, folder, name)
                times, memory = apart(push_times, folder, name)
                ratio = None if whole is None else Ratio("loading the dump as a whole", whole / times[0])
                rows.append([size, quads, name, whole, *times, ratio])
                points += [
                    Point(f"{what}, into {name}", size, time, memory) for what, time in zip(_PUSHES, times, strict=True)
                ]
    columns = ("dump loaded as a whole, s", *(f"{what}, s" for what in _PUSHES), "loaded : pushed first")
    columns = ("organisations", "quads", "server", *columns)
    note = (
        "One run each, into an empty server on this machine. The dump is loaded from a file that is there, and not as one "
        "transaction. Virtuoso was not asked to load it, nor beyond "
        f"{VIRTUOSO_TO:,} organisations."
    )
    yield Table("Pushing synthetic data", columns, rows, note)
    yield growing(
        "Pushes by size",
        "organisations",
        points,
        "Memory: of the process that makes all three pushes one after the other; it holds the lines of one graph at a "
        "time, and what a server answers at once.",
    )


def make_data(folder: str, size: int) -> int:
    """Make synthetic data, as a store on disk, as that of a build is, and as its dump; return the number of quads."""
    generator = Generator(find_project(), size)
    rows = (row for block in generator.blocks() for row in block.statements)
    store = ox.Store(f"{folder}/store")
    load(store, (f"{s} {p} {o} {g} .\n{s} {p} {o} .\n" for s, p, o, g in rows))
    store.dump(f"{folder}/dump.nq", format=ox.RdfFormat.N_QUADS)
    return len(store)


def load_time(folder: str, name: str) -> float | None:
    """Return the seconds to load the dump into a server by its name; nothing where it does not take one as a whole."""
    with _SERVERS[name]() as (addresses, _):
        if not addresses.data.endswith("/store"):
            return None
        return _timed(_load, addresses.data, Path(folder) / "dump.nq")


def push_times(folder: str, name: str) -> list[float]:
    """Return the seconds that pushes of the data take into a server by its name."""
    store = ox.Store(f"{folder}/store")
    added = ox.Quad(ox.NamedNode(f"{BASE}id/new"), expand("skos:prefLabel"), ox.Literal("Neu"), DEFAULT)
    with _SERVERS[name]() as (addresses, client):
        remote = RemoteQuads(addresses, client)
        times = [_timed(_push, remote, store, "a") for _ in range(2)]
        store.add(added)
        times.append(_timed(_push, remote, store, "b"))
    store.remove(added)
    return times


@contextmanager
def _oxigraph() -> Iterator[tuple[Addresses, Client]]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        oxigraph_to_write("--location", folder) as url,
    ):
        yield addresses_of(url), Client(None, 600, 1 << 30)


@contextmanager
def _virtuoso() -> Iterator[tuple[Addresses, Client]]:
    with tempfile.TemporaryDirectory() as folder, virtuoso.server(Path(folder), rows=10_000) as url:
        yield addresses_of(f"{url}-auth"), Client(Login("dba", "dba"), 600, 1 << 30)


_SERVERS: dict[str, Served] = {_OXIGRAPH: _oxigraph, _VIRTUOSO: _virtuoso}


def _servers(size: int) -> list[str]:
    """Return the names of the servers that are asked at a size."""
    with_virtuoso = size <= VIRTUOSO_TO and shutil.which("virtuoso-t")
    return [name for name in _SERVERS if with_virtuoso or name != _VIRTUOSO]


def _load(url: str, dump: Path) -> None:
    """Load a dump into Oxigraph's server: not as one transaction, for which it would hold all of it."""
    headers = {"Content-Type": "application/n-quads", "Content-Length": str(dump.stat().st_size)}
    with dump.open("rb") as body, closing(http.client.HTTPConnection(urlsplit(url).netloc)) as connection:
        connection.request("PUT", f"{urlsplit(url).path}?no_transaction", body, headers)
        response = connection.getresponse()
        assert response.status < 300, response.read()


def _push(remote: RemoteQuads, store: ox.Store, name: str) -> None:
    push(remote, Wanted(name, store), step=lambda _text: None)


def _timed(work: Callable[..., None], *arguments: object) -> float:
    return seconds(lambda: work(*arguments))
