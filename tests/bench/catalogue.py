"""Every question of the catalogue on synthetic data, derived by the real rules, beside the same text in bare pyoxigraph."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.build import build
from buendnis_graph.queries import Question, answer, read_catalogue
from buendnis_graph.settings import Project, find_project
from buendnis_graph.store import CONSOLIDATED, QUADS, STORE, open_read_only, shards
from buendnis_graph.store.builds import POINTER, REPORT, current_build
from buendnis_graph.store.dataset import load_pieces
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.generator import alliance_iri, body_iri
from tests.bench.growth import Point, growing, grown
from tests.bench.projects import built
from tests.bench.report import Cell, Table, Timing
from tests.bench.sizes import SIZES

ROUNDS = 5
LIMIT, LIMITED_TO = 2.0, 100_000
"""Seconds a question may take, and at how many organisations at most."""


def make(folder: str, other: str) -> None:
    """Make a build that has the project's own data and other data beside it, each as the rules derived from it.

    The project's own data has what is rare, so that each question has an answer; the other data makes it large.

    Args:
        folder: of the build that is made.
        other: that of another one.
    """
    own, _ = build(find_project())
    path = f"{folder}/{STORE}"
    ox.Store.read_only(f"{other}/{STORE}").backup(path)  # on one file system its files are linked to, not copied
    disk = ox.Store(path)
    for dump in (QUADS, CONSOLIDATED):
        load_pieces(disk, shards(own, dump), ox.RdfFormat.N_QUADS)
    disk.flush()


def _bare(store: ox.Store, text: str) -> list[object]:
    result = store.query(text)
    assert isinstance(result, ox.QuerySolutions)
    return list(result)


def _asked(question: Question) -> str:
    """Return the text of a question about things that the synthetic data holds."""
    things = {"bg:Alliance": alliance_iri(0), "org:Organization": body_iri(0)}
    terms = {p.name: ox.NamedNode(things[p.of_class][1:-1]) for p in question.parameters if p.of_class in things}
    return question.bound(terms)


def ask_all(folder: str, questions: list[str]) -> float:
    """Return the seconds that all these questions take, each once."""
    store = open_read_only(Path(folder))
    return seconds(lambda: [answer(store, question) for question in questions])


def tables(run: Run) -> Iterator[Table]:
    """Yield each question's time by size, the bare engine's and why it is slow, if it is; whole processes; all together."""
    project = find_project()
    questions = read_catalogue(project)[:3] if run.quick else read_catalogue(project)
    before: dict[str, tuple[int, float]] = {}
    points: list[Point] = []
    for size in (200, 400) if run.quick else SIZES:
        with built(run, size) as synthetic, tempfile.TemporaryDirectory(dir=synthetic.root) as folder:
            run.step(f"{size:,} organisations: the project's own beside them")
            both = Path(folder) / "build" / "both"
            both.mkdir(parents=True)
            apart(make, str(both), str(current_build(synthetic)))
            yield _asked_at(run, both, questions, size, before)
            run.step(f"{size:,} organisations, whole processes")
            yield Table(
                f"Whole processes at {size:,} organisations", ("command", "s"), _whole_processes(project, Path(folder))
            )
            run.step(f"{size:,} organisations, all questions in one process")
            took, memory = apart(ask_all, str(both), [_asked(question) for question in questions])
            points.append(Point("all questions, each once", size, took, memory))
    note = "In a process of its own. The project's own data is beside the synthetic data at each size."
    yield growing("The catalogue by size", "organisations", points, note)


def _asked_at(
    run: Run, build: Path, questions: Sequence[Question], size: int, before: dict[str, tuple[int, float]]
) -> Table:
    """Return the table of one size; what was measured at the size before is replaced."""
    store = open_read_only(build)
    rows = []
    for question in questions:
        run.step(f"{size:,} organisations, {question.name}")
        rows.append(_row(store, question, size, before))
    return Table(
        f"The catalogue at {size:,} organisations, on disk",
        ("question", "rows", "here, s", "time : n log n", "bare pyoxigraph, s", "here : bare", "slow because"),
        rows,
        f"Bare pyoxigraph is the engine below: the floor, no peer. After bare pyoxigraph was asked once, each is {ROUNDS} times, "
        "in turn; once if that took a second.",
    )


def _row(store: ox.Store, question: Question, size: int, before: dict[str, tuple[int, float]]) -> list[Cell]:
    asked = _asked(question)
    counted: list[int] = []
    is_quick = seconds(lambda: counted.append(len(_bare(store, asked)))) < 1
    bare, ours = [], []
    for _ in range(ROUNDS if is_quick else 1):  # in turn, so that what else the machine does hits both
        bare.append(seconds(partial(_bare, store, asked)))
        ours.append(seconds(partial(answer, store, asked)))
    here, floor = Timing.of(ours), Timing.of(bare)
    why = question.scales.get("en", "")
    growth = grown("time", before[question.name], (size, here.median), why) if question.name in before else None
    before[question.name] = size, here.median
    slow = (why or ("too slow" if size <= LIMITED_TO else "")) if here.median > LIMIT else None
    return [question.name, *counted, here, growth, floor, here.median / floor.median, slow]


def _whole_processes(project: Project, root: Path) -> list[list[Cell]]:
    """Return the time of point questions as whole processes, on the store made in a folder."""
    for name in ("ontology", "queries", "data"):
        (root / name).symlink_to(project.root / name)
    for name in (QUADS, CONSOLIDATED):  # that a build is known by
        (root / "build" / "both" / name).mkdir()
    (root / "build" / "both" / REPORT).write_text("{}\n", encoding="utf-8")
    (root / "build" / POINTER).write_text("both\n", encoding="utf-8")
    rows: list[list[Cell]] = []
    for name, parameter in (
        ("members-of-alliance", f"alliance={alliance_iri(0)[1:-1]}"),
        ("alliances-of-organisation", f"organisation={body_iri(0)[1:-1]}"),
    ):
        command = [sys.executable, "-m", "buendnis_graph", "--root", str(root), "query", name, "--param", parameter]
        ask = partial(subprocess.run, command, check=True, capture_output=True)
        rows.append([f"buendnis query {name}", Timing.of([seconds(ask) for _ in range(ROUNDS)])])
    return rows
