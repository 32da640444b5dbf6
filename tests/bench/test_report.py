"""The report of benches: numbers stay numbers, parts are replaced alone, and the runner goes on when one fails. No figure is asserted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench import report
from tests.bench.__main__ import DOCS, main
from tests.bench.benches import BENCHES, NAMES
from tests.bench.machine import conditions, missing
from tests.bench.report import Grown, Part, Table, Timing
from tests.mini import REAL

TABLE = Table(
    "Things",
    ["what", "here, ms", "peer, s", "ratio"],
    [["a | b", Timing.of([0.003, 0.001, 0.002], 1000), 1234.5, 0.0456], ["c", Timing.of([7]), None, 12_345]],
    "Beside.",
)
MARKDOWN = """### Things

Beside.

| what | here, ms | peer, s | ratio |
|---|--:|--:|--:|
| a \\| b | 2.00 (1.00 to 3.00) | 1,234 | 0.0456 |
| c | 7 |  | 12,345 |
"""


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    known = conditions(["rdflib", "no-such-package"], quick=False)
    return [Part(name, f"What {name} is.", known, [TABLE], 12.3) for name in NAMES[:3]]


def test_a_table_for_people() -> None:
    assert TABLE.markdown() == MARKDOWN


def test_a_table_without_rows_is_its_note() -> None:
    assert Table("Things", note="Not timed.").markdown() == "### Things\n\nNot timed.\n"


NUMBERS = st.floats(min_value=1e-6, max_value=1e9)
CELLS = st.one_of(
    st.none(), st.text(), st.integers(), NUMBERS, st.lists(NUMBERS, min_size=1, max_size=5).map(Timing.of)
)


@given(st.text(), st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_what_is_written_is_read_again(title: str, rows: list[list[report.Cell]]) -> None:
    table = Table(title, ["a", "b"], rows)
    assert Table.from_data(json.loads(json.dumps(asdict(table)))) == table


@given(NUMBERS)
def test_a_number_is_shown_to_a_half_percent(value: float) -> None:
    assert float(str(Timing.of([value])).replace(",", "")) == pytest.approx(value, rel=0.006)


@given(st.lists(NUMBERS, min_size=1, max_size=9))
def test_the_median_lies_within_the_spread(measured: list[float]) -> None:
    timing = Timing.of(measured)
    assert timing.least <= timing.median <= timing.most
    assert {timing.least, timing.most} <= set(measured)


def test_a_report_is_written_again_without_measuring(
    tmp_path: Path, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[report.Cell]] = [["a", Grown("time", 10, 100, 1.5)]]
    report.write(tmp_path, [replace(parts[0], tables=[Table("Things", ["what", "growth"], rows)])], NAMES)
    assert "not known yet" in (tmp_path / "benchmarks.md").read_text()
    monkeypatch.setattr("tests.bench.summary.reasons", lambda: {NAMES[0]: {"a": "It is found out."}})
    before = (tmp_path / "benchmarks.json").read_bytes()
    monkeypatch.setattr("tests.bench.__main__.run", None)
    assert main(["--again", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "benchmarks.json").read_bytes() == before
    assert "It is found out." in (tmp_path / "benchmarks.md").read_text()


def test_numbers_stay_numbers_in_the_data(tmp_path: Path, parts: list[Part]) -> None:
    report.write(tmp_path, parts, NAMES)
    first = json.loads((tmp_path / "benchmarks.json").read_text())[0]
    assert first["tables"][0]["rows"][0][1:] == [
        {"median": 2.0, "least": 1.0, "most": 3.0, "rounds": 3},
        1234.5,
        0.0456,
    ]
    assert first["memory"] == 12.3


def test_the_report_names_machine_versions_and_commit(tmp_path: Path, parts: list[Part]) -> None:
    report.write(tmp_path, parts, NAMES)
    text, known = (tmp_path / "benchmarks.md").read_text(), parts[0].conditions
    for word in (known["machine"]["processor"], known["git"]["commit"], known["git"]["day"], "no-such-package (not"):
        assert word in text


def test_replacing_one_part_leaves_the_rest_byte_for_byte(tmp_path: Path, parts: list[Part]) -> None:
    report.write(tmp_path, reversed(parts), NAMES)
    files = [tmp_path / "benchmarks.md", tmp_path / "benchmarks.json"]
    before = [file.read_bytes() for file in files]
    changed = replace(parts[1], what="Something else is measured.", failed="ended after 7 s")
    report.write(tmp_path, [changed], NAMES)
    old, new = parts[1].markdown().encode(), changed.markdown().encode()
    assert b"**Not complete: ended after 7 s.**" in new
    assert _sections(files[0].read_bytes()) == _sections(before[0].replace(old, new))
    assert json.loads(files[1].read_bytes())[1]["what"] == changed.what
    report.write(tmp_path, [parts[1]], NAMES)
    assert [file.read_bytes() for file in files] == before


def _sections(report: bytes) -> bytes:
    """Return the report without its head, which is of all parts."""
    first = report.index(f"\n## {NAMES[0].capitalize()}\n".encode())
    return report[first:]


def test_a_bench_that_is_no_more_leaves_the_report(tmp_path: Path, parts: list[Part]) -> None:
    report.write(tmp_path, parts, NAMES)
    report.write(tmp_path, [], NAMES[1:])
    assert [part.name for part in report.read(tmp_path)] == list(NAMES[1:3])


def test_the_report_in_the_docs_is_what_its_figures_give(tmp_path: Path) -> None:
    """Who changes how it is told must write it anew: any bench with --write does."""
    report.write(tmp_path, report.read(DOCS), NAMES)
    for ending in ("json", "md", "svg"):
        name = f"{report.NAME}.{ending}"
        assert (tmp_path / name).read_bytes() == (DOCS / name).read_bytes(), name


def test_a_peer_that_is_not_installed_is_named() -> None:
    assert "no-such-package" in missing(["rdflib", "no-such-package"])
    assert missing(["rdflib"]) == ""


def test_every_bench_has_a_module() -> None:
    assert [name for name in NAMES if not (Path(__file__).parent / f"{name}.py").is_file()] == []
    assert len(set(NAMES)) == len(BENCHES)


def _bench(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench", *words]
    known = {key: value for key, value in os.environ.items() if not key.startswith("BUENDNIS_")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=REAL.root, env=known | environment, timeout=120
    )


def test_the_runner_prints_tables_and_writes_the_report(tmp_path: Path) -> None:
    done = _bench("--quick", "--out", str(tmp_path / "new"), "networks", "names")
    assert done.returncode == 0, done.stderr
    found = {part.name: part for part in report.read(tmp_path / "new")}
    assert list(found) == ["names", "networks"]
    for part in found.values():
        assert part.conditions["quick"]
        assert part.memory
        assert all(table.markdown() in done.stdout for table in part.tables)
        assert all(table.rows for table in part.tables)
    assert "networks (1 of 2)" in done.stderr


def test_a_bench_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    done = _bench("--quick", "--out", str(tmp_path), "validation", "names", BUENDNIS_BENCH_LIMIT="soon")
    assert done.returncode == 1
    found = {part.name: part.failed for part in report.read(tmp_path)}
    assert found == {"validation": "it failed with ValueError", "names": ""}
    assert "soon" in done.stderr
    assert "**Not complete: it failed with ValueError.**" in (tmp_path / "benchmarks.md").read_text()


def test_a_bench_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    done = _bench("--quick", "--out", str(tmp_path), "--limit", "0.1", "serving", "publishing")
    assert done.returncode == 1
    assert {part.failed for part in report.read(tmp_path)} == {"ended after 0.1 s"}


@pytest.mark.parametrize("words", [["--quick", "--write"], ["no-such-bench"]])
def test_what_makes_no_sense_is_refused(words: list[str]) -> None:
    done = _bench(*words)
    assert done.returncode == 2
    assert "python -m tests.bench: error: " in done.stderr


def test_the_benches_are_listed() -> None:
    assert [line.split()[0] for line in _bench("--list").stdout.splitlines()] == list(NAMES)
