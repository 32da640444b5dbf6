"""Exports of synthetic projects, by size; as whole processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from tests.bench.benches import Run
from tests.bench.growth import Point, growing
from tests.bench.processes import COMMAND, Measured
from tests.bench.projects import built
from tests.bench.report import Table
from tests.bench.sizes import SIZES


def tables(run: Run) -> Iterator[Table]:
    """Yield what an export takes, by size."""
    points: list[Point] = []
    for size in (100, 200) if run.quick else SIZES:
        with built(run, size) as project, tempfile.TemporaryDirectory() as folder:
            run.step(f"{size:,} organisations: all dumps")
            measured = Measured(project.root, COMMAND, "export", "--output", f"{folder}/export")
            measured.run()
            points.append(Point("all dumps", size, measured.time, measured.memory))
    yield growing(
        "Export by size",
        "organisations",
        points,
        "Whole processes of `buendnis export`, each once, into an empty folder.",
    )
