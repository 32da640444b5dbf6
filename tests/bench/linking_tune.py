"""``python -m tests.bench.linking_tune`` measures the weights of ``linking/weights.toml`` by a conditional logit.

On the files of the bench of linking, of the half to tune on.

Of a body's candidates one is right, or none; the odds of each are e to the sum of its findings' weights, those of none
are 1: McFadden, Conditional logit analysis of qualitative choice behavior, 1974. That is the model that scores, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from buendnis_graph.linking.features import Comparison
from tests.bench.benches import Run
from tests.bench.linking import NAMES, ROR, Asked, asked_of_files

_NAMES = (
    ("name", "alike"), ("name", "translated"), ("name", "same-one-word"), ("name", "same"), ("main", "same"),
    ("words", "shared"), ("acronym", "same"), ("acronym", "other"),
)  # fmt: skip
_FACTS = (("website", "same"), ("website", "shared"), ("website", "other"))
_RIDGE, _RIDGE_OF_FACTS = 0.5, 5.0
"""Pull weights that few bodies tell of towards 0; of websites only about 20 tell."""


_Choice = tuple[np.ndarray, int]
"""The findings of all candidates, and which of them is right; -1 for none."""


def _row(comparison: Comparison) -> list[float]:
    told = {(found.name, found.level): found.amount for found in comparison.features}
    return [
        1.0,
        *(told.get(column, 0.0) for column in _NAMES),
        float(bool(comparison.conflict)),
        *(told.get(column, 0.0) for column in _FACTS),
    ]


def _choices(asked: Iterable[Asked], *, facts: bool) -> Iterator[_Choice]:
    """Yield what there was to choose from; of every second alternative name the body itself is left out."""
    for one in asked:
        if one.half != 0 or one.task.endswith("all facts") != facts:
            continue
        found = [
            (body, comparison)
            for body, comparison in one.found
            if not (one.is_left_out and body.entry.key in one.right)
        ]
        right = [number for number, (body, _) in enumerate(found) if body.entry.key in one.right]
        if found:
            yield np.array([_row(comparison) for _, comparison in found]), right[0] if right else -1


def _fit(choices: Sequence[_Choice], free: Sequence[int], start: np.ndarray, ridge: float) -> np.ndarray:
    """Return weights by Newton's method; only those of the columns ``free`` move."""
    weights, columns = start.copy(), list(free)
    pull = np.diag([0.0 if column == 0 else ridge for column in columns])
    for _ in range(100):
        slope, bend = -pull @ weights[columns], pull.copy()
        for rows, right in choices:
            odds = np.exp(rows @ weights)
            shares, own = odds / (1 + odds.sum()), rows[:, columns]
            mean = shares @ own
            slope += (own[right] if right >= 0 else 0.0) - mean
            bend += (own * shares[:, None]).T @ own - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        weights[columns] += np.clip(step, -1.0, 1.0)
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def tune(asked: Sequence[Asked]) -> None:
    """Print the weights: those of names first, then, with these fixed, those of websites."""
    size = 2 + len(_NAMES)
    weights = _fit(list(_choices(asked, facts=False)), range(size), np.zeros(size + len(_FACTS)), _RIDGE)
    weights = _fit(list(_choices(asked, facts=True)), range(size, size + len(_FACTS)), weights, _RIDGE_OF_FACTS)
    sys.stdout.write(f"prior = {weights[0]:.1f}\n")
    for (name, level), weight in zip((*_NAMES, ("conflict", "any"), *_FACTS), weights[1:], strict=True):
        sys.stdout.write(f"{name}.{level} = {weight:.1f}\n")


def main() -> None:
    """Measure the weights on the files that the environment names."""
    asked = asked_of_files(Run(lambda text: print(text, file=sys.stderr)))  # noqa: T201
    if not asked:
        sys.exit(f"Name two files: {ROR}=ror.csv {NAMES}=names.csv python -m tests.bench.linking_tune")
    tune(asked)


if __name__ == "__main__":
    main()
