"""What a plot is, and what it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from buendnis_graph.formulas import harmless
from buendnis_graph.network.filters import Filters
from buendnis_graph.plots.output import form_of, rendered
from buendnis_graph.plots.sheet import Caption, Sheet
from buendnis_graph.plots.style import MM, WIDTHS
from buendnis_graph.whole import write_whole

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Wish:
    """What a plot is asked for.

    Attributes:
        filters: what it rests on.
        language: ``de`` or ``en``.
        width_mm: of the sheet.
    """

    filters: Filters = field(default_factory=Filters)
    language: str = "en"
    width_mm: int = WIDTHS[-1]

    @property
    def width(self) -> float:
        """Width of the sheet in points."""
        return self.width_mm * MM


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot that is drawn.

    Attributes:
        sheet: it is drawn on.
        caption: below it.
        data: the numbers behind it.
        language: ``de`` or ``en``.
    """

    sheet: Sheet
    caption: Caption
    data: pl.DataFrame
    language: str

    def save(self, path: Path) -> None:
        """Write it as SVG, PNG or PDF, by the suffix.

        Raises:
            UsageError: if the suffix is another.
        """
        write_whole({path: rendered(self, form_of(path))})

    def to_csv(self) -> str:
        """Return the numbers behind it as CSV (RFC 4180); empty is unknown. No text in it can be run as a formula."""
        import polars as pl

        texts = pl.col(pl.String).map_elements(harmless, return_dtype=pl.String)
        return self.data.with_columns(texts).write_csv(line_terminator="\r\n")
