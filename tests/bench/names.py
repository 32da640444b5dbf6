"""Who is who at scale: listed names against the register of associations, beside a plain rapidfuzz scan of all its names."""

from __future__ import annotations

import random
from collections.abc import Iterator

from rapidfuzz import fuzz, process, utils

from buendnis_graph.linking.register import as_entry
from buendnis_graph.resolving import Decision, Listed, Outcome, Resolver
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.registers import MOVES, NOT_TIMED, register
from tests.bench.report import Table

_TITLE = "Names resolved"
_NAMES, _SCANNED = 10_000, 20


def tables(run: Run) -> Iterator[Table]:
    """Yield how long index, resolver and scan take; or that there is no register to time against."""
    run.step("reading the register")
    entries = [as_entry(registered) for registered in register(run)]
    if not entries:
        yield Table(_TITLE, note=NOT_TIMED)
        return
    choice = random.Random(1).sample(entries, min(_NAMES, len(entries)))  # noqa: S311 - a fixed sample, no secret
    listed = [
        Listed(MOVES[number % len(MOVES)](entry.names[0]), next(iter(sorted(entry.places)), ""), legal_form="ev")
        for number, entry in enumerate(choice)
    ]
    made: list[Resolver] = []
    run.step("making the index")
    index = seconds(lambda: made.append(Resolver(entries)))
    decisions: list[Decision] = []
    run.step(f"resolving {len(listed):,} names")
    resolving = seconds(lambda: decisions.extend(made[0](item) for item in listed))
    same = [(d, entry) for d, entry in zip(decisions, choice, strict=True) if d.outcome is Outcome.SAME]
    right = sum(d.entry is not None and d.entry.key == entry.key for d, entry in same)
    texts = [utils.default_process(entry.names[0]) for entry in entries]
    scanned = [utils.default_process(item.name) for item in listed[:_SCANNED]]
    run.step(f"scanning for {len(scanned):,} names")
    scan = seconds(
        lambda: [
            process.extract(name, texts, scorer=fuzz.token_sort_ratio, limit=5, score_cutoff=80) for name in scanned
        ]
    )
    ours, peer = len(listed) / resolving, len(scanned) / scan
    yield Table(
        _TITLE,
        ("what", "figure"),
        [
            ["entries", len(entries)],
            ["index built, s", index],
            ["names resolved", len(listed)],
            ["names resolved a second", ours],
            ["names scanned a second (rapidfuzz, token_sort_ratio)", peer],
            ["here : scan", ours / peer],
            ["decided without asking", len(same)],
            ["of them the entry the name came from", right],
        ],
        f"The scan, for want of patience, is asked for {len(scanned)} names.",
    )
