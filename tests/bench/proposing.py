"""What it takes to propose which body of another data set is ours, by the number of bodies there."""

from __future__ import annotations

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.candidates import Candidates
from buendnis_graph.linking.features import compare_bodies
from buendnis_graph.linking.score import Match, weigh
from buendnis_graph.resolving import Entry
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.growth import Point, growing
from tests.bench.registers import entries, moved, sizes, some, told
from tests.bench.report import Table

_ASKED = 1_000
"""Bodies asked for at each size."""


def by_size(run: Run) -> Table:
    """Return what it takes to make an index of names of the register, and to find the candidates of one and weigh them."""
    run.step("reading the register")
    total = sum(1 for _ in entries(quick=run.quick))
    index, asking = [], []
    for size in sizes(total, quick=run.quick):
        run.step(f"{size:,} bodies in the index")
        (made, asked, count), memory = apart(measured, run.quick, total, size)
        index.append(Point("making the index", size, made, memory))
        asking.append(Point("proposing for a body", size, asked, memory, asked=count))
    note = (
        f"Names of the register as bodies, processes of their own; {_ASKED:,} are asked for, or as many as there are. "
    )
    points = [*index, *asking]
    return growing("Index and proposals by size", "bodies", points, note + told(quick=run.quick))


def measured(quick: bool, total: int, size: int) -> tuple[float, float, int]:
    """Return the seconds that the index of so many bodies takes, those that asking takes then, and for how many."""
    registered = some(total, size, quick=quick)
    bodies = [Body(Entry(f"r{n}", (one.name,))) for n, one in enumerate(registered)]
    asked = [Body(Entry(f"a{n}", (name,))) for n, (_, name) in enumerate(moved(registered, _ASKED))]
    made: list[Candidates] = []
    index = seconds(lambda: made.append(Candidates(bodies, asked)))
    return index, seconds(lambda: [_weighed(made[0], body) for body in asked]), len(asked)


def _weighed(index: Candidates, body: Body) -> list[Match]:
    return weigh([(other, compare_bodies(body, other, words, index.hosts)) for other, words in index.likest(body)])
