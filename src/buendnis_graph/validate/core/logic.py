"""Constraints that ask whether values conform to other shapes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from buendnis_graph.validate.columns import Flags, Numbers
from buendnis_graph.validate.core.checks import Check, Failures, Maker, Run, Values
from buendnis_graph.validate.core.terms import whole_number
from buendnis_graph.validate.paths import Term, read_list
from buendnis_graph.validate.shapes import Shapes
from buendnis_graph.validate.targets import QUALIFIED, siblings


def node(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:node``."""
    return _each(lambda run, values: run.conforms(value, values.value))


def not_(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:not``."""
    return _each(lambda run, values: ~run.conforms(value, values.value))


def and_(shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:and``."""
    return _counted(shapes, value, lambda met, asked: met == asked)


def or_(shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:or``."""
    return _counted(shapes, value, lambda met, _asked: met > 0)


def xone(shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:xone``."""
    return _counted(shapes, value, lambda met, _asked: met == 1)


def qualified(name: str, fits: Callable[[Numbers, int], Flags]) -> Maker:
    """Return what makes the constraints of ``sh:qualifiedMinCount`` or its sister.

    Args:
        name: the parameter.
        fits: tells of the numbers of values that conform whether they are as the parameter demands.
    """

    def made(shapes: Shapes, shape: Term, value: Term) -> Check:
        number = whole_number(name, value)
        wanted, unwanted = shapes.values(shape, QUALIFIED), siblings(shapes, shape)

        def check(run: Run, values: Values) -> Failures:
            found = [np.zeros(0, np.int32)]
            for asked in wanted:
                counted = run.conforms(asked, values.value)
                for other in unwanted:
                    counted &= ~run.conforms(other, values.value)
                found.append(np.flatnonzero(~fits(values.counts(counted), number)).astype(np.int32))
            return Failures(np.concatenate(found))

        return check

    return made


def _each(test: Callable[[Run, Values], Flags]) -> Check:
    def check(run: Run, values: Values) -> Failures:
        fails = ~test(run, values)
        return Failures(values.at[fails], values.value[fails])

    return check


def _counted(shapes: Shapes, value: Term, fits: Callable[[Numbers, int], Flags]) -> Check:
    """Return a constraint on how many of a list of shapes each value conforms to."""
    members = read_list(value, shapes.values)

    def test(run: Run, values: Values) -> Flags:
        met = np.zeros(len(values.value), np.int32)
        for member in members:
            met += run.conforms(member, values.value)
        return fits(met, len(members))

    return _each(test)
