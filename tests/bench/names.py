"""Who is who at scale: listed names against the register of associations, beside a plain rapidfuzz scan of all its names."""

from __future__ import annotations

import os
import random
import resource
import sys
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from buendnis_graph.linking.register import as_entry, read_register
from buendnis_graph.resolving import Decision, Listed, Outcome, Resolver
from tests.bench.clock import seconds

REGISTER = "BUENDNIS_REGISTER"
_NAMES, _SCANNED = 10_000, 20
MOVES = (
    lambda name: name.replace(" e.V.", " e. V."),
    lambda name: name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"),
    lambda name: name.upper(),
    lambda name: name.removesuffix(" e.V.") + " (eingetragener Verein)",
)
"""Spellings that the same body has in lists."""


def run() -> None:
    """Print how long index, resolver and scan take; says so and stops if there is no register to time against."""
    file = os.environ.get(REGISTER, "")
    if not file:
        sys.stdout.write(
            f"\nNames: not timed. Give a register as buendnis register reads it: {REGISTER}=register.csv.gz make bench\n"
        )
        return
    entries = [as_entry(registered) for registered in read_register(Path(file))]
    choice = random.Random(1).sample(entries, min(_NAMES, len(entries)))  # noqa: S311 - a fixed sample, no secret
    listed = [
        Listed(MOVES[number % len(MOVES)](entry.names[0]), next(iter(sorted(entry.places)), ""), legal_form="ev")
        for number, entry in enumerate(choice)
    ]
    made: list[Resolver] = []
    index = seconds(lambda: made.append(Resolver(entries)))
    decisions: list[Decision] = []
    resolving = seconds(lambda: decisions.extend(made[0](item) for item in listed))
    same = [(d, entry) for d, entry in zip(decisions, choice, strict=True) if d.outcome is Outcome.SAME]
    right = sum(d.entry is not None and d.entry.key == entry.key for d, entry in same)
    texts = [utils.default_process(entry.names[0]) for entry in entries]
    scanned = [utils.default_process(item.name) for item in listed[:_SCANNED]]
    scan = seconds(
        lambda: [
            process.extract(name, texts, scorer=fuzz.token_sort_ratio, limit=5, score_cutoff=80) for name in scanned
        ]
    )
    ours, peer = len(listed) / resolving, len(scanned) / scan
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"\n{len(listed):,} names against {len(entries):,} entries; the scan, for want of patience, {_SCANNED} names.\n\n"
        "| what | figure |\n|---|--:|\n"
        f"| index built, s | {index:.1f} |\n"
        f"| names resolved a second | {ours:,.0f} |\n"
        f"| names scanned a second (rapidfuzz, token_sort_ratio) | {peer:,.1f} |\n"
        f"| ratio | {ours / peer:,.0f} |\n"
        f"| decided without asking | {len(same):,} of {len(listed):,}, {right:,} of them the entry the name came from |\n"
        f"| memory at most, MiB | {memory:,.0f} |\n"
    )
