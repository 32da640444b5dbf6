"""Whole-network answers on columns beside the same join in DuckDB and in SPARQL, bare pyoxigraph, on the same memberships.

The synthetic memberships overlap: each body is in one alliance and, with odds that fall as a power, in more of them;
alliances are of sizes that fall as a power, too, so there are hubs and giants. ``BUENDNIS_BENCH_LARGE=1`` adds 600,000
bodies.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES
from buendnis_graph.network.projection import project, shared_by_pairs
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import cpu_seconds
from tests.bench.growth import Point, growing
from tests.bench.report import Cell, Ratio, Table, Timing

PER_ALLIANCE, ROUNDS = 200, 5
SIZES = (1_000, 10_000, 100_000, *([600_000] if os.environ.get("BUENDNIS_BENCH_LARGE") else []))
_MEMBER_OF = ox.NamedNode(PREFIXES["org"] + "memberOf")
_ALL_PAIRS = """SELECT ?a ?b (COUNT(?x) AS ?shared) WHERE {{ ?a <{p}> ?x . ?b <{p}> ?x . FILTER(STR(?a) < STR(?b)) }}
GROUP BY ?a ?b"""


_IN_SQL = """SELECT count(*) FROM (
  SELECT count(*) AS shared FROM m AS one JOIN m AS two USING (alliance) WHERE one.body < two.body
  GROUP BY one.body, two.body HAVING shared >= ?
)"""


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


def in_sql(table: pl.DataFrame, at_least: int) -> int:
    """Return how many pairs share so many alliances, by SQL in DuckDB, on numbers for names, which ours makes, too."""
    codes = {name: table[name].rank("dense").to_numpy() for name in table.columns}
    with duckdb.connect() as database:
        database.register("m", codes)
        found = database.execute(_IN_SQL, [at_least]).fetchone()
    assert found is not None
    return int(found[0])


def _in_turn(*works: Callable[[], object]) -> list[Timing]:
    """Return the seconds of rounds in which each of some pieces of work is done once."""
    rounds = [[cpu_seconds(work) for work in works] for _ in range(ROUNDS)]
    return [Timing.of(times) for times in zip(*rounds, strict=True)]


def tables(run: Run) -> Iterator[Table]:
    """Yield pairs of bodies that meet, on columns and in SPARQL, and their ratio; and ours by size."""
    yield _beside(run)
    yield _by_size(run)


def _by_size(run: Run) -> Table:
    pairs, ordered = [], []
    for bodies in (1_000, 2_000) if run.quick else SIZES:
        run.step(f"{bodies:,} bodies")
        times, memory = apart(measured, bodies)
        pairs.append(Point("pairs that share two", bodies, Timing.of(times[0]), memory))
        ordered.append(Point("with measures of overlap", bodies, Timing.of(times[1]), memory))
    return growing(
        "Pairs on columns by size",
        "bodies",
        [*pairs, *ordered],
        f"Seconds of processor time, {ROUNDS} rounds, in processes of their own.",
    )


def measured(bodies: int) -> list[list[float]]:
    """Return the seconds that rounds take of pairs that share two alliances, and of these with measures of overlap."""
    table = memberships(bodies)
    return [
        [cpu_seconds(partial(work, table, "body", 2)) for _ in range(ROUNDS)] for work in (shared_by_pairs, project)
    ]


def _beside(run: Run) -> Table:
    rows = []
    for bodies, at_least in ((1_000, 1), (1_000, 2)) if run.quick else ((10_000, 1), (10_000, 2), (100_000, 2)):
        run.step(f"{bodies:,} bodies that share {at_least} or more")
        table = memberships(bodies)
        pairs = len(shared_by_pairs(table, "body", at_least))
        if in_sql(table, at_least) != pairs:
            raise AssertionError("DuckDB finds other pairs")
        ours, ordered, sql = _in_turn(
            partial(shared_by_pairs, table, "body", at_least),
            partial(project, table, "body", at_least),
            partial(in_sql, table, at_least),
        )
        peers = _peers(table, pairs, ours.median) if at_least == 1 else [None] * 4
        rows.append(
            [at_least, bodies, len(table), pairs, ours, ordered, sql, Ratio("DuckDB", sql.median / ours.median), *peers]
        )
    return Table(
        "Pairs of bodies that meet in an alliance",
        (
            "shared alliances at least",
            "bodies",
            "memberships",
            "pairs",
            "on columns, s",
            "with measures of overlap, s",
            "DuckDB, s",
            "DuckDB : columns",
            "SPARQL on disk, s",
            "in memory, s",
            "on disk : columns",
            "in memory : columns",
        ),
        rows,
        f"Seconds of processor time; {ROUNDS} rounds, in turn. SPARQL is asked once, and only for what share one or more.",
    )


def _peers(table: pl.DataFrame, pairs: int, ours: float) -> list[Cell]:
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for store in (as_store(table, Path(folder)), as_store(table)):
            found: list[int] = []
            times.append(cpu_seconds(lambda store=store, found=found: found.append(in_sparql(store))))  # type: ignore[misc]
            if found != [pairs]:
                raise AssertionError(f"SPARQL finds {found} pairs, not {pairs}")
    names = ("SPARQL on disk", "SPARQL in memory")
    return [*times, *(Ratio(name, time / ours) for name, time in zip(names, times, strict=True))]
