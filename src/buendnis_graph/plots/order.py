"""Order the rows and columns of a matrix of ones and zeros so that like stands by like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_ROUNDS = 2000
_DIGITS = 8


def seriated(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return the rows and the columns in an order that brings the ones of the matrix close to its diagonal.

    Parts of the matrix that share neither row nor column stand one after the other, the largest first. Within a part,
    rows and columns are ordered by their scores on the first axis of correspondence analysis, found by reciprocal
    averaging: M. O. Hill, "Reciprocal averaging: an eigenvector method of ordination", Journal of Ecology 61 (1973),
    237-249. What has the same score is in order of its name. The start and the number of rounds are fixed.

    Args:
        pairs: row and column of each one.
    """
    ones = sorted(set(pairs))
    rows, columns = [], []
    for part in _parts(ones):
        row_scores, column_scores = _scores(part)
        rows += sorted(row_scores, key=lambda name: (row_scores[name], name))
        columns += sorted(column_scores, key=lambda name: (column_scores[name], name))
    return rows, columns


def _parts(ones: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the ones by connected part, the largest part first, among equals by name."""
    rows_of: dict[str, list[str]] = defaultdict(list)
    columns_of: dict[str, list[str]] = defaultdict(list)
    for row, column in ones:
        rows_of[column].append(row)
        columns_of[row].append(column)
    part: dict[str, int] = {}
    for number, start in enumerate(columns_of):
        waiting = [] if start in part else [start]
        while waiting:
            row = waiting.pop()
            if row not in part:
                part[row] = number
                waiting += [other for column in columns_of[row] for other in rows_of[column]]
    together: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in ones:
        together[part[one[0]]].append(one)
    return sorted(together.values(), key=lambda part: (-len(part), part))


def _scores(ones: list[tuple[str, str]]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the scores of rows and columns of one connected part; 0 each where there is no second axis."""
    degree_of_row: dict[str, int] = defaultdict(int)
    degree_of_column: dict[str, int] = defaultdict(int)
    for row, column in ones:
        degree_of_row[row] += 1
        degree_of_column[column] += 1
    # A start without symmetry, so that no axis is missed: a parabola over the rows by name.
    rows = {row: float((i + 1) ** 2) for i, row in enumerate(degree_of_row)}
    columns = dict.fromkeys(degree_of_column, 0.0)
    for _ in range(_ROUNDS):
        rows = _centred(rows, degree_of_row, len(ones))
        columns = _averaged(((column, rows[row]) for row, column in ones), degree_of_column)
        rows = _averaged(((row, columns[column]) for row, column in ones), degree_of_row)
    rows = _centred(rows, degree_of_row, len(ones))
    columns = _averaged(((column, rows[row]) for row, column in ones), degree_of_column)
    return _rounded(rows), _rounded(columns)


def _averaged(values: Iterable[tuple[str, float]], degrees: dict[str, int]) -> dict[str, float]:
    """Return for each name the mean of the values given for it."""
    sums = dict.fromkeys(degrees, 0.0)
    for name, value in values:
        sums[name] += value
    return {name: total / degrees[name] for name, total in sums.items()}


def _centred(scores: dict[str, float], degrees: dict[str, int], total: int) -> dict[str, float]:
    """Take out the first, trivial axis, on which all scores are equal, and bring the largest score to 1."""
    mean = sum(scores[name] * degrees[name] for name in scores) / total
    away = {name: score - mean for name, score in scores.items()}
    largest = max(abs(score) for score in away.values())
    return {name: score / largest for name, score in away.items()} if largest > 1e-9 else dict.fromkeys(scores, 0.0)


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(score, _DIGITS) + 0.0 for name, score in scores.items()}
