"""Answers a second over HTTP, beside Oxigraph's own server and rdflib-endpoint, interleaved in one run; the ratio counts.

All walls are up. What is kept from before (the cache) is timed apart; without it each query is evaluated anew.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from buendnis_graph.settings import find_project
from buendnis_graph.store import CONSOLIDATED, dump_lines, save
from buendnis_graph.store.builds import POINTER, REPORT
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.generator import Generator, iri
from tests.bench.growth import Point, growing
from tests.bench.machine import installed, missing
from tests.bench.report import Cell, Ratio, Table, Timing
from tests.bench.sizes import SIZES
from tests.bench.stores import load
from tests.endpoint import free_port, oxigraph
from tests.serve.live import memory_of_all, serving

ROUNDS, ASKED, RDFLIB_TO = 7, 60, 10_000
ROWS = 271
_OURS, _CACHED = "here, uncached", "here, cached"
_PEERS = ("oxigraph serve", "rdflib-endpoint")
_PEER = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Graph().parse(sys.argv[1])
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


@dataclass(frozen=True)
class Peer:
    """A server: its name, the port and path it is asked at, and its process if it is ours."""

    name: str
    port: int
    path: str
    pid: int = 0

    def seconds(self, queries: list[str], rows: int) -> float:
        """Return how long it takes to answer queries in turn on one connection, in seconds a query."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Accept": "application/sparql-results+json"}
        paths = [f"{self.path}?{urlencode({'query': query})}" for query in queries]
        began = time.perf_counter()
        for path in paths:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = response.read()
            assert response.status == 200, body
            assert body.count(b'"value"') >= rows, body
        took = time.perf_counter() - began
        connection.close()
        return took / len(queries)


