"""How good the resolver is on pairs of names that a person has labelled."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import ReadError
from buendnis_graph.resolving.compare import POSSIBLE, SURE, Likeness, compare
from buendnis_graph.resolving.normalise import parse


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether a person says they are one body's."""

    one: str
    two: str
    is_same: bool

    @property
    def likeness(self) -> Likeness:
        """What the machine says."""
        return compare(parse(self.one), parse(self.two))

    @property
    def half(self) -> int:
        """0 or 1, by a hash of the names: one half may be tuned on, the other shows whether that was fair."""
        return hashlib.sha256(f"{self.one}\0{self.two}".encode()).digest()[0] % 2


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over pairs: decided the same, asked about, called different; by what is true."""

    same_same: int = 0
    same_unsure: int = 0
    same_new: int = 0
    different_same: int = 0
    different_unsure: int = 0
    different_new: int = 0

    @property
    def precision(self) -> float:
        """Share of the pairs decided the same that are; 1 if none is."""
        decided = self.same_same + self.different_same
        return self.same_same / decided if decided else 1.0

    @property
    def recall(self) -> float:
        """Share of the same pairs that are decided the same without asking; 1 if there is none."""
        same = self.same_same + self.same_unsure + self.same_new
        return self.same_same / same if same else 1.0


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a CSV with the columns ``name_a``, ``name_b``, ``same`` (yes or no) and perhaps ``note``.

    Rows whose note begins with ``AMBIG`` are left out: persons disagree on them.

    Raises:
        ReadError: if a column is missing or a label is neither yes nor no.
    """
    pairs = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if not {"name_a", "name_b", "same"} <= row.keys() or row["same"] not in {"yes", "no"}:
                raise ReadError("needs name_a, name_b, and yes or no in 'same'.", path=path, line=number)
            if not (row.get("note") or "").startswith("AMBIG"):
                pairs.append(Pair(row["name_a"], row["name_b"], row["same"] == "yes"))
    return pairs


def evaluate(pairs: Iterable[Pair]) -> Score:
    """Return the counts over pairs."""
    counts = dict.fromkeys(Score.__dataclass_fields__, 0)
    for pair in pairs:
        score = pair.likeness.score
        outcome = "same" if score >= SURE else "unsure" if score >= POSSIBLE else "new"
        counts[f"{'same' if pair.is_same else 'different'}_{outcome}"] += 1
    return Score(**counts)
