"""Under which conditions something was measured: what else the machine did, what was given, which entries were taken."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.machine import SETTINGS, Meanwhile, conditions
from tests.bench.registers import entries, moved, sizes, some
from tests.bench.report import Part


@pytest.mark.parametrize(("others", "loud"), [(0.01, False), (0.5, True), (None, False)])
def test_a_machine_that_was_not_quiet_is_told(others: float | None, loud: bool) -> None:
    known = conditions([], quick=False) | {"took": 90.0, "others": others}
    told = Part("x", "What.", known).told()
    assert ("The machine was not quiet" in told) is loud
    assert ("It took 1.5 minutes" in told) is (others is not None)


def test_a_part_measured_before_that_was_told_is_still_shown() -> None:
    part = Part("x", "What.", conditions([], quick=False))
    old = replace(part, conditions={key: part.conditions[key] for key in ("machine", "versions", "git", "quick")})
    assert "It took" not in old.told()


def test_what_a_process_does_is_not_the_work_of_others() -> None:
    meanwhile = Meanwhile()
    sum(range(1_000_000))
    told = meanwhile.told()
    assert told["took"]
    assert told["others"] is None or told["others"] >= 0


def test_settings_are_told_but_not_where_files_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BUENDNIS_REGISTER", "/home/somebody/secret.csv")
    monkeypatch.setenv("BUENDNIS_BENCH_LIMIT", "240")
    told = conditions([], quick=False)["settings"]
    assert told == ["BUENDNIS_REGISTER=register.csv.gz", "BUENDNIS_BENCH_LIMIT=240"]


@given(st.integers(min_value=1, max_value=200))
def test_a_part_of_the_register_is_taken_evenly(size: int) -> None:
    every = list(entries(quick=True))
    part = some(len(every), size, quick=True)
    assert len(part) == size
    places = [every.index(one) for one in part]
    assert {later - earlier for earlier, later in pairwise(places)} <= {len(every) // size}


def test_sizes_rise_to_all_entries_whose_names_differ() -> None:
    every = list(entries(quick=True))
    assert sizes(len(every), quick=True)[-1] == len(every)
    assert list(sizes(5_000, quick=False)) == [1_000, 5_000]
    assert len({one.name for one in every}) == len(every)


def test_names_are_spelt_as_lists_spell_them() -> None:
    every = list(entries(quick=True))
    asked = moved(every, 50)
    assert len({one.number for one, _ in asked}) == len(asked) == 50
    assert all(name != one.name for one, name in asked[::4])
