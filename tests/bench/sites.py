"""A site made whole, with nothing to do, and after a change of one file, by size; as whole processes, and by one that stays.

Sizes are those of builds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from buendnis_graph.settings import Project
from tests.bench.benches import Run
from tests.bench.building import AFTER, CHANGED, ONCE_FROM, ROUNDS
from tests.bench.clock import seconds
from tests.bench.editing import change_a_file, edited
from tests.bench.growth import Point, growing
from tests.bench.processes import COMMAND, Measured, Staying
from tests.bench.projects import by_size
from tests.bench.report import Cell, Table, Timing
from tests.bench.sizes import SIZES

_COPIED = 1_000_000
"""Files, for which the disk of a usual machine has room twice."""


def tables(run: Run) -> Iterator[Table]:
    """Yield what sites take, by size."""
    rows: list[list[Cell]] = []
    kept: list[list[Cell]] = []
    points: list[Point] = []
    for size, name, project in by_size(run, SIZES):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "public"
            rounds = 1 if run.quick or size >= ONCE_FROM else ROUNDS
            files, copy, took = _made(run, name, project, output, rounds)
            stays, memory = _kept_up(run, name, project, output)
        whole, *after = took.values()
        times = [one.time for one in after]
        rows.append([name, files, whole.time, copy, *times, whole.memory, max(one.memory for one in after)])
        points += [Point(what, size, one.time, one.memory) for what, one in took.items() if size]
        kept.append([name, *stays.values(), memory])
        points += [Point(f"{what}, at once", size, time, memory) for what, time in stays.items() if size]
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
        f"site is made once; from {ONCE_FROM:,} organisations on all is done once. More than {_COPIED:,} files are "
        "not copied.",
    )
    yield Table(
        "Build and site kept up to date",
        ("organisations", *(f"{what}, s" for what in CHANGED), "memory at most, MiB"),
        kept,
        "Seconds from saving one file, with the same changes, until a process of `buendnis site --watch` has validated, "
        f"derived and stored it and written tables, dumps and pages; {ROUNDS} times each.",
    )
    yield growing(
        "Sites by size",
        "organisations",
        points,
        "The same figures of the synthetic projects; at once: by a process that stays.",
    )


def _made(
    run: Run, name: str, project: Project, output: Path, rounds: int
) -> tuple[int, float | None, dict[str, Measured]]:
    """Return the files of a project's site, the seconds it takes to copy them, and what a site takes, whole at first."""
    build = Measured(project.root, COMMAND, "build")
    took = {what: Measured(project.root, COMMAND, *_site(output)) for what in ("whole", *AFTER)}
    run.step(f"{name}: build and whole site")
    build.run()
    took["whole"].run()
    files = sum(path.is_file() for path in output.rglob("*"))
    copy = seconds(partial(_copied, output)) if files <= _COPIED else None
    for number in range(rounds):
        run.step(f"{name}: site after a change, {number + 1} of {rounds}")
        for what in AFTER:
            if what in CHANGED:
                change_a_file(project, CHANGED[what], number)
                build.run()
            took[what].run()
    return files, copy, took


def _copied(site: Path) -> None:
    shutil.copytree(site, site.with_name("copy"), copy_function=shutil.copyfile)


def _kept_up(run: Run, name: str, project: Project, output: Path) -> tuple[dict[str, Timing], float]:
    """Return the seconds from saving a file until a process that stays has built and written the site; and its memory."""
    took: dict[str, list[float]] = {}
    run.step(f"{name}: a process that stays starts")
    with Staying(project.root, f"{output}:", *_site(output), "--watch") as staying:
        staying.wait()
        for number in range(1 if run.quick else ROUNDS):
            run.step(f"{name}: a process that stays, {number + 1} of {ROUNDS}")
            for what in CHANGED:
                file, text = edited(project, CHANGED[what], 10 * ROUNDS + number)
                took.setdefault(what, []).append(seconds(partial(_saved, file, text, staying)))
        return {what: Timing.of(some) for what, some in took.items()}, staying.memory


def _saved(file: Path, text: str, staying: Staying) -> None:
    file.write_text(text, encoding="utf-8")
    staying.wait()


def _site(output: Path) -> list[str]:
    return ["site", "--output", str(output)]
