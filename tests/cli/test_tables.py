"""Tables on a terminal: what fits is aligned here, quickly; what does not is folded by rich, and both look alike."""

from __future__ import annotations

from collections.abc import Sequence
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.cli import tables
from buendnis_graph.cli.tables import rows_text
from buendnis_graph.terminal import printable

ROW = st.tuples(*[st.text("aé日 ·\x1b\u202e-", max_size=12)] * 3)


@given(ROW, st.lists(ROW, max_size=5))
def test_what_fits_is_laid_out_as_rich_does(head: Sequence[str], rows: list[Sequence[str]]) -> None:
    head = tuple(f"x{name}" for name in head)
    shown = [tuple(map(printable, row)) for row in (head, *rows)]
    with mock.patch.dict("os.environ", {"TERM": "dumb"}):
        folded = tables._folded(shown[0], shown[1:], 1_000)
    assert rows_text(head, rows).splitlines() == [
        line.replace("\x1b[1m", "").replace("\x1b[0m", "").rstrip() for line in folded.splitlines()
    ]


def test_what_does_not_fit_is_folded() -> None:
    with mock.patch("sys.stdout.isatty", return_value=True), mock.patch.dict("os.environ", {"COLUMNS": "30"}):
        lines = rows_text(("a", "b"), [("word " * 10, "x")]).splitlines()
    assert len(lines) > 3
    assert all(len(line) <= 30 for line in lines[1:])
