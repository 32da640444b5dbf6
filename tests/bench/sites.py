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
from tests.bench.building import ONCE_FROM, ROUNDS, SIZES
from tests.bench.clock import seconds
from tests.bench.editing import EDITS, change_a_file
from tests.bench.processes import COMMAND, Measured
from tests.bench.projects import copied, synthetic
from tests.bench.report import Cell, Table


def tables(run: Run) -> Iterator[Table]:
    """Yield what sites take, by size."""
    real = find_project()
    rows: list[list[Cell]] = []
    for size in (200,) if run.quick else (0, *SIZES):
        name = f"synthetic, {size:,}" if size else "the project's own"
        with tempfile.TemporaryDirectory() as folder:
            run.step(f"{name}: making files")
            root = Path(folder) / "project"
            project = synthetic(real, root, size) if size else copied(real, root)
            rows.append([name, *_made(run, name, project, 1 if run.quick or size >= ONCE_FROM else ROUNDS)])
    yield Table(
        "Sites after a change",
        (
            "organisations",
            "files of the site",
            "whole, s",
            "copying the files, s",
            "nothing to do, s",
            *(f"{what} changed, s" for what in EDITS),
            "memory at most, whole, MiB",
            "memory at most, after a change, MiB",
        ),
        rows,
        "Whole processes of `buendnis site` after `buendnis build`, with the same changes of one file as there. The whole "
        f"site is made once; from {ONCE_FROM:,} organisations on all is done once.",
    )


def _made(run: Run, name: str, project: Project, rounds: int) -> list[Cell]:
    """Return what the site of a project takes, whole and after changes."""
    output = project.root / "public"
    build, whole, idle = (Measured(project.root, COMMAND, *asked) for asked in (["build"], *[_site(output)] * 2))
    after = {what: Measured(project.root, COMMAND, *_site(output)) for what in EDITS}
    run.step(f"{name}: build and whole site")
    build.run()
    whole.run()
    files = sum(path.is_file() for path in output.rglob("*"))
    copy = seconds(lambda: shutil.copytree(output, project.root / "copy", copy_function=shutil.copyfile))
    for number in range(rounds):
        run.step(f"{name}: site after a change, {number + 1} of {rounds}")
        idle.run()
        for what, measured in after.items():
            change_a_file(project, what, number)
            build.run()
            measured.run()
    times = [measured.time for measured in after.values()]
    return [files, whole.time, copy, idle.time, *times, whole.memory, max(one.memory for one in after.values())]


def _site(output: Path) -> list[str]:
    return ["site", "--output", str(output)]
