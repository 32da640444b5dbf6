"""A build from files, with nothing to do and after a change of one file, and the cold start of what reads it.

All are whole processes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from buendnis_graph.settings import Project
from buendnis_graph.store import QUADS, dump_lines
from buendnis_graph.store.builds import current_build
from tests.bench.benches import Run
from tests.bench.editing import EDITS, change_a_file
from tests.bench.generator import alliance_iri
from tests.bench.growth import Point, growing
from tests.bench.processes import COMMAND, Measured
from tests.bench.projects import by_size
from tests.bench.report import Cell, Table
from tests.bench.sizes import SIZES

ROUNDS, ONCE_FROM = 5, 10_000
"""How often, and the size from which a build is made once."""
CHANGED = {f"{what} changed": what for what in EDITS}
"""What is changed, by what a column calls it."""
AFTER = ("nothing to do", *CHANGED)
_LOAD = """
import itertools, pathlib, pyoxigraph
files = [path for part in ("ontology", "data") for path in pathlib.Path(folder, part).rglob("*")]
store = pyoxigraph.Store(folder + "/build/bare")
read = (pyoxigraph.parse(path=str(path)) for path in files if path.suffix in (".ttl", ".trig"))
store.bulk_extend(itertools.chain.from_iterable(read))
store.flush()
"""
_OPEN = "import buendnis_graph; print(next(iter(buendnis_graph.open(folder).store)))"


def tables(run: Run) -> Iterator[Table]:
    """Yield builds and cold starts, by size."""
    builds: list[list[Cell]] = []
    renewals: list[list[Cell]] = []
    starts: list[list[Cell]] = []
    points: list[Point] = []
    for size, name, project in by_size(run, SIZES):
        rounds = 1 if run.quick or size >= ONCE_FROM else ROUNDS
        cold, built = _built(run, name, project, rounds)
        builds.append([name, *built])
        after = _renewed(run, name, project, rounds)
        source, memory = after["a source changed"].time, max(one.memory for one in after.values())
        times = [one.time for one in after.values()]
        renewals.append([name, *times, cold.time.median / source.median, memory])
        points += [Point(what, size, one.time, one.memory) for what, one in ({"whole": cold} | after).items() if size]
        run.step(f"{name}: cold start")
        starts.append([name, *_started(project, alliance_iri(0)[1:-1] if size else "netzwerk-tolerantes-sachsen")])
    yield Table(
        "Builds",
        (
            "organisations",
            "files",
            "statements",
            "build, s",
            "memory at most, MiB",
            "bare pyoxigraph loads, s",
            "build : load",
        ),
        builds,
        "Whole processes of `buendnis build`. Bare pyoxigraph neither validates nor derives nor writes tables: it is the "
        f"floor, no peer; the two take turns. From {ONCE_FROM:,} organisations each is done once.",
    )
    yield Table(
        "Builds after a change",
        (
            "organisations",
            *(f"{what}, s" for what in AFTER),
            "build : a source changed",
            "memory at most, MiB",
        ),
        renewals,
        "Whole processes of `buendnis build` after all was built: with nothing to do, and after a change in one file: a "
        "listed name in a source, another name in an entry of the registry, the label of an organisation, the confidence of "
        f"a coding. From {ONCE_FROM:,} organisations each is done once.",
    )
    yield growing("Builds by size", "organisations", points, "The same figures of the synthetic projects.")
    yield Table(
        "Cold start",
        ("organisations", "`buendnis query`, s", "memory, MiB", "`buendnis_graph.open()`, s", "memory then, MiB"),
        starts,
        f"Whole processes, {ROUNDS} rounds: the members of one alliance, and the first statement of an opened graph.",
    )


def _built(run: Run, name: str, project: Project, rounds: int) -> tuple[Measured, list[Cell]]:
    """Return what builds of a project take, beside what is in it and the floor; it stays built."""
    cold, bare = Measured(project.root, COMMAND, "build"), Measured(project.root, _LOAD)
    for number in range(rounds):
        run.step(f"{name}: build {number + 1} of {rounds}")
        for measured in (bare, cold):
            shutil.rmtree(project.build, ignore_errors=True)
            project.build.mkdir()
            measured.run()
    folder = current_build(project)
    assert folder is not None
    statements = sum(1 for _ in dump_lines(folder, QUADS))
    files = sum(path.is_file() for path in project.data.rglob("*"))
    ratio = cold.time.median / bare.time.median
    return cold, [files, statements, cold.time, cold.memory, bare.time, ratio]


def _renewed(run: Run, name: str, project: Project, rounds: int) -> dict[str, Measured]:
    """Return what builds take after changes of one file."""
    after = {what: Measured(project.root, COMMAND, "build") for what in AFTER}
    for number in range(rounds):
        run.step(f"{name}: build after a change, {number + 1} of {rounds}")
        for what, measured in after.items():
            if what in CHANGED:
                change_a_file(project, CHANGED[what], number)
            measured.run()
    return after


def _started(project: Project, alliance: str) -> list[Cell]:
    query = Measured(project.root, COMMAND, "query", "members-of-alliance", "--param", f"alliance={alliance}")
    opened = Measured(project.root, _OPEN)
    for _ in range(ROUNDS):
        query.run()
        opened.run()
    return [query.time, query.memory, opened.time, opened.memory]
