"""Where the time of the longest pieces of work goes, step by step, beside the floor: what parsing and disk alone take.

The steps are those that a person who waits is told of. The floor of a build is bare pyoxigraph, which parses the files and
loads what came of them, derived statements included; that of a site is writing its bytes.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.publish.site.whole import publish_site
from buendnis_graph.settings import Project, find_project
from buendnis_graph.store import CONSOLIDATED, QUADS, shards
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.projects import copied, synthetic
from tests.bench.report import Cell, Table

_SIZE, _COLUMNS = 10_000, ("step", "s", "share")
_FLOOR = "floor: "


class _Steps:
    """Notes when each step begins; what is told with a count belongs to one step, and so do all questions asked."""

    def __init__(self) -> None:
        self._begun: list[tuple[str, float]] = [("before the first step", time.perf_counter())]

    def __call__(self, text: str) -> None:
        step = text.partition(":")[0].rstrip("0123456789, ")
        self._begun.append((step if step[:1].islower() else "answering the questions", time.perf_counter()))

    def rows(self) -> list[list[Cell]]:
        """Return seconds and share of each step, in the order in which they began."""
        ends = [*(at for _, at in self._begun[1:]), time.perf_counter()]
        taken: dict[str, float] = {}
        for (text, start), end in zip(self._begun, ends, strict=True):
            taken[text] = taken.get(text, 0) + end - start
        whole = sum(taken.values())
        rows: list[list[Cell]] = [[text, took, f"{took / whole:.0%}"] for text, took in taken.items()]
        return [*rows, ["all", whole, "100%"]]


def tables(run: Run) -> Iterator[Table]:
    """Yield the steps of builds, of a renewal and of a site."""
    real = find_project()
    with tempfile.TemporaryDirectory() as folder:
        own = copied(real, Path(folder) / "own")
        made = synthetic(real, Path(folder) / "made", 200 if run.quick else _SIZE)
        for name, project in (("the project's own data", own), (f"{_SIZE:,} synthetic organisations", made)):
            run.step(f"building {name}")
            yield _profile(f"A build of {name}", partial(build, project), partial(_floor_of_build, project))
        run.step("renewing")
        file = next(path for path in sorted((own.data / "registry").iterdir()) if "altLabel" in path.read_text("utf-8"))
        file.write_text(file.read_text("utf-8").replace('altLabel "', 'altLabel "Other ', 1), encoding="utf-8")
        yield _profile("A build of the project's own data after another name in one file", partial(build, own))
        run.step("writing the site")
        site = Path(folder) / "site"
        graph = Graph(own)
        yield _profile(
            "The site of the project's own data", partial(publish_site, graph, site), partial(_floor_of_site, site)
        )


def _profile(title: str, work: Callable[..., Any], floor: Callable[[], list[list[Cell]]] = lambda: []) -> Table:
    steps = _Steps()
    work(step=steps)
    return Table(title, _COLUMNS, [*steps.rows(), *floor()])


def _floor_of_build(project: Project) -> list[list[Cell]]:
    files = [
        path
        for part in (project.ontology, project.data)
        for path in part.rglob("*")
        if path.suffix in (".ttl", ".trig")
    ]
    folder = Graph(project).folder
    with tempfile.TemporaryDirectory() as aside:
        whole = Path(aside) / "all.nq"
        with whole.open("wb") as out:
            for path in (path for dump in (QUADS, CONSOLIDATED) for path in shards(folder, dump)):
                out.write(path.read_bytes())
        store = ox.Store(str(Path(aside) / "store"))

        def load() -> None:
            store.bulk_load(path=whole)
            store.flush()

        return [
            [
                f"{_FLOOR}parsing the files",
                seconds(lambda: [sum(1 for _ in ox.parse(path=path)) for path in files]),
                None,
            ],
            [f"{_FLOOR}loading all that is stored", seconds(load), None],
        ]


def _floor_of_site(site: Path) -> list[list[Cell]]:
    beside = site.with_name("copy")
    took = seconds(lambda: shutil.copytree(site, beside, copy_function=shutil.copyfile))
    return [[f"{_FLOOR}writing the same files", took, None]]
