"""The marks of a timeline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from buendnis_graph.membership import FOUNDING
from buendnis_graph.plots.legend import Entry
from buendnis_graph.plots.sheet import Sheet
from buendnis_graph.plots.style import INK, PAPER
from buendnis_graph.plots.words import Words

if TYPE_CHECKING:
    import polars as pl

_BAR = 3.4


def attested(sheet: Sheet, first: float, last: float, y: float, role: str) -> None:
    """Mark an attestation: a day as a point, a month or year as a bar; as founding member as a diamond on it."""
    if last > first:
        width = max(last - first, 1.4)
        sheet.rectangle((first + last - width) / 2, y - _BAR / 2, width, _BAR, facecolor=INK, zorder=2)
    if role == FOUNDING:
        sheet.mark((first + last) / 2, y, "D", 4.0, markerfacecolor=PAPER, zorder=4)
    elif last == first:
        sheet.mark(first, y, "o", 3.0, zorder=3)


def bound(sheet: Sheet, first: float, last: float, y: float, name: str) -> None:
    """Mark a stated beginning (``since``) or end (``until``) as an open triangle, over all that its date can mean."""
    if last > first:
        sheet.line([first, last], [y, y], linewidth=0.7)
        for end in (first, last):
            sheet.line([end, end], [y - 1.7, y + 1.7], linewidth=0.6)
    sheet.mark((first + last) / 2, y, ">" if name == "since" else "<", 4.2, markerfacecolor=PAPER, zorder=5)


def undated(sheet: Sheet, x: float, y: float, number: int) -> None:
    """Mark undated attestations in the margin, with their number if there are several."""
    sheet.mark(x, y, "o", 3.2, markerfacecolor=PAPER)
    if number > 1:
        sheet.text(x + 3.5, y, str(number))


def entries(words: Words, data: pl.DataFrame) -> list[Entry]:
    """Return the key to the marks that a plot of some evidence has."""
    dated = data.filter(data["attested_on"].is_not_null())
    exact = dated["attested_earliest"] == dated["attested_latest"]
    member, founding = dated["role"] != FOUNDING, (dated["role"] == FOUNDING)
    all_marks = [
        ("day", (exact & member).any(), partial(_attested, half=0.0, role="")),
        ("interval", (~exact & member).any(), partial(_attested, half=3.0, role="")),
        ("founding", founding.any(), partial(_attested, half=0.0, role=FOUNDING)),
        ("since", data["since"].is_not_null().any(), partial(_bound, name="since")),
        ("until", data["until"].is_not_null().any(), partial(_bound, name="until")),
        ("undated evidence", data["attested_on"].is_null().any(), partial(undated, number=1)),
    ]
    return [Entry(words(f"mark {key}"), draw) for key, present, draw in all_marks if present]


def _attested(sheet: Sheet, x: float, y: float, *, half: float, role: str) -> None:
    attested(sheet, x - half, x + half, y, role)


def _bound(sheet: Sheet, x: float, y: float, *, name: str) -> None:
    bound(sheet, x - 5, x + 5, y, name)
