"""A site made whole, with nothing to do, and after a change of one file, by size; all are whole processes.

``BUENDNIS_BENCH_LARGE=1`` adds 100,000 organisations.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from buendnis_graph.settings import Project, find_project
from tests.bench.benches import Run
from tests.bench.building import AFTER, CHANGED, ONCE_FROM, ROUNDS, SIZES
from tests.bench.clock import seconds
from tests.bench.editing import change_a_file
from tests.bench.growth import Point, growing
from tests.bench.processes import COMMAND, Measured
from tests.bench.projects import copied, synthetic
from tests.bench.report import Cell, Table


def tables(run: Run) -> Iterator[Table]:
    """Yield what sites take, by size."""
    real = find_project()
    rows: list[list[Cell]] = []
    points: list[Point] = []
    for size in (200,) if run.quick else (0, *SIZES):
        name = f"synthetic, {size:,}" if size else "the project's own"
        with tempfile.TemporaryDirectory() as folder:
            run.step(f"{name}: making files")
            root = Path(folder) / "project"
            project = synthetic(real, root, size) if size else copied(real, root)
            files, copy, took = _made(run, name, project, 1 if run.quick or size >= ONCE_FROM else ROUNDS)
            whole, *after = took.values()
            times = [one.time for one in after]
            rows.append([name, files, whole.time, copy, *times, whole.memory, max(one.memory for one in after)])
            points += [Point(what, size, one.time, one.memory) for what, one in took.items() if size]
    yield Table(
        "Sites after a change",
        (
            "organisations",
            "files of the site",
            "whole, s",
            "copying the files, s",
            *(f"{what}, s" for what in AFTER),
            "memory at most, whole, MiB",
            "memory at most, after a change, MiB",
        ),
        rows,
        "Whole processes of `buendnis site` after `buendnis build`, with the same changes of one file as there. The whole "
        f"site is made once; from {ONCE_FROM:,} organisations on all is done once.",
    )
    yield growing("Sites by size", "organisations", points, "The same figures of the synthetic projects.")


def _made(run: Run, name: str, project: Project, rounds: int) -> tuple[int, float, dict[str, Measured]]:
    """Return the files of a project's site, the seconds it takes to copy them, and what a site takes, whole at first."""
    output = project.root / "public"
    build = Measured(project.root, COMMAND, "build")
    took = {what: Measured(project.root, COMMAND, *_site(output)) for what in ("whole", *AFTER)}
    run.step(f"{name}: build and whole site")
    build.run()
    took["whole"].run()
    files = sum(path.is_file() for path in output.rglob("*"))
    copy = seconds(lambda: shutil.copytree(output, project.root / "copy", copy_function=shutil.copyfile))
    for number in range(rounds):
        run.step(f"{name}: site after a change, {number + 1} of {rounds}")
        for what in AFTER:
            if what in CHANGED:
                change_a_file(project, CHANGED[what], number)
                build.run()
            took[what].run()
    return files, copy, took


def _site(output: Path) -> list[str]:
    return ["site", "--output", str(output)]
