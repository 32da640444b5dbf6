"""Answers a second over HTTP, beside Oxigraph's own server and rdflib-endpoint, interleaved in one run; the ratio counts.

All walls are up. What is kept from before (the cache) is timed apart; without it each query is evaluated anew.
"""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from buendnis_graph.settings import find_project
from buendnis_graph.store import CONSOLIDATED, save
from buendnis_graph.store.builds import POINTER, REPORT
from tests.bench.generator import Generator, iri
from tests.endpoint import free_port, oxigraph
from tests.serve.live import serving

ORGANISATIONS, ROUNDS, ASKED = 10_000, 7, 60
ROWS = 271
_PEER = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Graph().parse(sys.argv[1])
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


@dataclass(frozen=True)
class Peer:
    """A server: its name, and the port and path it is asked at."""

    name: str
    port: int
    path: str

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


def run() -> None:
    """Print a Markdown table: milliseconds a query here, uncached and cached, and at the peers, and the ratios."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        root, bodies, alliances = _built(Path(name))
        build = root / "build" / "synthetic"
        ours = stack.enter_context(serving(root, cache=0))
        caching = stack.enter_context(serving(root))
        url = stack.enter_context(oxigraph(build / "store"))
        peers = [
            Peer("here, uncached", ours.port, "/sparql"),
            Peer("here, cached", caching.port, "/sparql"),
            Peer("oxigraph serve", int(url.split(":")[2].split("/")[0]), "/query"),
            Peer("rdflib-endpoint", stack.enter_context(_rdflib_endpoint(build / CONSOLIDATED)), "/sparql"),
        ]
        out = sys.stdout
        out.write(f"\nServing {ORGANISATIONS:,} organisations; milliseconds a query, median of {ROUNDS} rounds.\n\n")
        out.write(f"| query | {' | '.join(peer.name for peer in peers)} | oxigraph : here | rdflib : here |\n")
        out.write(f"|---|{'--:|' * (len(peers) + 2)}\n")
        for title, query, things, rows in (
            ("a point", _point, bodies, 3),
            (f"{ROWS} rows", _rows, alliances, ROWS),
        ):
            times = [1000 * found for found in _interleaved(peers, [query(thing) for thing in things], rows)]
            ratios = f"{times[2] / times[0]:.2f} | {times[3] / times[0]:.1f}"
            out.write(f"| {title} | {' | '.join(f'{found:.2f}' for found in times)} | {ratios} |\n")


def _interleaved(peers: list[Peer], queries: list[str], rows: int) -> list[float]:
    for peer in peers:
        peer.seconds(queries[:5], rows)
    found: list[list[float]] = [[] for _ in peers]
    for turn in range(ROUNDS):
        for peer, times in zip(peers, found, strict=True):
            asked = queries[: ASKED if peer.name != "rdflib-endpoint" else 10]
            if peer.name != "here, cached":  # rdflib-endpoint keeps what it has parsed
                asked = [f"{query} # {turn}" for query in asked]
            times.append(peer.seconds(asked, rows))
    return [statistics.median(times) for times in found]


def _point(body: str) -> str:
    return f"SELECT ?p ?o WHERE {{ {body} ?p ?o }}"


def _rows(alliance: str) -> str:
    member, of, label = iri("org:member"), iri("org:organization"), iri("skos:prefLabel")
    return (
        f"SELECT ?member ?name WHERE {{ ?a {of} ?alliance ; {member} ?member . ?member {label} ?name "
        f"FILTER(?alliance != {alliance}) }} LIMIT {ROWS}"
    )


def _built(folder: Path) -> tuple[Path, list[str], list[str]]:
    """Make a project with a build of synthetic data; return its folder, and organisations and alliances of it."""
    for name in ("ontology", "data", "build/synthetic"):
        (folder / name).mkdir(parents=True)
    generator = Generator(find_project(), ORGANISATIONS)
    blocks = list(generator.blocks())
    lines = [f"{s} {p} {o} {g} .\n{s} {p} {o} .\n" for block in blocks for s, p, o, g in block.statements]
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    save(store, folder / "build" / "synthetic")
    (folder / "build" / "synthetic" / REPORT).write_text("{}")
    (folder / "build" / POINTER).write_text("synthetic")
    every = {kind: [b.nodes[kind] for b in blocks if kind in b.nodes] for kind in ("body", "alliance")}
    step = len(every["body"]) // ASKED
    return folder, list(islice(every["body"], 0, None, step)), every["alliance"]


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


if __name__ == "__main__":
    run()
