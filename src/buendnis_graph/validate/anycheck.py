"""Check anybody's data against anybody's shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import ReadError, ShapesError
from buendnis_graph.validate.anydata import AnyData
from buendnis_graph.validate.bounds import check_bounds
from buendnis_graph.validate.culprit import place_error
from buendnis_graph.validate.engine import Data, Engine, Result
from buendnis_graph.validate.guard import Limits
from buendnis_graph.validate.shapes import Shapes
from buendnis_graph.validate.targets import roots


@dataclass(frozen=True, slots=True)
class AnyChecked:
    """What was found, the data it was found in, and the shapes it was found with."""

    results: list[Result]
    data: AnyData
    shapes: Shapes

    @property
    def has_targets(self) -> bool:
        """Whether there was anything to check: a shape that says which nodes it is about."""
        return bool(roots(self.shapes))


def check_any(
    data_files: Sequence[Path],
    shape_files: Sequence[Path],
    engine: Engine,
    *,
    data_format: str | None = None,
    shapes_format: str | None = None,
    limits: Limits | None = None,
    step: Callable[[str], None] = lambda _text: None,
) -> AnyChecked:
    """Check what some files say, all graphs together.

    Args:
        data_files: the data; ``-`` is standard input.
        shape_files: the shapes; none to take those that stand in the data.
        engine: does the checking.
        data_format: the data's format; None to tell by the suffixes.
        shapes_format: the shapes' format; None likewise.
        limits: how large things may be.
        step: told what is being done.

    Raises:
        UsageError: if a format can't be told.
        ReadError: if a file can't be read; its exit code is 2 if it holds shapes.
        ShapesError: if the shapes can't be used, with file and line where they can be told.
    """
    written = None
    if shape_files:
        step("reading shapes")
        try:
            written = AnyData.read(shape_files, shapes_format, limits)
        except ReadError as error:
            error.exit_code = 2
            raise
    step("reading data")
    data = AnyData.read(data_files, data_format, limits)
    written = written or data
    shapes = Shapes(written.triples)
    try:
        check_bounds(shapes)
        step(f"validating {len(data.triples):,} statements")
        return AnyChecked(engine.validate(Data(data.triples), shapes), data, shapes)
    except ShapesError as error:
        place_error(error, shapes, written)
        raise
