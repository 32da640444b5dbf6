"""Carry out a push: in one transaction if it is small and the store has such, else in steps that can be resumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import TypeVar

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.publish.push.plan import Plan, Step, plan_push
from buendnis_graph.publish.push.record import RECORD, STATUS, Record, read_record
from buendnis_graph.publish.push.wanted import Content, Wanted
from buendnis_graph.publish.releases.patch import patch_between
from buendnis_graph.store.quads import BATCH, GraphName, QuadStore

T = TypeVar("T")
DROPPED = 100_000
"""Triples in graphs that are dropped by one request: Oxigraph needs minutes for three million."""


def push(
    store: QuadStore, wanted: Wanted, *, view: str = "auto", recheck: bool = False, step: Step
) -> tuple[Plan, bool]:
    """Make a store hold a build; return what was changed, and whether in one transaction.

    Killed at any moment, it leaves the store as it was, as it should be, or with a record that says that it is neither;
    the next push then completes it. Graphs that the record does not name are never touched, but those of the build.

    Args:
        store: what is changed.
        wanted: what should be there.
        view: as :func:`.plan.plan_push` has it.
        recheck: compare all graphs, whatever the record says.
        step: told what is being done.

    Raises:
        EndpointError: if the store can't be asked or changed, or does not hold afterwards what it was given.
    """
    is_first = not read_record(store)[1]
    if is_first:
        store.apply((), Record(wanted.name).quads())  # also shows how the store treats its default graph
    try:
        plan = plan_push(store, wanted, view=view, recheck=recheck, step=step)
    except EndpointError:
        store.apply((), (), [RECORD] if is_first else [])
        raise
    if plan.is_done:
        return plan, True
    last = patch_between(plan.recorded, plan.goal().quads(), id=wanted.name, previous=plan.record.build)
    size, dropped = plan.size + len(last.added) + len(last.removed), sum(plan.dropped.values())
    is_small = plan.record.is_whole and size <= BATCH and dropped <= DROPPED
    if not is_small or _put_as_whole(plan) or not store.is_atomic(RECORD):
        _in_steps(store, plan, step)
        return plan, False
    step("changing all in one transaction")
    patches = [*plan.changed.values(), last]
    removed, added = chain(*(patch.removed for patch in patches)), chain(*(patch.added for patch in patches))
    store.apply(removed, added, plan.dropped)
    _verify(store, plan, step)
    return plan, True


def _in_steps(store: QuadStore, plan: Plan, step: Step) -> None:
    """Change a store: what goes first, then what comes; the record before and behind."""
    wanted, unfinished = plan.wanted, replace(plan.goal(), is_whole=False, hash="")
    ours = {*plan.record.graphs, *wanted.contents}
    known = {graph: wanted.contents[graph] if graph in plan.unchanged else None for graph in ours}
    _write_record(store, replace(unfinished, graphs=known))
    gone = 0
    for dropped in _by_size(plan.dropped):
        store.apply((), (), dropped)
        step(f"dropped {(gone := gone + len(dropped)):,} of {len(plan.dropped):,} graphs")
    whole = _put_as_whole(plan)
    rest = [patch for graph, patch in plan.changed.items() if graph not in whole]
    done, size = 0, sum(len(patch.removed) + len(patch.added) for patch in rest)
    for some in _batches(chain(*(patch.removed for patch in rest))):
        store.apply(some, ())
        step(f"changed {(done := done + len(some)):,} of {size:,} triples")
    for number, graph in enumerate(sorted(whole, key=str), 1):
        step(f"putting large graph {number} of {len(whole)}")
        store.replace(graph, wanted.quads_of(graph))
    for some in _batches(chain(*(patch.added for patch in rest))):
        store.apply((), some)
        step(f"changed {(done := done + len(some)):,} of {size:,} triples")
    _verify(store, plan, step)
    _write_record(store, replace(plan.goal(), is_whole=False))
    _write_record(store, plan.goal())


def _put_as_whole(plan: Plan) -> set[GraphName]:
    """Return the graphs that are put as a whole: as planned, and where blank nodes go, which no update can name."""
    found = ((graph, patch) for graph, patch in plan.changed.items() if graph in plan.wanted.contents)
    return {graph for graph, patch in found if _has_blank_nodes(patch.removed)} | plan.put.keys()


def _has_blank_nodes(quads: Iterable[ox.Quad]) -> bool:
    return any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


def _write_record(store: QuadStore, record: Record) -> None:
    """Make a store say that; what a whole build is changed by comes first, in the first request."""
    old, quads = read_record(store)
    patch = patch_between(quads, record.quads(), id=record.build, previous=old.build)
    removed, added = (list(_batches(sorted(some, key=_status_first))) for some in (patch.removed, patch.added))
    for turn in range(max(len(removed), len(added))):
        store.apply(chain(*removed[turn : turn + 1]), chain(*added[turn : turn + 1]))


def _status_first(quad: ox.Quad) -> tuple[bool, str]:
    return quad.predicate != STATUS, str(quad)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while some := list(islice(left, BATCH)):
        yield some


def _by_size(graphs: Mapping[ox.NamedNode, int]) -> Iterator[list[ox.NamedNode]]:
    """Yield graphs by turns that no store works on for long: of so many triples together, or a single one."""
    some, size = list[ox.NamedNode](), 0
    for graph, count in graphs.items():
        if some and (size + count > DROPPED or len(some) == BATCH):
            yield some
            some, size = [], 0
        some.append(graph)
        size += count
    if some:
        yield some


def _verify(store: QuadStore, plan: Plan, step: Step) -> None:
    """Compare counts of all graphs, and what those hold that were changed.

    Raises:
        EndpointError: if a graph is not what it should be; the record then says so.
    """
    step("verifying")
    wanted = plan.wanted
    for graph, n in store.count({*wanted.contents, *plan.dropped, *plan.changed, *plan.put}).items():
        content = wanted.contents.get(graph, Content(0, ""))
        is_odd = n != content.count
        if not is_odd and graph not in plan.changed and graph not in plan.put:
            continue
        gone, come = store.difference(graph, wanted.lines_of(graph))
        if is_odd or gone or come:
            unsure = {name: None if name == graph else known for name, known in wanted.contents.items()}
            _write_record(store, replace(plan.goal(), is_whole=False, hash="", graphs=unsure))
            odd = min(gone | come, default=b"").decode().rstrip(" .\n")
            raise EndpointError(
                f"{graph} holds {n:,} triples there, not the {content.count:,} it was given, or others: {odd}.",
                hint="Push again. If that does not help, the store changes this triple, or somebody else writes to it.",
            )
