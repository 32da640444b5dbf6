"""What is reckoned of sizes, and what the head of the report says of it by itself. No figure measured is asserted."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench import chart, report, summary
from tests.bench.__main__ import DOCS
from tests.bench.apart import apart
from tests.bench.benches import NAMES
from tests.bench.cells import Cell, Grown, Ratio, Timing
from tests.bench.growth import Point, growing, grown
from tests.bench.machine import conditions
from tests.bench.report import Part, Table
from tests.bench.summary import head

SIZES = st.integers(min_value=2, max_value=10**7)
SECONDS = st.floats(min_value=1e-6, max_value=1e6)


@given(SIZES, SIZES, SECONDS)
def test_what_takes_n_log_n_is_just_within(small: int, large: int, factor: float) -> None:
    found = grown("time", (small, factor * small * math.log(small)), (large, factor * large * math.log(large)))
    assert found.times == pytest.approx(1)


@given(st.integers(min_value=3, max_value=1000), SECONDS)
def test_the_square_is_beyond_and_a_line_within(small: int, factor: float) -> None:
    large = 10 * small
    assert grown("time", (small, factor * small**2), (large, factor * large**2)).times > 1.1
    assert grown("time", (small, factor * small), (large, factor * large)).times < 1


@given(st.integers(min_value=3, max_value=1000), SECONDS)
def test_a_look_up_may_take_the_logarithm(small: int, factor: float) -> None:
    sizes = small, 10 * small
    table = growing("Names", "entries", [Point("one", n, factor * math.log(n), asked=1) for n in sizes])
    time = table.rows[1][4]
    assert isinstance(time, Grown)
    assert time.times == pytest.approx(1)


def test_things_done_stand_together_each_from_its_smallest_size() -> None:
    points = [Point(what, size, float(size), 10.0) for size in (10, 100) for what in ("b", "a")]
    table = growing("Things", "organisations", points)
    assert [row[:2] for row in table.rows] == [["b", 10], ["b", 100], ["a", 10], ["a", 100]]
    assert [row[4] is None for row in table.rows] == [True, False, True, False]
    assert [row[6] is None for row in table.rows] == [True, False, True, False]
    assert all(len(row) == len(table.columns) for row in table.rows)


def _part(*tables: Table) -> Part:
    return Part("serving", "What.", conditions([], quick=False), tables)


def test_a_peer_that_is_faster_is_named() -> None:
    rows: list[list[Cell]] = [
        ["a point", Ratio("one", 0.5)],
        ["rows", Ratio("two", 2.0)],
        ["more", Ratio("three", 0.5, at_least=True)],
    ]
    told = head([_part(Table("Queries", ("query", "ratio"), rows))], "")
    section = told.split("## Where a peer is faster")[1].split("##")[0]
    assert "Queries, a point: one takes 0.500 times as long as ours." in section
    assert "two" not in section
    assert "three" not in section


def test_that_no_peer_is_faster_is_said() -> None:
    assert "Nowhere" in head([_part(Table("Queries", ("query", "ratio"), [["a", Ratio("one", 2.0)]]))], "")


def test_what_grows_too_fast_is_named_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        Point(what, size, float(size**power)) for what, power in (("pairs", 2), ("rows", 1)) for size in (10, 100)
    ]
    monkeypatch.setattr(summary, "reasons", lambda: {"serving": {"pairs": "They are many."}})
    table = growing("Pairs", "bodies", points)
    known = [
        [replace(cell, reason="Told then.") if isinstance(cell, Grown) else cell for cell in row] for row in table.rows
    ]
    told = head([_part(replace(table, rows=known))], "")
    section = told.split("## What grows faster than n log n")[1]
    assert "Pairs, pairs, 100 bodies: time from 10 on is 5.00 times what n log n allows. They are many." in section
    assert "rows" not in section


def test_each_reason_is_one_of_something_in_the_report() -> None:
    rows = {part.name: {row[0] for table in part.tables for row in table.rows} for part in report.read(DOCS)}
    assert summary.reasons().keys() <= {*NAMES}
    for name, of in summary.reasons().items():
        assert name not in rows or of.keys() <= rows[name]  # a part may be yet to be measured


def test_ratios_and_growth_are_read_again() -> None:
    cells: list[Cell] = [Ratio("x", 0.5, at_least=True), Grown("time", 10, 100, 1.5, "why"), Timing.of([1.0, 2.0])]
    table = Table("Things", ["a", "b", "c"], [cells], grows=True)
    assert Table.from_data(json.loads(json.dumps(asdict(table)))) == table


def test_the_plot_stands_beside_the_report_and_is_the_same_again(tmp_path: Path) -> None:
    points = [Point("asking & telling", size, size / 7) for size in (1_000, 10_000)]
    part = replace(_part(growing("Things", "organisations", points)), name=NAMES[0])
    for folder in ("one", "two"):
        report.write(tmp_path / folder, [part], NAMES)
    plots = [(tmp_path / folder / "benchmarks.svg").read_bytes() for folder in ("one", "two")]
    assert plots[0] == plots[1]
    assert b"asking &amp; telling" in plots[0]
    assert "(benchmarks.svg)" in (tmp_path / "one" / "benchmarks.md").read_text()


def test_without_sizes_there_is_no_plot(tmp_path: Path) -> None:
    part = replace(_part(Table("Things", ("a", "s"), [["x", 1.0]])), name=NAMES[0])
    assert chart.drawn([part]) is None
    report.write(tmp_path, [part], NAMES)
    assert not (tmp_path / "benchmarks.svg").exists()


def doubled(number: int) -> int:
    print("what a library says")  # noqa: T201
    return 2 * number


def test_a_function_apart_returns_and_tells_its_memory() -> None:
    returned, memory = apart(doubled, 21)
    assert returned == 42
    assert memory > 1


def test_a_function_apart_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="unsupported operand"):
        apart(doubled, {})
