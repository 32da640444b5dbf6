"""Constraints on all values of a focus node together: how many there are, and how they relate to others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.columns import NONE, Flags, distinct
from buendnis_graph.validate.core.checks import Check, Failures, Maker, Run, Values, each_node
from buendnis_graph.validate.core.order import Ranks, comparable
from buendnis_graph.validate.core.terms import whole_number
from buendnis_graph.validate.core.ways import Pairs, follow, join
from buendnis_graph.validate.paths import Path, Term, predicate_path, read_list
from buendnis_graph.validate.shapes import Shapes, is_yes

MOST_ALIKE = 100_000
"""Results of one constraint that are told though they say the same as others."""
_PROPERTY, _IGNORED = expand("sh:property"), expand("sh:ignoredProperties")


def min_count(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:minCount``."""
    least = whole_number("minCount", value)
    return each_node(lambda _run, values: values.counts() >= least)


def max_count(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:maxCount``."""
    most = whole_number("maxCount", value)
    return each_node(lambda _run, values: values.counts() <= most)


def has_value(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:hasValue``."""
    return each_node(lambda run, values: values.counts(values.value == run.graph.number(value)) > 0)


def unique_lang(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:uniqueLang``: a result for each language that several values are in.

    It asks only if it is written ``true``; that ``1`` does not count is tested by W3C (``uniqueLang-002``).
    """

    def check(run: Run, values: Values) -> Failures:
        language, number = run.graph.columns.language[values.value], np.int64(len(run.graph.columns.languages))
        tagged = language != NONE
        keys = np.sort(values.at[tagged] * number + language[tagged])
        several = distinct(keys[1:][keys[1:] == keys[:-1]])
        return Failures((several // number).astype(np.int32))

    return check if value.value == "true" else _nothing


def closed(shapes: Shapes, shape: Term, value: Term) -> Check:
    """``sh:closed``, if it is true: no property but those of the shape's property shapes, and those ignored."""
    allowed: list[Term] = [
        member for ends in shapes.values(shape, _IGNORED) for member in read_list(ends, shapes.values)
    ]
    paths = (shapes.path(child) for child in shapes.values(shape, _PROPERTY))
    allowed += [path.predicate for path in paths if path is not None and path.predicate is not None]

    def check(run: Run, values: Values) -> Failures:
        columns = run.graph.columns
        known = {run.graph.number(term) for term in allowed} - {NONE}
        others = ~run.graph.flags(np.array(sorted(known), np.int32))
        rows = np.flatnonzero(run.graph.flags(values.value)[columns.subject] & others[columns.predicate])
        found = join(Pairs(values.at, values.value), Pairs(columns.subject[rows], rows.astype(np.int32)))
        return Failures(found.at, columns.object[found.value], columns.predicate[found.value])

    return check if is_yes(value) else _nothing


def equals(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:equals``: a result for each value that only one side has."""
    path = _property("equals", value)

    def check(run: Run, values: Values) -> Failures:
        others = follow(run.graph, values.nodes, path)
        one = _among(run, values, others), _among(run, others, values)
        return Failures(
            np.concatenate((values.at[~one[0]], others.at[~one[1]])),
            np.concatenate((values.value[~one[0]], others.value[~one[1]])),
        )

    return check


def disjoint(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:disjoint``."""
    path = _property("disjoint", value)

    def check(run: Run, values: Values) -> Failures:
        both = _among(run, values, follow(run.graph, values.nodes, path))
        return Failures(values.at[both], values.value[both])

    return check


def less_than(name: str, *, or_equal: bool) -> Maker:
    """Return what makes a constraint of ``sh:lessThan`` or ``sh:lessThanOrEquals``.

    There is a result for each value of the other property that a value does not come before. They are alike, and a few
    ten thousand values would have a thousand million: if more than :data:`MOST_ALIKE` repeat others, each is told once.

    Args:
        name: the parameter.
        or_equal: whether a value may also be equal to one of the other property.
    """

    def made(_shapes: Shapes, _shape: Term, value: Term) -> Check:
        path = _property(name, value)

        def check(run: Run, values: Values) -> Failures:
            others = follow(run.graph, values.nodes, path)
            there = np.bincount(others.at, minlength=len(values.nodes))[values.at]
            failing = there - _before(run, values, others, or_equal)
            if failing.sum() - np.count_nonzero(failing) > MOST_ALIKE:
                failing = np.minimum(failing, 1)
            return Failures(np.repeat(values.at, failing), np.repeat(values.value, failing))

        return check

    return made


def _before(run: Run, values: Values, others: Pairs, or_equal: bool) -> npt.NDArray[np.int64]:
    """Return of each value how many of the others at its place it comes before."""
    terms = run.graph.columns.terms
    worth = {term: comparable(terms[term]) for term in np.union1d(values.value, others.value).tolist()}
    met = run.graph.distinct(others.value)
    known = {term: found for term in met.tolist() if (found := worth[term]) is not None}
    ranks, size = Ranks(known.values()), np.int64(len(known) + 1)
    rank = np.array([ranks.of(known[term]) if term in known else NONE for term in met.tolist()], np.int64)
    of_others = rank[np.searchsorted(met, others.value)]
    standing = np.sort((others.at * size + of_others)[of_others != NONE])
    asked = run.graph.distinct(values.value)
    ranges = np.zeros((2, 2, len(asked)), np.int64)
    for place, found in enumerate(worth[term] for term in asked.tolist()):
        for line, (begin, end) in enumerate(ranks.after(found, or_equal=or_equal) if found is not None else ()):
            ranges[:, line, place] = begin, end
    begins, ends = values.at * size + ranges[:, :, np.searchsorted(asked, values.value)]
    counts: npt.NDArray[np.int64] = (np.searchsorted(standing, ends) - np.searchsorted(standing, begins)).sum(axis=0)
    return counts


def _among(run: Run, values: Values | Pairs, others: Values | Pairs) -> Flags:
    """Return of each value whether it is among others at the same place."""
    size = np.int64(run.graph.size)
    return np.isin(values.at * size + values.value, others.at * size + others.value)


def _property(name: str, value: Term) -> Path:
    if not isinstance(value, ox.NamedNode):
        raise ShapesError(f"sh:{name} must be a property.")
    return predicate_path(value)


def _nothing(_run: Run, _values: Values) -> Failures:
    return Failures(np.zeros(0, np.int32))