def tables(run: Run) -> Iterator[Table]:
    """Yield milliseconds a query here, uncached and cached, and at the peers, and the ratios; and how ours grows."""
    sizes, rounds, count = ((400, 800), 1, ROWS // 10) if run.quick else (SIZES, ROUNDS, ROWS)
    rows: list[list[Cell]] = []
    points: list[Point] = []
    for size in sizes:
        some, grown = _at(run, size, rounds, count)
        rows += some
        points += grown
    absent = missing(["oxigraph", "rdflib-endpoint"])
    yield Table(
        "Queries beside peers",
        (
            "organisations",
            "query",
            "here uncached, ms",
            "here cached, ms",
            *(f"{peer}, ms" for peer in _PEERS),
            *(f"{peer} : here uncached" for peer in _PEERS),
        ),
        rows,
        f"Milliseconds a query, {rounds} rounds, interleaved. rdflib-endpoint holds all in Python's memory, so it is asked up to "
        f"{RDFLIB_TO:,} organisations. {absent}".strip(),
    )
    yield growing(
        "Queries by size of the graph",
        "organisations",
        points,
        "One query, uncached. Memory: what all processes of the server have for themselves after that.",
    )


def _at(run: Run, size: int, rounds: int, count: int) -> tuple[list[list[Cell]], list[Point]]:
    """Return the rows and the points of one size."""
    rows: list[list[Cell]] = []
    points: list[Point] = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        run.step(f"making {size:,} organisations")
        (bodies, alliances), _ = apart(make, folder, size)
        run.step(f"{size:,} organisations: starting the servers")
        peers = list(_servers(Path(folder), stack, size))
        for title, queries, least in (
            ("a point", [_point(body) for body in bodies], 3),
            (f"{count} rows", [_rows(alliance, count) for alliance in alliances], count),
        ):
            run.step(f"{size:,} organisations: {title}")
            names = [peer.name for peer in peers]
            times = dict(zip(names, _interleaved(peers, queries, least, rounds), strict=True))
            ours = times[_OURS]
            shown = [times.get(name) and times[name].times(1000) for name in (_OURS, _CACHED, *_PEERS)]
            ratios = [Ratio(peer, times[peer].median / ours.median) if peer in times else None for peer in _PEERS]
            rows.append([size, title, *shown, *ratios])
            memory = memory_of_all(peers[0].pid) / 1024
            points.append(Point(title, size, ours, memory, asked=1))
    return rows, points


def _servers(root: Path, stack: ExitStack, size: int) -> Iterator[Peer]:
    """Yield ours and the peers that are installed, running."""
    build = root / "build" / "synthetic"
    for name, live in (
        (_OURS, stack.enter_context(serving(root, cache=0))),
        (_CACHED, stack.enter_context(serving(root))),
    ):
        yield Peer(name, live.port, "/sparql", live.process.pid)
    if installed("oxigraph"):
        url = stack.enter_context(oxigraph(build / "store"))
        yield Peer("oxigraph serve", int(url.split(":")[2].split("/")[0]), "/query")
    if installed("rdflib-endpoint") and size <= RDFLIB_TO:
        view = build / "view.nt"
        view.write_bytes(b"".join(dump_lines(build, CONSOLIDATED)))
        port = stack.enter_context(_rdflib_endpoint(view))
        yield Peer("rdflib-endpoint", port, "/sparql")


def _interleaved(peers: list[Peer], queries: list[str], rows: int, rounds: int) -> list[Timing]:
    """Return the seconds a query takes each of the peers."""
    for peer in peers:
        peer.seconds(queries[:5], rows)
    found: list[list[float]] = [[] for _ in peers]
    for turn in range(rounds):
        for peer, times in zip(peers, found, strict=True):
            asked = queries[: ASKED if peer.name != "rdflib-endpoint" else 10]
            if peer.name != _CACHED:  # rdflib-endpoint keeps what it has parsed
                asked = [f"{query} # {turn}" for query in asked]
            times.append(peer.seconds(asked, rows))
    return [Timing.of(times) for times in found]


def _point(body: str) -> str:
    return f"SELECT ?p ?o WHERE {{ {body} ?p ?o }}"


def _rows(alliance: str, count: int) -> str:
    member, of, label = iri("org:member"), iri("org:organization"), iri("skos:prefLabel")
    return (
        f"SELECT ?member ?name WHERE {{ ?a {of} ?alliance ; {member} ?member . ?member {label} ?name "
        f"FILTER(?alliance != {alliance}) }} LIMIT {count}"
    )


def make(folder: str, organisations: int) -> tuple[list[str], list[str]]:
    """Make a project with a build of synthetic data in a folder; return some organisations of it, and all alliances."""
    build = Path(folder) / "build" / "synthetic"
    for part in (Path(folder) / "ontology", Path(folder) / "data", build):
        part.mkdir(parents=True)
    every: dict[str, list[str]] = {"body": [], "alliance": []}
    # on disk: 600,000 organisations in memory are more than there is
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as aside:
        store = ox.Store(aside)
        load(store, _lines(Generator(find_project(), organisations), every))
        save(store, build)
        del store
    (build / REPORT).write_text("{}")
    (build.parent / POINTER).write_text(build.name)
    step = len(every["body"]) // ASKED
    return every["body"][::step], every["alliance"]


def _lines(generator: Generator, every: dict[str, list[str]]) -> Iterator[str]:
    """Yield N-Quads, each statement in its graph and in the default graph; put what there is of each kind to the others."""
    for block in generator.blocks():
        for kind, nodes in every.items():
            nodes += [block.nodes[kind]] if kind in block.nodes else []
        yield from (f"{s} {p} {o} {g} .\n{s} {p} {o} .\n" for s, p, o, g in block.statements)


@contextmanager
def _rdflib_endpoint(data: Path) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", _PEER, str(data), str(port)])
    try:
        _wait_until(lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/"))
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_until(answers: Callable[[], object]) -> None:
    for _ in range(600):
        try:
            answers()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("rdflib-endpoint does not answer")
