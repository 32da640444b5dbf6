"""The register of associations taken in: beside a project's own data, built, checked, opened and asked; all as whole processes."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from buendnis_graph.linking.register import COLUMNS
from buendnis_graph.queries import answer, read_catalogue
from buendnis_graph.settings import Project, find_project
from buendnis_graph.store import open_read_only
from buendnis_graph.store.builds import current_build, read_report
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.editing import change_a_file
from tests.bench.growth import Point, growing
from tests.bench.processes import COMMAND, Measured
from tests.bench.projects import copied
from tests.bench.registers import entries, sizes, some, told
from tests.bench.report import Cell, Table, Timing

ROUNDS, SHOWN = 5, 10
_DAY = "2026-11-29"
_READ = """
import pathlib
from buendnis_graph.evidence import read_corpus
from buendnis_graph.evidence.bulk import bulk_sources
from buendnis_graph.settings import Project
from buendnis_graph.validate import Fast
project = Project(pathlib.Path(folder))
said = [item.quad for item in read_corpus(project).quads]
"""
_CORE = """
from buendnis_graph.validate.bulk import pieces_of
for data, shapes in pieces_of(bulk_sources(project), said, project):
    assert not Fast().plan(shapes).core.results(data)
"""
_ALL = """
from buendnis_graph.validate.bulk import validate_bulk
assert not validate_bulk(bulk_sources(project), said, project, Fast())
"""
_BARE = """
import pathlib, pyoxigraph
store = pyoxigraph.Store(folder + "/build/bare")
for path in pathlib.Path(folder, "data", "bulk").rglob("*.nt"):
    for graph in (pyoxigraph.NamedNode("urn:x"), None):
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
store.flush()
store.optimize()
"""
_OPEN = "import buendnis_graph; print(next(iter(buendnis_graph.open(folder).store)))"


def tables(run: Run) -> Iterator[Table]:
    """Yield what taking in, building, checking and asking takes, and how it grows."""
    run.step("reading the register")
    total = sum(1 for _ in entries(quick=run.quick))
    with tempfile.TemporaryDirectory() as folder:
        file = _file(run, Path(folder), total, total)
        project = copied(find_project(), Path(folder) / "project")
        own = _built(run, "build without it", project)
        without = Path(folder) / "without"
        shutil.move(current_build(project) or project.build, without)
        rows = [own, *_steps(run, project, file)]
        with_it = current_build(project)
        assert with_it is not None
        number = read_report(with_it)["counts"]["register-entries"]
        size = sum(path.stat().st_size for path in (with_it / "store").iterdir()) / 1024**2
        yield Table(
            "The register of associations in the graph",
            ("what", "time, s", "memory at most, MiB"),
            rows,
            f"{number:,} entries; the store has {size:,.0f} MiB. Whole processes, each once, opening {ROUNDS} times. "
            "Bare pyoxigraph only loads the same lines twice: the floor of what a build adds. "
            f"{told(quick=run.quick)}",
        )
        yield _asked(run, project, without, with_it)
    yield _by_size(run, total)


def _by_size(run: Run, total: int) -> Table:
    """Return what taking in, and a build with it, takes by the number of entries."""
    points: list[Point] = []
    for size in sizes(total, quick=run.quick):
        with tempfile.TemporaryDirectory() as folder:
            file = _file(run, Path(folder), total, size)
            project = copied(find_project(), Path(folder) / "project")
            for what, arguments in (("taking in", _taking(file)), ("build with it", ("build",))):
                run.step(f"{size:,} entries: {what}")
                measured = Measured(project.root, COMMAND, *arguments)
                measured.run()
                points.append(Point(what, size, measured.time, measured.memory))
    note = "Whole processes, each once, beside the project's own data, which takes as long at each size."
    return growing("The register by size", "entries", points, note)


def _file(run: Run, folder: Path, total: int, size: int) -> Path:
    """Return a file of so many entries of the register, evenly taken."""
    file = folder / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for one in some(total, size, quick=run.quick):
            status = "currently registered" if one.is_current else "removed"
            rows.writerow((one.number, one.name, one.office, status, f"{one.court} {one.court_number}"))
    return file


def _taking(file: Path) -> tuple[str, ...]:
    return ("register", str(file.resolve()), "--take", "--date", _DAY)


def _built(run: Run, what: str, project: Project) -> list[Cell]:
    return _done(run, what, Measured(project.root, COMMAND, "build"))


def _done(run: Run, what: str, measured: Measured, rounds: int = 1) -> list[Cell]:
    run.step(what)
    for _ in range(rounds):
        measured.run()
    return [what, measured.time, measured.memory]


def _steps(run: Run, project: Project, file: Path) -> Iterator[list[Cell]]:
    yield _done(run, "taking in", Measured(project.root, COMMAND, *_taking(file)))
    yield _done(run, "SHACL Core alone", Measured(project.root, _READ + _CORE))
    yield _done(run, "all constraints", Measured(project.root, _READ + _ALL))
    yield _built(run, "build with it", project)
    yield _built(run, "build with nothing to do", project)
    change_a_file(project, "a source", 0)
    yield _built(run, "build after a change of another file", project)
    yield _done(run, "`buendnis_graph.open()` and a statement", Measured(project.root, _OPEN), ROUNDS)
    yield _done(run, "bare pyoxigraph loads it", Measured(project.root, _BARE))
    shutil.rmtree(project.build / "bare")


def _asked(run: Run, project: Project, without: Path, with_it: Path) -> Table:
    """Return the questions that take longest with the register, and how long they take without it."""
    small, large = open_read_only(without), open_read_only(with_it)
    questions = read_catalogue(project)[:3] if run.quick else read_catalogue(project)
    found: list[tuple[str, Timing, Timing]] = []
    for question in questions:
        run.step(question.name)
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(1 if run.quick else ROUNDS):
            for store, taken in zip((small, large), times, strict=True):
                taken.append(seconds(partial(answer, store, question.sparql)))
        found.append((question.name, Timing.of(times[0], 1000), Timing.of(times[1], 1000)))
    found.sort(key=lambda one: -one[2].median)
    return Table(
        "Questions with the register",
        ("question", "without it, ms", "with it, ms"),
        [list(one) for one in found[:SHOWN]],
        f"Of {len(found)} questions those that take longest with it; on disk, {ROUNDS} rounds, interleaved.",
    )
