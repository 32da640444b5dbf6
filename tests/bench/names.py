"""Who is who at scale: listed names against the register of associations, beside a plain rapidfuzz scan of all its names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rapidfuzz import fuzz, process, utils

from buendnis_graph.linking.register import Registered, as_entry
from buendnis_graph.resolving import Decision, Listed, Outcome, Resolver
from tests.bench.apart import apart
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.growth import Point, growing
from tests.bench.registers import entries, moved, sizes, some, told
from tests.bench.report import Ratio, Table, Timing

_ROUNDS, _NAMES, _SCANNED = 5, 10_000, 20
_ASKED = 1_000
"""Names resolved at each size."""


def tables(run: Run) -> Iterator[Table]:
    """Yield how long index, resolver and scan take, of all entries and by how many there are."""
    run.step("reading the register")
    total = sum(1 for _ in entries(quick=run.quick))
    yield _beside(run, total)
    index, resolving = [], []
    for size in sizes(total, quick=run.quick):
        run.step(f"{size:,} entries")
        (made, asked, count), memory = apart(measured, run.quick, total, size)
        index.append(Point("making the index", size, made, memory))
        resolving.append(Point("resolving a name", size, asked, memory, asked=count))
    note = f"Processes of their own. {_ASKED:,} names are resolved, or as many as there are. {told(quick=run.quick)}"
    yield growing("Index and names by size", "entries", [*index, *resolving], note)


def measured(quick: bool, total: int, size: int) -> tuple[float, float, int]:
    """Return the seconds that the index of so many entries takes, those that names take then, and how many these are."""
    registered = some(total, size, quick=quick)
    known = [as_entry(one) for one in registered]
    listed = [_listed(one, name) for one, name in moved(registered, _ASKED)]
    made: list[Resolver] = []
    index = seconds(lambda: made.append(Resolver(known)))
    return index, seconds(lambda: [made[0](one) for one in listed]), len(listed)


def _listed(registered: Registered, name: str) -> Listed:
    return Listed(name, next(iter(sorted(as_entry(registered).places)), ""), legal_form="ev")


def _beside(run: Run, total: int) -> Table:
    """Return what names take against all entries, beside a scan of them; the two take turns."""
    registered = some(total, total, quick=run.quick)
    known = [as_entry(one) for one in registered]
    chosen = moved(registered, _NAMES)
    listed = [_listed(one, name) for one, name in chosen]
    run.step("making the index")
    resolver = Resolver(known)
    texts = [utils.default_process(entry.names[0]) for entry in known]
    decisions: list[Decision] = []
    ours, scan = [], []
    for turn in range(_ROUNDS):
        run.step(f"resolving {len(listed):,} names, {turn + 1} of {_ROUNDS}")
        mine, theirs = listed[turn::_ROUNDS], listed[turn:_SCANNED:_ROUNDS]
        ours.append(seconds(lambda mine=mine: decisions.extend(map(resolver, mine))) / len(mine))  # type: ignore[misc]
        scan.append(seconds(partial(_scan, texts, theirs)) / len(theirs))
    asked = [one for turn in range(_ROUNDS) for one, _ in chosen[turn::_ROUNDS]]
    same = [(d, one) for d, one in zip(decisions, asked, strict=True) if d.outcome is Outcome.SAME]
    right = sum(d.entry is not None and d.entry.key == as_entry(one).key for d, one in same)
    times, peer = Timing.of(ours, 1000), Timing.of(scan, 1000)
    columns = (
        "entries",
        "names",
        "a name, ms",
        "rapidfuzz, ms",
        "rapidfuzz : here",
        "decided without asking",
        "of them right",
    )
    ratio = Ratio("a scan with rapidfuzz", peer.median / times.median)
    return Table(
        "Names resolved",
        columns,
        [[len(known), len(listed), times, peer, ratio, len(same), right]],
        f"{_ROUNDS} rounds, in turn. The scan (token_sort_ratio), for want of patience, is asked for {_SCANNED} of the names. "
        f"Right is the entry that the name was taken from. {told(quick=run.quick)}",
    )


def _scan(texts: list[str], listed: list[Listed]) -> None:
    for one in listed:
        name = utils.default_process(one.name)
        process.extract(name, texts, scorer=fuzz.token_sort_ratio, limit=5, score_cutoff=80)
