"""``make bench-linking``: how often the right body is found and accepted, beside a plain normalise-and-rapidfuzz scan.

Two files with Wikidata ids are asked with each other's bodies, in both directions, with the names alone and with all
they tell; and the first one's alternative names are asked for among its main names. Truth is an equal id. Bodies are
split in halves by a hash of their id: weights were measured on the first, the second shows what they are
worth.

:mod:`tests.bench.linking_tune` measures them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.candidates import Candidates
from buendnis_graph.linking.features import Comparison, compare_bodies
from buendnis_graph.linking.score import Match, weigh
from buendnis_graph.linking.snapshot import read_snapshot
from buendnis_graph.resolving import Entry
from tests.bench.benches import Run
from tests.bench.proposing import by_size
from tests.bench.report import Cell, Table

ROR, NAMES = "BUENDNIS_ROR", "BUENDNIS_NAMES"
"""Environment variables with the paths of a ROR CSV and of a CSV of names with Wikidata ids."""
_FUZZY = 90
"""The scan accepts from this ratio on."""
_BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass(frozen=True)
class Task:
    """Bodies to ask for, and an index to ask; ``truth`` gives the ids by which they are one."""

    title: str
    asked: Sequence[Body]
    index: Sequence[Body]


@dataclass(frozen=True)
class Asked:
    """One body asked for: the candidates with what was compared, and which of them it is."""

    task: str
    body: Body
    is_known: bool
    found: list[tuple[Body, Comparison]]
    right: frozenset[str]
    fuzzy: tuple[float, bool]

    @property
    def half(self) -> int:
        """0 to tune on, 1 to report."""
        return half_of(self.body)

    @property
    def first(self) -> Match | None:
        """The likest."""
        return next(iter(weigh(self.found)), None)

    @property
    def is_left_out(self) -> bool:
        """Whether the index is taken not to hold it: every second of those that are asked for under another name."""
        name = self.body.entry.names[0].encode()
        return "#" in self.body.entry.key and hashlib.sha256(name).digest()[1] % 2 == 0

    @property
    def first_without(self) -> Match | None:
        """The likest if the body itself were not in the index."""
        return next(iter(weigh((b, c) for b, c in self.found if b.entry.key not in self.right)), None)


def half_of(body: Body) -> int:
    """Return 0 or 1 by a hash of what identifies a body."""
    return hashlib.sha256(min(truth(body)).encode()).digest()[0] % 2


def truth(body: Body) -> frozenset[str]:
    """Return the ids by which a body is one of the other file."""
    return body.same or frozenset({body.entry.key.partition("#")[0]})


def bare(body: Body) -> Body:
    """Return a body of which only the names are known."""
    return replace(body, entry=Entry(body.entry.key, body.entry.names), founded=frozenset(), classes=frozenset())


def tasks(ror: Sequence[Body], names: Sequence[Body]) -> Iterator[Task]:
    """Yield all tasks."""
    with_id = [body for body in ror if body.same]
    yield Task("first file → second, names only", list(map(bare, with_id)), list(map(bare, names)))
    yield Task("second → first, names only", list(map(bare, names)), list(map(bare, with_id)))
    yield Task("first → second, all facts", with_id, names)
    yield Task("second → first, all facts", names, with_id)
    main = [Body(Entry(body.entry.key, body.entry.names[:1])) for body in ror]
    others = [
        Body(Entry(f"{body.entry.key}#{n}", (name,))) for body in ror for n, name in enumerate(body.entry.names[1:])
    ]
    yield Task("alternative → main names", others, main)


def ask(task: Task) -> list[Asked]:
    """Ask for all bodies of a task."""
    index = Candidates(task.index, task.asked)
    texts = [(utils.default_process(name), body) for body in task.index for name in body.entry.names]
    plain = [text for text, _ in texts]
    known = frozenset().union(*map(truth, task.index))
    asked = []
    for body in task.asked:
        found = [(other, compare_bodies(body, other, words, index.hosts)) for other, words in index.likest(body)]
        right = frozenset(other.entry.key for other, _ in found if truth(other) & truth(body))
        hits = [
            process.extractOne(utils.default_process(n), plain, scorer=fuzz.token_sort_ratio) for n in body.entry.names
        ]
        hit = max(hits, key=lambda hit: (hit[1], -hit[2]))
        fuzzy = (hit[1], bool(truth(texts[hit[2]][1]) & truth(body)))
        asked.append(Asked(task.title, body, bool(truth(body) & known), found, right, fuzzy))
    return asked


def row(title: str, asked: Iterable[Asked]) -> list[Cell]:
    """Return top-1, precision and recall of both sides over the bodies that the index holds."""
    known = [one for one in asked if one.is_known]
    firsts = [(first, first.body.entry.key in one.right) for one in known if (first := one.first) is not None]
    sure = [right for first, right in firsts if first.is_certain]
    fuzzy = [right for score, right in (one.fuzzy for one in known) if score >= _FUZZY]
    ours = (sum(right for _, right in firsts), sum(sure), len(sure))
    peer = (sum(one.fuzzy[1] for one in known), sum(fuzzy), len(fuzzy))
    return [title, len(known), *_shares(ours, len(known)), *_shares(peer, len(known))]


def _shares(counts: tuple[int, int, int], known: int) -> list[Cell]:
    top, right, accepted = counts
    precision = f"{right / accepted:.1%} ({right} of {accepted})" if accepted else "–"
    return [f"{top / max(known, 1):.1%}", precision, f"{right / max(known, 1):.1%}"]


def calibration(asked: Iterable[Asked]) -> Iterator[list[Cell]]:
    """Yield a row for scores in a range: how many there are, their mean and the share that is right."""
    answers = [(one, one.first_without if one.is_left_out else one.first) for one in asked]
    scored = [(first.score, first.body.entry.key in one.right) for one, first in answers if first is not None]
    for low, high in pairwise(_BINS):
        here = [(score, right) for score, right in scored if low <= score < high]
        if here:
            mean, share = sum(s for s, _ in here) / len(here), sum(r for _, r in here) / len(here)
            yield [f"{low:g} to {min(high, 1):g}", len(here), mean, share]


def found(everything: Sequence[Asked]) -> Iterator[Table]:
    """Yield what was found, on both halves, how the scores are calibrated, and what was accepted wrongly."""
    shares = ("top-1", "precision", "recall")
    columns = ("asked", "bodies in both", *shares, *(f"scan: {share}" for share in shares))
    titles = list(dict.fromkeys(one.task for one in everything))
    for half, name in ((1, "held-out half"), (0, "half tuned on")):
        here = [one for one in everything if one.half == half]
        rows = [row(title, [one for one in here if one.task == title]) for title in titles]
        note = f"The scan is rapidfuzz's token_sort_ratio over all names, normalised; it accepts from {_FUZZY} on."
        yield Table(f"The {name}", columns, rows, note)
    held = [one for one in everything if one.half == 1]
    note = "Every second body that is asked for under another name is taken out of the index."
    yield Table(
        "Calibration on the held-out half", ("score", "answers", "mean score", "right"), list(calibration(held)), note
    )
    wrong = [[title, *_accepted_wrongly([one for one in held if one.task == title])] for title in titles]
    note = "By Wikidata's ids; some bodies have two."
    yield Table(
        "Accepted though the index does not hold the body, held-out half", ("asked", "bodies", "accepted"), wrong, note
    )


def _accepted_wrongly(asked: Sequence[Asked]) -> list[Cell]:
    firsts = [one.first_without for one in asked]
    return [len(asked), sum(first is not None and first.is_certain for first in firsts)]


def asked_of_files(run: Run) -> list[Asked]:
    """Return all that is asked of the files that the environment names; nothing if it names none."""
    paths = [os.environ.get(name, "") for name in (ROR, NAMES)]
    if run.quick or not all(paths):
        return []
    ror, names = (read_snapshot(Path(path)) for path in paths)
    everything: list[Asked] = []
    for task in tasks(ror, names):
        run.step(f"{task.title}: {len(task.asked):,} bodies")
        everything += ask(task)
    return everything


def tables(run: Run) -> Iterator[Table]:
    """Yield what proposing takes by size, and the tables of :func:`found`, if the environment names two files."""
    yield by_size(run)
    everything = asked_of_files(run)
    if everything:
        yield from found(everything)
    else:
        yield Table(
            "Linking", note=f"Not measured. Name two files: `{ROR}=ror.csv {NAMES}=names.csv make bench-linking`."
        )
