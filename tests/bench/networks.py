"""Whole-network answers on columns beside the same join in SPARQL, bare pyoxigraph, on the same memberships.

The synthetic memberships overlap: each body is in one alliance and, with odds that fall as a power, in more of them;
alliances are of sizes that fall as a power, too, so there are hubs and giants.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES
from buendnis_graph.network.projection import project, shared_by_pairs

PER_ALLIANCE, ROUNDS = 200, 5
_MEMBER_OF = ox.NamedNode(PREFIXES["org"] + "memberOf")
_ALL_PAIRS = """SELECT ?a ?b (COUNT(?x) AS ?shared) WHERE {{ ?a <{p}> ?x . ?b <{p}> ?x . FILTER(STR(?a) < STR(?b)) }}
GROUP BY ?a ?b"""


def memberships(bodies: int, seed: int = 1) -> pl.DataFrame:
    """Return overlapping memberships of so many bodies: ``alliance``, ``body``, each pair once."""
    rng = np.random.default_rng(seed)
    alliances = bodies // PER_ALLIANCE
    wanted = np.minimum(rng.zipf(2.5, bodies), alliances)
    weight = 1 / np.arange(1, alliances + 1) ** 0.5
    body = np.repeat(np.arange(bodies), wanted)
    alliance = rng.choice(alliances, len(body), p=weight / weight.sum())
    numbers = pl.DataFrame({"alliance": alliance, "body": body}).unique().sort("alliance", "body")
    return numbers.select(
        pl.format("buendnis-{}", "alliance").alias("alliance"), pl.format("verein-{}", "body").alias("body")
    )


def as_store(table: pl.DataFrame, folder: Path | None = None) -> ox.Store:
    """Return the same memberships as an RDF store, on disk as a build has it, or in memory."""
    store = ox.Store() if folder is None else ox.Store(str(folder))
    node = {name: ox.NamedNode(f"{BASE}id/{name}") for column in table for name in column.unique()}
    store.bulk_extend(ox.Quad(node[b], _MEMBER_OF, node[a]) for a, b in table.iter_rows())
    store.optimize()
    return store


def in_sparql(store: ox.Store) -> int:
    """Return how many pairs share an alliance, by SPARQL."""
    solutions = store.query(_ALL_PAIRS.format(p=_MEMBER_OF.value))
    assert isinstance(solutions, ox.QuerySolutions)
    return sum(1 for _ in solutions)


def _cpu_seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a call: on a machine with nothing else to do, the time it takes or more."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_cpu_seconds(work) for _ in range(ROUNDS))


def run() -> None:
    """Print a table: pairs of bodies that meet, on columns and in SPARQL, in seconds of processor time, and their ratio."""
    out = sys.stdout
    out.write("\n| pairs of bodies | bodies | memberships | pairs | on columns, s | with measures of overlap, s |")
    out.write(" SPARQL on disk, s | in memory, s | on disk : columns | in memory : columns |\n")
    out.write("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
    for bodies, at_least in ((10_000, 1), (10_000, 2), (100_000, 2)):
        table = memberships(bodies)
        pairs = len(shared_by_pairs(table, "body", at_least))
        ours = _median(partial(shared_by_pairs, table, "body", at_least))
        ordered = _median(partial(project, table, "body", at_least))
        row = f"| share {at_least} or more | {bodies:,} | {len(table):,} | {pairs:,} | {ours:.3f} | {ordered:.3f} |"
        out.write(row + (_peers(table, pairs, ours) if at_least == 1 else " not asked | | | |") + "\n")
        out.flush()


def _peers(table: pl.DataFrame, pairs: int, ours: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for store in (as_store(table, Path(folder)), as_store(table)):
            found: list[int] = []
            times.append(_cpu_seconds(lambda store=store, found=found: found.append(in_sparql(store))))  # type: ignore[misc]
            if found != [pairs]:
                raise AssertionError(f"SPARQL finds {found} pairs, not {pairs}")
    return "".join(f" {time:.1f} |" for time in times) + "".join(f" {time / ours:.0f} |" for time in times)


if __name__ == "__main__":
    run()
