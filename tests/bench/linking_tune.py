"""Measure the weights of ``linking/weights.toml`` on the half to tune on, by logistic regression."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence

import numpy as np

from buendnis_graph.linking.features import Comparison
from tests.bench.linking import Asked

_NAMES = (
    ("name", "alike"), ("name", "translated"), ("name", "same-one-word"), ("name", "same"), ("main", "same"),
    ("words", "shared"), ("acronym", "same"), ("acronym", "other"),
)  # fmt: skip
_FACTS = (("website", "same"), ("website", "shared"), ("website", "other"))
_RIDGE, _RIDGE_OF_FACTS = 0.5, 5.0
"""Pull weights that few bodies tell of towards 0; of websites only about 20 tell."""


def _row(comparison: Comparison) -> list[float]:
    told = {(found.name, found.level): found.amount for found in comparison.features}
    return [1.0, *(told.get(column, 0.0) for column in _NAMES + _FACTS)]


def _table(asked: Iterable[Asked], *, facts: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of findings, and which are right; of every second alternative name the body itself is left out."""
    rows, right = [], []
    for one in asked:
        if one.half != 0 or one.task.endswith("all facts") != facts:
            continue
        is_out = "#" in one.body.entry.key and hashlib.sha256(one.body.entry.names[0].encode()).digest()[1] % 2 == 0
        for body, comparison in one.found:
            is_right = body.entry.key in one.right
            if not comparison.conflict and not (is_right and is_out):
                rows.append(_row(comparison))
                right.append(float(is_right))
    return np.array(rows), np.array(right)


def _fit(rows: np.ndarray, right: np.ndarray, free: Sequence[int], start: np.ndarray, ridge: float) -> np.ndarray:
    """Return weights by Newton's method; only those of the columns ``free`` move."""
    weights, columns = start.copy(), list(free)
    pull = np.diag([0.0 if column == 0 else ridge for column in columns])
    for _ in range(60):
        guess = 1 / (1 + np.exp(-rows @ weights))
        own = rows[:, columns]
        slope = own.T @ (right - guess) - pull @ weights[columns]
        step = np.linalg.solve((own * (guess * (1 - guess))[:, None]).T @ own + pull, slope)
        weights[columns] += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def tune(asked: Sequence[Asked]) -> None:
    """Print the weights: those of names first, then, with these fixed, those of websites."""
    size = 1 + len(_NAMES)
    weights = _fit(*_table(asked, facts=False), range(size), np.zeros(size + len(_FACTS)), _RIDGE)
    weights = _fit(*_table(asked, facts=True), range(size, size + len(_FACTS)), weights, _RIDGE_OF_FACTS)
    sys.stdout.write(f"prior = {weights[0]:.2f}\n")
    for (name, level), weight in zip(_NAMES + _FACTS, weights[1:], strict=True):
        sys.stdout.write(f"{name}.{level} = {weight:.2f}\n")
